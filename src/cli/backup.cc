// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/backup.h"

#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

void print(const Context& context, const personal::Restored& restored) {
  const auto& language = context.language;
  *context.out << (restored.kept.empty()
                       ? language.tr("Restored.")
                       : language.tr("Restored; what was there before is in {0}", plain(restored.kept.string())))
               << '\n';
  if (!restored.stopped_run) return;
  *context.out << language.tr("The index run that was under way has been stopped; start it again with: {0} index",
                              context.program)
               << '\n';
}

}  // namespace

ExitStatus backup(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const std::filesystem::path target = arguments.words.front();
  const auto written = personal::back_up(store, target);
  if (!written) return refuse(context, written.error());
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(target));
  if (context.json) {
    JsonWriter json;
    json.field("done", true);
    *context.out << json.finish();
  } else {
    *context.out << context.language.tr("Written: {0}, {1}", plain(target.string()), context.language.size(size))
                 << '\n';
  }
  return 0;
}

ExitStatus restore(const Context& context, const Arguments& arguments) {
  const std::filesystem::path from = arguments.words.front();
  const auto question =
      context.language.tr("Replace the private file by {0}? The present one is kept beside it.", plain(from.string()));
  if (!arguments.yes && ask(context, question, Answer::no) == Answer::no) {
    return refuse(context,
                  {ErrorCode::invalid, N_("Nothing was replaced; to do it without being asked, add --yes."), {}});
  }
  const auto restored = personal::restore(from, personal::private_file(context.home.data));
  if (!restored) return refuse(context, restored.error());
  if (context.json) {
    JsonWriter json;
    json.field("done", true).field("kept", restored->kept.string()).field("stopped_run", restored->stopped_run);
    *context.out << json.finish();
  } else {
    print(context, *restored);
  }
  return 0;
}

}  // namespace entregent::cli
