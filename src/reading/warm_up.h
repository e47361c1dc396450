// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace entregent::reading {

/// Opens what glibc would open later, when the lock refuses it, silently giving wrong text: every charset converter
/// (kept open for ever: glibc unloads a module soon after its last converter is closed), and the time zone. About 10
/// ms. Call once, in the zygote, before anything is forked.
void warm_up_system();

}  // namespace entregent::reading
