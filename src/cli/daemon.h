// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "cli/context.h"

namespace entregent::cli {

/// `entregentd`, beside the running program.
std::filesystem::path daemon_program();

/// Runs `entregentd` with these arguments and waits; its output goes where ours goes. A Ctrl-C reaches both: it ends by
/// itself and says so. Returns its exit status, or 8 if it cannot be started.
ExitStatus hand_over(const Context& context, const std::vector<std::string>& arguments);

/// `--home`, `--lang` and `--json` as they were given, for another program of ours.
std::vector<std::string> common_arguments(const Context& context);

}  // namespace entregent::cli
