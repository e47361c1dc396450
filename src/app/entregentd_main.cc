// SPDX-License-Identifier: AGPL-3.0-or-later
// What entregent hands over: `index`, and `lock`, which says what holds the readers.
#include <chrono>
#include <iostream>

#include "app/allocations.h"
#include "cli/exit_status.h"
#include "cli/index_run.h"
#include "cli/run.h"
#include "reading/reader_pool.h"

namespace {

using entregent::cli::Arguments;
using entregent::cli::Context;
using entregent::cli::ExitStatus;

std::string lock_text(const entregent::Language& language, const entregent::reading::LockState& lock) {
  if (lock.unlocked_build) return language.tr("Readers: unlocked, as this is a build for tests.");
  const auto in_force = [&](bool yes) { return language.tr(yes ? N_("in force") : N_("MISSING")); };
  const std::string landlock = lock.landlock == 0 ? language.tr("not in this kernel")
                                                  : language.tr("in force (version {0})", int{lock.landlock});
  return language.tr("Readers are locked: seccomp {0}, Landlock {1}, resource limits {2}.", in_force(lock.seccomp),
                     landlock, in_force(lock.resource_limits));
}

ExitStatus lock(const Context& context, const Arguments&) {
  entregent::reading::Options options;
  options.program = entregent::reading::reader_program();
  options.readers = 1;
  entregent::reading::ReaderPool pool(std::move(options));
  const auto state = pool.wait_for_lock(std::chrono::seconds(5));
  if (!state)
    return refuse(context, {entregent::ErrorCode::unavailable, N_("The reader processes cannot be started."), {}});
  *context.out << lock_text(context.language, *state) << '\n';
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
  return entregent::cli::run({words + 1, words + count}, {{"index", index}, {"lock", lock}}, entregent::app::allocations);
}
