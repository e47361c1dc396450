// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace entregent::net {

/// Ends waiting network calls at once: they poll its descriptor beside their socket. Once stopped it stays so.
class StopFlag {
 public:
  /// Throws std::system_error where the system has no descriptor left.
  StopFlag();
  ~StopFlag();
  StopFlag(const StopFlag&) = delete;
  StopFlag& operator=(const StopFlag&) = delete;

  /// May be called from any thread and from a signal handler.
  void stop() noexcept;
  bool stopped() const noexcept;
  /// Readable for poll() from the first stop() on; not to be read or closed.
  int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace entregent::net
