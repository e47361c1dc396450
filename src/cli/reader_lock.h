// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include "base/language.h"
#include "cli/json.h"

namespace entregent::cli {

/// What holds the reader processes on this machine.
struct ReaderLock {
  bool unlocked_build = false;  ///< made for tests, without any lock
  bool seccomp = false;
  int landlock = 0;  ///< version of the kernel's, 0 = not in force
  bool resource_limits = false;
};

/// Asks `entregentd lock`, which starts a reader to see; nothing if none starts.
std::optional<ReaderLock> ask_reader_lock();

/// One line of `entregentd lock` for `entregent`, and back.
std::string to_line(const ReaderLock& lock);
std::optional<ReaderLock> from_line(const std::string& line);

std::string sentence(const Language& language, const std::optional<ReaderLock>& lock);
/// The field `readers`; null if none starts.
void write(JsonWriter& json, const std::optional<ReaderLock>& lock);

}  // namespace entregent::cli
