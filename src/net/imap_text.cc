// SPDX-License-Identifier: AGPL-3.0-or-later
// The small notations inside IMAP responses: sets of UIDs, dates, names of folders.
#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "net/imap_cursor.h"
#include "net/imap_limits.h"
#include "net/imap_parser.h"

namespace entregent::net {
namespace {

std::optional<UidRange> one_range(ImapCursor& cursor) {
  const auto first = cursor.number32();
  if (!first) return std::nullopt;
  if (!cursor.take(':')) return UidRange{*first, *first};
  const auto last = cursor.number32();
  if (!last) return std::nullopt;
  return UidRange{std::min(*first, *last), std::max(*first, *last)};
}

// RFC 3501 §5.1.3: base64 with a comma for the slash.
constexpr std::string_view utf7_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// The UTF-16 units of one `&…-`; nothing for other characters or bits left over that are not zero.
std::optional<std::u16string> utf16_units(std::string_view digits) {
  std::u16string units;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : digits) {
    const auto value = utf7_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0x3FFFFF;
    count += 6;
    if (count < 16) continue;
    count -= 16;
    units += static_cast<char16_t>(bits >> count & 0xFFFF);
  }
  if (count >= 6 || (bits & ((1U << count) - 1)) != 0) return std::nullopt;
  return units;
}

bool append_utf16(std::string& text, std::u16string_view units) {
  for (std::size_t at = 0; at < units.size(); ++at) {
    char32_t character = units[at];
    if (character >= 0xDC00 && character < 0xE000) return false;
    if (character >= 0xD800 && character < 0xDC00) {
      if (++at == units.size() || units[at] < 0xDC00 || units[at] >= 0xE000) return false;
      character = 0x10000 + ((character - 0xD800) << 10) + (units[at] - 0xDC00);
    }
    append_utf8(text, character);
  }
  return true;
}

void append_utf7(std::string& out, std::u16string& units) {
  if (units.empty()) return;
  out += '&';
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char16_t unit : units) {
    bits = bits << 16 | unit;
    count += 16;
    while (count >= 6) out += utf7_alphabet[bits >> (count -= 6) & 63];
    bits &= (1U << count) - 1;
  }
  if (count > 0) out += utf7_alphabet[bits << (6 - count) & 63];
  out += '-';
  units.clear();
}

void append_utf16_units(std::u16string& units, char32_t character) {
  if (character < 0x10000) {
    units += static_cast<char16_t>(character);
  } else {
    units += static_cast<char16_t>(0xD800 + ((character - 0x10000) >> 10));
    units += static_cast<char16_t>(0xDC00 + ((character - 0x10000) & 0x3FF));
  }
}

std::optional<unsigned> month_number(std::string_view name) {
  static constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                           "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  const auto found = std::find(months.begin(), months.end(), ascii_upper(name));
  if (found == months.end()) return std::nullopt;
  return static_cast<unsigned>(found - months.begin()) + 1;
}

/// `digits` at `at`, all of them digits.
std::optional<unsigned> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  unsigned value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

std::optional<std::vector<UidRange>> parse_uid_set(std::string_view text) {
  std::vector<UidRange> ranges;
  ImapCursor cursor(text);
  do {
    const auto range = one_range(cursor);
    if (!range) return std::nullopt;
    ranges.push_back(*range);
  } while (cursor.take(','));
  if (!cursor.at_end()) return std::nullopt;
  return joined(std::move(ranges));
}

std::string uid_set(const std::vector<UidRange>& ranges) {
  std::string text;
  for (const auto& range : ranges) {
    if (!text.empty()) text += ',';
    text += std::to_string(range.first);
    if (range.last != range.first) text += ':' + std::to_string(range.last);
  }
  return text;
}

std::vector<UidRange> joined(std::vector<UidRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::size_t kept = 0;
  for (const auto& range : ranges) {
    if (kept > 0 && (ranges[kept - 1].last == UINT32_MAX || range.first <= ranges[kept - 1].last + 1)) {
      ranges[kept - 1].last = std::max(ranges[kept - 1].last, range.last);
    } else {
      ranges[kept++] = range;
    }
  }
  ranges.resize(kept);
  return ranges;
}

std::optional<std::string> decode_modified_utf7(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c < ' ' || c == 127) return std::nullopt;
    if (c != '&') {
      out += c;
      continue;
    }
    const auto end = text.find('-', at);
    if (end == std::string_view::npos) return std::nullopt;
    const auto units = utf16_units(text.substr(at + 1, end - at - 1));
    if (!units || (units->empty() && end != at + 1) || !append_utf16(out, *units)) return std::nullopt;
    if (end == at + 1) out += '&';
    at = end;
  }
  return out;
}

std::string encode_modified_utf7(std::string_view text) {
  std::string out;
  std::u16string units;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    if (character < 0x20 || character > 0x7E) {
      append_utf16_units(units, character);
      continue;
    }
    append_utf7(out, units);
    out += static_cast<char>(character);
    if (character == '&') out += '-';
  }
  append_utf7(out, units);
  return out;
}

std::optional<Instant> parse_imap_date(std::string_view text) {
  // The day may have one digit behind a space: " 7-Jul-1996 02:44:25 +0000".
  std::string date(text);
  if (date.starts_with(' ')) date[0] = '0';
  if (date.size() == 25 && date[1] == '-') date.insert(0, 1, '0');
  if (date.size() != 26 || date[2] != '-' || date[6] != '-' || date[11] != ' ' || date[14] != ':' || date[17] != ':' ||
      date[20] != ' ' || (date[21] != '+' && date[21] != '-')) {
    return std::nullopt;
  }
  const auto day = digits_at(date, 0, 2), year = digits_at(date, 7, 4), hour = digits_at(date, 12, 2),
             minute = digits_at(date, 15, 2), second = digits_at(date, 18, 2), zone_hour = digits_at(date, 22, 2),
             zone_minute = digits_at(date, 24, 2), month = month_number(std::string_view(date).substr(3, 3));
  if (!day || !year || !hour || !minute || !second || !zone_hour || !zone_minute || !month) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                        std::chrono::day(*day)};
  if (!ymd.ok() || *hour > 23 || *minute > 59 || *second > 60 || *zone_hour > 23 || *zone_minute > 59)
    return std::nullopt;
  const auto zone = std::chrono::hours(*zone_hour) + std::chrono::minutes(*zone_minute);
  const auto local = std::chrono::sys_days(ymd) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                     std::chrono::seconds(*second);
  return Instant(date[21] == '-' ? local + zone : local - zone);
}

std::string shown_text(std::string_view text) {
  std::string clean;
  const std::string valid = repaired_utf8(text.substr(0, 4 * max_shown_bytes));
  for (std::size_t at = 0; at < valid.size();) {
    const char32_t character = next_character(valid, at);
    // Direction marks and controls (C0, C1) could rewrite what the terminal shows.
    const bool unfit = character < 0x20 || (character >= 0x7F && character < 0xA0) ||
                       (character >= 0x200B && character <= 0x200F) || (character >= 0x2028 && character <= 0x202E) ||
                       (character >= 0x2060 && character <= 0x206F);
    append_utf8(clean, unfit ? U' ' : character);
  }
  return std::string(utf8_prefix(squeezed(clean), max_shown_bytes));
}

}  // namespace entregent::net
