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

/// One alias of who is meant: the address itself, or an alias of the best person. `not_found` for nobody, `conflict`
/// for several who fit equally well.
Result<personal::AliasId> alias_meant(personal::Store& store, const std::string& text);

/// How many of the first words name somebody: the most that are all words of one person's name; else the first alone.
std::size_t words_of_name(personal::Store& store, const std::vector<std::string>& words);

/// `Léa Martin <lea@mill.example>`: the name that is shown, and the alias's address.
std::string name_and_address(personal::Store& store, personal::AliasId alias);

/// `  Léa Martin <lea@mill.example>  seen 3 times`
std::string person_line(const Context& context, personal::Store& store, const personal::PersonHit& hit);

}  // namespace entregent::cli
