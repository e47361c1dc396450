// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "readers/exports/contact_columns.h"
#include "readers/exports/export_items.h"

namespace entregent::readers {

/// One ItemKind::contact for each row below the header that names somebody. A row is known by its profile on the
/// platform, else by its first address, else by its name and company, so that a newer export says the same person anew.
/// Several values in a cell (` ::: ` of Google) are taken apart; Outlook's Exchange names and `0/0/00` are nothing.
void read_contact_rows(const std::vector<std::vector<std::string>>& rows, const ContactLayout& layout,
                       ExportItems& result);

}  // namespace entregent::readers
