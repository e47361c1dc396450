// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/format.h"

#include <algorithm>
#include <array>
#include <string>

#include "readers/mail_date.h"
#include "readers/mime_part.h"

namespace entregent::readers {
namespace {

/// UTF-16 with its mark, made bytes again: enough to read a first line of ASCII.
std::string narrowed(std::string_view bytes) {
  std::string result;
  for (const char c : bytes.substr(2))
    if (c != '\0') result.push_back(c);
  return result;
}

std::string_view line_at(std::string_view bytes, std::size_t at) {
  std::string_view line = bytes.substr(at, bytes.find('\n', at) - at);
  return line;
}

std::string_view trimmed_line(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

/// Fields that hardly anything but mail has, and fields that mail has too.
bool is_mail_only(std::string_view name) {
  constexpr std::array<std::string_view, 9> names{"received",         "return-path",  "message-id",
                                                  "delivered-to",     "mime-version", "x-mailer",
                                                  "x-mozilla-status", "content-type", "content-transfer-encoding"};
  return std::any_of(names.begin(), names.end(), [&](std::string_view known) { return same_name(name, known); });
}
bool is_mail_field(std::string_view name) {
  constexpr std::array<std::string_view, 9> names{"from",   "to",       "subject",    "date",       "cc",
                                                  "sender", "reply-to", "x-gm-thrid", "in-reply-to"};
  return is_mail_only(name) ||
         std::any_of(names.begin(), names.end(), [&](std::string_view known) { return same_name(name, known); });
}

/// Whether a mail's header begins here: only fields up to the first blank line (or the end of what is seen), among them
/// one that is mail's alone, or both who and what.
bool is_mail(std::string_view bytes) {
  bool certain = false, from = false, other = false;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view raw = line_at(bytes, at);
    const bool whole = at + raw.size() < bytes.size();
    const std::string_view line = trimmed_line(raw);
    if (line.empty()) break;
    if (line[0] != ' ' && line[0] != '\t') {
      if (!is_field_line(line)) {
        if (whole) return false;
        break;
      }
      const std::string_view name = trimmed_line(line.substr(0, line.find(':')));
      certain = certain || is_mail_only(name);
      if (same_name(name, "from")) {
        from = true;
      } else {
        other = other || is_mail_field(name);
      }
    } else if (at == 0) {
      return false;
    }
    at += raw.size() + 1;
  }
  return certain || (from && other);
}

bool is_mbox(std::string_view bytes) {
  const std::string_view line = trimmed_line(line_at(bytes, 0));
  if (!parse_envelope_line(line)) return false;
  const std::size_t next = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
  const std::string_view second = trimmed_line(line_at(bytes, std::min(next, bytes.size())));
  return is_field_line(second) || second.starts_with(">From ");
}

bool is_emlx(std::string_view bytes) {
  const std::string_view line = trimmed_line(line_at(bytes, 0));
  if (line.empty() || line.size() > 12 ||
      !std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  const std::size_t next = bytes.find('\n');
  return next != std::string_view::npos && is_mail(bytes.substr(next + 1));
}

/// Formats with a signature of bytes.
Format by_signature(std::string_view bytes) {
  constexpr std::size_t pdf_begins_within = 1024;  // as viewers take it
  if (bytes.starts_with("PK\x03\x04")) return Format::zip_export;
  if (bytes.starts_with("{\\rtf")) return Format::rtf;
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Format::msg;
  if (bytes.starts_with("\x78\x9F\x3E\x22")) return Format::tnef;
  if (bytes.starts_with("%PDF-")) return Format::pdf;
  return bytes.substr(0, pdf_begins_within).find("\n%PDF-") != std::string_view::npos ? Format::pdf : Format::unknown;
}

/// `<!DOCTYPE html>`, `<html …>`, also behind an XML declaration and comments.
bool is_page(std::string_view bytes) {
  while (bytes.starts_with("<?xml") || bytes.starts_with("<!--")) {
    const std::string_view end = bytes.starts_with("<?") ? "?>" : "-->";
    const std::size_t at = bytes.find(end);
    if (at == std::string_view::npos) return false;
    bytes.remove_prefix(at + end.size());
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  }
  const auto begins = [&](std::string_view tag) {
    return bytes.size() > tag.size() && same_name(bytes.substr(0, tag.size()), tag);
  };
  return begins("<!doctype html") || begins("<html") || begins("<head>");
}

}  // namespace

Format detect(std::string_view first_bytes) {
  if (const Format format = by_signature(first_bytes); format != Format::unknown) return format;
  std::string narrow;
  if (first_bytes.starts_with("\xFF\xFE") || first_bytes.starts_with("\xFE\xFF"))
    first_bytes = narrow = narrowed(first_bytes);
  if (first_bytes.starts_with("\xEF\xBB\xBF")) first_bytes.remove_prefix(3);
  const std::size_t begin = first_bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return Format::unknown;
  const bool indented = begin > 0 && (first_bytes[begin - 1] == ' ' || first_bytes[begin - 1] == '\t');
  first_bytes.remove_prefix(begin);
  const std::string_view line = trimmed_line(line_at(first_bytes, 0));
  if (same_name(line, "BEGIN:VCARD")) return Format::vcard;
  if (same_name(line, "BEGIN:VCALENDAR")) return Format::calendar;
  if (is_page(first_bytes)) return Format::html;
  if (indented) return Format::unknown;
  if (is_mbox(first_bytes)) return Format::mbox;
  if (is_emlx(first_bytes)) return Format::emlx;
  return is_mail(first_bytes) ? Format::mail : Format::unknown;
}

}  // namespace entregent::readers
