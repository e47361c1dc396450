// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "readers/format.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// What an archive holds, by its entries: odf, ooxml, epub, or unknown.
Format archive_format(ZipArchive& archive);

}  // namespace entregent::readers
