// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/word_renewal.h"

#include "base/tokens.h"
#include "personal/aliases.h"
#include "personal/word_stems.h"

namespace entregent::personal {
namespace {

void renew_words_of_items(Store& store) {
  auto& db = store.db();
  WordStems stems(store);
  store.listen_to_words([&stems](std::string_view word) { stems.note(word); });
  db.run("delete from stem_word");
  db.run("insert into item_words(item_words) values ('rebuild')");
  store.listen_to_words(nullptr);
  stems.write();
}

void renew_words_of_names(Store& store) {
  auto& db = store.db();
  db.run("delete from alias_word");
  db.each("select id, handle, name from alias", [&](const db::Statement& row) {
    for (const auto& word : search_words({.handle = row.text(1), .name = row.text(2)}))
      db.run("insert or ignore into alias_word values ($1, $2)", word, row.integer(0));
  });
}

}  // namespace

bool has_words_of_another_version(Store& store) {
  return store.setting("tokenizer") != std::to_string(tokenizer_version);
}

void renew_words(Store& store) {
  if (!has_words_of_another_version(store)) return;
  store.prepare_for_writing();
  db::Transaction transaction(store.db());
  renew_words_of_items(store);
  renew_words_of_names(store);
  store.set("tokenizer", std::to_string(tokenizer_version));
  transaction.commit();
}

}  // namespace entregent::personal
