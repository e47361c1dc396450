// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/text.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/fold_table.h"

namespace entregent {
namespace {

/// Length of the valid sequence at `at`, or 0.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return follows(at + 1) ? 2 : 0;
  if (lead < 0xF0) {
    if (!follows(at + 1) || !follows(at + 2)) return 0;
    if (lead == 0xE0 && byte(at + 1) < 0xA0) return 0;
    if (lead == 0xED && byte(at + 1) > 0x9F) return 0;
    return 3;
  }
  if (lead < 0xF5) {
    if (!follows(at + 1) || !follows(at + 2) || !follows(at + 3)) return 0;
    if (lead == 0xF0 && byte(at + 1) < 0x90) return 0;
    if (lead == 0xF4 && byte(at + 1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

const icu::Normalizer2& normalizer(const char* name, UNormalization2Mode mode) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = icu::Normalizer2::getInstance(nullptr, name, mode, status);
  if (U_FAILURE(status) || found == nullptr) throw std::runtime_error("ICU has no normalisation data");
  return *found;
}

bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 || c == 0xFEFF;
}

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return is_invisible(c) || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

}  // namespace

std::size_t ascii_prefix(std::string_view text, std::size_t at) {
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0x80U) == 0) ++at;
  return at;
}

bool is_ascii(std::string_view text) {
  return ascii_prefix(text) == text.size();
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = ascii_prefix(text); at < text.size(); at = ascii_prefix(text, at)) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  bool broken = false;
  while (at < text.size()) {
    const std::size_t length = text[at] == '\0' ? 0 : sequence_length(text, at);
    if (length == 0) {
      if (!broken) result += "\xEF\xBF\xBD";
      broken = true;
      ++at;
    } else {
      result.append(text.substr(at, length));
      broken = false;
      at += length;
    }
  }
  return result;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

char32_t next_character(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const std::size_t length = sequence_length(text, position);
  const std::size_t at = position;
  position += length == 0 ? 1 : length;
  switch (length) {
    case 1:
      return byte(at);
    case 2:
      return (byte(at) & 0x1FU) << 6U | (byte(at + 1) & 0x3FU);
    case 3:
      return (byte(at) & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU);
    case 4:
      return (byte(at) & 0x07U) << 18U | (byte(at + 1) & 0x3FU) << 12U | (byte(at + 2) & 0x3FU) << 6U |
             (byte(at + 3) & 0x3FU);
    default:
      return 0xFFFD;
  }
}

void append_utf8(std::string& text, char32_t character) {
  const auto put = [&](char32_t bits) { text.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0U | character >> 6U);
    put(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    put(0xE0U | character >> 12U);
    put(0x80U | (character >> 6U & 0x3FU));
    put(0x80U | (character & 0x3FU));
  } else {
    put(0xF0U | character >> 18U);
    put(0x80U | (character >> 12U & 0x3FU));
    put(0x80U | (character >> 6U & 0x3FU));
    put(0x80U | (character & 0x3FU));
  }
}

std::string folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      result.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte));
      ++at;
    } else {
      append_folded(result, next_character(text, at));
    }
  }
  return result;
}

std::string lower(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const char32_t c = next_character(text, at);
    append_utf8(result, c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c)
                                 : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
  }
  return result;
}

std::string composed(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  static const icu::Normalizer2& nfc = normalizer("nfc", UNORM2_COMPOSE);
  UErrorCode status = U_ZERO_ERROR;
  std::string result;
  nfc.normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status)
      .toUTF8String(result);
  return result;
}

std::string latin(std::string_view text) {
  std::string plain = folded(text);
  if (is_ascii(plain)) return plain;
  // One transliterator per thread: ICU's are not shareable, and making one costs milliseconds.
  thread_local const std::unique_ptr<icu::Transliterator> to_latin = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  }();
  if (!to_latin) return plain;
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  to_latin->transliterate(wide);
  std::string result;
  wide.toUTF8String(result);
  return folded(result);
}

bool is_letter(char32_t character) {
  if (character < 0x80) return (character | 32U) >= 'a' && (character | 32U) <= 'z';
  return u_isalpha(static_cast<UChar32>(character)) != 0;
}

bool is_upper(char32_t character) {
  if (character < 0x80) return character >= 'A' && character <= 'Z';
  return u_isupper(static_cast<UChar32>(character)) != 0;
}

bool is_digit(char32_t character) {
  if (character < 0x80) return character >= '0' && character <= '9';
  return u_isdigit(static_cast<UChar32>(character)) != 0;
}

std::string_view trimmed(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && !(text[begin] > ' ')) {
    std::size_t after = begin;
    if (!is_blank(next_character(text, after))) break;
    begin = after;
  }
  std::size_t end = text.size();
  while (end > begin && !(text[end - 1] > ' ')) {
    std::size_t start = end - 1;
    while (start > begin && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) --start;
    std::size_t after = start;
    if (!is_blank(next_character(text, after))) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

std::string squeezed(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool gap = false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (const char c = text[at]; c > ' ') {
      if (gap && !result.empty()) result.push_back(' ');
      gap = false;
      result.push_back(c);
      ++at;
      continue;
    }
    const std::size_t start = at;
    const char32_t c = next_character(text, at);
    if (is_blank(c)) {
      gap = gap || !is_invisible(c);
      continue;
    }
    if (gap && !result.empty()) result.push_back(' ');
    gap = false;
    result.append(text.substr(start, at - start));
  }
  return result;
}

}  // namespace entregent
