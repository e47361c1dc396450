// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

/// White space of a mail's header: RFC 5322 §3.2.2, with the bare line ends that broken mail holds. Unicode's spaces
/// are text there.
namespace entregent::readers {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace entregent::readers
