// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "readers/extracted_item.h"
#include "readers/mime_part.h"
#include "readers/notice_set.h"

namespace entregent::readers {

/// Fills `item` with what the parts of a mail hold: texts, attachments, invitations and cards inside, facts of the
/// signature, and the robot mark of a delivery report. `item` has its parties already. Returns all text that was read,
/// for content_hash.
std::string read_body(const MimePart& root, ExtractedItem& item, NoticeSet& notices);

}  // namespace entregent::readers
