// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "letters.h"

namespace entregent::bench {

/// A message as it lies in a Maildir: RFC 5322 with bare LF.
std::string render_message(const World& world, const Plan& plan, const LetterWriter& letters, std::uint64_t seed,
                           std::uint32_t number);

}  // namespace entregent::bench
