// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mime_text.h"

#include <algorithm>
#include <optional>

#include "latin.h"
#include "mime.h"

namespace entregent::bench {

namespace {

constexpr int deepest_nesting = 16;

/// The line at the start of `text` with its line end.
std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n') == std::string_view::npos ? text.size() : text.find('\n') + 1);
}

std::string decoded_base64(std::string_view text) {
  static constexpr std::string_view base64_alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned value = 0, bits = 0;
  for (const char byte : text) {
    const std::size_t digit = base64_alphabet.find(byte);
    if (digit == std::string_view::npos) continue;
    value = value << 6 | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(value >> bits & 0xff);
  }
  return bytes;
}

int hexadecimal(char byte) {
  const std::size_t digit =
      std::string_view("0123456789ABCDEF").find(byte >= 'a' ? static_cast<char>(byte - 32) : byte);
  return digit == std::string_view::npos ? -1 : static_cast<int>(digit);
}

std::string decoded_quoted_printable(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      bytes += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
    } else if (i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0) {
      bytes += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
      i += 2;
    } else {
      bytes += '=';
    }
  }
  return bytes;
}

std::string changed_leaf(std::string_view headers, std::string_view body, TextType type, const TextChange& change) {
  const std::string encoding = lower_ascii(header_value(headers, "Content-Transfer-Encoding"));
  if (encoding.starts_with("base64")) return base64(change(decoded_base64(body), type));
  if (encoding.starts_with("quoted-printable")) return quoted_printable(change(decoded_quoted_printable(body), type));
  return change(body, type);
}

std::optional<std::string> boundary_of(const std::string& content_type) {
  const std::size_t at = lower_ascii(content_type).find("boundary=");
  if (at == std::string::npos) return std::nullopt;
  std::string_view value = std::string_view(content_type).substr(at + 9);
  if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
  return std::string(value.substr(0, value.find_first_of("; \t\r\n")));
}

std::string changed(std::string_view message, const TextChange& change, int depth);

std::string changed_multipart(std::string_view body, const std::string& boundary, const TextChange& change, int depth) {
  const std::string mark = "--" + boundary;
  std::string result;
  std::size_t part = 0, at = 0;
  bool inside = false;
  const auto end_part = [&](std::size_t end) {
    const std::string_view bytes = body.substr(part, end - part);
    result += inside ? changed(bytes, change, depth + 1) : std::string(bytes);
  };
  while (at < body.size()) {
    const std::string_view line = first_line(body.substr(at));
    if (line.starts_with(mark)) {
      end_part(at);
      result += line;
      part = at + line.size();
      inside = !line.substr(mark.size()).starts_with("--");
    }
    at += line.size();
  }
  end_part(body.size());
  return result;
}

std::string changed(std::string_view message, const TextChange& change, int depth) {
  const auto [headers, body] = split_message(message);
  const std::string type = header_value(headers, "Content-Type");
  const std::string kind = lower_ascii(type);
  const auto boundary = boundary_of(type);
  if (depth > deepest_nesting) return std::string(message);
  if (kind.starts_with("multipart/") && boundary)
    return std::string(headers) + changed_multipart(body, *boundary, change, depth);
  if (kind.starts_with("message/rfc822")) return std::string(headers) + changed(body, change, depth + 1);
  if (!kind.empty() && !kind.starts_with("text")) return std::string(message);
  return std::string(headers) +
         changed_leaf(headers, body, kind.starts_with("text/html") ? TextType::html : TextType::plain, change);
}

}  // namespace

MessageParts split_message(std::string_view message) {
  std::size_t at = 0;
  while (at < message.size()) {
    const std::string_view line = first_line(message.substr(at));
    at += line.size();
    if (line == "\n" || line == "\r\n") break;
  }
  return {message.substr(0, at), message.substr(at)};
}

std::string header_value(std::string_view headers, std::string_view name) {
  const std::string wanted = lower_ascii(name) + ":";
  std::string value;
  bool found = false;
  while (!headers.empty()) {
    const std::string_view line = first_line(headers);
    headers.remove_prefix(line.size());
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (found && !goes_on) break;
    if (!found && lower_ascii(line.substr(0, wanted.size())) == wanted) {
      found = true;
      value = line.substr(wanted.size());
    } else if (found) {
      value += line;
    }
  }
  value.erase(std::remove_if(value.begin(), value.end(), [](char byte) { return byte == '\r' || byte == '\n'; }),
              value.end());
  value.erase(0, std::min(value.find_first_not_of(" \t"), value.size()));
  return value;
}

std::string with_texts_changed(std::string_view message, const TextChange& change) {
  return changed(message, change, 0);
}

}  // namespace entregent::bench
