// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"
#include "net/stop.h"

namespace entregent::net {

using Deadline = std::chrono::steady_clock::time_point;

/// How long a call may wait, and what ends it before.
struct Patience {
  Deadline until;
  const StopFlag* stop = nullptr;
};

/// Owns a socket, not blocking.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() { close(); }
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  int descriptor() const { return descriptor_; }
  void close() noexcept;

 private:
  int descriptor_ = -1;
};

/// The refusals that any waiting call may give.
Error stopped_error();
Error timeout_error(const std::string& host);
Error closed_error(const std::string& host);

/// Waits until the socket can do what `events` of poll() says. `unavailable`: time is up, or stopped. `host` is for the
/// message only.
Result<Done> wait_for(const Socket& socket, short events, const Patience& patience, const std::string& host);

struct Connected {
  Socket socket;
  bool on_loopback = false;  ///< the other end is this very machine
};

/// Resolves `host` (IPv4 and IPv6) and tries its addresses one after the other, each and the resolving itself for
/// `timeout`.
Result<Connected> connect_to(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout,
                             const StopFlag* stop);

}  // namespace entregent::net
