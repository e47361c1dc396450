// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace entregent::tests {

/// The server's end of one connection, in the clear.
class FakeConversation {
 public:
  explicit FakeConversation(int descriptor) : descriptor_(descriptor) {}
  /// False when the client is gone.
  bool say(std::string_view bytes);
  /// One line without its end; empty when the client is gone.
  std::string hear();
  /// Until the client hangs up.
  void wait_for_end();
  /// Waits that long at most; true when the client has hung up.
  bool gone_within(std::chrono::milliseconds time);

 private:
  int descriptor_;
  std::string heard_;
};

/// Plays a script to one client after the other, on a free port of 127.0.0.1, in a thread of its own.
class FakeServer {
 public:
  explicit FakeServer(std::function<void(FakeConversation&)> script);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  void serve(const std::function<void(FakeConversation&)>& script);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  int client_ = -1;     ///< under mutex_
  bool ended_ = false;  ///< under mutex_
  std::thread thread_;
};

}  // namespace entregent::tests
