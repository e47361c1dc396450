// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "cli/arguments.h"
#include "cli/context.h"

namespace entregent::cli {

/// `entregentd index`: the run itself, with its progress on the terminal. SIGINT and SIGTERM end it cleanly.
ExitStatus run_index(const Context& context, const Arguments& arguments);

}  // namespace entregent::cli
