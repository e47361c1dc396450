// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <algorithm>
#include <string>

#include <gmock/gmock.h>

#include "tests/program.h"

namespace entregent::tests {

/// What is refused gets its own status and one sentence, which holds `part`.
inline void expect_one_sentence(const Said& said, int status, const std::string& part) {
  EXPECT_EQ(said.status, status) << said.err << said.out;
  EXPECT_THAT(said.err, testing::HasSubstr(part));
  EXPECT_EQ(std::ranges::count(said.err, '\n'), 1) << said.err;
}

}  // namespace entregent::tests
