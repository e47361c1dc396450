// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "cli/arguments.h"
#include "cli/context.h"

/// One function for each command, in the file of its name. Each prints one value as text or JSON.
namespace entregent::cli {

ExitStatus source_add(const Context& context, const Arguments& arguments);
ExitStatus source_list(const Context& context, const Arguments& arguments);
ExitStatus source_remove(const Context& context, const Arguments& arguments);
ExitStatus index(const Context& context, const Arguments& arguments);
ExitStatus who(const Context& context, const Arguments& arguments);
ExitStatus find(const Context& context, const Arguments& arguments);
ExitStatus show(const Context& context, const Arguments& arguments);
ExitStatus people(const Context& context, const Arguments& arguments);
ExitStatus me(const Context& context, const Arguments& arguments);
ExitStatus questions(const Context& context, const Arguments& arguments);
ExitStatus same(const Context& context, const Arguments& arguments);
ExitStatus different(const Context& context, const Arguments& arguments);
ExitStatus today(const Context& context, const Arguments& arguments);
ExitStatus note(const Context& context, const Arguments& arguments);
ExitStatus promise(const Context& context, const Arguments& arguments);
ExitStatus met(const Context& context, const Arguments& arguments);
ExitStatus undo(const Context& context, const Arguments& arguments);
ExitStatus forget(const Context& context, const Arguments& arguments);
ExitStatus status(const Context& context, const Arguments& arguments);
ExitStatus backup(const Context& context, const Arguments& arguments);
ExitStatus restore(const Context& context, const Arguments& arguments);
ExitStatus demo(const Context& context, const Arguments& arguments);

/// Asks yes or no on the terminal; `otherwise` where there is none or an empty line is typed; no where
/// typing ends.
enum class Answer { no, yes };
Answer ask(const Context& context, const std::string& question, Answer otherwise);

}  // namespace entregent::cli
