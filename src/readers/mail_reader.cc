// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "readers/limits.h"
#include "readers/mail_body.h"
#include "readers/mail_date.h"
#include "readers/mail_header.h"
#include "readers/mime_part.h"
#include "readers/notice_set.h"

namespace entregent::readers {
namespace {

Error no_message() {
  return fail({ErrorCode::malformed, N_("This file holds no message.")});
}

/// Files of old Macs have CR alone at their line ends.
bool has_bare_returns_only(std::string_view bytes) {
  return bytes.find('\n') == std::string_view::npos && bytes.find('\r') != std::string_view::npos;
}

/// The same in every copy of a mail: what servers add, and what the reader repaired, is left out.
Digest content_hash(std::optional<Instant> written, const ExtractedItem& item, std::string_view body) {
  std::string content = written ? std::to_string(micros(*written)) : std::string("-");
  for (const Party& party : item.parties)
    if (party.role == Role::from) content += '\0' + lower(party.address) + '\0' + party.name;
  content += '\0' + item.title + '\0';
  // Programs disagree about line ends and blanks when they store a mail again.
  std::size_t size = content.size();
  content.resize(size + body.size());
  for (const char c : body) {
    content[size] = c;
    size += static_cast<unsigned char>(c) > 0x20 ? 1U : 0U;
  }
  return digest(std::string_view(content).substr(0, size));
}

/// Nothing, or bytes that are no text in any encoding: a picture that fell into a Maildir.
bool holds_no_text(std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return true;
  const auto start = utf8_prefix(body, 4096);
  if (start.find('\0') != std::string_view::npos) return true;
  const auto foreign = std::ranges::count_if(start, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return static_cast<std::size_t>(foreign) * 3 > start.size() && !is_valid_utf8(start);
}

Result<ExtractedItem> read_lines(std::string_view bytes, const MailHints& hints) {
  NoticeSet notices;
  if (bytes.size() > limits::message_bytes) {
    bytes = bytes.substr(0, limits::message_bytes);
    notices.add(Notice::truncated);
  }
  HeaderAndBody split = split_header(bytes, notices);
  if (split.fields.empty() && holds_no_text(split.body)) return no_message();
  ExtractedItem item;
  item.kind = ItemKind::mail;
  const auto written = read_header_fields(split.fields, hints, item, notices);
  std::size_t parts_left = limits::mime_parts;
  const MimePart root = parse_part(std::move(split.fields), split.body, parts_left, notices);
  item.content_hash = content_hash(written, item, read_body(root, item, notices));
  item.notices = notices.list();
  return item;
}

bool is_quoted_from(std::string_view line) {
  const std::size_t marks = line.find_first_not_of('>');
  return marks != std::string_view::npos && marks > 0 && line.substr(marks).starts_with("From ");
}

/// mboxrd takes one `>` from `>>From ` too. Where mboxo wrote the file, such a line had its `>` already and loses it:
/// nobody can tell, and a quotation mark less harms no one.
std::string without_from_quotes(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size());
  std::size_t kept = 0;
  for (std::size_t at = bytes.find("\n>"); at != std::string_view::npos; at = bytes.find("\n>", at + 1)) {
    constexpr std::size_t most_marks = 100;
    if (!is_quoted_from(bytes.substr(at + 1, most_marks))) continue;
    result += bytes.substr(kept, at + 1 - kept);
    kept = at + 2;
  }
  result += bytes.substr(kept);
  return result;
}

/// The integer behind `<key>flags</key>`.
std::optional<std::uint64_t> plist_number(std::string_view plist, std::string_view key) {
  const std::size_t found = plist.find("<key>" + std::string(key) + "</key>");
  if (found == std::string_view::npos) return std::nullopt;
  std::size_t at = plist.find('>', plist.find('<', found + key.size() + 11));
  std::uint64_t value = 0;
  if (at == std::string_view::npos || ++at >= plist.size() || plist[at] < '0' || plist[at] > '9') return std::nullopt;
  for (; at < plist.size() && plist[at] >= '0' && plist[at] <= '9' && value < UINT64_MAX / 100; ++at)
    value = value * 10 + static_cast<std::uint64_t>(plist[at] - '0');
  return value;
}

}  // namespace

Result<ExtractedItem> read_mail(std::string_view bytes, const MailHints& hints) {
  if (!has_bare_returns_only(bytes)) return read_lines(bytes, hints);
  std::string lines(bytes.substr(0, limits::message_bytes));
  std::replace(lines.begin(), lines.end(), '\r', '\n');
  return read_lines(lines, hints);
}

Result<ExtractedItem> read_mbox_message(std::string_view bytes) {
  MailHints hints{.envelope_date = {}, .keeper_writes_marks = true};
  bytes = bytes.substr(0, limits::message_bytes + 1);
  while (!bytes.empty() && (bytes.front() == '\n' || bytes.front() == '\r')) bytes.remove_prefix(1);
  if (bytes.starts_with("From ")) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    hints.envelope_date = parse_envelope_line(line);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  if (bytes.find("\n>From ") == std::string_view::npos && bytes.find("\n>>From ") == std::string_view::npos &&
      bytes.find("\n>>>") == std::string_view::npos)
    return read_mail(bytes, hints);
  return read_mail(without_from_quotes(bytes), hints);
}

Result<ExtractedItem> read_emlx(std::string_view bytes) {
  constexpr std::uint64_t deleted = 1U << 1U, draft = 1U << 6U, junk = 1U << 24U;
  const std::size_t line_end = bytes.find('\n');
  std::uint64_t length = 0;
  std::size_t digits = std::min(bytes.find_first_not_of(" \t\r"), bytes.size());
  const std::size_t first_digit = digits;
  for (; digits < bytes.size() && bytes[digits] >= '0' && bytes[digits] <= '9' && length < UINT64_MAX / 100; ++digits)
    length = length * 10 + static_cast<std::uint64_t>(bytes[digits] - '0');
  if (line_end == std::string_view::npos || digits == first_digit || digits > line_end)
    return fail({ErrorCode::malformed, N_("This is no message of Apple Mail.")});
  const std::string_view rest = bytes.substr(line_end + 1);
  const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(length, rest.size()));
  const std::string_view plist = rest.substr(size);
  MailHints hints;
  if (const auto received = plist_number(plist, "date-received"); received && *received < 4102444800U)
    hints.envelope_date = Instant{std::chrono::seconds{*received}};
  auto item = read_mail(rest.substr(0, size), hints);
  if (!item) return item;
  const std::uint64_t flags = plist_number(plist, "flags").value_or(0);
  if ((flags & (deleted | junk)) != 0) item->marks.spam_or_trash = true;
  if ((flags & draft) != 0) item->marks.draft = true;
  return item;
}

}  // namespace entregent::readers
