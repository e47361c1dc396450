// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zones.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// A chat that WhatsApp exported as text (`_chat.txt`, `WhatsApp Chat with X.txt`), of an iPhone (`[9/3/26, 10:15:00]
/// Léa: Bonjour`) or Android (`09/03/2026 à 10:15 - Léa: Bonjour`). Times are those of the phone's clock: `zone` says
/// where. Day and month are told apart over the whole file: by a number above twelve, else by the order in which
/// messages follow each other, else the day comes first unless the clock has twelve hours. What WhatsApp itself says
/// (somebody joined, encryption) is left out. Refused where no line begins so.
Result<std::vector<ExtractedItem>> read_whatsapp(std::string_view bytes, const Zone& zone);

/// Whether a text begins like such an export.
bool is_whatsapp(std::string_view first_bytes);

}  // namespace entregent::readers
