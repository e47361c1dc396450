// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/person_search.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "base/tokens.h"
#include "people/name.h"

namespace entregent::personal {
namespace {

constexpr std::int64_t most_candidates = 5000;
/// What a match by initials alone (`jpd`) is worth.
constexpr double initials_fit = 0.6;

using Fits = std::unordered_map<std::int64_t, double>;  // by alias

/// The greatest text that begins with `prefix` stands below this.
std::string after_prefix(std::string_view prefix) {
  return std::string(prefix) + "\xF4\x8F\xBF\xBF";
}

std::vector<std::int64_t> aliases_with_word(db::Connection& db, std::string_view word, bool prefix) {
  std::vector<std::int64_t> result;
  db.each(
      "select distinct alias from alias_word where word >= $1 and word <= $2 limit $3",
      [&](const db::Statement& row) { result.push_back(row.integer(0)); }, word,
      prefix ? after_prefix(word) : std::string(word), most_candidates);
  return result;
}

std::string_view first_letter(std::string_view word) {
  std::size_t end = 0;
  next_character(word, end);
  return word.substr(0, end);
}

/// The words of the index that one typo away from `word`; all words are looked at.
std::vector<std::string> mistyped(db::Connection& db, std::string_view word) {
  std::vector<std::string> result;
  if (word.size() < 4) return result;
  db.each("select distinct word from alias_word", [&](const db::Statement& row) {
    const auto other = row.view(0);
    if (other.size() + 4 >= word.size() && other.size() <= word.size() + 4 && people::within_one_edit(word, other))
      result.push_back(row.text(0));
  });
  return result;
}

class Search {
 public:
  Search(Store& store, std::string_view query) : db_(store.db()), query_(query), name_(people::parse_name(query)) {
    if (name_.words.empty()) name_.words = tokens(query);
  }

  Fits run() {
    if (query_.find('@') != std::string_view::npos) {
      by_address();
      if (!fits_.empty()) return std::move(fits_);
    }
    if (name_.words.empty()) return {};
    by_words(false);
    if (fits_.empty()) by_words(true);
    return std::move(fits_);
  }

 private:
  void by_address() {
    const std::string handle = lower(trimmed(query_));
    db_.each(
        "select id from alias where handle = $1", [&](const db::Statement& row) { fits_[row.integer(0)] = 1; }, handle);
    if (!fits_.empty()) return;
    db_.each(
        "select id from alias where handle >= $1 and handle <= $2 limit $3",
        [&](const db::Statement& row) { fits_[row.integer(0)] = 0.9; }, handle, after_prefix(handle), most_candidates);
  }

  /// Aliases in which each word of the query finds something; their fit is then weighed name by name.
  void by_words(bool with_typos) {
    std::unordered_map<std::int64_t, std::size_t> found;
    for (std::size_t i = 0; i < name_.words.size(); ++i) {
      for (const auto alias : candidates(name_.words[i], with_typos)) {
        auto& count = found.try_emplace(alias, 0).first->second;
        if (count == i) ++count;
      }
    }
    for (const auto& [alias, count] : found)
      if (count == name_.words.size()) weigh(alias, with_typos);
  }

  std::vector<std::int64_t> candidates(const std::string& word, bool with_typos) {
    std::set<std::int64_t> aliases;
    const auto add = [&](std::string_view text, bool prefix) {
      for (const auto alias : aliases_with_word(db_, text, prefix)) aliases.insert(alias);
    };
    add(word, true);
    for (const auto& nickname : people::nicknames(word)) add(nickname, false);
    if (name_.words.size() > 1 && word.size() > 1) add(first_letter(word), false);  // `J. Durand` for `jean durand`
    if (with_typos)
      for (const auto& other : mistyped(db_, word)) add(other, false);
    return {aliases.begin(), aliases.end()};
  }

  void weigh(std::int64_t alias, bool with_typos) {
    const auto row = db_.first("select name, handle from alias where id = $1", alias);
    if (!row) return;
    double fit = people::fit(name_, people::parse_name(row->view(0)));
    const auto handle = row->view(1);
    people::Name local;
    local.words = tokens(handle.substr(0, handle.find('@')));
    fit = std::max(fit, 0.95 * people::fit(name_, local));
    if (fit == 0 && (with_typos || name_.words.size() == 1)) fit = initials_fit * (with_typos ? 0.8 : 1);
    if (fit > 0) fits_[alias] = fit;
  }

  db::Connection& db_;
  std::string_view query_;
  people::Name name_;
  Fits fits_;
};

PersonHit hit_of(const db::Statement& row) {
  return {.person = row.id<PersonRow>(0),
          .fit = 0,
          .seen = row.integer(1),
          .last_at = row.integer(2) == 0 ? std::nullopt : std::optional(row.instant(2)),
          .human = row.integer(3) != 0};
}

/// Fits of nearly the same worth are ordered by how much binds us.
double rank(const PersonHit& hit) {
  return std::round(hit.fit * 5) * 10 + std::log2(1.0 + static_cast<double>(hit.seen)) + (hit.human ? 0 : -5);
}

}  // namespace

std::vector<PersonHit> find_persons(Store& store, std::string_view query, std::size_t limit) {
  auto& db = store.db();
  struct Named {
    PersonHit hit;
    std::string name;
  };
  std::unordered_map<std::int64_t, Named> persons;
  for (const auto& [alias, fit] : Search(store, query).run()) {
    db.each(
        "select person.id, person.seen, person.last_at, person.human, person.name from identity join person on "
        "person.id = "
        "identity.person "
        "where identity.alias = $1",
        [&, worth = fit](const db::Statement& row) {
          auto& found = persons.try_emplace(row.integer(0), Named{hit_of(row), row.text(4)}).first->second;
          found.hit.fit = std::max(found.hit.fit, worth);
        },
        alias);
  }
  std::vector<Named> sorted;
  for (auto& [id, found] : persons) sorted.push_back(std::move(found));
  // Of equals the one met last, then by name: ids tell only who was imported when.
  std::ranges::sort(sorted, [](const Named& a, const Named& b) {
    if (rank(a.hit) != rank(b.hit)) return rank(a.hit) > rank(b.hit);
    return std::tie(b.hit.last_at, a.name, a.hit.person) < std::tie(a.hit.last_at, b.name, b.hit.person);
  });
  std::vector<PersonHit> result;
  for (const auto& found : sorted)
    if (result.size() < limit) result.push_back(found.hit);
  return result;
}

std::vector<PersonHit> all_persons(Store& store, std::size_t limit) {
  std::vector<PersonHit> result;
  store.db().each(
      "select id, seen, last_at, human from person where human = 1 order by last_at desc, name, id limit $1",
      [&](const db::Statement& row) { result.push_back(hit_of(row)); }, static_cast<std::int64_t>(limit));
  return result;
}

}  // namespace entregent::personal
