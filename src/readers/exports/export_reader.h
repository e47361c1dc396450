// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/exports/export_items.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// A table of contacts in one file (csv_table.h, contact_columns.h, linkedin_rows.h). Refused where nothing says which
/// column names the people.
Result<ExportItems> read_contact_table(std::string_view bytes);

/// LinkedIn's archive: every table of it that is known; what the owner says of themselves (Profile, Positions, Skills)
/// is left for their own profile. Refused where there is none.
Result<ExportItems> read_contact_archive(ZipArchive& archive);

/// Whether an archive is a platform's export of contacts: it holds tables, and Connections.csv or messages.csv.
bool is_contact_archive(const ZipArchive& archive);

}  // namespace entregent::readers
