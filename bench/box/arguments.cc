// SPDX-License-Identifier: AGPL-3.0-or-later
#include "arguments.h"

#include <algorithm>

namespace entregent::bench {

std::optional<Arguments> read_arguments(int count, char** words, std::initializer_list<std::string_view> names) {
  Arguments arguments;
  if (count % 2 == 0) return std::nullopt;
  for (int i = 1; i + 1 < count; i += 2) {
    const bool known = std::find(names.begin(), names.end(), std::string_view(words[i])) != names.end();
    if (!known || !arguments.emplace(words[i], words[i + 1]).second) return std::nullopt;
  }
  return arguments;
}

std::string read_text(const Arguments& arguments, std::string_view name) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? std::string() : found->second;
}

}  // namespace entregent::bench
