// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "readers/exports/export_items.h"

namespace entregent::readers {

/// LinkedIn's tables beside Connections, known by their headers: messages and invitations with a message
/// (ItemKind::chat, one each, the conversation as reference), recommendations given and received (ItemKind::chat too:
/// somebody's words to somebody). People are known by their profile's URL, which stands as their address. Drafts are
/// left out. No if the table is none of these.
bool read_linkedin_rows(const std::vector<std::vector<std::string>>& rows, ExportItems& result);

}  // namespace entregent::readers
