// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/context.h"

namespace entregent::cli {

struct Command {
  std::string_view name;  ///< as in Arguments::command
  ExitStatus (*run)(const Context&, const Arguments&);
};

/// The whole of main(): reads the command line, runs the one of `commands` that it names, turns every failure into one
/// sentence and a status.
/// `allocations` counts them for --stats.
ExitStatus run(const std::vector<std::string>& arguments, const std::vector<Command>& commands,
               std::int64_t (*allocations)());

/// The commands of `entregent`.
std::vector<Command> entregent_commands();

}  // namespace entregent::cli
