// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <unordered_map>

#include "personal/persons.h"
#include "ties/strength.h"

namespace entregent::personal {

/// Counts all ties anew from the links and writes the table `tie`; within the transaction that settles the persons, so
/// that a merge moves what was counted. Mailing lists and robots count for nothing.
void settle_ties(Store& store);

/// What was counted, and what the owner told since (met, notes, what was settled as done), as of `now`.
ties::Tie tie_of(Store& store, PersonId person);
std::unordered_map<std::int64_t, ties::Tie> all_ties(Store& store);  ///< by person

}  // namespace entregent::personal
