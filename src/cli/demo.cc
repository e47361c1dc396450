// SPDX-License-Identifier: AGPL-3.0-or-later
#include <ostream>
#include <set>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/style.h"
#include "demo/world.h"
#include "personal/sources.h"

namespace entregent::cli {

ExitStatus demo(const Context& context, const Arguments& arguments) {
  const std::filesystem::path folder = std::filesystem::absolute(
      arguments.words.empty() ? context.home.data / "demo" : std::filesystem::path(arguments.words.front()));
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error)) {
    return refuse(context,
                  {ErrorCode::conflict, N_("{0} is not empty; name a folder that does not exist."), folder.string()});
  }
  const auto truth = demo::write_world(folder);
  auto store = context.open(personal::Store::Create::yes);
  personal::Sources sources(store);
  JsonWriter json;
  json.field("best_known", truth.best_known).begin_list("sources");
  // In one order on every file system: numbers of items follow it.
  std::set<std::filesystem::path> places;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "sources")) places.insert(entry.path());
  for (const auto& place : places) {
    personal::Source source;
    source.kind = "folder";
    source.location = std::filesystem::canonical(place).string();
    const auto added = sources.add(source, context.clock->now());
    if (!added) return refuse(context, added.error());
    json.begin_object().field("location", source.location).end_object();
    if (!context.json) *context.out << context.language.tr("Added: {0}", plain(source.location)) << '\n';
  }
  json.end_list();
  if (context.json) {
    *context.out << json.finish();
    return 0;
  }
  *context.out << context.language.tr(
                      "An invented consultant's three years are written. Next: {0} index, then {0} who \"{1}\"",
                      context.program, truth.best_known)
               << '\n';
  return 0;
}

}  // namespace entregent::cli
