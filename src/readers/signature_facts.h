// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "readers/extracted_item.h"

namespace entregent::readers {

/// Phones (as written; detail `mobile`, `fax` or `work` where said), web addresses, title and company of a signature
/// block. Prose, long blocks and list footers give nothing. `signature` is valid UTF-8; `sender_address` helps to know
/// the company by its domain.
std::vector<Fact> signature_facts(std::string_view signature, std::string_view sender_name,
                                  std::string_view sender_address);

/// Whether a line holds what only a signature would: a phone, a web or mail address, a title, a company.
bool is_signature_line(std::string_view line);

}  // namespace entregent::readers
