// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/socket.h"
#include "net/tls.h"

namespace entregent::net {

/// Bytes to and from one server, in the clear until start_tls(). Every call ends in time, and at once when stopped.
class Connection {
 public:
  Connection(Connected connected, std::string host);

  Result<Done> start_tls(const TlsOptions& options, const Patience& patience);
  /// What has come, at least one byte; valid until the next call. `unavailable` at the end of the stream.
  Result<std::string_view> read(const Patience& patience);
  Result<Done> write(std::string_view bytes, const Patience& patience);

  bool encrypted() const { return tls_.has_value(); }
  bool on_loopback() const { return on_loopback_; }
  std::uint64_t bytes_received() const { return bytes_received_; }
  const std::string& host() const { return host_; }

 private:
  Result<std::size_t> receive(const Patience& patience);

  std::unique_ptr<Socket> socket_;  ///< where tls_ borrows it
  bool on_loopback_;
  std::string host_;
  std::optional<TlsStream> tls_;
  std::unique_ptr<char[]> buffer_;
  std::uint64_t bytes_received_ = 0;
};

}  // namespace entregent::net
