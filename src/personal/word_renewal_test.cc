// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/word_renewal.h"

#include <gmock/gmock.h>

#include "base/tokens.h"
#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

/// As if a version that knew no words at all had written the file.
void take_all_words(Store& store) {
  store.db().run("insert into item_words(item_words) values ('delete-all')");
  store.db().script("delete from stem_word; delete from alias_word");
  store.set("tokenizer", "0");
}

TEST(WordRenewal, finds_again_what_another_version_wrote) {
  tests::PrivateIndex index;
  index.add(
      tests::mail("a").title("Devis").at("2026-01-01").from("Zoé Quillivic <zoe@mill.example>").text("calculées"));
  const auto rows = [&](const char* table) {
    return index.store.db().number(table == std::string_view("stem_word") ? "select count(*) from stem_word"
                                                                          : "select count(*) from alias_word");
  };
  const auto stems = rows("stem_word");
  const auto names = rows("alias_word");
  take_all_words(index.store);
  ASSERT_THAT(index.find("devis"), IsEmpty());
  ASSERT_TRUE(has_words_of_another_version(index.store));
  renew_words(index.store);
  EXPECT_FALSE(has_words_of_another_version(index.store));
  EXPECT_THAT(index.find("calculer"), ElementsAre("Devis"));
  EXPECT_EQ(rows("stem_word"), stems);
  EXPECT_EQ(rows("alias_word"), names);
  index.check_words();
}

TEST(WordRenewal, leaves_words_of_this_version_alone) {
  tests::PrivateIndex index;
  index.add(tests::mail("a").title("Devis").at("2026-01-01").from("zoe@mill.example").text("mot"));
  take_all_words(index.store);
  index.store.set("tokenizer", std::to_string(tokenizer_version));
  renew_words(index.store);
  EXPECT_THAT(index.find("mot"), IsEmpty());
}

/// Who asks while words are made anew is answered.
TEST(WordRenewal, is_seen_whole_or_not_at_all) {
  tests::PrivateIndex index;
  index.add(tests::mail("a").title("Devis").at("2026-01-01").from("zoe@mill.example").text("mot"));
  index.store.set("tokenizer", "0");
  Store reader(index.store.file());
  const auto before = reader.one_moment();
  EXPECT_EQ(reader.db().number("select count(*) from item_words where item_words match 'mot'"), 1);
  renew_words(index.store);
  EXPECT_EQ(reader.db().number("select count(*) from item_words where item_words match 'mot'"), 1);
}

}  // namespace
}  // namespace entregent::personal
