// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "people/resolve.h"
#include "personal/store.h"

namespace entregent::personal {

/// What mails and cards say about addresses under one full name: who answers whom, who answers for whom, with whom they
/// write, when they were born.
/// Of other pairs nothing is asked, so that it costs little. `aliases` are those of one call of people::resolve, `ids`
/// the alias of each of their numbers.
std::vector<people::Evidence> namesake_evidence(Store& store, std::span<const people::Alias> aliases,
                                                std::span<const std::int64_t> ids);

}  // namespace entregent::personal
