// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/outlook/mapi_message.h"

namespace entregent::readers {

/// What Outlook wraps into `winmail.dat` ([MS-OXTNEF]): files, and the text in Outlook's own form. Attributes that are
/// damaged end it; what came before counts. Refused without the signature.
Result<MapiMessage> read_tnef(std::string_view bytes);

/// A `winmail.dat` that lies in a folder by itself, as the message it was made of.
Result<ExtractedItem> read_tnef_file(std::string_view bytes);

}  // namespace entregent::readers
