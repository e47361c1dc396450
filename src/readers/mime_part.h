// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "readers/mime_fields.h"
#include "readers/notice_set.h"

namespace entregent::readers {

/// One header field: views into the message.
struct HeaderField {
  std::string_view name;   ///< as written, without blanks before the colon
  std::string_view value;  ///< raw: folded, undecoded
};

/// The header that begins `bytes` and what follows it. Takes an mbox line before it, blank lines before it, lines that
/// are no fields between fields; where no field stands at all, everything is body.
struct HeaderAndBody {
  std::vector<HeaderField> fields;
  std::string_view body;
};
HeaderAndBody split_header(std::string_view bytes, NoticeSet& notices);

/// Whether a line looks like a header field: `Name: …`.
bool is_field_line(std::string_view line);

/// ASCII case does not count.
bool same_name(std::string_view a, std::string_view b);
/// The value of the first field of that name; null `data()` if absent.
std::string_view field_value(const std::vector<HeaderField>& fields, std::string_view name);

/// A node of the tree that a message is. Views point into the bytes given to parse_part.
struct MimePart {
  MimeField type;                   ///< value never empty: `text/plain` if nothing usable is declared
  MimeField disposition;            ///< value may be empty
  std::string encoding;             ///< lower case: `base64`, `quoted-printable`, `7bit` …, or empty
  std::string file_name;            ///< decoded, without folders; may be empty
  std::string_view body;            ///< undecoded
  std::vector<HeaderField> fields;  ///< its own MIME header (of message/rfc822: not the inner message's)
  std::vector<MimePart> children;   ///< of multipart/*

  [[nodiscard]] bool is(std::string_view media_type) const { return type.value == media_type; }
  [[nodiscard]] bool is_multipart() const { return type.value.starts_with("multipart/"); }
  [[nodiscard]] bool is_text() const { return type.value.starts_with("text/"); }
  /// The body without its transfer encoding.
  [[nodiscard]] std::string decoded() const;
  /// How long decoded() is, without making it where that is cheaper.
  [[nodiscard]] std::size_t decoded_size() const;
};

/// Splits multipart bodies, at most limits::mime_depth deep and `parts_left` parts (counted down), else
/// Notice::truncated.
MimePart parse_part(std::vector<HeaderField> fields, std::string_view body, std::size_t& parts_left,
                    NoticeSet& notices);

}  // namespace entregent::readers
