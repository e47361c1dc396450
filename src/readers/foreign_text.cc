// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/foreign_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/charset.h"
#include "base/text.h"
#include "readers/transfer_decoding.h"

namespace entregent::readers {
namespace {

/// Charsets whose bytes may all be below 0x80 and still not be ASCII.
bool is_seven_bit(std::string_view name) {
  return name.starts_with("iso-2022") || name.starts_with("csiso2022") || name == "utf-7" || name == "hz" ||
         name.starts_with("utf-16") || name.starts_with("utf-32") || name.starts_with("ucs") ||
         name.starts_with("iso-10646") || name == "utf16" || name == "unicode";
}

bool is_one_byte(std::string_view name) {
  return name.starts_with("windows-125") || name.starts_with("iso-8859") || name.starts_with("koi8") ||
         name.starts_with("cp125") || name.starts_with("macintosh");
}

bool has_utf16_mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

/// Each line as UTF-8 if it is that, else as windows-1252: a list's footer in another charset spoils its own lines
/// only.
std::string guess_by_line(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size() + bytes.size() / 16);
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
    if (is_valid_utf8(line)) {
      result += line;
    } else {
      result += decode_windows_1252(line).text;
    }
    bytes.remove_prefix(line.size());
  }
  return result;
}

std::string guessed_text(std::string_view bytes, NoticeSet& notices) {
  notices.add(Notice::charset_guessed);
  const auto zeros = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
  if (has_utf16_mark(bytes) || (bytes.size() >= 8 && zeros > bytes.size() / 4))
    if (auto wide = decode_charset(bytes, "utf-16")) return std::move(wide->text);
  std::string text = guess_by_line(bytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

std::string decode_declared(std::string_view bytes, std::string_view name, NoticeSet& notices) {
  if (name.empty()) return guessed_text(bytes, notices);
  // Text of a one-byte charset is hardly ever valid UTF-8 by chance: a sender's program that lies about its UTF-8 is
  // far more common.
  if (is_one_byte(name) && is_valid_utf8(bytes)) return guessed_text(bytes, notices);
  if (name.starts_with("utf-16") && std::count(bytes.begin(), bytes.end(), '\0') == 0 && is_valid_utf8(bytes))
    return guessed_text(bytes, notices);
  auto decoded = decode_charset(bytes, name);
  if (!decoded) return guessed_text(bytes, notices);
  if (decoded->broken > 0) {
    if (name == "utf-8" || is_valid_utf8(bytes)) return guessed_text(bytes, notices);
    notices.add(Notice::charset_guessed);
  }
  return std::move(decoded->text);
}

bool needs_decoding(std::string_view bytes, std::string_view name) {
  return !is_ascii(bytes) || is_seven_bit(name) || bytes.find("\x1B$") != std::string_view::npos;
}

std::string without_nul(std::string text) {
  if (text.find('\0') != std::string::npos) text = repaired_utf8(text);
  return text;
}

/// `us-ascii` says nothing about bytes that are not ASCII.
bool is_ascii_name(std::string_view written) {
  const auto is_upper_ascii = [](char c) { return c == 'A' || c == 'a'; };
  return written.empty() ||
         (written.size() <= 16 && std::any_of(written.begin(), written.end(), is_upper_ascii) &&
          (lower(written).find("ascii") != std::string::npos || lower(written).find("ansi_x3.4") != std::string::npos));
}

// RFC 2047.

struct EncodedWord {
  std::string_view charset;
  std::string bytes;    ///< decoded from base64 or Q
  std::size_t end = 0;  ///< behind its `?=`
};

std::string decode_q(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return decode_quoted_printable(spaced);
}

/// The word that starts at `at` (where `=?` stands), or nothing. A missing `?=` is taken to be the end of the value.
std::optional<EncodedWord> encoded_word(std::string_view text, std::size_t at) {
  const std::size_t charset_end = text.find('?', at + 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return std::nullopt;
  std::string_view charset = text.substr(at + 2, charset_end - at - 2);
  if (charset.empty() || charset.size() > 60 || charset.find_first_of(" \t\r\n=\"<>") != std::string_view::npos)
    return std::nullopt;
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 §5: a language behind the charset
  const char encoding = static_cast<char>(text[charset_end + 1] | 0x20);
  if (encoding != 'b' && encoding != 'q') return std::nullopt;
  const std::size_t begin = charset_end + 3;
  std::size_t end = text.find("?=", begin);
  // `=?utf-8?Q??=` is empty; `=?utf-8?Q?=41?=`: the first `?=` must not be the one of `?=41`.
  if (end == begin && begin + 2 < text.size() && encoding == 'q' &&
      text.find("?=", begin + 2) != std::string_view::npos && text[begin + 2] != ' ')
    end = text.find("?=", begin + 1);
  const std::size_t after = end == std::string_view::npos ? text.size() : end + 2;
  const std::string_view body = text.substr(begin, (end == std::string_view::npos ? text.size() : end) - begin);
  return EncodedWord{charset, encoding == 'b' ? decode_base64(body) : decode_q(body), after};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Words that follow each other in one charset are joined before it is decoded, because senders cut characters in two.
class WordJoiner {
 public:
  WordJoiner(std::string& result, NoticeSet& notices) : result_(result), notices_(notices) {}
  void add(const EncodedWord& word) {
    if (charset_ != word.charset) flush();
    charset_ = std::string(word.charset);
    bytes_ += word.bytes;
  }
  void flush() {
    if (!bytes_.empty()) result_ += decode_text(bytes_, charset_, notices_);
    bytes_.clear();
    charset_.clear();
  }
  [[nodiscard]] bool waiting() const { return !charset_.empty(); }

 private:
  std::string& result_;
  NoticeSet& notices_;
  std::string charset_;
  std::string bytes_;
};

void append_raw(std::string& result, std::string_view raw, NoticeSet& notices) {
  if (is_valid_utf8(raw)) {  // RFC 6532
    result += raw;
  } else {
    result += decode_text(raw, "", notices);
  }
}

std::string decode_words(std::string_view raw, NoticeSet& notices) {
  std::string result;
  WordJoiner words(result, notices);
  std::size_t at = 0;
  while (at < raw.size()) {
    std::size_t start = raw.find("=?", at);
    std::optional<EncodedWord> word;
    while (start != std::string_view::npos && !(word = encoded_word(raw, start))) start = raw.find("=?", start + 2);
    const std::string_view between = raw.substr(at, start == std::string_view::npos ? raw.size() - at : start - at);
    if (!(word && words.waiting() && is_blank(between))) {
      words.flush();
      append_raw(result, between, notices);
    }
    if (!word) break;
    at = word->end;
    words.add(*word);
  }
  words.flush();
  return result;
}

/// Line ends go, the blank that begins the next line stays; other control characters become blanks.
std::string unfolded(std::string_view raw) {
  std::string result;
  result.reserve(raw.size());
  for (const char c : raw) {
    if (c == '\r' || c == '\n') continue;
    result.push_back(static_cast<unsigned char>(c) < 0x20 && c != 0x1B ? ' ' : c);
  }
  return result;
}

bool is_plain(std::string_view raw) {
  for (const char c : raw)
    if (static_cast<unsigned char>(c) < 0x20 || (static_cast<unsigned char>(c) & 0x80U) != 0) return false;
  return raw.find("=?") == std::string_view::npos;
}

}  // namespace

std::string decode_text(std::string_view bytes, std::string_view charset, NoticeSet& notices) {
  const bool no_name = is_ascii_name(charset);
  if (is_ascii(bytes) && (no_name || charset.size() == 5) && bytes.find('\x1B') == std::string_view::npos) {
    if (no_name || is_one_byte(charset_name(charset)) || charset_name(charset) == "utf-8")
      return without_nul(std::string(bytes));
  }
  const std::string name = no_name ? "" : charset_name(charset);
  if (!needs_decoding(bytes, name)) return without_nul(std::string(bytes));
  if (is_ascii(bytes) && !is_seven_bit(name)) {
    auto japanese = decode_charset(bytes, "iso-2022-jp");
    if (!japanese || japanese->broken > 0) return without_nul(std::string(bytes));
    notices.add(Notice::charset_guessed);
    return without_nul(std::move(japanese->text));
  }
  std::string text = without_nul(decode_declared(bytes, name, notices));
  if (auto repaired = undoubled_utf8(text)) {
    notices.add(Notice::charset_guessed);
    return without_nul(std::move(*repaired));
  }
  return text;
}

std::string decode_header(std::string_view raw, NoticeSet& notices) {
  while (!raw.empty() && (raw.front() == ' ' || raw.front() == '\t')) raw.remove_prefix(1);
  if (is_plain(raw)) return std::string(raw);
  std::string text = decode_words(unfolded(raw), notices);
  // Decoded words may hold line ends and other controls of their own.
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  if (!is_valid_utf8(text)) text = repaired_utf8(text);
  return text;
}

std::string capped(std::string text, std::size_t max_bytes, NoticeSet& notices) {
  if (text.size() <= max_bytes) return text;
  notices.add(Notice::truncated);
  text.resize(utf8_prefix(text, max_bytes).size());
  return text;
}

}  // namespace entregent::readers
