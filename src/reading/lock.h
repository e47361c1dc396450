// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>

#include <sys/types.h>

#include "reading/lock_state.h"

namespace entregent::reading {

/// What tests may leave out to see whether the rest holds alone. The product leaves out nothing.
struct LockOptions {
  pid_t parent = 0;  ///< with which this process shall end
  std::size_t address_space = 1u << 30;
  std::size_t descriptors = 260;  ///< the highest number a descriptor may get, plus one
  bool landlock = true;
  bool drop_user = true;
};

/// Locks this process for ever: no file, socket, program or other process can be reached, memory and time are bounded.
/// Descriptors open now go on working. There must be one thread only. Ends the process (exit status exit_not_locked)
/// if any part fails that this kernel has, or if the test of the lock by itself finds a way out.
LockState lock_this_process(const LockOptions& options);

/// Why a reader process ended by itself; the pool reads these.
inline constexpr int exit_no_memory = 82;
inline constexpr int exit_not_locked = 83;
inline constexpr int exit_bad_batch = 84;

}  // namespace entregent::reading
