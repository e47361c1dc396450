// SPDX-License-Identifier: AGPL-3.0-or-later
#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/style.h"
#include "personal/person_search.h"

namespace entregent::cli {
namespace {

struct Line {
  personal::PersonHit hit;
  std::string name, address;
};

Line line_of(personal::Store& store, const personal::PersonHit& hit) {
  const auto members = personal::members(store, hit.person);
  Line line{.hit = hit, .name = personal::shown_name(store, hit.person), .address = {}};
  for (const auto& member : members)
    if (line.address.empty()) line.address = member.handle;
  return line;
}

std::string people_json(const std::vector<Line>& lines, const personal::Coverage& coverage) {
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

}  // namespace

ExitStatus people(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const std::size_t limit = arguments.all ? 1'000'000 : arguments.limit;
  const auto hits = arguments.words.empty() ? personal::all_persons(store, limit)
                                            : personal::find_persons(store, joined(arguments.words), limit);
  std::vector<Line> lines;
  for (const auto& hit : hits) lines.push_back(line_of(store, hit));
  const auto coverage = personal::coverage(store);
  const ExitStatus status = lines.empty() ? status_nothing_found : 0;
  if (context.json) {
    *context.out << people_json(lines, coverage);
    return status;
  }
  for (const auto& line : lines) {
    *context.out << date_column(context, line.hit.last_at) << "  "
                 << bold(context, fitted(plain(line.name), 28, Fill::yes)) << "  "
                 << fitted(plain(line.address), static_cast<std::size_t>(context.width) - 62, Fill::yes) << "  "
                 << faint(context, context.language.number(line.hit.seen)) << '\n';
  }
  if (lines.empty()) *context.out << context.language.tr("There is nobody in the index yet.") << '\n';
  *context.out << '\n' << faint(context, coverage_line(context, coverage)) << '\n';
  return status;
}

}  // namespace entregent::cli
