// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/text_reader.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "readers/documents/document_builder.h"
#include "readers/foreign_text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// Control characters that no text has: a picture, a program. UTF-16 and UTF-32 without a mark have a zero in most
/// characters; nothing else has any.
bool is_no_text(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 8192);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) return false;
  const auto zeros = std::ranges::count(start, '\0');
  if (zeros > 0 && static_cast<std::size_t>(zeros) * 4 < start.size()) return true;
  const auto odd = std::ranges::count_if(start, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x09 && byte != 0) || (byte > 0x0D && byte < 0x20 && byte != 0x1B) || byte == 0x7F;
  });
  return static_cast<std::size_t>(odd) * 100 > start.size();
}

/// UTF-16 without a mark has a zero beside each Latin letter.
std::string_view charset_of(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  const std::string_view start = bytes.substr(0, 8192);
  for (std::size_t i = 0; i < start.size(); ++i)
    if (start[i] == '\0') ++zeros.at(i % 2);
  if (zeros[0] + zeros[1] == 0 || start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) return {};
  return zeros[1] >= zeros[0] ? "utf-16le" : "utf-16be";
}

std::string_view first_line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return trimmed(line);
}

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return value;
}

/// YAML between two lines `---`, as Markdown tools write it; `rest` is moved behind it.
void take_front_matter(std::string_view& rest, DocumentFacts& facts) {
  constexpr int most_lines = 50;
  std::string_view text = rest;
  if (first_line(text) != "---") return;
  DocumentFacts found;
  for (int i = 0; i < most_lines && !text.empty(); ++i) {
    const std::string_view line = first_line(text);
    if (line == "---" || line == "...") {
      facts = found;
      rest = text;
      return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = lower(line.substr(0, colon));
    const std::string_view value = unquoted(line.substr(colon + 1));
    if (key == "title") found.title = value;
    if (key == "author") found.authors = value;
    if (key == "date") found.modified = parse_w3c_date(value);
  }
}

std::string heading_in(std::string_view text) {
  constexpr int most_lines = 30;
  std::string_view before;
  for (int i = 0; i < most_lines && !text.empty(); ++i) {
    const std::string_view line = first_line(text);
    if (line.starts_with("# ")) return std::string(trimmed(line.substr(2)));
    const bool rule = line.size() >= 3 && line.find_first_not_of('=') == std::string_view::npos;
    if (rule && !before.empty()) return std::string(before);
    before = line;
  }
  return {};
}

}  // namespace

Result<ExtractedItem> read_text(std::string_view bytes) {
  if (is_no_text(bytes)) return fail({ErrorCode::malformed, N_("This file is named as text and holds none.")});
  NoticeSet notices;
  if (bytes.size() > limits::document_text_bytes * 4) notices.add(Notice::truncated);
  NoticeSet guessed;  // plain text declares no charset: guessing is no fault of its own
  const std::string decoded = decode_text(bytes.substr(0, limits::document_text_bytes * 4), charset_of(bytes), guessed);
  DocumentFacts facts;
  std::string_view rest = decoded;
  take_front_matter(rest, facts);
  if (facts.title.empty()) facts.title = heading_in(rest);
  DocumentText text(notices);
  text.add(rest);
  return document_item(bytes, facts, text.take(), notices);
}

}  // namespace entregent::readers
