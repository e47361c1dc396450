// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Charsets of foreign bytes. glibc's iconv first, ICU for what glibc refuses (HZ …). Under the readers' lock iconv
/// finds only those converters that were opened before it (reading/ does that).
namespace entregent {

struct DecodedText {
  std::string text;        ///< valid UTF-8, without byte order mark
  std::size_t broken = 0;  ///< how many stretches of `text` stand as U+FFFD for bytes that the charset does not have
};

/// Nothing if nobody here knows the charset. Names are taken as mail writes them: any case, quoted, with `x-`, old
/// aliases; where a superset is what senders mean, it is taken (iso-8859-1 → windows-1252, gb2312 → GB18030,
/// ks_c_5601-1987 → UHC).
std::optional<DecodedText> decode_charset(std::string_view bytes, std::string_view charset);

/// The name that decode_charset would ask iconv for: lower case, aliases replaced.
std::string charset_name(std::string_view written);

DecodedText decode_windows_1252(std::string_view bytes);

/// Text that somebody decoded as windows-1252 although it was UTF-8 (`Ã©` for `é`), decoded right; nothing unless every
/// character beyond ASCII is part of such a mistake, so that a text which merely shows one is left alone. `text` is
/// valid UTF-8.
std::optional<std::string> undoubled_utf8(std::string_view text);

}  // namespace entregent
