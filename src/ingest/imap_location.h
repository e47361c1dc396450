// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "base/result.h"

namespace entregent::ingest {

/// The address of an IMAP account in its one spelling; `invalid` if it is none, or holds a password.
Result<std::string> imap_location(const std::string& url);

}  // namespace entregent::ingest
