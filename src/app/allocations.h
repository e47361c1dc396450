// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>

namespace entregent::app {

/// How often memory was taken by `operator new` since the program began: one of the work counters (--stats). A program
/// that links this file counts; it costs an addition each.
std::int64_t allocations();

}  // namespace entregent::app
