// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/reader_lock.h"

#include <array>
#include <cstdio>

#include <fmt/format.h>

#include "base/owned.h"
#include "base/result.h"
#include "cli/daemon.h"

namespace entregent::cli {
std::string to_line(const ReaderLock& lock) {
  return fmt::format("unlocked={:d} seccomp={:d} landlock={} limits={:d}", lock.unlocked_build, lock.seccomp,
                     lock.landlock, lock.resource_limits);
}

std::optional<ReaderLock> from_line(const std::string& line) {
  int unlocked = 0;
  int seccomp = 0;
  int landlock = 0;
  int limits = 0;
  if (std::sscanf(line.c_str(), "unlocked=%d seccomp=%d landlock=%d limits=%d", &unlocked, &seccomp, &landlock,
                  &limits) != 4)
    return std::nullopt;
  return ReaderLock{
      .unlocked_build = unlocked != 0, .seccomp = seccomp != 0, .landlock = landlock, .resource_limits = limits != 0};
}

std::optional<ReaderLock> ask_reader_lock() {
  const std::string command = "'" + daemon_program().string() + "' lock 2>/dev/null";
  const Owned<std::FILE, pclose> pipe(::popen(command.c_str(), "re"));
  std::array<char, 512> line{};
  if (!pipe || std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) == nullptr) return std::nullopt;
  return from_line(line.data());
}

std::string sentence(const Language& language, const std::optional<ReaderLock>& lock) {
  if (!lock) return language.tr("The reader processes cannot be started.");
  if (lock->unlocked_build) return language.tr("Readers: unlocked, as this is a build for tests.");
  const auto in_force = [&](bool yes) { return language.tr(yes ? N_("in force") : N_("MISSING")); };
  const std::string landlock = lock->landlock == 0 ? language.tr("not in this kernel")
                                                   : language.tr("in force (version {0})", int{lock->landlock});
  return language.tr("Readers are locked: seccomp {0}, Landlock {1}, resource limits {2}.", in_force(lock->seccomp),
                     landlock, in_force(lock->resource_limits));
}

void write(JsonWriter& json, const std::optional<ReaderLock>& lock) {
  json.key("readers");
  if (!lock) {
    json.value(std::optional<Instant>());
    return;
  }
  json.begin_object().field("locked", !lock->unlocked_build).field("seccomp", lock->seccomp);
  json.field("landlock", lock->landlock).field("resource_limits", lock->resource_limits).end_object();
}

}  // namespace entregent::cli
