// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// A message that Outlook saved ([MS-OXMSG]): the same item as the mail it was, with its attachments and the messages
/// inside. Calendar entries, contacts and tasks are refused: Outlook exports them as iCalendar, vCard or CSV.
Result<ExtractedItem> read_msg(std::string_view bytes);

/// The message as mail would have brought it: for one that is attached to another.
Result<std::string> msg_to_mime(std::string_view bytes);

}  // namespace entregent::readers
