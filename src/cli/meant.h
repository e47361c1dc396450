// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "cli/context.h"
#include "personal/person_search.h"

/// Whom a name means beside the best hit.
namespace entregent::cli {

/// Of the best fit, so much is nearly as well.
inline constexpr double nearly_as_well = 0.6;

/// Those that fit nearly as well as the first.
std::vector<personal::PersonHit> also_meant(const std::vector<personal::PersonHit>& hits);

/// `  Léa Martin <lea@mill.example>  seen 3 times`
std::string person_line(const Context& context, personal::Store& store, const personal::PersonHit& hit);

}  // namespace entregent::cli
