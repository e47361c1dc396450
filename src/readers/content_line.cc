// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/content_line.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/charset.h"
#include "base/text.h"

namespace entregent::readers {
namespace {

bool is_fold(char c) {
  return c == ' ' || c == '\t';
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::string upper(std::string_view text) {
  std::string made{text};
  for (char& c : made) c = upper(c);
  return made;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return upper(x) == upper(y); });
}

bool begins(std::string_view line, std::string_view word) {
  return line.size() >= word.size() && equal_ignoring_case(line.substr(0, word.size()), word);
}

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// Finds where the value begins, while a line grows: after the first `:` outside quotes.
class HeadFinder {
 public:
  /// Looks at what was added to `line` since the last call.
  bool found(std::string_view line) {
    for (; start_ == 0 && at_ < line.size(); ++at_) {
      if (line[at_] == '"') quoted_ = !quoted_;
      const bool escaped = at_ > 0 && line[at_ - 1] == '\\';
      if (line[at_] == ':' && !quoted_ && !escaped) start_ = at_ + 1;
    }
    return start_ != 0;
  }
  /// With the colon; of a line whose quote is never closed up to its first colon; empty if there is none.
  [[nodiscard]] std::string_view head(std::string_view line) const {
    if (start_ != 0) return line.substr(0, start_);
    const auto colon = line.find(':');
    return line.substr(0, colon == std::string_view::npos ? 0 : colon + 1);
  }

 private:
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  bool quoted_ = false;
};

/// Where the value begins, or npos.
std::size_t value_start(std::string_view line) {
  HeadFinder finder;
  finder.found(line);
  const std::string_view head = finder.head(line);
  return head.empty() ? std::string_view::npos : head.size();
}

bool is_quoted_printable(std::string_view head) {
  constexpr std::string_view word = "QUOTED-PRINTABLE";
  for (auto at = head.find(';'); at != std::string_view::npos; at = head.find(';', at + 1)) {
    std::string_view parameter = head.substr(at + 1);
    if (begins(parameter, "ENCODING=")) parameter.remove_prefix(9);
    if (begins(parameter, word)) return true;
  }
  return false;
}

/// Properties whose values nobody here reads.
bool is_binary(std::string_view head) {
  if (const auto dot = head.find('.'); dot != std::string_view::npos && dot < head.find_first_of(";:"))
    head.remove_prefix(dot + 1);
  const std::string_view name = head.substr(0, head.find_first_of(";:"));
  for (const std::string_view binary : {"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-CERTIFICATE"})
    if (equal_ignoring_case(name, binary)) return true;
  return false;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char u = upper(c);
  return u >= 'A' && u <= 'F' ? u - 'A' + 10 : -1;
}

/// True if the text ends in the first bytes of a character that the next line finishes.
bool ends_inside_character(std::string_view text) {
  if (text.size() < 3 || text[text.size() - 3] != '=') return false;
  const int high = hex_digit(text[text.size() - 2]);
  return high >= 0xC && hex_digit(text.back()) >= 0;
}

std::string decoded_quoted_printable(std::string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      made += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      made += text[i];
    }
  }
  return made;
}

std::optional<std::string> decoded_base64(std::string_view text) {
  std::string made;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '+') value = 62;
    if (c == '/') value = 63;
    if (c == '=' || is_fold(c)) continue;
    if (value < 0) return std::nullopt;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    made += static_cast<char>((bits >> static_cast<unsigned>(have)) & 0xFFU);
  }
  return made;
}

/// RFC 6868.
std::string decoded_carets(std::string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '^' && (next == 'n' || next == '\'' || next == '^')) {
      made += next == 'n' ? '\n' : next == '\'' ? '"' : '^';
      ++i;
    } else {
      made += text[i];
    }
  }
  return made;
}

/// UTF-8 in which something was cut: more whole characters beyond ASCII than broken ones (or no bytes beyond ASCII at
/// all). Text of another charset has hardly any.
bool looks_like_utf8(std::string_view bytes) {
  const auto beyond_ascii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  const std::string repaired = repaired_utf8(bytes);
  std::size_t whole = 0;
  std::size_t broken = 0;
  for (std::size_t at = 0; at < repaired.size();) {
    const char32_t c = next_character(repaired, at);
    broken += c == 0xFFFD ? 1U : 0U;
    whole += c >= 0x80 && c != 0xFFFD ? 1U : 0U;
  }
  return whole > broken || std::none_of(bytes.begin(), bytes.end(), beyond_ascii);
}

}  // namespace

std::string decoded_line(std::string_view bytes, bool& guessed) {
  if (is_valid_utf8(bytes) && bytes.find('\0') == std::string_view::npos) {
    auto undoubled = undoubled_utf8(bytes);
    if (!undoubled) return std::string{bytes};
    guessed = true;
    return *undoubled;
  }
  guessed = true;
  return looks_like_utf8(bytes) ? repaired_utf8(bytes) : repaired_utf8(decode_windows_1252(bytes).text);
}

namespace {

/// Bytes as the property's CHARSET says; a charset that is unknown or does not fit gives way to a guess.
std::string decoded_value(std::string_view bytes, std::string_view charset, bool& guessed) {
  if (!charset.empty()) {
    auto text = decode_charset(bytes, charset);
    if (text && text->broken == 0) return repaired_utf8(text->text);
    guessed = true;
  }
  return decoded_line(bytes, guessed);
}

std::string_view encoding_word(std::string_view word) {
  for (const std::string_view encoding : {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"})
    if (equal_ignoring_case(word, encoding)) return encoding;
  return {};
}

/// One value of a parameter from `at` to the next `, ; :`; quotes protect.
std::string parameter_value(std::string_view head, std::size_t& at) {
  std::string value;
  if (at < head.size() && head[at] == '"') {
    if (const auto close = head.find('"', at + 1); close != std::string_view::npos) {
      value = head.substr(at + 1, close - at - 1);
      at = close + 1;
    }
  }
  while (at < head.size() && head[at] != ',' && head[at] != ';') {
    if (head[at] == '\\' && at + 1 < head.size() &&
        std::string_view{",;:"}.find(head[at + 1]) != std::string_view::npos)
      ++at;
    value += head[at++];
  }
  return value;
}

Parameter parameter_at(std::string_view head, std::size_t& at) {
  Parameter parameter;
  const std::size_t end = std::min(head.find_first_of("=;", at), head.size());
  const std::string_view name = head.substr(at, end - at);
  at = end;
  bool guessed = false;
  if (at == head.size() || head[at] == ';') {  // a bare word
    parameter.name = encoding_word(name).empty() ? "TYPE" : "ENCODING";
    if (!trimmed(name).empty()) parameter.values.push_back(decoded_line(name, guessed));
    return parameter;
  }
  parameter.name = upper(trimmed(decoded_line(name, guessed)));
  do {
    ++at;  // over `=` or `,`
    parameter.values.push_back(decoded_carets(decoded_line(parameter_value(head, at), guessed)));
  } while (at < head.size() && head[at] == ',');
  return parameter;
}

/// vCard 2.1 with CHARSET but without a word about quoted-printable: taken as such only if it then reads well.
bool is_undeclared_quoted_printable(const ContentLine& line, std::string_view raw) {
  if (line.parameter("CHARSET").empty() || raw.find('=') == std::string_view::npos) return false;
  if (std::any_of(raw.begin(), raw.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return false;
  const std::string bytes = decoded_quoted_printable(raw);
  if (std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return false;
  const auto text = decode_charset(bytes, line.parameter("CHARSET"));
  return text && text->broken == 0;
}

void decode_value(ContentLine& line, std::string_view raw) {
  const std::string_view charset = line.parameter("CHARSET");
  const std::string encoding = upper(line.parameter("ENCODING"));
  if (encoding == "QUOTED-PRINTABLE" || is_undeclared_quoted_printable(line, raw)) {
    line.value = decoded_value(decoded_quoted_printable(raw), charset, line.charset_guessed);
  } else if ((encoding == "B" || encoding == "BASE64") && !is_binary(line.name) && line.name != "ATTACH") {
    const auto bytes = decoded_base64(raw);
    line.value = decoded_value(bytes ? *bytes : std::string{raw}, charset, line.charset_guessed);
  } else {
    line.value = decoded_value(raw, charset, line.charset_guessed);
  }
}

}  // namespace

std::string_view eight_bit(std::string_view bytes, std::string& storage) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return bytes.substr(3);
  const bool little =
      bytes.starts_with("\xFF\xFE") || (bytes.size() > 3 && bytes[0] != '\0' && bytes[1] == '\0' && bytes[3] == '\0');
  const bool big =
      bytes.starts_with("\xFE\xFF") || (bytes.size() > 3 && bytes[0] == '\0' && bytes[1] != '\0' && bytes[2] == '\0');
  if (!little && !big) return bytes;
  auto text = decode_charset(bytes, little ? "utf-16le" : "utf-16be");
  if (!text) return bytes;
  storage = std::move(text->text);
  if (storage.starts_with("\xEF\xBB\xBF")) storage.erase(0, 3);
  return storage;
}

/// The next physical line that is not empty, without moving past it.
std::optional<std::string_view> LineReader::peek() {
  while (at_ < text_.size() && (text_[at_] == '\r' || text_[at_] == '\n')) ++at_;
  if (at_ == text_.size()) return std::nullopt;
  const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  return text_.substr(at_, end - at_);
}

std::optional<std::string_view> LineReader::physical() {
  const auto line = peek();
  if (line) at_ += line->size();
  return line;
}

/// Appends the next physical line to `line` if it belongs to it.
bool LineReader::continues(std::string& line, bool quoted_printable, bool binary) {
  const auto following = peek();
  if (!following) return false;
  const bool soft = quoted_printable && line.ends_with('=');
  if (soft && !begins(*following, "END:") && !begins(*following, "BEGIN:")) {
    line.pop_back();
    std::string_view rest = *following;
    if (is_fold(rest.front()) && ends_inside_character(line)) rest.remove_prefix(1);
    line += rest;
  } else if (is_fold(following->front())) {
    const bool blank_is_text = old_folding_ && !quoted_printable;
    if (!binary) line += blank_is_text ? *following : following->substr(1);
  } else {
    return false;
  }
  physical();
  return true;
}

std::optional<std::string> LineReader::next() {
  while (auto first = physical()) {
    first->remove_prefix(std::min(first->find_first_not_of(" \t"), first->size()));
    if (first->empty()) continue;
    std::string line{*first};
    HeadFinder finder;
    const bool binary = is_binary(line);
    bool known = finder.found(line);
    bool quoted_printable = known && is_quoted_printable(finder.head(line));
    while (continues(line, quoted_printable, binary)) {
      if (known) continue;
      known = finder.found(line);
      quoted_printable = known && is_quoted_printable(finder.head(line));
    }
    if (is_quoted_printable(finder.head(line)))
      while (line.ends_with('=')) line.pop_back();
    if (begins(line, "BEGIN:")) old_folding_ = false;
    if (begins(line, "VERSION:2.1")) old_folding_ = true;
    return line;
  }
  return std::nullopt;
}

std::vector<std::string> unfold(std::string_view bytes) {
  std::string storage;
  LineReader reader{eight_bit(bytes, storage)};
  std::vector<std::string> lines;
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  return lines;
}

std::string_view ContentLine::parameter(std::string_view wanted) const {
  for (const Parameter& parameter : parameters)
    if (parameter.name == wanted && !parameter.values.empty()) return parameter.values.front();
  return {};
}

std::vector<std::string> ContentLine::all(std::string_view wanted) const {
  std::vector<std::string> values;
  for (const Parameter& parameter : parameters) {
    if (parameter.name != wanted) continue;
    for (const std::string& list : parameter.values)  // TYPE="work,voice" is two types in quotes
      for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        std::string one = lower(trimmed(std::string_view{list}.substr(at, end - at)));
        if (!one.empty()) values.push_back(std::move(one));
        at = end + 1;
      }
  }
  return values;
}

std::optional<ContentLine> parse_content_line(std::string_view line) {
  const std::size_t start = value_start(line);
  if (start == std::string_view::npos) return std::nullopt;
  const std::string_view head = line.substr(0, start - 1);
  std::size_t at = std::min(head.find(';'), head.size());
  std::string_view name = trimmed(head.substr(0, at));
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_character)) return std::nullopt;
  ContentLine made;
  if (const auto dot = name.rfind('.'); dot != std::string_view::npos) {
    made.group = lower(name.substr(0, dot));
    name.remove_prefix(dot + 1);
    if (name.empty()) return std::nullopt;
  }
  made.name = upper(name);
  constexpr std::size_t max_parameters = 200;
  while (at < head.size() && made.parameters.size() < max_parameters) {
    ++at;  // over `;`
    Parameter parameter = parameter_at(head, at);
    if (!parameter.values.empty()) made.parameters.push_back(std::move(parameter));
    at = std::min(head.find(';', at), head.size());
  }
  decode_value(made, line.substr(start));
  return made;
}

namespace {

/// What the backslash before `c` makes of it, or NUL if the backslash is text.
char escaped_character(char c) {
  if (c == 'n' || c == 'N') return '\n';
  return std::string_view{",;:\"\\"}.find(c) == std::string_view::npos ? '\0' : c;
}

}  // namespace

std::string unescaped(std::string_view value) {
  std::string made;
  made.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char next = i + 1 < value.size() ? value[i + 1] : '\0';
    const char stands_for = value[i] == '\\' ? escaped_character(next) : '\0';
    if (stands_for != '\0') {
      made += stands_for;
      ++i;
    } else if (value[i] == '\r') {
      if (next != '\n') made += '\n';
    } else {
      made += value[i];
    }
  }
  return made;
}

std::vector<std::string> split_value(std::string_view value, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i + 1 < value.size() && value[i] == '\\') {
      ++i;
      continue;
    }
    if (i < value.size() && value[i] != separator) continue;
    parts.push_back(unescaped(value.substr(begin, i - begin)));
    begin = i + 1;
  }
  return parts;
}

}  // namespace entregent::readers
