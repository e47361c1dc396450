// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/run.h"

#include <array>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/help.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

ExitStatus dispatch(const Context& context, const Arguments& arguments, const std::vector<Command>& commands) {
  for (const auto& command : commands)
    if (command.name == arguments.command) return command.run(context, arguments);
  return exit_status(ErrorCode::invalid);
}

ExitStatus guarded(const Context& context, const Arguments& arguments, const std::vector<Command>& commands) {
  try {
    return dispatch(context, arguments, commands);
  } catch (const db::Failure& failure) {
    refuse(context, sentence(failure.kind(), context.program), exit_status(failure.kind()));
    if (context.stats) *context.err << failure.what() << '\n';
    return exit_status(failure.kind());
  } catch (const db::Busy&) {
    return refuse(context, {ErrorCode::unavailable, N_("The private file is busy; try again in a moment."), {}},
                  status_busy);
  } catch (const std::exception& error) {
    return refuse(
        context,
        {ErrorCode::unavailable, N_("Entregent failed: {0}. Nothing was lost; please report this."), error.what()},
        status_bug);
  }
}

ExitStatus explain(const Context& context, const std::string& command) {
  const auto width = static_cast<std::size_t>(context.width);
  if (command.empty()) {
    *context.out << overview(context.language, width);
    return 0;
  }
  const auto text = help_of(context.language, command, width);
  if (!text) return refuse(context, {ErrorCode::invalid, N_("There is no command {0}; say entregent help"), command});
  *context.out << *text;
  return 0;
}

}  // namespace

ExitStatus refuse(const Context& context, const Error& error) {
  return refuse(context, error, exit_status(error.code));
}

ExitStatus refuse(const Context& context, const Error& error, ExitStatus status) {
  if (context.json) {
    JsonWriter json;
    json.field("error", context.language.tr(error)).field("status", status);
    *context.out << json.finish();
  } else {
    // Details may come from a server or a file.
    *context.err << plain(context.language.tr(error)) << '\n';
  }
  return status;
}

Answer ask(const Context& context, const std::string& question, Answer otherwise) {
  if (!context.terminal || context.json) return otherwise;
  *context.out << question
               << (otherwise == Answer::yes ? context.language.tr(" [Y/n] ") : context.language.tr(" [y/N] "))
               << std::flush;
  std::string line;
  if (!std::getline(*context.in, line)) return Answer::no;  // Ctrl-D, or nobody there: nothing was agreed to
  const std::string word = folded(trimmed(line));
  if (word.empty()) return otherwise;
  return word.starts_with('y') || word.starts_with('o') ? Answer::yes : Answer::no;
}

ExitStatus run(const std::vector<std::string>& arguments, const std::vector<Command>& commands,
               std::int64_t (*allocations)()) {
  Settings settings = Settings::from_environment();
  const auto parsed = parse_arguments(arguments);
  Context context = settings.context(parsed ? *parsed : settings.guess_of(arguments));
  context.allocations = allocations;
  if (!parsed) return refuse(context, parsed.error());
  if (parsed->help) return explain(context, *parsed->help);
  if (!parsed->print.empty()) {
    *context.out << parsed->print;
    return 0;
  }
  const ExitStatus result = guarded(context, *parsed, commands);
  context.out->flush();
  return result;
}

std::vector<Command> entregent_commands() {
  return {{"source add", source_add},
          {"source list", source_list},
          {"source remove", source_remove},
          {"index", index},
          {"who", who},
          {"find", find},
          {"show", show},
          {"people", people},
          {"me", me},
          {"questions", questions},
          {"same", same},
          {"different", different},
          {"today", today},
          {"note", note},
          {"promise", promise},
          {"met", met},
          {"undo", undo},
          {"status", status},
          {"backup", backup},
          {"restore", restore},
          {"forget", forget},
          {"demo", demo}};
}

}  // namespace entregent::cli
