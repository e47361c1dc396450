// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace entregent::ties {

/// A sentence that promises, and for when.
struct PromiseFound {
  std::string sentence;
  std::optional<Day> due;
};

/// Sentences of a mail's own words in which who writes promises to do something (`je vous envoie cela lundi`, `I'll get
/// back to you by Friday`). Only proposals: nothing of it counts before the owner says yes.
std::vector<PromiseFound> promises_in(std::string_view fresh_text, Day written_on);

}  // namespace entregent::ties
