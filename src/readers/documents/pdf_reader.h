// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// PDF (ISO 32000) by poppler: the text in reading order, title, author and dates of the information dictionary. A
/// document that wants a password stays closed, with Notice::encrypted; a scan without text has Notice::text_missing.
/// At most limits::pdf_pages pages are read. Refuses what poppler cannot open.
///
/// Poppler keeps what it prepared while any document is open: the first call opens one of its own and keeps it, which
/// has to happen before a reader is locked.
Result<ExtractedItem> read_pdf(std::string_view bytes);

}  // namespace entregent::readers
