// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

/// What a file might make a taken-over reader do. For tests only: no program that is installed holds any of this.
namespace entregent::tests {

struct Attack {
  std::string_view name;
  /// Returns what came of it (`ENOENT`, `done` …), if the process lives on.
  std::string (*run)();
};

/// Try to reach something outside: the lock's business.
std::span<const Attack> escapes();

/// Break the reader or what it says: the pool's business, with a lock or without.
std::span<const Attack> breakages();

/// Where this process's progress page was mapped (noted by attacks_main.cc).
extern void* progress_page;

}  // namespace entregent::tests
