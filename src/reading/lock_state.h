// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>

namespace entregent::reading {

/// What holds a reader process, for `status`.
struct LockState {
  bool unlocked_build = false;  ///< built for sanitizers: no lock at all
  std::uint8_t landlock = 0;    ///< the kernel's Landlock version, 0 where it has none
  bool seccomp = false;
  bool resource_limits = false;
  bool user_dropped = false;  ///< was root and gave it up
  friend bool operator==(const LockState&, const LockState&) = default;
};

}  // namespace entregent::reading
