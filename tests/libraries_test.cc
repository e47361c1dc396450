// SPDX-License-Identifier: AGPL-3.0-or-later
// `entregent` answers in milliseconds because it loads little: this is the whole list (docs/decisions.md).
#include <array>
#include <cstdio>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/owned.h"

namespace entregent::tests {
namespace {

std::set<std::string> libraries_of(const std::string& program) {
  const Owned<std::FILE, pclose> pipe(::popen(("ldd '" + program + "'").c_str(), "re"));
  std::set<std::string> names;
  std::array<char, 512> line{};
  while (std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
    std::string text(line.data());
    text.erase(0, text.find_first_not_of(" \t"));
    text.erase(text.find(' '));
    names.insert(text.substr(text.rfind('/') + 1));
  }
  return names;
}

TEST(Libraries, of_the_terminal_are_few) {
  const auto names = libraries_of(std::string(ENTREGENT_BUILD_DIR) + "/entregent");
  const std::set<std::string> allowed = {"linux-vdso.so.1", "ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6"};
  EXPECT_FALSE(names.empty());
  for (const auto& name : names) EXPECT_TRUE(allowed.contains(name)) << name;
}

}  // namespace
}  // namespace entregent::tests
