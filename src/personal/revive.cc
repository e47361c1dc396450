// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/revive.h"

#include <algorithm>
#include <tuple>

#include "people/address.h"
#include "personal/dossier.h"
#include "personal/me.h"

namespace entregent::personal {
namespace {

constexpr std::size_t most_a_week = 5;
constexpr std::size_t most_dormant = 2;
constexpr auto rest_after_suggestion = std::chrono::days(21);
constexpr auto rest_after_refusal = std::chrono::days(90);
/// A tie of fewer weeks or exchanges was no strong one.
constexpr std::int64_t strong_weeks = 8;
constexpr std::int64_t strong_both_ways = 5;
/// Asleep for longer, whoever it was has moved on: three years.
constexpr double longest_sleep = 3 * 365;

Day monday_of(Day day) {
  return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

struct Quiet {
  PersonId person;
  ties::Tie counts;
  ties::TieState state;
  bool shown_this_week = false;
};

class Chooser {
 public:
  Chooser(Store& store, const Settled& settled, const std::set<PersonId>& busy, Instant now, Day today)
      : store_(store), settled_(settled), busy_(busy), now_(now), today_(today) {
    read_suggested();
    for (const auto alias : me(store).aliases)
      if (const auto person = person_of(store, alias, today)) mine_.insert(*person);
  }

  std::vector<TieToRevive> choose() {
    auto candidates = all();
    std::ranges::sort(candidates, [](const Quiet& a, const Quiet& b) {
      const auto rank = [](const Quiet& each) {
        return std::tuple(!each.shown_this_week, each.state.phase == ties::TieState::Phase::dormant, -worth(each),
                          each.person);
      };
      return rank(a) < rank(b);
    });
    std::size_t left = most_a_week - std::min(most_a_week, settled_this_week(candidates));
    for (const auto& candidate : candidates) {
      if (left == 0) break;
      if (take(candidate)) --left;
    }
    return std::move(result_);
  }

 private:
  void read_suggested() {
    store_.db().each(
        "select identity.person, suggested.day from suggested join identity on identity.alias = suggested.alias and "
        "from_day <= $1 and to_day >= $1 where day > $2 and day <= $1",
        [&](const db::Statement& row) {
          auto& shown = row.day(1) >= monday_of(today_) ? this_week_ : before_;
          shown.insert(row.id<PersonRow>(0));
        },
        today_, today_ - rest_after_suggestion);
  }

  std::vector<Quiet> all() {
    std::vector<Quiet> result;
    for (const auto& [id, counts] : all_ties(store_)) {
      const PersonId person{id};
      const auto state = ties::state_of(counts, now_);
      if (!is_due(counts, state) || busy_.contains(person) || mine_.contains(person)) continue;
      const bool this_week = this_week_.contains(person);
      if ((before_.contains(person) && !this_week) || is_refused(person)) continue;
      result.push_back({person, counts, state, this_week});
    }
    return result;
  }

  static bool is_due(const ties::Tie& counts, const ties::TieState& state) {
    using Phase = ties::TieState::Phase;
    const auto both = std::min(counts.incoming, counts.outgoing) + counts.meetings;
    if (both == 0) return false;  // it would be no tie, but a sender or a pupil of mine
    if (state.phase == Phase::drifting) return state.silence >= 7;
    return state.phase == Phase::dormant && counts.weeks >= strong_weeks && both >= strong_both_ways &&
           state.silence <= longest_sleep;
  }

  /// What is past its peak counts by what it was.
  static double worth(const Quiet& candidate) {
    const auto& counts = candidate.counts;
    return static_cast<double>(counts.weeks) + static_cast<double>(std::min(counts.incoming, counts.outgoing)) +
           3 * static_cast<double>(counts.meetings);
  }

  bool is_refused(PersonId person) {
    const auto all = members(store_, person);
    return std::ranges::any_of(all, [&](const Member& member) {
      if (settled_.is_never(LineKind::tie, member.alias)) return true;
      const auto word = settled_.word({.kind = LineKind::tie, .alias = member.alias, .item_key = {}});
      if (!word) return false;
      if (word->verdict == Verdict::later) return word->until && *word->until > today_;
      return word->verdict == Verdict::not_owed && word->at + rest_after_refusal > now_;
    });
  }

  /// Those of this week's that are no candidates any more: taken up, put off or refused.
  std::size_t settled_this_week(const std::vector<Quiet>& candidates) const {
    return static_cast<std::size_t>(std::ranges::count_if(this_week_, [&](PersonId person) {
      return std::ranges::find(candidates, person, &Quiet::person) == candidates.end();
    }));
  }

  bool take(const Quiet& candidate) {
    const bool dormant = candidate.state.phase == ties::TieState::Phase::dormant;
    if (dormant && dormant_ == most_dormant) return false;
    TieToRevive tie{
        .key = {}, .who = {}, .counts = candidate.counts, .state = candidate.state, .last_title = {}, .last_item = {}};
    std::string site;
    for (const auto& member : members(store_, candidate.person)) {
      if (member.handle.empty() && tie.who.alias) continue;
      tie.who.alias = member.alias;
      const auto address = people::parse_address(member.handle);
      if (!address.free_mail) site = address.site;
    }
    if (!site.empty() && !organisations_.insert(site).second) return false;
    if (dormant) ++dormant_;
    const auto dossier = make_dossier(store_, candidate.person, now_, {1, 0, 0, 0, 0});
    tie.who = {.person = candidate.person, .alias = tie.who.alias, .name = dossier.name};
    tie.key = {.kind = LineKind::tie, .alias = tie.who.alias, .item_key = {}};
    if (!dossier.newest.empty()) {
      tie.last_title = dossier.newest.front().title;
      tie.last_item = dossier.newest.front().item;
    }
    result_.push_back(std::move(tie));
    return true;
  }

  Store& store_;
  const Settled& settled_;
  const std::set<PersonId>& busy_;
  Instant now_;
  Day today_;
  std::set<PersonId> mine_, this_week_, before_;
  std::set<std::string> organisations_;
  std::size_t dormant_ = 0;
  std::vector<TieToRevive> result_;
};

}  // namespace

std::vector<TieToRevive> ties_to_revive(Store& store, const Settled& settled, const std::set<PersonId>& busy,
                                        Instant now, Day today) {
  return Chooser(store, settled, busy, now, today).choose();
}

void remember_suggested(Store& store, const std::vector<TieToRevive>& shown, Day today) {
  auto& db = store.db();
  db.script("pragma busy_timeout = 50");
  try {
    for (const auto& tie : shown)
      db.run("insert or ignore into suggested(alias, day) values ($1, $2)", tie.who.alias, today);
  } catch (const db::Busy&) {
    // An index run writes: then the next `today` of this week notes it.
  }
  db.script("pragma busy_timeout = 10000");
}

}  // namespace entregent::personal
