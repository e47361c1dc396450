// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/notice_set.h"

namespace entregent::readers {

/// A page that lies in a file: its text, `<title>`, and author and dates where `<meta>` names them.
Result<ExtractedItem> read_html(std::string_view bytes);

/// The text of a page of any charset, without the marks of html_text.h.
std::string page_text(std::string_view bytes, NoticeSet& notices);

}  // namespace entregent::readers
