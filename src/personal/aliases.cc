// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/aliases.h"

#include <algorithm>

#include "base/text.h"
#include "base/tokens.h"
#include "people/name.h"

namespace entregent::personal {
namespace {

/// Programs write `'jean@acme.example' <jean@acme.example>`.
std::string_view without_quotes(std::string_view name) {
  while (name.size() >= 2 && (name.front() == '\'' || name.front() == '"') && name.back() == name.front()) {
    name = trimmed(name.substr(1, name.size() - 2));
  }
  return name;
}

/// `jpd` for Jean-Pierre Dupont, as people type it.
std::string initials(std::string_view name) {
  const auto words = people::parse_name(name).words;
  if (words.size() < 2) return {};
  std::string result;
  for (const auto& word : words) {
    std::size_t end = 0;
    next_character(word, end);
    result += word.substr(0, end);
  }
  return result;
}

}  // namespace

AliasKey alias_key(std::string_view name, std::string_view address) {
  AliasKey key{.handle = lower(trimmed(address)), .name = squeezed(without_quotes(trimmed(name)))};
  if (lower(key.name) == key.handle) key.name.clear();
  return key;
}

std::vector<std::string> search_words(const AliasKey& key) {
  std::vector<std::string> words = people::parse_name(key.name).words;
  const auto local = std::string_view(key.handle).substr(0, key.handle.find('@'));
  for (auto& word : tokens(local)) words.push_back(std::move(word));
  if (const auto typed = initials(key.name); !typed.empty()) words.push_back(typed);
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

AliasId Aliases::find_or_add(const AliasKey& key, std::string_view item_key) {
  if (key.handle.empty() && key.name.empty()) return {};
  if (key.handle.empty()) return add(key, item_key);
  std::string both = key.handle + '\n' + key.name;
  const auto [entry, fresh] = known_.try_emplace(std::move(both), AliasId{});
  if (fresh) entry->second = add(key, {});
  return entry->second;
}

AliasId Aliases::add(const AliasKey& key, std::string_view item_key) {
  auto& db = store_.db();
  if (const auto row = db.first("select id from alias where handle = $1 and name = $2 and item_key = $3", key.handle,
                                key.name, db::blob(item_key))) {
    return row->id<AliasRow>(0);
  }
  db.run("insert into alias(handle, name, item_key) values ($1, $2, $3)", key.handle, key.name, db::blob(item_key));
  const AliasId id{db.last_id()};
  for (const auto& word : search_words(key)) db.run("insert or ignore into alias_word values ($1, $2)", word, id);
  return id;
}

}  // namespace entregent::personal
