// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"

/// What `entregent help` says. The command line itself is in arguments.cc; tests/data/golden/help.*.txt shows all
/// of it.
namespace entregent::cli {

/// All commands, a line or two each. `width`: columns of the terminal.
std::string overview(const Language& language, std::size_t width);

/// One command with its options and examples; `source` stands for all that begin with it. Nothing if there is none.
std::optional<std::string> help_of(const Language& language, std::string_view command, std::size_t width);

}  // namespace entregent::cli
