// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/imap_location.h"

#include "net/imap_address.h"

namespace entregent::ingest {

Result<std::string> imap_location(const std::string& url) {
  const auto address = net::parse_imap_url(url);
  if (!address) return fail(address.error());
  return net::imap_url(*address);
}

}  // namespace entregent::ingest
