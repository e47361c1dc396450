// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace entregent::bench {

std::string base64(std::string_view bytes);            ///< in lines of 76, each ended
std::string base64_line(std::string_view bytes);       ///< without line ends
std::string quoted_printable(std::string_view bytes);  ///< lines of `bytes` end in LF and stay lines

/// An unstructured header value in RFC 2047, folded; as it is where it is ASCII.
std::string encoded_text(std::string_view utf8, bool latin1);

/// `name <address>` as mail programs write it: encoded, quoted or bare.
std::string mailbox(std::string_view name, std::string_view address, bool latin1);

/// The text as HTML; `&`, `<`, `>` and quotes only.
std::string html_escaped(std::string_view text);

}  // namespace entregent::bench
