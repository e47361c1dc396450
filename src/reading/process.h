// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <sys/types.h>

namespace entregent::reading {

/// Has the kernel end this process when `parent` ends; ends it now if that has happened already.
void die_with(pid_t parent);

/// Ends this process without destructors and exit handlers (but coverage builds write their counters).
[[noreturn]] void end_process(int status);

/// Standard input, output and error lead nowhere from now on, also where there is no /dev/null.
void silence_standard_streams();

}  // namespace entregent::reading
