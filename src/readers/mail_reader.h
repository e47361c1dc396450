// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// What the place of a message tells about it.
struct MailHints {
  std::optional<Instant>
      envelope_date;  ///< of an mbox `From ` line or of IMAP's INTERNALDATE; the last resort for the date
};

/// One message, RFC 5322 and MIME, however broken: what is absent or odd becomes a Notice. `bytes` may be any bytes;
/// only what has neither a header field nor any text is refused, with ErrorCode::malformed. Line ends may be CRLF, LF
/// or CR.
Result<ExtractedItem> read_mail(std::string_view bytes, const MailHints& hints = {});

/// One slice of split_mbox: without its `From ` line, with `>From ` unquoted, its date as the hint.
Result<ExtractedItem> read_mbox_message(std::string_view bytes);

/// A file of Apple Mail: a line with the length, the message, a property list whose flags give draft, junk and deleted.
Result<ExtractedItem> read_emlx(std::string_view bytes);

}  // namespace entregent::readers
