// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/encoding.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

/// The characters of valid UTF-8, one by one.
struct Character {
  std::string_view bytes;
  char32_t code;
};

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = std::min<std::size_t>(lead < 0x80   ? 1
                                                   : lead < 0xE0 ? 2
                                                   : lead < 0xF0 ? 3
                                                                 : 4,
                                                   text.size());
  char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t index = 1; index < length; ++index)
    code = (code << 6U) | (static_cast<unsigned char>(text[index]) & 0x3FU);
  return {text.substr(0, length), code};
}

struct Pair {
  char32_t code;
  unsigned char byte;
};
constexpr std::array<Pair, 8> latin9_own{{{0x20AC, 0xA4},
                                          {0x160, 0xA6},
                                          {0x161, 0xA8},
                                          {0x17D, 0xB4},
                                          {0x17E, 0xB8},
                                          {0x152, 0xBC},
                                          {0x153, 0xBD},
                                          {0x178, 0xBE}}};
constexpr std::array<Pair, 16> windows_own{{{0x20AC, 0x80},
                                            {0x201A, 0x82},
                                            {0x201E, 0x84},
                                            {0x2026, 0x85},
                                            {0x160, 0x8A},
                                            {0x152, 0x8C},
                                            {0x17D, 0x8E},
                                            {0x2018, 0x91},
                                            {0x2019, 0x92},
                                            {0x201C, 0x93},
                                            {0x201D, 0x94},
                                            {0x2022, 0x95},
                                            {0x2013, 0x96},
                                            {0x2014, 0x97},
                                            {0x153, 0x9C},
                                            {0x178, 0x9F}}};

template <std::size_t n>
std::optional<char> own_byte(const std::array<Pair, n>& table, char32_t code) {
  for (const Pair& pair : table) {
    if (pair.code == code) return static_cast<char>(pair.byte);
  }
  return std::nullopt;
}

template <std::size_t n>
bool hides(const std::array<Pair, n>& table, char32_t code) {
  return std::any_of(table.begin(), table.end(), [&](const Pair& pair) { return pair.byte == code; });
}

std::optional<char> one_byte(char32_t code, Charset charset) {
  if (code < 0x80) return static_cast<char>(code);
  if (charset == Charset::ascii) return std::nullopt;
  if (charset == Charset::latin9) {
    if (const auto own = own_byte(latin9_own, code)) return own;
    if (hides(latin9_own, code)) return std::nullopt;
  }
  if (charset == Charset::windows1252) {
    if (const auto own = own_byte(windows_own, code)) return own;
  }
  if (code >= 0xA0 && code < 0x100) return static_cast<char>(static_cast<unsigned char>(code));
  return std::nullopt;
}

std::string_view plain_form(char32_t code) {
  switch (code) {
    case 0x2018:
    case 0x2019:
      return "'";
    case 0x201C:
    case 0x201D:
      return "\"";
    case 0x2013:
    case 0x2014:
      return "-";
    case 0x2026:
      return "...";
    case 0x20AC:
      return "EUR";
    case 0x153:
      return "oe";
    case 0x152:
      return "OE";
    case 0x202F:
      return " ";
    default:
      return "?";
  }
}

struct Letter {
  std::string_view large, small, plain;
};
constexpr std::array<Letter, 20> letters{{{"À", "à", "a"}, {"Â", "â", "a"},  {"Ä", "ä", "a"}, {"Ç", "ç", "c"},
                                          {"É", "é", "e"}, {"È", "è", "e"},  {"Ê", "ê", "e"}, {"Ë", "ë", "e"},
                                          {"Î", "î", "i"}, {"Ï", "ï", "i"},  {"Ô", "ô", "o"}, {"Ö", "ö", "o"},
                                          {"Ù", "ù", "u"}, {"Û", "û", "u"},  {"Ü", "ü", "u"}, {"Ÿ", "ÿ", "y"},
                                          {"Ñ", "ñ", "n"}, {"Œ", "œ", "oe"}, {"Ó", "ó", "o"}, {"Í", "í", "i"}}};

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char ascii_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

template <class One, class Many>
std::string mapped(std::string_view text, One one, Many many) {
  std::string out;
  while (!text.empty()) {
    const Character next = first_character(text);
    text.remove_prefix(next.bytes.size());
    if (next.bytes.size() == 1) {
      out += one(next.bytes[0]);
      continue;
    }
    const auto found = std::find_if(letters.begin(), letters.end(), [&](const Letter& letter) {
      return letter.large == next.bytes || letter.small == next.bytes;
    });
    out += found == letters.end() ? std::string(next.bytes) : many(*found, found->large == next.bytes);
  }
  return out;
}

bool is_plain_in_q(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

std::string q_form(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c == ' ') {
      out += '_';
    } else if (is_plain_in_q(c)) {
      out += c;
    } else {
      out += fmt::format("={:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string_view name_of(Charset charset) {
  switch (charset) {
    case Charset::ascii:
      return "us-ascii";
    case Charset::utf8:
      return "utf-8";
    case Charset::latin1:
      return "ISO-8859-1";
    case Charset::latin9:
      return "iso-8859-15";
    case Charset::windows1252:
      return "windows-1252";
  }
  return "utf-8";
}

std::string in_charset(std::string_view utf8, Charset charset) {
  if (charset == Charset::utf8) return std::string(utf8);
  std::string out;
  while (!utf8.empty()) {
    const Character next = first_character(utf8);
    utf8.remove_prefix(next.bytes.size());
    if (const auto byte = one_byte(next.code, charset)) {
      out += *byte;
    } else {
      out += plain_form(next.code);
    }
  }
  return out;
}

bool fits(std::string_view utf8, Charset charset) {
  if (charset == Charset::utf8) return true;
  while (!utf8.empty()) {
    const Character next = first_character(utf8);
    utf8.remove_prefix(next.bytes.size());
    if (!one_byte(next.code, charset)) return false;
  }
  return true;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() * 4 / 3 + 4);
  for (std::size_t index = 0; index < bytes.size(); index += 3) {
    const std::string_view group = bytes.substr(index, 3);
    std::uint32_t bits = 0;
    for (std::size_t part = 0; part < 3; ++part) {
      bits = (bits << 8U) | (part < group.size() ? static_cast<unsigned char>(group[part]) : 0U);
    }
    for (std::size_t digit = 0; digit < 4; ++digit) {
      out += digit <= group.size() ? digits[(bits >> (18U - 6U * digit)) & 0x3FU] : '=';
    }
  }
  return out;
}

std::string base64_lines(std::string_view bytes) {
  const std::string line = base64(bytes);
  std::string out;
  out.reserve(line.size() + line.size() / 76 + 2);
  for (std::size_t index = 0; index < line.size(); index += 76) {
    out += line.substr(index, 76);
    out += '\n';
  }
  return out;
}

std::string quoted_printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  std::size_t column = 0;
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    const char c = bytes[index];
    if (c == '\n') {
      out += '\n';
      column = 0;
      continue;
    }
    const bool last = index + 1 == bytes.size() || bytes[index + 1] == '\n';
    const bool plain = (c >= 33 && c <= 126 && c != '=') || (c == ' ' && !last);
    if (column + (plain ? 1 : 3) > 75) {
      out += "=\n";
      column = 0;
    }
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "={:02X}", static_cast<unsigned char>(c));
    }
    column += plain ? 1 : 3;
  }
  return out;
}

std::string header_text(std::string_view utf8, Charset charset, Word word) {
  if (is_ascii(utf8)) return std::string(utf8);
  if (charset == Charset::ascii || !fits(utf8, charset)) charset = Charset::utf8;
  const std::string prefix = fmt::format("=?{}?{}?", name_of(charset), word == Word::q ? 'Q' : 'B');
  std::string out, bytes;
  const auto flush = [&] {
    if (!out.empty()) out += "\n ";
    out += prefix + (word == Word::q ? q_form(bytes) : base64(bytes)) + "?=";
    bytes.clear();
  };
  while (!utf8.empty()) {
    const Character next = first_character(utf8);
    utf8.remove_prefix(next.bytes.size());
    const std::string more = bytes + in_charset(next.bytes, charset);
    const std::size_t size = word == Word::q ? q_form(more).size() : (more.size() + 2) / 3 * 4;
    if (prefix.size() + size + 2 > 75) flush();
    bytes += in_charset(next.bytes, charset);
  }
  if (!bytes.empty()) flush();
  return out;
}

std::string phrase(std::string_view name, Charset charset, Word word) {
  if (!is_ascii(name)) return header_text(name, charset, word);
  const bool atoms = std::all_of(name.begin(), name.end(), [](char c) { return is_plain_in_q(c) || c == ' '; });
  if (atoms) return std::string(name);
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string parameter_2231(std::string_view name, std::string_view utf8) {
  std::vector<std::string> pieces(1);
  while (!utf8.empty()) {
    const Character next = first_character(utf8);
    utf8.remove_prefix(next.bytes.size());
    std::string form;
    for (const char c : next.bytes)
      form += is_plain_in_q(c) || c == '.' ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    if (pieces.back().size() + form.size() > 50) pieces.emplace_back();
    pieces.back() += form;
  }
  if (pieces.size() == 1) return fmt::format(";\n {}*=UTF-8''{}", name, pieces[0]);
  std::string out;
  for (std::size_t index = 0; index < pieces.size(); ++index) {
    out += fmt::format(";\n {}*{}*={}{}", name, index, index == 0 ? "UTF-8''" : "", pieces[index]);
  }
  return out;
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t state = 0xFFFFFFFFU;
  for (const char c : bytes) {
    state ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) state = (state >> 1U) ^ ((state & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~state;
}

std::string wrapped(std::string_view text, std::size_t width, Flow flow) {
  std::string out;
  const auto stuffed = [&](std::string_view line) {
    const bool needs =
        flow == Flow::flowed && (line.starts_with(' ') || line.starts_with('>') || line.starts_with("From "));
    return (needs ? " " : "") + std::string(line);
  };
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const bool is_mark = line == "-- ";
    while (!is_mark) {
      std::size_t count = 0, cut = 0, index = 0;
      for (; index < line.size() && count <= width; ++index) {
        if ((static_cast<unsigned char>(line[index]) & 0xC0U) != 0x80U) ++count;
        if (line[index] == ' ') cut = index;
      }
      if (count <= width || cut == 0) break;
      out += stuffed(line.substr(0, cut)) + (flow == Flow::flowed ? " \n" : "\n");
      line.remove_prefix(cut + 1);
    }
    out += is_mark ? std::string(line) : stuffed(line);
    if (end < text.size()) out += '\n';
  }
  return out;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t found = text.find(what); found != std::string::npos; found = text.find(what, found + by.size())) {
    text.replace(found, what.size(), by);
  }
  return text;
}

std::string lower(std::string_view utf8) {
  return mapped(utf8, ascii_lower, [](const Letter& letter, bool) { return std::string(letter.small); });
}

std::string upper(std::string_view utf8) {
  return mapped(utf8, ascii_upper, [](const Letter& letter, bool) { return std::string(letter.large); });
}

std::string without_accents(std::string_view utf8) {
  return mapped(
      utf8, [](char c) { return c; },
      [](const Letter& letter, bool large) {
        std::string plain(letter.plain);
        if (large) plain[0] = ascii_upper(plain[0]);
        return plain;
      });
}

}  // namespace entregent::demo
