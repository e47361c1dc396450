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
#include "cli/json.h"
#include "cli/settings.h"

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
    refuse(context, sentence(failure.kind()));
    if (context.stats) *context.err << failure.what() << '\n';
    return exit_status(failure.kind());
  } catch (const db::Busy&) {
    refuse(context, {ErrorCode::unavailable, N_("The private file is busy; try again in a moment."), {}});
    return status_busy;
  } catch (const std::exception& error) {
    refuse(context,
           {ErrorCode::unavailable, N_("Entregent failed: {0}. Nothing was lost; please report this."), error.what()});
    return status_bug;
  }
}

}  // namespace

ExitStatus refuse(const Context& context, const Error& error) {
  if (context.json) {
    JsonWriter json;
    json.field("error", context.language.tr(error)).field("status", exit_status(error.code));
    *context.out << json.finish();
  } else {
    *context.err << context.language.tr(error) << '\n';
  }
  return exit_status(error.code);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Answer ask(const Context& context, const std::string& question, Answer otherwise) {
  if (!context.terminal || context.json) return otherwise;
  *context.out << question
               << (otherwise == Answer::yes ? context.language.tr(" [Y/n] ") : context.language.tr(" [y/N] "))
               << std::flush;
  std::string line;
  if (!std::getline(*context.in, line)) return otherwise;
  const std::string word = folded(trimmed(line));
  if (word.empty()) return otherwise;
  return word.starts_with('y') || word.starts_with('o') ? Answer::yes : Answer::no;
}

ExitStatus run(const std::vector<std::string>& arguments, const std::vector<Command>& commands,
               std::int64_t (*allocations)()) {
  Settings settings = Settings::from_environment();
  auto parsed = parse_arguments(arguments, settings.language_of(arguments));
  Context context = settings.context(parsed ? *parsed : Arguments{});
  context.allocations = allocations;
  if (!parsed) {
    Context plain_context = context;
    plain_context.language = settings.language_of(arguments);
    return refuse(plain_context, parsed.error());
  }
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
          {"undo", undo},
          {"status", status},
          {"backup", backup},
          {"restore", restore},
          {"forget", forget},
          {"demo", demo}};
}

}  // namespace entregent::cli
