// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "readers/documents/document_builder.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// The sheets of a SpreadsheetML workbook (ECMA-376 part 1, §18) in their order: name, then row by row the cells as
/// they would be shown, dates as 2026-11-23; then comments and the words of drawings.
void add_sheets(ZipArchive& archive, std::string_view workbook, DocumentText& text, NoticeSet& notices);

}  // namespace entregent::readers
