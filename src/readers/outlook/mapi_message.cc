// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/outlook/mapi_message.h"

#include <algorithm>
#include <array>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "readers/documents/rtf_reader.h"
#include "readers/outlook/compressed_rtf.h"

namespace entregent::readers {
namespace {

// [MS-OXPROPS]
constexpr std::uint16_t subject_id = 0x0037, submitted_id = 0x0039, representing_name_id = 0x0042,
                        representing_address_id = 0x0065, header_id = 0x007D, sender_name_id = 0x0C1A,
                        sender_address_id = 0x0C1F, recipient_type_id = 0x0C15, delivered_id = 0x0E06, body_id = 0x1000,
                        packed_rtf_id = 0x1009, html_id = 0x1013, message_id_id = 0x1035, references_id = 0x1039,
                        reply_to_id = 0x1042, name_id = 0x3001, address_id = 0x3003, mail_address_id = 0x39FE,
                        html_page_id = 0x3FDE, sender_mail_id = 0x5D01, representing_mail_id = 0x5D02,
                        flags_id = 0x0E07;

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  result.reserve(bytes.size() / 3 * 4 + bytes.size() / 57 + 8);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned value = 0;
    for (std::size_t j = 0; j < 3; ++j)
      value = value << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) result += i + j > bytes.size() ? '=' : digits[value >> (18 - 6 * j) & 63U];
    if (i % 57 == 54) result += '\n';
  }
  return result;
}

/// A header's words, whatever is in them (RFC 2047), on one line.
std::string encoded_words(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto piece = utf8_prefix(text, 45);
    result += (result.empty() ? "=?utf-8?B?" : "\n =?utf-8?B?") + base64(piece) + "?=";
    text.remove_prefix(std::max<std::size_t>(piece.size(), 1));
  }
  return result;
}

std::string field(std::string_view name, std::string value) {
  for (char& c : value)
    if (c == '\r' || c == '\0') c = ' ';
  return value.empty() ? std::string() : std::string(name) + ": " + value + "\n";
}

/// Exchange writes a mailbox as `/o=First/…/cn=name`: no address.
std::string mailbox(const std::string& name, const std::string& address) {
  const bool usable = address.find('@') != std::string::npos && address.find_first_of(" <>\r\n") == std::string::npos;
  if (!usable) return name.empty() ? std::string() : encoded_words(name) + " <>";
  return name.empty() || name == address ? "<" + address + ">" : encoded_words(name) + " <" + address + ">";
}

std::string first_of(const MapiProperties& of, std::initializer_list<std::uint16_t> ids) {
  for (const auto id : ids)
    if (auto text = of.text(id); text.find('@') != std::string::npos) return text;
  return {};
}

std::string date_field(const MapiMessage& message) {
  auto at = message.properties.time(submitted_id);
  if (!at) at = message.properties.time(delivered_id);
  if (!at) return {};
  return fmt::format(
      "{:%a, %d %b %Y %H:%M:%S} +0000",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::time_point_cast<std::chrono::seconds>(*at))));
}

std::string recipients_of(const MapiMessage& message, std::uint64_t type) {
  std::string list;
  for (const auto& recipient : message.recipients) {
    if (recipient.number(recipient_type_id) % 16 != type) continue;
    const std::string one = mailbox(recipient.text(name_id), first_of(recipient, {mail_address_id, address_id}));
    if (!one.empty()) list += (list.empty() ? "" : ",\n ") + one;
  }
  return list;
}

std::string made_header(const MapiMessage& message) {
  const auto& of = message.properties;
  const std::string sender = mailbox(of.text(sender_name_id), first_of(of, {sender_mail_id, sender_address_id}));
  std::string from =
      mailbox(of.text(representing_name_id), first_of(of, {representing_mail_id, representing_address_id}));
  if (from.empty()) from = sender;
  std::string header = field("From", from);
  if (sender != from) header += field("Sender", sender);
  header += field("To", recipients_of(message, 1)) + field("Cc", recipients_of(message, 2)) +
            field("Bcc", recipients_of(message, 3)) + field("Date", date_field(message));
  header += field("Subject", encoded_words(of.text(subject_id)));
  for (const auto& [id, name] : {std::pair{message_id_id, "Message-ID"}, std::pair{references_id, "References"},
                                 std::pair{reply_to_id, "In-Reply-To"}})
    header += field(name, of.text(id));
  return header;
}

/// The header that the mail came with, without what it says of parts that Outlook has taken apart.
std::string kept_header(std::string_view header) {
  std::string result;
  bool passed_over = true;  // until the first field
  while (!header.empty()) {
    const auto end = header.find('\n');
    std::string_view line = header.substr(0, end);
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line[0] != ' ' && line[0] != '\t') {
      const std::string name = lower(line.substr(0, line.find(':')));
      passed_over = line.find(':') == std::string_view::npos || name.starts_with("content-") ||
                    name == "mime-version" || name.starts_with("microsoft mail");
    }
    if (!passed_over) result += std::string(line) + '\n';
  }
  return result;
}

std::string part(std::string_view type, std::string_view content, std::string_view more = {}) {
  return "Content-Type: " + std::string(type) + "\nContent-Transfer-Encoding: base64\n" + std::string(more) + "\n" +
         base64(content) + "\n";
}

/// Text, page, or RTF, whichever there is: several only as alternatives.
std::vector<std::string> bodies_of(const MapiProperties& of) {
  std::vector<std::string> bodies;
  const std::string text = of.text(body_id);
  if (!trimmed(text).empty()) bodies.push_back(part("text/plain; charset=utf-8", text));
  const std::string charset = code_page_name(of.number(html_page_id));
  if (const auto page = of.binary(html_id); !page.empty())
    bodies.push_back(part(charset.empty() ? "text/html" : "text/html; charset=" + charset, page));
  else if (const std::string html = of.text(html_id); !html.empty())
    bodies.push_back(part("text/html; charset=utf-8", html));
  if (!bodies.empty()) return bodies;
  const auto rtf = read_rtf(decompressed_rtf(of.binary(packed_rtf_id)));
  if (rtf && !rtf->texts.empty()) bodies.push_back(part("text/plain; charset=utf-8", rtf->texts.front().text));
  return bodies;
}

std::string quoted_name(std::string_view name) {
  std::string result;
  for (const char c : name)
    if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) result += c;
  return result;
}

std::string attached(const MapiAttachment& file) {
  if (file.is_message) return "Content-Type: message/rfc822\n\n" + file.content + "\n";
  const std::string type = file.media_type.find('/') == std::string::npos ||
                                   file.media_type.find_first_of(";\r\n ") != std::string::npos ||
                                   file.media_type.starts_with("multipart/") || file.media_type.starts_with("message/")
                               ? "application/octet-stream"
                               : file.media_type;
  return part(type, file.content,
              "Content-Disposition: attachment;\n filename=\"" + encoded_words(quoted_name(file.name)) + "\"\n");
}

std::string multipart(std::string_view kind, const std::vector<std::string>& parts) {
  std::string all;
  for (const auto& one : parts) all += one;
  const std::string boundary = "entregent" + hex(digest(all));
  std::string result = "Content-Type: multipart/" + std::string(kind) + "; boundary=" + boundary + "\n\n";
  for (const auto& one : parts) result += "--" + boundary + "\n" + one + "\n";
  return result + "--" + boundary + "--\n";
}

}  // namespace

std::string MapiProperties::text(std::uint16_t id) const {
  const auto found = texts.find(id);
  return found == texts.end() ? std::string() : found->second;
}

std::string_view MapiProperties::binary(std::uint16_t id) const {
  const auto found = bytes.find(id);
  return found == bytes.end() ? std::string_view() : std::string_view(found->second);
}

std::uint64_t MapiProperties::number(std::uint16_t id) const {
  const auto found = numbers.find(id);
  return found == numbers.end() ? 0 : found->second;
}

std::optional<Instant> MapiProperties::time(std::uint16_t id) const {
  const auto found = times.find(id);
  return found == times.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Instant> filetime_moment(std::uint64_t value) {
  constexpr std::uint64_t to_1970 = 116'444'736'000'000'000, to_2200 = to_1970 + 72'582'048'000'000'000;
  if (value <= to_1970 || value >= to_2200) return std::nullopt;
  return from_micros(static_cast<std::int64_t>((value - to_1970) / 10));
}

std::string code_page_name(std::uint64_t page) {
  struct Named {
    std::uint64_t page;
    const char* name;
  };
  constexpr std::array named{Named{932, "shift_jis"},     Named{936, "gbk"},       Named{949, "uhc"},
                             Named{950, "big5"},          Named{1200, "utf-16le"}, Named{10000, "macintosh"},
                             Named{20127, "us-ascii"},    Named{20866, "koi8-r"},  Named{20932, "euc-jp"},
                             Named{50220, "iso-2022-jp"}, Named{51949, "euc-kr"},  Named{54936, "gb18030"},
                             Named{65001, "utf-8"}};
  const auto found = std::ranges::find(named, page, &Named::page);
  if (found != named.end()) return found->name;
  if (page >= 1250 && page <= 1258) return "windows-" + std::to_string(page);
  if (page >= 28591 && page <= 28605) return "iso-8859-" + std::to_string(page - 28590);
  return page == 0 ? std::string() : "cp" + std::to_string(page);
}

std::string mapi_content(const MapiMessage& message, bool with_text) {
  std::vector<std::string> parts;
  if (with_text) {
    const auto bodies = bodies_of(message.properties);
    if (bodies.size() == 1) parts.push_back(bodies.front());
    if (bodies.size() > 1) parts.push_back(multipart("alternative", bodies));
  }
  for (const auto& file : message.attachments) parts.push_back(attached(file));
  return parts.size() == 1 ? parts.front() : multipart("mixed", parts);
}

std::string mapi_to_mime(const MapiMessage& message) {
  constexpr std::uint64_t unsent = 8;
  std::string header = kept_header(message.properties.text(header_id));
  if (header.find("From:") == std::string::npos) header = made_header(message);
  if ((message.properties.number(flags_id) & unsent) != 0) header += "X-Unsent: 1\n";
  return header + "MIME-Version: 1.0\n" + mapi_content(message, true);
}

}  // namespace entregent::readers
