// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>

namespace entregent::personal {

/// Held by whoever changes the private file as a whole (an index run, a restore): one at a time. The system lets it go
/// when the process ends, however it ends.
class RunLock {
 public:
  /// Does not wait: ask held().
  explicit RunLock(const std::filesystem::path& database);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int descriptor_ = -1;
  bool held_ = false;
};

}  // namespace entregent::personal
