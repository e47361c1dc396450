// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/json.h"
#include "personal/dossier.h"
#include "personal/person_search.h"

namespace entregent::cli {

/// The dossier as a JSON answer; the same value that the terminal shows.
std::string dossier_json(personal::Store& store, const personal::Dossier& dossier,
                         const std::vector<personal::PersonHit>& others);
std::string nobody_json(const personal::Coverage& coverage);
void write_coverage(JsonWriter& json, const personal::Coverage& coverage);

/// `mail`, `contact`, `event`.
std::string_view kind_name(readers::ItemKind kind);

/// With --stats: what the answer cost, on err.
void print_stats(const Context& context, personal::Store& store);

}  // namespace entregent::cli
