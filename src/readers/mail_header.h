// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "readers/extracted_item.h"
#include "readers/mime_part.h"
#include "readers/notice_set.h"

namespace entregent::readers {

/// Fills `item` with what a mail's header says: parties, date, subject, identifier, references, labels, marks.
/// `envelope_date` is the last resort for the date. Returns the Date field's own moment, absurd or not: what identifies
/// a mail without Message-ID, the same in each of its copies.
std::optional<Instant> read_header_fields(const std::vector<HeaderField>& fields, std::optional<Instant> envelope_date,
                                          ExtractedItem& item, NoticeSet& notices);

/// The ids in a References or In-Reply-To field, without brackets.
std::vector<std::string> message_ids(std::string_view raw);

}  // namespace entregent::readers
