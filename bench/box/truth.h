// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "plan.h"

namespace entregent::bench {

/// Who is who, as tab-separated rows under the heading `name email person messages first_ts last_ts`: every spelling
/// that stands in a From, To or Cc of the box, in how many messages, and the first and last of them in seconds since
/// 1970. Lists and robots are persons of their own (`list…`, `robot…`); the owner is `owner`.
std::string truth_table(const World& world, const Plan& plan);

}  // namespace entregent::bench
