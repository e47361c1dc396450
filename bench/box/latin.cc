// SPDX-License-Identifier: AGPL-3.0-or-later
#include "latin.h"

#include <algorithm>

namespace entregent::bench {

namespace {

bool is_lead(char byte) {
  return byte == '\xc2' || byte == '\xc3';
}  // of U+0080 … U+00FF

char latin1_of(char lead, char next) {
  return lead == '\xc3' ? static_cast<char>(next + 0x40) : next;
}

/// The letter under the accent; the table covers U+00C0 … U+00FF.
char plain_letter(unsigned char latin1) {
  static constexpr std::string_view letters = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
  return latin1 < 0xc0 ? '-' : letters[latin1 - 0xc0u];
}

}  // namespace

std::string to_latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_lead(text[i]) && i + 1 < text.size()) {
      bytes += latin1_of(text[i], text[i + 1]);
      ++i;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

std::string without_accents(std::string_view text) {
  std::string plain = to_latin1(text);
  for (char& byte : plain)
    if (static_cast<unsigned char>(byte) >= 0x80) byte = plain_letter(static_cast<unsigned char>(byte));
  return plain;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& byte : lower)
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + 32);
  return lower;
}

std::string upper_letters(std::string_view text) {
  std::string upper(text);
  for (std::size_t i = 0; i < upper.size(); ++i) {
    if (upper[i] >= 'a' && upper[i] <= 'z') upper[i] = static_cast<char>(upper[i] - 32);
    const bool accented = i > 0 && upper[i - 1] == '\xc3' && static_cast<unsigned char>(upper[i]) >= 0xa0;
    if (accented && upper[i] != '\xb7' && upper[i] != '\xbf') upper[i] = static_cast<char>(upper[i] - 0x20);
  }
  return upper;
}

std::string capitalised(std::string_view text) {
  std::string word(text);
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
  return word;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

bool begins_with_vowel(std::string_view text) {
  const std::string plain = lower_ascii(without_accents(text.substr(0, 2)));
  return !plain.empty() && std::string_view("aeiouh").find(plain[0]) != std::string_view::npos;
}

}  // namespace entregent::bench
