// SPDX-License-Identifier: AGPL-3.0-or-later
// `entregent` answers in milliseconds because the loader has nothing to bring (docs/decisions.md).
#include <array>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "base/owned.h"

namespace entregent::tests {
namespace {

std::string libraries_of(const std::string& program) {
  const Owned<std::FILE, pclose> pipe(::popen(("ldd '" + program + "' 2>&1").c_str(), "re"));
  std::string text;
  std::array<char, 512> line{};
  while (std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) text += line.data();
  return text;
}

TEST(Libraries, the_terminal_has_none) {
  EXPECT_EQ(libraries_of(std::string(ENTREGENT_BUILD_DIR) + "/entregent"), "\tstatically linked\n");
}

}  // namespace
}  // namespace entregent::tests
