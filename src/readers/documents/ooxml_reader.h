// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// DOCX, XLSX and PPTX with their templates and macros (ECMA-376, transitional and strict): body, notes, comments,
/// headers; sheets cell by cell, dates as dates; slides in their order with the speaker's notes and the words of
/// diagrams. Title, author, last editor and dates from the core properties. `bytes` is what `archive` was opened on.
/// Refuses a package without a main part.
Result<ExtractedItem> read_ooxml(std::string_view bytes, ZipArchive& archive);

}  // namespace entregent::readers
