// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace entregent {

/// 0 to 9 and no other digit of Unicode: see is_digit() of base/text.h for those.
constexpr bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace entregent
