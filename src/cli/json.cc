// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/json.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/style.h"

namespace entregent::cli {

JsonWriter::JsonWriter() {
  text_ = "{";
  field("version", version);
}

void JsonWriter::comma() {
  if (!first_) text_ += ',';
  first_ = false;
}

/// RFC 8259 §7: what lies above U+FFFF as a surrogate pair.
void JsonWriter::by_number(char32_t c) {
  const auto number = static_cast<unsigned>(c);
  if (number <= 0xFFFF) {
    text_ += fmt::format("\\u{:04x}", number);
  } else {
    text_ += fmt::format("\\u{:04x}\\u{:04x}", 0xD7C0 + (number >> 10), 0xDC00 + (number & 0x3FF));
  }
}

void JsonWriter::quoted(std::string_view text) {
  text_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    switch (c) {
      case '"':
        text_ += "\\\"";
        break;
      case '\\':
        text_ += "\\\\";
        break;
      case '\n':
        text_ += "\\n";
        break;
      case '\r':
        text_ += "\\r";
        break;
      case '\t':
        text_ += "\\t";
        break;
      default:
        // JSON is shown on terminals too: what could harm them is written by its number.
        if (is_harmful(c)) {
          by_number(c);
        } else {
          append_utf8(text_, c);  // not the bytes as they came: they may be no UTF-8
        }
    }
  }
  text_ += '"';
}

JsonWriter& JsonWriter::key(std::string_view name) {
  comma();
  quoted(name);
  text_ += ':';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  comma();
  quoted(text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  comma();
  text_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  comma();
  text_ += fmt::format("{:.4f}", number);
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
  comma();
  text_ += truth ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::value(std::optional<Instant> at) {
  if (at) return value(iso_instant(*at));
  comma();
  text_ += "null";
  return *this;
}

JsonWriter& JsonWriter::begin_object() {
  comma();
  text_ += '{';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  text_ += '}';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::begin_list(std::string_view name) {
  key(name);
  text_ += '[';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_list() {
  text_ += ']';
  first_ = false;
  return *this;
}

std::string JsonWriter::finish() {
  return std::move(text_) + "}\n";
}

}  // namespace entregent::cli
