// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "readers/notice_set.h"

namespace entregent::readers {

/// Bytes of a declared charset → valid UTF-8 without NUL, never nothing: where the charset is absent, unknown or
/// plainly wrong, UTF-8 is tried, line by line, then windows-1252, and Notice::charset_guessed is added. Text decoded
/// twice by its sender (`Ã©`) is repaired where that is certain.
std::string decode_text(std::string_view bytes, std::string_view charset, NoticeSet& notices);

/// A header value → valid UTF-8 on one line: unfolded, RFC 2047 words decoded (also broken ones: inside quotes, with
/// blanks, a character cut between two words, an unknown charset, no end), raw 8-bit text guessed.
std::string decode_header(std::string_view raw, NoticeSet& notices);

/// Cut to `max_bytes` at a character's end, with Notice::truncated.
std::string capped(std::string text, std::size_t max_bytes, NoticeSet& notices);

}  // namespace entregent::readers
