// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/backup.h"

#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

ExitStatus done(const Context& context, const std::string& text) {
  if (context.json) {
    JsonWriter json;
    json.field("done", true);
    *context.out << json.finish();
  } else {
    *context.out << text << '\n';
  }
  return 0;
}

}  // namespace

ExitStatus backup(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const std::filesystem::path target = arguments.words.front();
  const auto written = personal::back_up(store, target);
  if (!written) return refuse(context, written.error());
  return done(context, context.language.tr(
                           "Written: {0}, {1}", plain(target.string()),
                           context.language.size(static_cast<std::int64_t>(std::filesystem::file_size(target)))));
}

ExitStatus restore(const Context& context, const Arguments& arguments) {
  const std::filesystem::path from = arguments.words.front();
  const auto question =
      context.language.tr("Replace the private file by {0}? The present one is kept beside it.", plain(from.string()));
  if (!arguments.yes && ask(context, question, Answer::no) == Answer::no) {
    return refuse(context,
                  {ErrorCode::invalid, N_("Nothing was replaced; to do it without being asked, add --yes."), {}});
  }
  const auto kept = personal::restore(from, personal::private_file(context.home.data));
  if (!kept) return refuse(context, kept.error());
  return done(context, kept->empty()
                           ? context.language.tr("Restored.")
                           : context.language.tr("Restored; what was there before is in {0}", plain(kept->string())));
}

}  // namespace entregent::cli
