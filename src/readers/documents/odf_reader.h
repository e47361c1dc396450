// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// ODT, ODS, ODP, ODG and their templates (ISO/IEC 26300): what is shown, with notes, annotations and the speaker's
/// notes, cells as they are shown, without tracked deletions. Title, first author, last editor and dates from meta.xml.
/// An encrypted document stays closed, with Notice::encrypted. `bytes` is what `archive` was opened on.
Result<ExtractedItem> read_odf(std::string_view bytes, ZipArchive& archive);

}  // namespace entregent::readers
