// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/agenda.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "personal/me.h"

namespace entregent::personal {
namespace {

constexpr std::size_t most_briefs = 4;

/// All-day events are dates without zone.
bool is_on(const readers::Occurrence& occurrence, const DayBounds& bounds) {
  if (!occurrence.all_day)
    return occurrence.start < bounds.end && std::max(occurrence.end, occurrence.start) >= bounds.begin;
  return occurrence.start < Instant(bounds.day + std::chrono::days(1)) && occurrence.end > Instant(bounds.day);
}

class Briefing {
 public:
  Briefing(Store& store, Instant now) : store_(store), me_(me(store)), now_(now) {}

  void add(AgendaMeeting& meeting, const std::vector<PartyLink>& parties) {
    std::set<PersonId> seen;
    for (const auto& party : parties) {
      const AliasId alias{party.alias};
      if (me_.is(alias)) continue;
      const auto person = person_of(store_, alias, std::chrono::floor<std::chrono::days>(meeting.when.start));
      if (!person || !seen.insert(*person).second) continue;
      if (meeting.briefs.size() == most_briefs) {
        ++meeting.others;
      } else {
        meeting.briefs.push_back(brief(*person, alias));
      }
    }
  }

 private:
  AgendaMeeting::Brief brief(PersonId person, AliasId alias) {
    const auto dossier = make_dossier(store_, person, now_, {1, 0, 0, 0, 0});
    AgendaMeeting::Brief brief{.who = {.person = person, .alias = alias, .name = dossier.name},
                               .position = position_of(dossier),
                               .last = std::nullopt,
                               .notes = dossier.notes};
    if (!dossier.newest.empty()) brief.last = dossier.newest.front();
    brief.open_promises = std::ranges::count(dossier.promises, false, &Promise::kept);
    return brief;
  }

  static std::string position_of(const Dossier& dossier) {
    std::string title;
    std::string company;
    for (const auto& said : dossier.said) {
      if (said.kind == readers::FactKind::title && title.empty()) title = said.value;
      if (said.kind == readers::FactKind::company && company.empty()) company = said.value;
    }
    return title + (title.empty() || company.empty() ? "" : ", ") + company;
  }

  Store& store_;
  Me me_;
  Instant now_;
};

}  // namespace

std::vector<AgendaMeeting> agenda(Store& store, const Settled& settled, const DayBounds& bounds, Instant now) {
  std::vector<AgendaMeeting> result;
  std::vector<std::vector<PartyLink>> parties;
  store.db().each("select id, key, title, details, parties from item where kind = 3 and not flags & 16",
                  [&](const db::Statement& row) {
                    auto details = unpack_details(row.view(3));
                    const LineKey key{.kind = LineKind::meeting, .alias = {}, .item_key = row.text(1)};
                    for (const auto& occurrence : details.occurrences) {
                      if (!is_on(occurrence, bounds)) continue;
                      result.push_back({.key = key,
                                        .item = row.id<ItemRow>(0),
                                        .when = occurrence,
                                        .title = row.text(2),
                                        .location = details.location,
                                        .briefs = {}});
                      parties.push_back(unpack_parties(row.view(4)));
                      return;
                    }
                  });
  Briefing briefing(store, now);
  for (std::size_t i = 0; i < result.size(); ++i) {
    briefing.add(result[i], parties[i]);
    if (!result[i].briefs.empty()) result[i].key.alias = result[i].briefs.front().who.alias;
  }
  std::erase_if(result, [&](const AgendaMeeting& meeting) { return settled.is_quiet(meeting.key, bounds.day); });
  std::ranges::sort(result, [](const AgendaMeeting& a, const AgendaMeeting& b) {
    return std::tie(a.when.start, a.title, a.item) < std::tie(b.when.start, b.title, b.item);
  });
  return result;
}

}  // namespace entregent::personal
