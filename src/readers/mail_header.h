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

/// What the place of a message tells about it.
struct MailHints {
  std::optional<Instant>
      envelope_date;  ///< of an mbox `From ` line or of IMAP's INTERNALDATE; the last resort for the date
  /// The program that keeps the mail writes its marks (labels, deleted, draft) into the header, as in an mbox.
  /// Elsewhere only the sender can have written them, who has no say in them.
  bool keeper_writes_marks = false;
};

/// Fills `item` with what a mail's header says: parties, date, subject, identifier, references, labels, marks. Returns
/// the Date field's own moment, absurd or not: what identifies a mail without Message-ID, the same in each of its
/// copies.
std::optional<Instant> read_header_fields(const std::vector<HeaderField>& fields, const MailHints& hints,
                                          ExtractedItem& item, NoticeSet& notices);

/// The ids in a References or In-Reply-To field, without brackets.
std::vector<std::string> message_ids(std::string_view raw);

}  // namespace entregent::readers
