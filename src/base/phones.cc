// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/phones.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "base/text.h"

namespace entregent {
namespace {

/// How numbers are written and dialled in a country.
struct Country {
  std::string_view iso;
  std::string_view code;           ///< after the `+`
  std::string_view trunk;          ///< put before a number dialled at home, and left out after the code
  std::size_t shortest, longest;   ///< digits after the code
  std::string_view abroad = "00";  ///< dialled before a code
};

/// Lengths are those of ordinary fixed and mobile numbers in the ITU's national numbering plans.
constexpr auto countries = std::to_array<Country>({
    {"FR", "33", "0", 9, 9},         {"BE", "32", "0", 8, 9},         {"CH", "41", "0", 9, 9},
    {"LU", "352", "", 4, 11},        {"MC", "377", "", 8, 9},         {"DE", "49", "0", 5, 12},
    {"AT", "43", "0", 4, 13},        {"GB", "44", "0", 9, 10},        {"IE", "353", "0", 7, 10},
    {"NL", "31", "0", 9, 9},         {"ES", "34", "", 9, 9},          {"PT", "351", "", 9, 9},
    {"IT", "39", "", 6, 12},         {"SM", "378", "", 6, 12},        {"DK", "45", "", 8, 8},
    {"SE", "46", "0", 7, 10},        {"NO", "47", "", 8, 8},          {"FI", "358", "0", 5, 12},
    {"IS", "354", "", 7, 9},         {"PL", "48", "", 9, 9},          {"CZ", "420", "", 9, 9},
    {"SK", "421", "0", 9, 9},        {"HU", "36", "06", 8, 9},        {"RO", "40", "0", 9, 9},
    {"BG", "359", "0", 7, 9},        {"GR", "30", "", 10, 10},        {"HR", "385", "0", 8, 9},
    {"SI", "386", "0", 8, 8},        {"RS", "381", "0", 7, 10},       {"EE", "372", "", 7, 8},
    {"LV", "371", "", 8, 8},         {"LT", "370", "0", 8, 8},        {"UA", "380", "0", 9, 9},
    {"TR", "90", "0", 10, 10},       {"IL", "972", "0", 8, 9},        {"MA", "212", "0", 9, 9},
    {"DZ", "213", "0", 8, 9},        {"TN", "216", "", 8, 8},         {"SN", "221", "", 9, 9},
    {"CI", "225", "", 10, 10},       {"CM", "237", "", 9, 9},         {"ZA", "27", "0", 9, 9},
    {"EG", "20", "0", 8, 10},        {"US", "1", "1", 10, 10, "011"}, {"CA", "1", "1", 10, 10, "011"},
    {"BR", "55", "0", 10, 11},       {"MX", "52", "", 10, 10},        {"AR", "54", "0", 10, 11},
    {"CL", "56", "", 9, 9},          {"AU", "61", "0", 9, 9, "0011"}, {"NZ", "64", "0", 8, 10},
    {"JP", "81", "0", 9, 10, "010"}, {"CN", "86", "0", 9, 11},        {"HK", "852", "", 8, 8, "001"},
    {"SG", "65", "", 8, 8, "001"},   {"IN", "91", "0", 10, 10},       {"RE", "262", "0", 9, 9},
    {"YT", "262", "0", 9, 9},        {"GP", "590", "0", 9, 9},        {"MQ", "596", "0", 9, 9},
    {"GF", "594", "0", 9, 9},        {"NC", "687", "", 6, 6},         {"PF", "689", "", 8, 8},
    {"RU", "7", "8", 10, 10, "810"},
});

/// Every country code of ITU-T E.164 in use; Zone 1 and 7 have one digit, the others two or three.
constexpr std::string_view codes =
    " 1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 "
    "86 90 91 92 93 94 95 98"
    " 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 "
    "243 244 245 246 247 248 249"
    " 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 "
    "354 355 356 357 358 359 370"
    " 371 372 373 374 375 376 377 378 379 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 "
    "508 509 590 591 592 593 594"
    " 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 "
    "850 852 853 855 856 870 878"
    " 880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 "
    "996 998 ";

/// French numbers of overseas departments are dialled like any other from France, but live under their own code.
struct Overseas {
  std::string_view begin, code;
};
constexpr auto overseas = std::to_array<Overseas>({{"262", "262"},
                                                   {"263", "262"},
                                                   {"269", "262"},
                                                   {"639", "262"},
                                                   {"692", "262"},
                                                   {"693", "262"},
                                                   {"590", "590"},
                                                   {"690", "590"},
                                                   {"691", "590"},
                                                   {"594", "594"},
                                                   {"694", "594"},
                                                   {"596", "596"},
                                                   {"696", "596"},
                                                   {"697", "596"}});

struct Parts {
  std::string digits;  ///< with a leading `+` where it was written
  std::string extension;
  bool area_in_brackets = false;  ///< `(0)` was written after the country code and is left out
};

/// Where the number ends and an extension begins: `poste 12`, `ext. 12`, `x12`, `#12`, `;ext=12`, `Durchwahl 12`.
std::size_t extension_at(std::string_view text, std::size_t& word) {
  for (const std::string_view mark :
       {";ext=", "extension", "ext.", "ext", "poste", "durchwahl", "post.", "int.", "#", "x"}) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos) continue;
    word = mark.size();
    return at;
  }
  word = 0;
  return text.size();
}

std::optional<std::string> extension_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == ';') break;  // a further parameter of a tel: URI
    if (is_ascii_digit(c))
      digits += c;
    else if (c != ' ' && c != '.' && c != ':' && c != '=' && c != '-' && c != ')')
      return std::nullopt;
  }
  if (digits.empty() || digits.size() > 8) return std::nullopt;
  return digits;
}

std::optional<Parts> parts_of(std::string_view written) {
  if (written.size() > 100) return std::nullopt;
  const std::string text = folded(trimmed(written));  // wide digits and no-break spaces become plain ones
  std::string_view rest = text;
  if (rest.starts_with("tel:")) rest.remove_prefix(4);
  Parts parts;
  std::string_view parameters;
  if (const auto semicolon = rest.find(';'); semicolon != std::string_view::npos) {
    parameters = rest.substr(semicolon);
    rest = rest.substr(0, semicolon);
  }
  std::string_view said = rest;  // where the extension is said
  if (parameters.find(";ext=") != std::string_view::npos) said = parameters;
  std::size_t word = 0;
  const std::size_t end = extension_at(said, word);
  if (end < said.size()) {
    const auto extension = extension_of(said.substr(end + word));
    if (!extension) return std::nullopt;
    parts.extension = *extension;
    if (said.data() == rest.data()) rest = rest.substr(0, end);
  }
  for (std::size_t at = 0; at < rest.size();) {
    if (rest.substr(at).starts_with("(0)") && !parts.digits.empty()) {
      parts.area_in_brackets = true;
      at += 3;
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = next_character(rest, at);
    if (c < 0x80 && is_ascii_digit(static_cast<char>(c)))
      parts.digits += static_cast<char>(c);
    else if (c == '+' && parts.digits.empty())
      parts.digits = "+";
    else if (c != ' ' && c != '.' && c != '-' && c != '(' && c != ')' && c != '/' && !(c >= 0x2010 && c <= 0x2015) &&
             c != 0x2212 && !trimmed(rest.substr(begin, at - begin)).empty())
      return std::nullopt;
  }
  return parts;
}

std::size_t code_length(std::string_view digits) {
  for (std::size_t size = 1; size <= 3 && size < digits.size(); ++size)
    if (codes.find(" " + std::string{digits.substr(0, size)} + " ") != std::string_view::npos) return size;
  return 0;
}

const Country* by_code(std::string_view code) {
  const auto found = std::find_if(countries.begin(), countries.end(), [&](const Country& c) { return c.code == code; });
  return found == countries.end() ? nullptr : &*found;
}

bool fits(const Country& country, std::string_view national) {
  return national.size() >= country.shortest && national.size() <= country.longest;
}

/// `digits` begin with a country code.
std::optional<std::string> international(std::string_view digits) {
  const std::size_t size = code_length(digits);
  if (size == 0) return std::nullopt;
  const std::string_view code = digits.substr(0, size);
  std::string_view national = digits.substr(size);
  if (const Country* country = by_code(code)) {
    const bool home_too =
        !country->trunk.empty() && national.starts_with(country->trunk);  // +33 01 42…: the 0 is too much
    if (home_too && (!fits(*country, national) || country->trunk == "0")) national.remove_prefix(country->trunk.size());
    if (!fits(*country, national)) return std::nullopt;
  } else if (national.size() < 4 || digits.size() > 15) {
    return std::nullopt;
  }
  return "+" + std::string{code} + std::string{national};
}

std::optional<std::string> national_number(std::string_view digits, const Country& country, std::string_view iso) {
  std::string_view national = digits;
  if (!country.trunk.empty()) {
    const bool has_trunk = national.starts_with(country.trunk);
    if (!has_trunk && country.trunk != "1") return std::nullopt;  // a short number, or one of another town
    if (has_trunk && (country.trunk != "1" || national.size() == 11)) national.remove_prefix(country.trunk.size());
  }
  const bool second_trunk = country.trunk == "0" && national.starts_with('0');
  if (!fits(country, national) || second_trunk) return std::nullopt;
  std::string_view code = country.code;
  constexpr std::string_view french = "FR RE YT GP MQ GF";
  if (french.find(iso) != std::string_view::npos) {
    code = "33";
    for (const auto& [begin, other] : overseas)
      if (national.starts_with(begin)) code = other;
  }
  return "+" + std::string{code} + std::string{national};
}

}  // namespace

std::optional<Phone> normalised_phone(std::string_view text, std::string_view country) {
  const auto parts = parts_of(text);
  if (!parts || parts->digits.size() < 5) return std::nullopt;
  const auto home =
      std::find_if(countries.begin(), countries.end(), [&](const Country& c) { return c.iso == country; });
  std::string_view digits = parts->digits;
  std::optional<std::string> number;
  if (digits.starts_with('+'))
    number = international(digits.substr(1));
  else if (home != countries.end() && digits.starts_with(home->abroad))
    number = international(digits.substr(home->abroad.size()));
  else if (home == countries.end() && digits.starts_with("00"))
    number = international(digits.substr(2));
  else if (parts->area_in_brackets)
    number = international(digits);  // `33 (0)1 …`: a code without its plus
  else if (home != countries.end())
    number = national_number(digits, *home, country);
  if (!number) return std::nullopt;
  return Phone{std::move(*number), parts->extension};
}

}  // namespace entregent
