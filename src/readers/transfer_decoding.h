// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Content-Transfer-Encoding, RFC 2045 §6. Nothing is refused: foreign bytes are skipped (base64) or kept
/// (quoted-printable).
namespace entregent::readers {

/// Padding may be missing, or stand in the middle where somebody joined two encoded pieces.
std::string decode_base64(std::string_view text);
/// How many bytes decode_base64 would give, without making them.
std::size_t base64_size(std::string_view text);

/// Soft line breaks may have blanks before the line end; `=` before anything but two hexadecimal digits stays.
std::string decode_quoted_printable(std::string_view text);

/// `%41` → `A` (RFC 3986 §2.1); `%` before anything but two hexadecimal digits stays. The bytes may be of any charset.
std::string decode_percent(std::string_view text);

}  // namespace entregent::readers
