// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/mail_header.h"

namespace entregent::readers {

/// One message, RFC 5322 and MIME, however broken: what is absent or odd becomes a Notice. `bytes` may be any bytes;
/// only what has neither a header field nor any text is refused, with ErrorCode::malformed. Line ends may be CRLF, LF
/// or CR.
Result<ExtractedItem> read_mail(std::string_view bytes, const MailHints& hints = {});

/// One slice of split_mbox: without its `From ` line, with `>From ` unquoted, its date as the hint.
Result<ExtractedItem> read_mbox_message(std::string_view bytes);

/// A file of Apple Mail: a line with the length, the message, a property list whose flags give draft, junk and deleted.
Result<ExtractedItem> read_emlx(std::string_view bytes);

}  // namespace entregent::readers
