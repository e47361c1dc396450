// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mime.h"

#include <algorithm>

#include <fmt/format.h>

#include "latin.h"

namespace entregent::bench {

namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_plain_word(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/// RFC 2047 §4.2, strict enough for a display name.
std::string q_word(std::string_view bytes, std::string_view charset) {
  std::string text;
  for (const char byte : bytes) {
    if (byte == ' ')
      text += '_';
    else if (is_plain_word(byte))
      text += byte;
    else
      text += fmt::format("={:02X}", static_cast<unsigned char>(byte));
  }
  return fmt::format("=?{}?Q?{}?=", charset, text);
}

/// The longest beginning of at most `limit` bytes that ends between two characters.
std::size_t whole_characters(std::string_view utf8, std::size_t limit) {
  if (utf8.size() <= limit) return utf8.size();
  while (limit > 0 && (static_cast<unsigned char>(utf8[limit]) & 0xc0) == 0x80) --limit;
  return limit;
}

std::string quoted(std::string_view name) {
  return '"' + std::string(name) + '"';
}

}  // namespace

std::string base64_line(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    unsigned value = 0;
    for (std::size_t k = 0; k < 3; ++k)
      value = value << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += k <= group.size() ? base64_digits[value >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::string base64(std::string_view bytes) {
  constexpr std::size_t bytes_a_line = 57;
  std::string text;
  text.reserve(bytes.size() * 4 / 3 + bytes.size() / bytes_a_line + 8);
  for (std::size_t i = 0; i < bytes.size(); i += bytes_a_line)
    text += base64_line(bytes.substr(i, bytes_a_line)) + "\n";
  return text;
}

std::string quoted_printable(std::string_view bytes) {
  std::string text;
  std::size_t column = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char byte = bytes[i];
    if (byte == '\n') {
      text += byte;
      column = 0;
      continue;
    }
    const bool blank_at_end = byte == ' ' && (i + 1 == bytes.size() || bytes[i + 1] == '\n');
    const bool as_is = byte >= ' ' && byte < 127 && byte != '=' && !blank_at_end;
    const std::size_t width = as_is ? 1 : 3;
    if (column + width > 75) {
      text += "=\n";
      column = 0;
    }
    text += as_is ? std::string(1, byte) : fmt::format("={:02X}", static_cast<unsigned char>(byte));
    column += width;
  }
  return text;
}

std::string encoded_text(std::string_view utf8, bool latin1) {
  if (is_ascii(utf8)) return std::string(utf8);
  std::string text;
  while (!utf8.empty()) {
    const std::size_t size = whole_characters(utf8, latin1 ? 18 : 42);
    if (!text.empty()) text += "\n ";
    const std::string_view piece = utf8.substr(0, size);
    text += latin1 ? q_word(to_latin1(piece), "ISO-8859-1") : "=?UTF-8?B?" + base64_line(piece) + "?=";
    utf8.remove_prefix(size);
  }
  return text;
}

std::string mailbox(std::string_view name, std::string_view address, bool latin1) {
  if (name.empty()) return std::string(address);
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char byte) { return is_plain_word(byte) || byte == ' ' || byte == '-'; });
  const std::string phrase = plain ? std::string(name) : is_ascii(name) ? quoted(name) : encoded_text(name, latin1);
  return fmt::format("{} <{}>", phrase, address);
}

std::string html_escaped(std::string_view text) {
  std::string html;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += byte;
    }
  }
  return html;
}

}  // namespace entregent::bench
