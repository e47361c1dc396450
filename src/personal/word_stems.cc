// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/word_stems.h"

#include <algorithm>

#include "base/digest.h"

namespace entregent::personal {
namespace {

bool worth_a_stem(std::string_view word) {
  return word.size() >= 3 && std::ranges::none_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// A French stem of three letters joins words that have nothing in common (devis and devoir: dev).
constexpr std::size_t shortest_french_stem = 4;

/// Our words have lost their accents, and Snowball tells calculée from calcules by them: a final -ee, -ees stands for
/// -ée, -ées.
std::string_view without_feminine(std::string_view word) {
  if (word.ends_with("ees")) return word.substr(0, word.size() - 2);
  return word.ends_with("ee") ? word.substr(0, word.size() - 1) : word;
}

/// The stems under which a word is kept and looked for; none where it stands for itself alone.
std::vector<std::string> useful_stems(Stemmer& stemmer, std::string_view word) {
  const Stems stems{.french = stemmer.stems(without_feminine(word)).french, .english = stemmer.stems(word).english};
  std::vector<std::string> result;
  if (stems.french.size() >= shortest_french_stem) result.push_back(stems.french);
  if (result.empty() || stems.english != stems.french) result.push_back(stems.english);
  return result;
}

}  // namespace

void WordStems::note(std::string_view word) {
  if (worth_a_stem(word) && first_time(quick_hash(word))) fresh_.emplace_back(word);
}

bool WordStems::first_time(std::uint64_t hash) {
  hash |= 1U;
  std::size_t slot = (hash >> 20U) & (seen_.size() - 1);
  while (seen_[slot] != 0) {
    if (seen_[slot] == hash) return false;
    slot = (slot + 1) & (seen_.size() - 1);
  }
  seen_[slot] = hash;
  if (++count_ * 2 > seen_.size()) grow();
  return true;
}

void WordStems::grow() {
  std::vector<std::uint64_t> old(seen_.size() * 2);
  old.swap(seen_);
  for (const auto hash : old) {
    if (hash == 0) continue;
    std::size_t slot = (hash >> 20U) & (seen_.size() - 1);
    while (seen_[slot] != 0) slot = (slot + 1) & (seen_.size() - 1);
    seen_[slot] = hash;
  }
}

void WordStems::write() {
  auto& db = store_.db();
  std::ranges::sort(fresh_);
  for (const auto& word : fresh_) {
    for (const auto& stem : useful_stems(stemmer_, word)) {
      db.run("insert or ignore into stem_word values ($1, $2)", stem, word);
    }
  }
  fresh_.clear();
}

void WordStems::clear() {
  fresh_.clear();
  std::ranges::fill(seen_, 0);
  count_ = 0;
}

std::vector<std::string> WordStems::related(Store& store, std::string_view word) {
  std::vector<std::string> words{std::string(word)};
  if (!worth_a_stem(word)) return words;
  Stemmer stemmer;
  for (const auto& stem : useful_stems(stemmer, word)) {
    store.db().each(
        "select word from stem_word where stem = $1 order by word",
        [&](const db::Statement& row) {
          if (std::ranges::find(words, row.view(0)) == words.end()) words.push_back(row.text(0));
        },
        stem);
  }
  return words;
}

void WordStems::prune(Store& store) {
  auto& db = store.db();
  db.script(
      "create virtual table if not exists temp.vocabulary using fts5vocab(main, item_words, row);"
      "delete from stem_word where word not in (select term from temp.vocabulary);"
      "drop table temp.vocabulary");
}

}  // namespace entregent::personal
