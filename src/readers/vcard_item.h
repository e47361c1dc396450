// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readers/content_line.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// The item of one card, from its properties in order without BEGIN and END; nothing for a group. A part of
/// vcard_reader.cc.
std::optional<ExtractedItem> card_item(const std::vector<ContentLine>& lines);

/// True for a property that a standard names (upper case); X- names are none.
bool is_card_property(std::string_view name);

/// A birthday in any form of RFC 6350 §4.3.4 or of older cards as `YYYY-MM-DD` or `--MM-DD`; nothing if it has no day.
std::optional<std::string> birthday(std::string_view text);

/// A moment of REV: `20120305T131933Z`, `2012-03-05T13:32:54+01:00`, a day alone; without zone it is UTC.
std::optional<Instant> timestamp(std::string_view text);

}  // namespace entregent::readers
