// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/find.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "personal/date_pages.h"
#include "personal/me.h"
#include "personal/person_search.h"
#include "personal/threads.h"
#include "personal/word_stems.h"

namespace entregent::personal {
namespace {

constexpr std::size_t most_related_words = 40;
constexpr auto no_end = std::numeric_limits<std::int64_t>::max();
constexpr auto no_limit = std::numeric_limits<std::size_t>::max();

bool is_text(const Term& term) {
  return term.kind == Term::Kind::word || term.kind == Term::Kind::phrase || term.kind == Term::Kind::prefix ||
         term.kind == Term::Kind::subject;
}

/// Folded words hold no quotes, so they stand in FTS5's quotes as they are.
std::string quoted_words(const std::vector<std::string>& words) {
  std::string text = "\"";
  for (const auto& word : words) text += (text.size() == 1 ? "" : " ") + word;
  return text + '"';
}

std::string word_expression(Store& store, const std::string& word) {
  auto related = WordStems::related(store, word);
  if (related.size() > most_related_words) related.resize(most_related_words);
  if (related.size() == 1) return quoted_words(related);
  std::string text = "(";
  for (const auto& other : related) text += (text.size() == 1 ? "" : " OR ") + quoted_words({other});
  return text + ')';
}

std::string expression(Store& store, const Term& term) {
  switch (term.kind) {
    case Term::Kind::word:
      return word_expression(store, term.words.front());
    case Term::Kind::prefix:
      return quoted_words(term.words) + " *";
    case Term::Kind::subject:
      if (term.is_prefix) return "title : " + quoted_words(term.words) + " *";
      return "title : " +
             (term.words.size() == 1 ? word_expression(store, term.words.front()) : quoted_words(term.words));
    default:
      return quoted_words(term.words);
  }
}

/// The part of a query that full text answers by itself; empty if none.
std::string text_expression(Store& store, const Query& query) {
  std::string wanted;
  std::string unwanted;
  for (const auto& group : query.groups) {
    if (!std::ranges::all_of(group, is_text)) continue;
    const bool mixed_signs = std::ranges::any_of(group, &Term::negative) && group.size() > 1;
    if (mixed_signs) continue;
    std::string either;
    for (const auto& term : group) either += (either.empty() ? "" : " OR ") + expression(store, term);
    std::string& to = group.front().negative ? unwanted : wanted;
    const char* const joint = group.front().negative ? " OR " : " AND ";
    to += (to.empty() ? "" : joint) + ("(" + either + ")");
  }
  if (wanted.empty() || unwanted.empty()) return wanted;
  return "(" + wanted + ") NOT (" + unwanted + ")";
}

/// Is the group answered by text_expression()?
bool in_expression(const std::vector<Term>& group, bool has_expression) {
  if (!has_expression || !std::ranges::all_of(group, is_text)) return false;
  return group.size() == 1 || std::ranges::none_of(group, &Term::negative);
}

using ItemSet = std::unordered_set<std::int64_t>;

bool role_fits(Term::Kind kind, readers::Role role) {
  using readers::Role;
  const bool writes = role == Role::from || role == Role::sender || role == Role::organizer || role == Role::card ||
                      role == Role::author || role == Role::last_editor;
  const bool receives = role == Role::to || role == Role::cc || role == Role::bcc || role == Role::attendee;
  switch (kind) {
    case Term::Kind::from:
      return writes;
    case Term::Kind::to:
      return receives;
    default:
      return writes || receives;
  }
}

/// The aliases that a name, an address, a part of one or `me` means.
std::vector<AliasId> aliases_meant(Store& store, const std::string& value) {
  const std::string word = folded(value);
  if (word == "me" || word == "moi") return me(store).aliases;
  std::vector<AliasId> result;
  if (value.starts_with('@')) {
    const std::string ending = "*" + lower(value);
    store.db().each(
        "select id from alias where handle glob $1",
        [&](const db::Statement& row) { result.push_back(row.id<AliasRow>(0)); }, ending);
    return result;
  }
  for (const auto& hit : find_persons(store, value, 50)) {
    for (const auto& member : members(store, hit.person)) result.push_back(member.alias);
  }
  return result;
}

/// One term made ready to be asked of many items.
class Check {
 public:
  Check(Store& store, const Term& term, ItemDates& dates) : store_(store), term_(term), dates_(dates) {
    if (is_text(term)) read_matches();
    if (term.kind == Term::Kind::from || term.kind == Term::Kind::to || term.kind == Term::Kind::with) read_links();
    if (term.kind == Term::Kind::in) read_folders();
  }

  bool holds(std::int64_t item) { return fits(item) != term_.negative; }
  /// The items that fit, where they are known as a set.
  [[nodiscard]] const ItemSet* items() const { return has_items_ && !term_.negative ? &items_ : nullptr; }

 private:
  bool fits(std::int64_t item) {
    switch (term_.kind) {
      case Term::Kind::before:
        return dates_.of(item) != 0 && moment(item) < std::chrono::sys_seconds{term_.day};
      case Term::Kind::after:
        return dates_.of(item) != 0 && moment(item) >= std::chrono::sys_seconds{term_.day};
      case Term::Kind::kind:
        return store_.db().number("select kind from item where id = $1", item) ==
               static_cast<std::int64_t>(term_.item_kind);
      case Term::Kind::has_attachment:
        return (store_.db().number("select flags from item where id = $1", item) & item_flags::attachments) != 0;
      case Term::Kind::in:
        return lies_in(item);
      default:
        return items_.contains(item);
    }
  }

  std::chrono::sys_seconds moment(std::int64_t item) { return Day{} + std::chrono::seconds{dates_.of(item)}; }

  void read_matches() {
    has_items_ = true;
    const std::string text = expression(store_, term_);
    store_.db().each(
        "select rowid from item_words where item_words match $1",
        [&](const db::Statement& row) { items_.insert(row.integer(0)); }, text);
  }

  void read_links() {
    has_items_ = true;
    for (const auto alias : aliases_meant(store_, term_.value)) {
      store_.db().each(
          "select item, role from link where alias = $1",
          [&](const db::Statement& row) {
            if (role_fits(term_.kind, LinkRole::unpack(row.integer(1)).role)) items_.insert(row.integer(0));
          },
          alias);
    }
  }

  void read_folders() {
    const std::string wanted = folded(term_.value);
    store_.db().each(
        "select folder.id, folder.path, source.location from folder join source on source.id = folder.source",
        [&](const db::Statement& row) {
          const std::string place = folded(row.text(2) + "/" + row.text(1));
          if (place.find(wanted) != std::string::npos) folders_.insert(row.integer(0));
        });
  }

  bool lies_in(std::int64_t item) {
    bool found = false;
    store_.db().each(
        "select file.folder from place join file on file.id = place.file where place.item = $1",
        [&](const db::Statement& row) { found = found || folders_.contains(row.integer(0)); }, item);
    if (found) return true;
    const auto row = store_.db().first("select details from item where id = $1", item);
    return row && folded(unpack_details(row->view(0)).list_id).find(folded(term_.value)) != std::string::npos;
  }

  Store& store_;
  const Term& term_;
  ItemDates& dates_;
  ItemSet items_;
  ItemSet folders_;
  bool has_items_ = false;
};

struct Candidate {
  std::uint32_t date;
  std::int64_t item;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

class Finder {
 public:
  Finder(Store& store, const Query& query, const FindOptions& options)
      : store_(store),
        query_(query),
        options_(options),
        dates_(store),
        expression_(text_expression(store, query)),
        unquoted_expression_("- quoted : (" + expression_ + ")") {
    make_checks();
  }

  Findings run() {
    Findings findings;
    std::size_t keep = options_.limit == 0 ? 0 : options_.limit + options_.limit / 2 + 1;
    while (true) {
      auto candidates = newest(keep);
      const bool all = keep == 0 || candidates.size() < keep;
      if (!options_.with_quoted) leave_out_quoted(candidates);
      if (all || candidates.size() > options_.limit) {
        findings.more = options_.limit != 0 && candidates.size() > options_.limit;
        if (findings.more) candidates.resize(options_.limit);
        for (const auto& candidate : candidates) findings.found.push_back(describe(candidate.item));
        // Ids, which settled what came in the same second, tell only what was imported when.
        std::ranges::stable_sort(findings.found, [](const Found& a, const Found& b) {
          return std::tie(b.at, a.message, a.title) < std::tie(a.at, b.message, b.title);
        });
        findings.coverage = coverage(store_);
        return findings;
      }
      keep *= 4;
    }
  }

 private:
  void make_checks() {
    for (const auto& group : query_.groups) {
      if (in_expression(group, !expression_.empty())) continue;
      auto& checks = checks_.emplace_back();
      for (const auto& term : group) checks.emplace_back(store_, term, dates_);
    }
  }

  bool fits(std::int64_t item) {
    return std::ranges::all_of(checks_, [&](auto& group) {
      return std::ranges::any_of(group, [&](Check& check) { return check.holds(item); });
    });
  }

  /// The `keep` newest items that fit (0: all), newest first.
  std::vector<Candidate> newest(std::size_t keep) {
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> kept;
    const auto full = [&] { return keep != 0 && kept.size() == keep; };
    const auto visit = [&](std::int64_t item) {
      const Candidate candidate{dates_.of(item), item};
      if (full() && candidate < kept.top()) return;
      if (!fits(item)) return;
      kept.push(candidate);
      if (keep != 0 && kept.size() > keep) kept.pop();
    };
    const auto done = [&](std::uint32_t newest_left) { return full() && newest_left < kept.top().date; };
    walk(keep == 0 ? no_limit : options_.many, visit, done);
    std::vector<Candidate> result;
    for (; !kept.empty(); kept.pop()) result.push_back(kept.top());
    std::ranges::reverse(result);
    return result;
  }

  /// Calls `visit(item)` until all are visited or `done(newest date among those left)`. Up to `many` items are visited
  /// as they lie; of more, only those pages that may hold the newest: ids follow dates within a folder, not from one to
  /// the next.
  template <class Visit, class Done>
  void walk(std::size_t many, const Visit& visit, const Done& done) {
    if (expression_.empty()) {
      for (auto& group : checks_) {
        if (group.size() == 1 && group.front().items() != nullptr) return walk_set(*group.front().items(), visit, done);
      }
    }
    const auto left = walk_range({.first = 0, .last = no_end}, many, visit, done);
    by_pages_ = left >= 0;
    if (!by_pages_) return;
    for (auto range : dates_.newest_first()) {
      if (done(range.newest)) return;
      range.last = std::min(range.last, left);
      if (range.first <= range.last) walk_range(range, no_limit, visit, done);
    }
  }

  template <class Visit, class Done>
  void walk_set(const ItemSet& set, const Visit& visit, const Done& done) {
    std::vector<std::int64_t> items(set.begin(), set.end());
    std::ranges::sort(items, std::greater<>());
    for (const auto item : items) {
      if (done(dates_.newest_up_to(item))) return;
      visit(item);
    }
  }

  /// Visits `most` items of the range, from its end; gives the last one that it left out, -1 if there is none.
  template <class Visit, class Done>
  std::int64_t walk_range(const ItemDates::Range& range, std::size_t most, const Visit& visit, const Done& done) {
    auto statement = expression_.empty()
                         ? store_.db().prepare("select id from item where id between $1 and $2 order by id desc")
                         : store_.db().prepare(
                               "select rowid from item_words where rowid between $1 and $2 and item_words match $3 "
                               "order by rowid desc");
    statement.bind(1, range.first).bind(2, range.last);
    if (!expression_.empty()) statement.bind(3, expression_);
    for (; statement.step(); --most) {
      const auto item = statement.integer(0);
      if (done(dates_.newest_up_to(item))) return -1;
      if (most == 0) return item;
      visit(item);
    }
    return -1;
  }

  /// What matches in quoted text alone is left out where the mail that it quotes is found by this query too.
  void leave_out_quoted(std::vector<Candidate>& candidates) {
    if (expression_.empty() || candidates.empty()) return;
    // Full text is asked once for all candidates, or for their pages: to open each text takes longer.
    const auto lowest = std::ranges::min(candidates, {}, &Candidate::item).item;
    if (!by_pages_ && lowest < unquoted_from_) {
      unquoted_ = unquoted_in({.first = lowest, .last = no_end});
      unquoted_from_ = lowest;
    }
    std::erase_if(candidates, [&](const Candidate& candidate) {
      return !matches_unquoted(candidate.item) && quotes_what_matches({candidate.item});
    });
  }

  bool matches_unquoted(std::int64_t item) {
    if (item >= unquoted_from_) return std::ranges::binary_search(unquoted_, item);
    const auto range = dates_.page_of(item);
    const auto [page, is_new] = unquoted_pages_.try_emplace(range.first);
    if (is_new) page->second = unquoted_in(range);
    return std::ranges::binary_search(page->second, item);
  }

  /// Ascending.
  std::vector<std::int64_t> unquoted_in(const ItemDates::Range& range) {
    std::vector<std::int64_t> items;
    store_.db().each(
        "select rowid from item_words where item_words match $1 and rowid between $2 and $3 order by rowid",
        [&](const db::Statement& row) { items.push_back(row.integer(0)); }, unquoted_expression_, range.first,
        range.last);
    return items;
  }

  /// The mail that is answered is in the index, and it or an earlier one of those referred to is found by itself.
  bool quotes_what_matches(ItemId item) {
    const auto row = store_.db().first("select details from item where id = $1", item);
    if (!row) return false;
    const auto details = unpack_details(row->view(0));
    if (!Threads::has_parent(store_, details)) return false;
    return std::ranges::any_of(Threads::ancestors(store_, details), [&](ItemId ancestor) {
      return matches_unquoted(ancestor.value) && fits(ancestor.value);
    });
  }

  Found describe(std::int64_t item) {
    Found found;
    found.item = {item};
    const auto row =
        store_.db().first("select kind, happened_at, title, author, details from item where id = $1", item);
    if (!row) return found;
    found.kind = static_cast<readers::ItemKind>(row->integer(0));
    found.at = row->optional_instant(1);
    found.title = row->text(2);
    const auto details = unpack_details(row->view(4));
    if (details.identified) found.message = details.references.front();
    if (!options_.snippets) return found;
    found.author = author_name(row->id<AliasRow>(3), row->integer(1));
    if (const auto texts = store_.texts(found.item)) found.snippet = make_snippet(*texts, words());
    return found;
  }

  const std::vector<WordForms>& words() {
    if (!words_.empty()) return words_;
    for (const auto& word : marked_words(query_))
      words_.push_back(word.ends_with('*') ? WordForms{word} : WordStems::related(store_, word));
    return words_;
  }

  std::string author_name(AliasId alias, std::int64_t at) {
    const auto person = person_of(store_, alias, std::chrono::floor<std::chrono::days>(from_micros(at)));
    if (person) return shown_name(store_, *person);
    const auto row =
        store_.db().first("select case name when '' then handle else name end from alias where id = $1", alias);
    return row ? row->text(0) : std::string();
  }

  Store& store_;
  const Query& query_;
  FindOptions options_;
  ItemDates dates_;
  std::string expression_;
  std::string unquoted_expression_;
  bool by_pages_ = false;  ///< so many items match that only pages of dates are looked at
  /// The items from `unquoted_from_` on that match outside quoted text, ascending.
  std::vector<std::int64_t> unquoted_;
  std::int64_t unquoted_from_ = no_end;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> unquoted_pages_;  ///< and those of single pages
  std::vector<std::vector<Check>> checks_;
  std::vector<WordForms> words_;
};

}  // namespace

Findings find(Store& store, const Query& query, const FindOptions& options) {
  return Finder(store, query, options).run();
}

}  // namespace entregent::personal
