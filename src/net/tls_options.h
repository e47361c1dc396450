// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

namespace entregent::net {

/// Whom to trust. With nothing set: the system's authorities, and the certificate must name the host.
struct TlsOptions {
  /// PEM; its authorities are trusted instead of the system's, or, where it holds the server's own certificate, exactly
  /// that one, whoever signed it.
  std::string ca_file = {};
  /// SHA-256 of one certificate, in hex with or without colons: exactly that one is accepted, whoever made it and
  /// whatever it names.
  std::string fingerprint = {};
};

}  // namespace entregent::net
