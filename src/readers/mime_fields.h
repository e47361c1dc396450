// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readers/notice_set.h"

namespace entregent::readers {

/// A structured MIME field: `text/plain; charset=utf-8`, `attachment; filename*0*=utf-8''caf%C3%A9; filename*1=.pdf`.
struct MimeField {
  std::string value;  ///< lower case: `text/plain`, `attachment`
  std::vector<std::pair<std::string, std::string>>
      parameters;  ///< names in lower case, values decoded (RFC 2231, RFC 2047, raw 8-bit)
  /// Empty if absent.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// Takes missing quotes, blanks around `=`, missing semicolons at line ends, comments, RFC 2047 words in values, RFC
/// 2231 pieces out of order.
MimeField parse_mime_field(std::string_view raw, NoticeSet& notices);

/// A file name without folders and control characters.
std::string plain_file_name(std::string_view name);

}  // namespace entregent::readers
