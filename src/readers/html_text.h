// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "readers/notice_set.h"

namespace entregent::readers {

/// What html_text puts before a line that the markup says is quoted history, or a signature. Elsewhere it gives no
/// control character but the line feed.
inline constexpr char quoted_mark = '\x01';
inline constexpr char signature_mark = '\x02';

/// The text that a reader of the page sees, block by block, with line feeds; quoted history (blockquote of type cite,
/// gmail_quote, moz-cite-prefix, Outlook's reply header …) and signatures carry marks. `html` is valid UTF-8. Pages too
/// deep or too large for a tree (limits.h) lose their tags one by one instead, without marks; what lies beyond
/// limits::html_bytes is left out with Notice::truncated.
std::string html_text(std::string_view html, NoticeSet& notices);

/// The charset that `<meta>` declares in the first bytes, or empty.
std::string_view html_charset(std::string_view html);

}  // namespace entregent::readers
