// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/armor.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "readers/limits.h"
#include "readers/mime_fields.h"

namespace entregent::readers {
namespace {

/// The line that starts at `at`, without its end; `at` moves behind it.
std::string_view take_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

enum class Armor : std::uint8_t { outside, head, signed_text, skipped };

// ASN.1.

struct Element {
  unsigned tag = 0;
  std::string_view content = {};  ///< of indefinite length: all that follows
  bool indefinite = false;
};

/// The element at the start of `bytes`, which moves behind it (behind its header, if its length is indefinite).
std::optional<Element> take_element(std::string_view& bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
  Element element{.tag = byte(0)};
  std::size_t length = byte(1);
  std::size_t header = 2;
  if (length == 0x80) {
    element.indefinite = true;
    bytes.remove_prefix(header);
    element.content = bytes;
    return element;
  }
  if (length > 0x80) {
    const std::size_t count = length - 0x80;
    if (count > 4 || bytes.size() < 2 + count) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8U | byte(2 + i);
    header += count;
  }
  if (length > bytes.size() - header) return std::nullopt;
  element.content = bytes.substr(header, length);
  bytes.remove_prefix(header + length);
  return element;
}

constexpr unsigned sequence = 0x30, context_0 = 0xA0, octets = 0x04, octets_in_pieces = 0x24, object_id = 0x06;

/// Steps into the next element of `bytes`, which must have that tag.
bool enter(std::string_view& bytes, unsigned tag) {
  const auto element = take_element(bytes);
  if (!element || element->tag != tag) return false;
  bytes = element->content;
  return true;
}

std::optional<std::string> octet_string(std::string_view bytes) {
  const auto element = take_element(bytes);
  if (!element) return std::nullopt;
  if (element->tag == octets && !element->indefinite) return std::string(element->content);
  if (element->tag != octets_in_pieces) return std::nullopt;
  std::string result;
  std::string_view pieces = element->content;
  while (auto piece = take_element(pieces)) {
    if (piece->tag != octets || piece->indefinite) break;
    result += piece->content;
  }
  return result;
}

}  // namespace

PgpText without_pgp_armor(std::string_view text) {
  PgpText result;
  Armor state = Armor::outside;
  for (std::size_t at = 0; at < text.size();) {
    std::string_view line = take_line(text, at);
    if (line.starts_with("-----BEGIN PGP SIGNED MESSAGE-----")) {
      state = Armor::head;
    } else if (line.starts_with("-----BEGIN PGP ")) {
      result.encrypted = result.encrypted || line.starts_with("-----BEGIN PGP MESSAGE");
      state = Armor::skipped;
    } else if (line.starts_with("-----END PGP ")) {
      state = Armor::outside;
    } else if (state == Armor::head) {
      if (line.empty()) state = Armor::signed_text;  // behind `Hash: SHA256`
    } else if (state != Armor::skipped) {
      if (state == Armor::signed_text && line.starts_with("- ")) line.remove_prefix(2);
      result.text.append(line).push_back('\n');
    }
  }
  return result;
}

std::vector<Attachment> take_uuencoded(std::string_view text, std::string& rest) {
  std::vector<Attachment> files;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = take_line(text, at);
    const auto is_octal = [](char c) { return c >= '0' && c <= '7'; };
    if (inside) {
      inside = line != "end";
      if (inside && !line.empty()) files.back().bytes += (static_cast<unsigned char>(line[0]) - 32U) & 63U;
      continue;
    }
    const bool begins = line.size() > 10 && line.starts_with("begin ") && is_octal(line[6]) && is_octal(line[7]) &&
                        is_octal(line[8]) && line[9] == ' ' && text.find("\nend", at) != std::string_view::npos;
    if (!begins) {
      rest.append(line).push_back('\n');
      continue;
    }
    files.push_back(
        {plain_file_name(utf8_prefix(line.substr(10), limits::header_bytes)), "application/octet-stream", 0});
    inside = true;
  }
  return files;
}

std::optional<std::string> signed_content(std::string_view der) {
  constexpr std::string_view signed_data_id("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 9);
  if (!enter(der, sequence)) return std::nullopt;
  const auto id = take_element(der);
  if (!id || id->tag != object_id || id->content != signed_data_id) return std::nullopt;
  if (!enter(der, context_0) || !enter(der, sequence)) return std::nullopt;
  if (!take_element(der)) return std::nullopt;  // version
  const auto algorithms = take_element(der);
  if (!algorithms || algorithms->indefinite || !enter(der, sequence)) return std::nullopt;
  if (!take_element(der) || !enter(der, context_0)) return std::nullopt;  // the kind of what follows
  return octet_string(der);
}

}  // namespace entregent::readers
