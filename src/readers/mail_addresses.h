// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "readers/notice_set.h"

namespace entregent::readers {

struct Mailbox {
  std::string name;     ///< decoded, unquoted, squeezed; of `x@y (Name)` the comment
  std::string address;  ///< as written; empty where there is a name only
  friend bool operator==(const Mailbox&, const Mailbox&) = default;
};

/// The mailboxes of an address header, RFC 5322 §3.4, and of what is written instead: nested quotes in names, encoded
/// words with commas or with the whole list inside, `;` between addresses, groups (`undisclosed-recipients:;`), routes,
/// `mailto:`, missing brackets, raw 8-bit. At most `most`; further ones add Notice::truncated.
std::vector<Mailbox> parse_addresses(std::string_view raw, std::size_t most, NoticeSet& notices);

}  // namespace entregent::readers
