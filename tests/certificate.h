// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

namespace entregent::tests {

/// A certificate made for a test server, on an EC P-256 key.
struct Certificate {
  std::string pem;
  std::string key_pem;
  std::string sha256;  ///< of the certificate, hex without colons
};

enum class Validity { now, last_year };
enum class Signer { itself, authority };  ///< an authority that nobody has ever heard of

/// `host` is a name or an IPv4 address. Throws std::runtime_error where OpenSSL fails.
Certificate make_certificate(const std::string& host, Validity validity = Validity::now,
                             Signer signer = Signer::itself);

}  // namespace entregent::tests
