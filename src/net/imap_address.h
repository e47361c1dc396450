// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entregent::net {

/// Where somebody's mail is, without the password.
struct ImapAddress {
  std::string host;  ///< a lower-case name or an IP address, IPv6 without brackets
  std::uint16_t port = 993;
  bool tls = true;  ///< from the first byte (imaps); else STARTTLS
  std::string user;
  std::string folder = {};  ///< UTF-8; empty for all folders
  friend bool operator==(const ImapAddress&, const ImapAddress&) = default;
};

/// Reads `imaps://user@host[:port][/folder]` or `imap://…` (RFC 5092, the part for servers and folders). The user may
/// hold a raw `@`; other special characters are percent-encoded. `invalid` for anything else, also for a password in
/// the address.
Result<ImapAddress> parse_imap_url(std::string_view url);

/// The one way of writing it: parse_imap_url() gives `address` back.
std::string imap_url(const ImapAddress& address);

}  // namespace entregent::net
