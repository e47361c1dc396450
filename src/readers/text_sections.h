// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "readers/extracted_item.h"

namespace entregent::readers {

/// A message's text cut into what its sender wrote, what is quoted history (with its attribution line or header block)
/// and signatures, in the order of the source. Knows `>` prefixes, "On … wrote:" and its French, German, Spanish and
/// other sisters, over several lines too,
/// "-----Original Message-----" and the like, Outlook's header block, forwarded messages, "-- ", list footers, "Sent
/// from my phone", and closing blocks under a greeting or the sender's name that carry a phone, an address, a title or
/// a company. Quoted lines come without their `>`. `text` is valid UTF-8, its lines may begin with the marks of
/// html_text.h; `sender_name` may be empty.
std::vector<TextSection> split_text(std::string_view text, std::string_view sender_name);

/// Lines of format=flowed (RFC 3676) joined to paragraphs; quote depths stay apart and signatures whole.
std::string unflowed(std::string_view text, bool delete_space);

}  // namespace entregent::readers
