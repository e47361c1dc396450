// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <ostream>
#include <unordered_map>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/style.h"
#include "personal/person_search.h"
#include "personal/tie_counts.h"

namespace entregent::cli {
namespace {

struct PersonLine {
  personal::PersonHit hit;
  std::string name, address;
};

PersonLine line_of(personal::Store& store, const personal::PersonHit& hit) {
  const auto members = personal::members(store, hit.person);
  PersonLine line{.hit = hit, .name = personal::shown_name(store, hit.person), .address = {}};
  for (const auto& member : members)
    if (line.address.empty()) line.address = member.handle;
  return line;
}

std::string people_json(const std::vector<PersonLine>& lines, const personal::Coverage& coverage) {
  JsonWriter json;
  json.begin_list("people");
  for (const auto& line : lines) {
    json.begin_object().field("person", line.hit.person.value).field("name", line.name).field("address", line.address);
    json.field("seen", line.hit.seen).field("last_at", line.hit.last_at).end_object();
  }
  json.end_list();
  write_coverage(json, coverage);
  return json.finish();
}

constexpr std::size_t seen_width = 8;

void print(const Context& context, const std::vector<PersonLine>& lines) {
  const auto& language = context.language;
  const std::size_t name_width = is_narrow(context) ? 18 : 26;
  const std::size_t address_width = room(context, date_width(context) + name_width + seen_width + 6);
  const auto row = [&](const std::string& date, const std::string& name, const std::string& address,
                       const std::string& seen) {
    return fitted(date, date_width(context), Fill::yes) + "  " + fitted(name, name_width, Fill::yes) + "  " +
           fitted(address, address_width, Fill::yes) + "  " + right(seen, seen_width);
  };
  *context.out << faint(context, row(language.tr("last seen"), language.tr("name"), language.tr("address"),
                                     language.tr("how often")))
               << '\n';
  for (const auto& line : lines) {
    *context.out << row(date_column(context, line.hit.last_at), plain(line.name), plain(line.address),
                        language.number(line.hit.seen))
                 << '\n';
  }
}

void order_by_strength(const Context& context, personal::Store& store, std::vector<personal::PersonHit>& hits,
                       std::size_t most) {
  std::unordered_map<std::int64_t, double> values;
  for (const auto& [person, tie] : personal::all_ties(store))
    values[person] = ties::state_of(tie, context.clock->now()).value;
  std::ranges::stable_sort(hits, std::greater<>(), [&](const auto& hit) { return values[hit.person.value]; });
  if (hits.size() > most) hits.resize(most);
}

}  // namespace

ExitStatus people(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const auto moment = store.one_moment();
  const std::size_t limit = arguments.all ? 1'000'000 : arguments.limit;
  if (!arguments.by.empty() && arguments.by != "strength")
    return refuse(context, {ErrorCode::invalid, N_("Not understood: {0}; say entregent help"), arguments.by});
  constexpr std::size_t everybody = 1'000'000;
  const std::size_t read = arguments.by.empty() ? limit : everybody;
  auto hits = arguments.words.empty() ? personal::all_persons(store, read)
                                      : personal::find_persons(store, joined(arguments.words), read);
  if (!arguments.by.empty()) order_by_strength(context, store, hits, limit);
  std::vector<PersonLine> lines;
  for (const auto& hit : hits) lines.push_back(line_of(store, hit));
  const auto coverage = personal::coverage(store);
  const ExitStatus status = lines.empty() ? status_nothing_found : 0;
  if (context.json) {
    *context.out << people_json(lines, coverage);
    return status;
  }
  if (!lines.empty()) print(context, lines);
  if (lines.empty() && arguments.words.empty())
    *context.out << context.language.tr("There is nobody in the index yet.") << '\n';
  if (lines.empty() && !arguments.words.empty())
    *context.out << context.language.tr("Nobody fits “{0}”.", plain(joined(arguments.words))) << '\n';
  if (arguments.words.empty() && arguments.by.empty() && !arguments.all && lines.size() == limit)
    *context.out << context.language.tr("These are the latest; --limit {0} or --all shows more.",
                                        static_cast<std::int64_t>(limit * 5))
                 << '\n';
  *context.out << '\n' << faint(context, coverage_line(context, coverage)) << '\n';
  return status;
}

}  // namespace entregent::cli
