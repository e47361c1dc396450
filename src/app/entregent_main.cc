// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/allocations.h"
#include "cli/run.h"

int main(int count, char** words) {
  return entregent::cli::run({words + 1, words + count}, entregent::cli::entregent_commands(),
                             entregent::app::allocations);
}
