// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "cli/context.h"
#include "personal/dossier.h"

namespace entregent::cli {

/// The months as a small bar chart of three lines: years, received, sent. Where there are more months than fit, several
/// are taken together, and a line says how many.
std::vector<std::string> month_chart(const Context& context, const std::vector<personal::Dossier::Month>& months);

}  // namespace entregent::cli
