// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/tie_counts.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "personal/me.h"
#include "personal/settled.h"

namespace entregent::personal {
namespace {

using readers::Role;
using ties::Tie;
using ties::TieEvent;

/// One line of `link` that is an exchange between me and somebody.
struct Exchanged {
  std::int64_t person = 0;
  std::int64_t item = 0;
  TieEvent event;
};

constexpr double meeting_weight = 3;

bool received_by(Role role) {
  return role == Role::to || role == Role::cc || role == Role::bcc;
}
bool is_of_meeting(Role role) {
  return role == Role::organizer || role == Role::attendee;
}

/// Whose an alias is on a day. An alias has mostly one line.
class Whose {
 public:
  explicit Whose(db::Connection& db) {
    db.each(
        "select alias, from_day, to_day, identity.person from identity join person on person.id = identity.person and "
        "person.human <> 0 order by alias, from_day desc",
        [&](const db::Statement& row) {
          lines_[row.integer(0)].push_back({row.integer(1), row.integer(2), row.integer(3)});
        });
  }
  /// 0 for nobody, or for no human.
  [[nodiscard]] std::int64_t of(std::int64_t alias, Instant at) const {
    const auto found = lines_.find(alias);
    if (found == lines_.end()) return 0;
    const auto day = std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
    for (const auto& line : found->second)
      if (line.from_day <= day && day <= line.to_day) return line.person;
    return 0;
  }

 private:
  struct Line {
    std::int64_t from_day, to_day, person;
  };
  std::unordered_map<std::int64_t, std::vector<Line>> lines_;
};

class Counter {
 public:
  explicit Counter(Store& store) : db_(store.db()), me_(me(store)), whose_(db_) {}

  std::unordered_map<std::int64_t, Tie> count() {
    read();
    // Meetings that are still to come count for nothing yet: the newest mail tells how late it is, as the answer must
    // not depend on when it was counted.
    std::erase_if(exchanged_, [&](const Exchanged& each) { return each.event.at > newest_mail_; });
    std::ranges::sort(exchanged_, [](const Exchanged& a, const Exchanged& b) {
      return std::tie(a.person, a.event.at, a.item, a.event.kind) <
             std::tie(b.person, b.event.at, b.item, b.event.kind);
    });
    std::unordered_map<std::int64_t, Tie> result;
    const Exchanged* before = nullptr;
    for (auto& each : exchanged_) {
      // Two addresses of one person in one mail are one exchange.
      if (before != nullptr && before->person == each.person && before->item == each.item &&
          before->event.at == each.event.at)
        continue;
      before = &each;
      const auto others = std::max(1U, parties_[occurrence(each.item, each.event.at)] - 1);
      each.event.weight /= others;
      result[each.person].add(each.event);
    }
    return result;
  }

 private:
  void read() {
    db_.each("select alias, at, item, role, author from link where at > 0", [&](const db::Statement& row) {
      const auto role = LinkRole::unpack(row.integer(3));
      if (role.list || role.robot || role.cancelled || role.list_itself) return;
      const bool meeting = is_of_meeting(role.role);
      if (!meeting && role.role != Role::from && !received_by(role.role)) return;
      const Instant at = row.instant(1);
      if (!meeting) newest_mail_ = std::max(newest_mail_, at);
      ++parties_[occurrence(row.integer(2), at)];
      if (me_.is(row.id<AliasRow>(0))) return;
      const bool mine = me_.is(row.id<AliasRow>(4));
      if (received_by(role.role) && !mine) return;
      const auto person = whose_.of(row.integer(0), at);
      if (person == 0) return;
      using Kind = TieEvent::Kind;
      const auto kind = meeting ? Kind::meeting : mine ? Kind::outgoing : Kind::incoming;
      exchanged_.push_back({person, row.integer(2), {.at = at, .kind = kind, .weight = meeting ? meeting_weight : 1}});
    });
  }

  db::Connection& db_;
  Me me_;
  Whose whose_;
  Instant newest_mail_{};
  /// What happens several times has the same people each time, but a line for each.
  static std::int64_t occurrence(std::int64_t item, Instant at) { return micros(at) ^ (item << 20); }

  std::unordered_map<std::int64_t, std::uint32_t> parties_;  ///< by occurrence
  std::vector<Exchanged> exchanged_;
};

Tie tie_in(const db::Statement& row) {
  return {.incoming = row.integer(1),
          .outgoing = row.integer(2),
          .meetings = row.integer(3),
          .days = row.integer(4),
          .weeks = row.integer(5),
          .recent = row.real(6),
          .gap_logs = row.real(7),
          .first_at = row.instant(8),
          .last_at = row.instant(9)};
}

TieEvent told(const Telling& telling) {
  using Kind = TieEvent::Kind;
  const bool met = telling.what == Telling::What::met;
  return {.at = telling.at, .kind = met ? Kind::meeting : Kind::noted, .weight = met ? meeting_weight : 0};
}

}  // namespace

void settle_ties(Store& store) {
  auto& db = store.db();
  db.script("delete from tie");
  for (const auto& [person, tie] : Counter(store).count())
    db.run("insert into tie values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", person, tie.incoming, tie.outgoing,
           tie.meetings, tie.days, tie.weeks, tie.recent, tie.gap_logs, tie.first_at, tie.last_at);
}

Tie tie_of(Store& store, PersonId person) {
  Tie tie;
  if (const auto row = store.db().first("select * from tie where person = $1", person)) tie = tie_in(*row);
  for (const auto& telling : tellings(store, person)) tie.add(told(telling));
  return tie;
}

std::unordered_map<std::int64_t, Tie> all_ties(Store& store) {
  std::unordered_map<std::int64_t, Tie> result;
  store.db().each("select * from tie", [&](const db::Statement& row) { result.emplace(row.integer(0), tie_in(row)); });
  for (const auto& telling : tellings(store)) result[telling.person.value].add(told(telling));
  return result;
}

}  // namespace entregent::personal
