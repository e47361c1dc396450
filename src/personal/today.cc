// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/today.h"

#include <algorithm>

namespace entregent::personal {
namespace {

constexpr auto ahead = std::chrono::days(7);

std::vector<Today::Due> promises_due(Store& store, const Settled& settled, Instant now, Day today) {
  std::vector<Today::Due> result;
  std::vector<AliasId> aliases;
  store.db().each("select distinct alias from promise order by alias",
                  [&](const db::Statement& row) { aliases.push_back(row.id<AliasRow>(0)); });
  for (const auto alias : aliases) {
    for (auto& promise : promises(store, alias)) {
      const LineKey key{.kind = LineKind::promise, .alias = alias, .item_key = {}, .promise = promise.id};
      const bool near = promise.due ? *promise.due <= today + ahead : promise.made_at + ahead <= now;
      if (promise.kept || !near || settled.is_quiet(key, today)) continue;
      const auto person = person_of(store, alias, std::chrono::floor<std::chrono::days>(now));
      if (!person) continue;
      result.push_back({key, {*person, alias, shown_name(store, *person)}, std::move(promise)});
    }
  }
  std::ranges::stable_sort(result, {}, [](const Today::Due& due) { return due.promise.due.value_or(Day::max()); });
  return result;
}

}  // namespace

Today make_today(Store& store, const DayBounds& bounds, Instant now) {
  const Settled settled(store);
  Today today{.day = bounds.day,
              .meetings = agenda(store, settled, bounds, now),
              .replies = {},
              .due = promises_due(store, settled, now, bounds.day),
              .proposals = {},
              .revive = {},
              .coverage = coverage(store)};
  auto waiting = owed(store, settled, now, bounds.day);
  today.replies = std::move(waiting.replies);
  today.proposals = std::move(waiting.proposals);
  std::set<PersonId> busy;
  for (const auto& reply : today.replies) busy.insert(reply.who.person);
  for (const auto& due : today.due) busy.insert(due.who.person);
  for (const auto& proposal : today.proposals) busy.insert(proposal.who.person);
  for (const auto& meeting : today.meetings)
    for (const auto& brief : meeting.briefs) busy.insert(brief.who.person);
  today.revive = ties_to_revive(store, settled, busy, now, bounds.day);
  return today;
}

}  // namespace entregent::personal
