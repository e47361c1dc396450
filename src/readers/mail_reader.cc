// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_reader.h"

namespace entregent::readers {

Result<ExtractedItem> read_mail(std::string_view bytes, const MailHints& hints) {
  if (bytes.empty()) return fail({ErrorCode::malformed, N_("This is no message.")});
  ExtractedItem item;
  item.happened_at = hints.envelope_date;
  item.notices = {Notice::sender_missing, Notice::text_missing};
  return item;
}

Result<ExtractedItem> read_mbox_message(std::string_view bytes) {
  return read_mail(bytes);
}

Result<ExtractedItem> read_emlx(std::string_view bytes) {
  return read_mail(bytes);
}

}  // namespace entregent::readers
