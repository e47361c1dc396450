// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/charset.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unordered_map>
#include <utility>

#include <iconv.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace entregent {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t max_name_bytes = 64;

/// What mail says, and what its senders mean by it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 38> aliases{{
    {"ansi_x3.4-1968", "windows-1252"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"iso-8859-1-windows-3.1-latin-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"cp-1252", "windows-1252"},
    {"windows1252", "windows-1252"},
    {"win-1252", "windows-1252"},
    {"ansi", "windows-1252"},
    {"utf8", "utf-8"},
    {"utf-8mb4", "utf-8"},
    {"utf8mb4", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"utf7", "utf-7"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"hz-gb-2312", "hz"},
    {"ks_c_5601-1987", "uhc"},
    {"ks_c_5601", "uhc"},
    {"euc-kr", "uhc"},
    {"shift_jis", "cp932"},
    {"shift-jis", "cp932"},
    {"x-sjis", "cp932"},
    {"sjis", "cp932"},
    {"x-mac-roman", "macintosh"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"tis-620", "cp874"},
}};

/// 0x80-0x9F of windows-1252; 0 where it has no character.
constexpr std::array<char32_t, 32> upper_controls{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                  0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// The windows-1252 byte of a character, or -1.
int windows_1252_byte(char32_t character) {
  if (character < 0x80 || (character >= 0xA0 && character <= 0xFF)) return static_cast<int>(character);
  const auto found = std::find(upper_controls.begin(), upper_controls.end(), character);
  if (found != upper_controls.end()) return 0x80 + static_cast<int>(found - upper_controls.begin());
  // A careless decoder passes the five holes through as control characters.
  return character >= 0x80 && character < 0xA0 ? static_cast<int>(character) : -1;
}

/// Converters of this thread, opened once each: opening costs more than a short text.
class Converters {
 public:
  Converters() = default;
  Converters(const Converters&) = delete;
  Converters& operator=(const Converters&) = delete;
  ~Converters() { close_all(); }

  /// (iconv_t)-1 if glibc knows no such charset; valid until the next call.
  iconv_t find(const std::string& name) {
    const auto found = open_.find(name);
    if (found != open_.end()) return found->second;
    if (open_.size() >= max_open) close_all();
    iconv_t opened = iconv_open("UTF-8", name.c_str());
    open_.emplace(name, opened);
    return opened;
  }

 private:
  static constexpr std::size_t max_open = 64;
  void close_all() {
    for (const auto& [name, converter] : open_)
      if (converter != none()) iconv_close(converter);
    open_.clear();
  }

 public:
  static iconv_t none() {
    return reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr): as iconv.h says it
  }

 private:
  std::unordered_map<std::string, iconv_t> open_;
};

/// Runs one converter over all of `bytes`, with U+FFFD for each stretch it refuses.
DecodedText convert(iconv_t converter, std::string_view bytes) {
  DecodedText result;
  std::array<char, 8192> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): iconv fills it
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  bool flushing = false;
  bool after_broken = false;
  while (true) {
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const std::size_t left_before = in_left;
    const std::size_t done = flushing ? iconv(converter, nullptr, nullptr, &out, &out_left)
                                      : iconv(converter, &in, &in_left, &out, &out_left);
    const int error = done == static_cast<std::size_t>(-1) ? errno : 0;
    result.text.append(buffer.data(), buffer.size() - out_left);
    if (out_left != buffer.size()) after_broken = false;
    if (error == 0 && flushing) break;
    if (error == 0) {
      flushing = true;
    } else if (error == E2BIG && (out_left != buffer.size() || in_left != left_before)) {
      continue;
    } else {
      if (flushing) break;
      if (!after_broken) result.text += replacement, ++result.broken;
      after_broken = true;
      if (error == EINVAL || in_left == 0) break;  // the last character is cut
      ++in;
      --in_left;
    }
  }
  return result;
}

std::optional<DecodedText> convert_by_icu(const std::string& name, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name.c_str(), &status);
  if (U_FAILURE(status) || converter == nullptr) return std::nullopt;
  const icu::UnicodeString wide(bytes.data(), static_cast<int32_t>(bytes.size()), converter, status);
  ucnv_close(converter);
  if (U_FAILURE(status)) return std::nullopt;
  DecodedText result;
  wide.toUTF8String(result.text);
  for (std::size_t at = result.text.find(replacement); at != std::string::npos;
       at = result.text.find(replacement, at + 1))
    ++result.broken;
  return result;
}

DecodedText decode_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return {std::string(bytes), 0};
  DecodedText result{repaired_utf8(bytes), 0};
  for (std::size_t at = result.text.find(replacement); at != std::string::npos;
       at = result.text.find(replacement, at + 1))
    ++result.broken;
  return result;
}

/// glibc writes UCS-4 values beyond Unicode as sequences of five and six bytes.
DecodedText checked(DecodedText decoded) {
  return is_valid_utf8(decoded.text) ? std::move(decoded) : decode_utf8(decoded.text);
}

DecodedText without_mark(DecodedText decoded) {
  if (decoded.text.starts_with("\xEF\xBB\xBF")) decoded.text.erase(0, 3);
  return decoded;
}

// The byte order is told to glibc, always: its converters of UTF-16 and UTF-32 that have once seen a mark keep that
// order for the texts to come, reset or not. (Of the 1 180 names of glibc 2.36 only those of these two remember
// anything.)

/// UTF-16 without a mark is big-endian by RFC 2781, but glibc takes the machine's order, and senders write either: most
/// text has more zero bytes on its high side.
std::string utf16_name(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return "utf-16le";
  if (bytes.starts_with("\xFE\xFF")) return "utf-16be";
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < bytes.size(); ++i) zeros.at(i % 2) += bytes[i] == '\0' ? 1U : 0U;
  return zeros[1] > zeros[0] ? "utf-16le" : "utf-16be";
}

/// Without a mark too: no character needs the highest of four bytes.
std::string utf32_name(std::string_view bytes) {
  return !bytes.empty() && bytes.front() != '\0' ? "utf-32le" : "utf-32be";
}

}  // namespace

std::string charset_name(std::string_view written) {
  std::string name;
  for (const char c : written.substr(0, 2 * max_name_bytes)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                      c == ':' || c == '+' || c == '(' || c == ')';
    if (c >= 'A' && c <= 'Z') name.push_back(static_cast<char>(c + 32));
    if (kept) name.push_back(c);
  }
  if (name.starts_with("charset")) name.erase(0, 7);
  const auto* const found =
      std::find_if(aliases.begin(), aliases.end(), [&](const auto& pair) { return pair.first == name; });
  if (found != aliases.end()) return std::string(found->second);
  return name.substr(0, max_name_bytes);
}

DecodedText decode_windows_1252(std::string_view bytes) {
  DecodedText result;
  result.text.reserve(bytes.size() + bytes.size() / 8);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t end = ascii_prefix(bytes, at);
    result.text.append(bytes.substr(at, end - at));
    if (end == bytes.size()) break;
    const auto byte = static_cast<unsigned char>(bytes[end]);
    const char32_t character = byte < 0xA0 ? upper_controls.at(byte - 0x80U) : byte;
    if (character == 0) ++result.broken;
    append_utf8(result.text, character == 0 ? U'\uFFFD' : character);
    at = end + 1;
  }
  return result;
}

std::optional<DecodedText> decode_charset(std::string_view bytes, std::string_view charset) {
  std::string name = charset_name(charset);
  if (name.empty()) return std::nullopt;
  if (name == "utf-8") return without_mark(decode_utf8(bytes));
  if (name == "windows-1252") return decode_windows_1252(bytes);
  if (name == "utf-16" || name == "utf16" || name == "unicode" || name == "csunicode") name = utf16_name(bytes);
  if (name == "utf-32" || name == "utf32") name = utf32_name(bytes);
  thread_local Converters converters;
  for (const bool without_prefix : {false, true}) {
    if (without_prefix && !name.starts_with("x-")) break;
    const std::string asked = without_prefix ? name.substr(2) : name;
    if (iconv_t converter = converters.find(asked); converter != Converters::none())
      return without_mark(checked(convert(converter, bytes)));
    if (auto decoded = convert_by_icu(asked, bytes)) return without_mark(std::move(*decoded));
  }
  return std::nullopt;
}

std::optional<std::string> undoubled_utf8(std::string_view text) {
  if (text.find("\xC3\x83") == std::string_view::npos && text.find("\xC3\x82") == std::string_view::npos &&
      text.find("\xC3\xA2\xE2\x82\xAC") == std::string_view::npos)
    return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const int byte = windows_1252_byte(next_character(text, at));
    if (byte < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  }
  if (!is_valid_utf8(bytes)) return std::nullopt;
  return bytes;
}

}  // namespace entregent
