// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/json.h"
#include "personal/dossier.h"
#include "personal/owed.h"
#include "personal/person_search.h"
#include "personal/tie_counts.h"

namespace entregent::cli {

/// How the tie lives: beside the dossier, as it depends on today.
struct TieAnswer {
  ties::Tie counts;
  ties::TieState state;
  personal::OwingBetweenUs owing;
};
TieAnswer tie_answer(const Context& context, personal::Store& store, personal::PersonId person);

/// The dossier as a JSON answer; the same value that the terminal shows.
std::string dossier_json(personal::Store& store, const personal::Dossier& dossier, const TieAnswer& tie,
                         const std::vector<personal::PersonHit>& others);
std::string nobody_json(const personal::Coverage& coverage);
void write_coverage(JsonWriter& json, const personal::Coverage& coverage);

/// `mail`, `contact`, `event`.
std::string_view kind_name(readers::ItemKind kind);

/// With --stats: what the answer cost, on err.
void print_stats(const Context& context, personal::Store& store);

}  // namespace entregent::cli
