// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <filesystem>

namespace entregent::personal {

/// Held by whoever changes the private file as a whole (an index run, a restore): one at a time. The system lets it go
/// when the process ends, however it ends.
class RunLock {
 public:
  enum class Holder {
    ends_its_work,
    stops_when_asked,  ///< SIGTERM ends it cleanly, and the next run goes on from there
  };

  /// Does not wait: ask held().
  explicit RunLock(const std::filesystem::path& database, Holder holder = Holder::ends_its_work);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

  /// Waits for it, at most `patience`, and asks whoever holds it to stop if they do when asked. Returns held().
  bool take_over(std::chrono::milliseconds patience);

 private:
  void take();
  void write_holder();
  bool empty() const;
  [[nodiscard]] int process_to_ask() const;

  Holder holder_;
  int descriptor_ = -1;
  bool held_ = false;
};

}  // namespace entregent::personal
