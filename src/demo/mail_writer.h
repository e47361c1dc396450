// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "demo/mail_body.h"
#include "demo/mail_plan.h"

namespace entregent::demo {

/// The bytes of a mail as the writer's program would send them and her host would store them, lines ending in LF.
/// Counts the traps it lays.
std::string mail_bytes(const World& world, const Mail& mail, TrapCounts& traps);

}  // namespace entregent::demo
