// SPDX-License-Identifier: AGPL-3.0-or-later
// What entregent hands over: `index`, and `lock`, which says what holds the readers.
#include <chrono>
#include <iostream>

#include "app/allocations.h"
#include "cli/exit_status.h"
#include "cli/index_run.h"
#include "cli/reader_lock.h"
#include "cli/run.h"
#include "reading/reader_pool.h"

namespace {

using entregent::cli::Arguments;
using entregent::cli::Context;
using entregent::cli::ExitStatus;

ExitStatus lock(const Context& context, const Arguments&) {
  entregent::reading::Options options;
  options.program = entregent::reading::reader_program();
  options.readers = 1;
  entregent::reading::ReaderPool pool(std::move(options));
  const auto state = pool.wait_for_lock(std::chrono::seconds(5));
  if (!state)
    return refuse(context, {entregent::ErrorCode::unavailable, N_("The reader processes cannot be started."), {}});
  *context.out << entregent::cli::to_line({.unlocked_build = state->unlocked_build,
                                           .seccomp = state->seccomp,
                                           .landlock = int{state->landlock},
                                           .resource_limits = state->resource_limits})
               << '\n';
  return 0;
}

ExitStatus index(const Context& context, const Arguments& arguments) {
  try {
    return entregent::cli::run_index(context, arguments);
  } catch (const entregent::reading::ReadersUnavailable&) {
    return refuse(context, {entregent::ErrorCode::unavailable,
                            N_("The reader processes cannot be started; install Entregent again."),
                            {}});
  }
}

}  // namespace

int main(int count, char** words) {
  return entregent::cli::run({words + 1, words + count}, {{"index", index}, {"lock", lock}},
                             entregent::app::allocations);
}
