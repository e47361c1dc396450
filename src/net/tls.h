// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/socket.h"
#include "net/tls_options.h"

namespace entregent::net {

/// TLS 1.2 or newer over a socket that it borrows.
class TlsStream {
 public:
  /// Shakes hands and checks the certificate. `forbidden`: not trusted (the detail names host and fingerprint) or TLS
  /// impossible; `invalid`: the CA file or fingerprint of `options` is of no use.
  static Result<TlsStream> open(const Socket& socket, const std::string& host, const TlsOptions& options,
                                const Patience& patience);
  ~TlsStream();
  TlsStream(TlsStream&&) noexcept;
  TlsStream& operator=(TlsStream&&) noexcept;

  /// At least one byte into `buffer`; `unavailable` at the end.
  Result<std::size_t> read(char* buffer, std::size_t size, const Patience& patience);
  Result<Done> write(std::string_view bytes, const Patience& patience);

 private:
  struct State;
  explicit TlsStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entregent::net
