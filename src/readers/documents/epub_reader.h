// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// EPUB 2 and 3 (EPUB 3.3 §5): the pages of the spine in its order, title, creators and date of the package. Refuses an
/// archive without a package document. `bytes` is what `archive` was opened on.
Result<ExtractedItem> read_epub(std::string_view bytes, ZipArchive& archive);

}  // namespace entregent::readers
