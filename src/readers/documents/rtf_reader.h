// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// Rich Text Format (specification 1.9.1): text with notes, tables and the shown half of fields; characters of code
/// pages, fonts' charsets and \u with their fallbacks passed over; title, author, last editor and dates of \info.
/// Pictures, objects, styles and what is hidden are left out. Groups deeper than limits::rtf_depth are passed over with
/// Notice::truncated.
Result<ExtractedItem> read_rtf(std::string_view bytes);

}  // namespace entregent::readers
