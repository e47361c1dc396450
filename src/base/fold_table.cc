// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/fold_table.h"

#include <array>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/text.h"

namespace entregent {
namespace {

constexpr char32_t first_in_table = 0x80;
constexpr char32_t after_table = 0x530;

/// Letters that Unicode does not decompose though readers take them for others.
const char* special(char32_t c) {
  switch (c) {
    case 0x00C6:
    case 0x00E6:
      return "ae";
    case 0x00D0:
    case 0x00F0:
    case 0x0110:
    case 0x0111:
      return "d";
    case 0x00D8:
    case 0x00F8:
      return "o";
    case 0x00DE:
    case 0x00FE:
      return "th";
    case 0x00DF:
    case 0x1E9E:
      return "ss";
    case 0x0126:
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    case 0x0141:
    case 0x0142:
      return "l";
    case 0x014A:
    case 0x014B:
      return "n";
    case 0x0152:
    case 0x0153:
      return "oe";
    case 0x0166:
    case 0x0167:
      return "t";
    case 0x2019:
    case 0x2018:
    case 0x02BC:
    case 0xFF07:
      return "'";
    default:
      return nullptr;
  }
}

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

std::string fold_by_icu(char32_t c) {
  if (const char* known = special(c)) return known;
  if (is_mark(c) || c == 0x00AD) return {};
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* nfkd = icu::Normalizer2::getInstance(nullptr, "nfkc", UNORM2_DECOMPOSE, status);
  if (nfkd == nullptr) throw std::runtime_error("ICU has no normalisation data");
  icu::UnicodeString parts;
  if (!nfkd->getDecomposition(static_cast<UChar32>(c), parts)) parts = icu::UnicodeString(static_cast<UChar32>(c));
  parts.foldCase();
  std::string result;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const auto part = static_cast<char32_t>(parts.char32At(i));
    if (is_mark(part)) continue;
    if (const char* known = part == c ? nullptr : special(part)) {
      result += known;
    } else {
      append_utf8(result, part);
    }
  }
  return result;
}

CharacterClass class_by_icu(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  if (is_mark(c) || c == 0x00AD) return CharacterClass::mark;
  if (u_hasBinaryProperty(code, UCHAR_IDEOGRAPHIC) != 0) return CharacterClass::ideograph;
  if (c >= 0x3040 && c <= 0x30FF) return CharacterClass::ideograph;
  if (u_isalnum(code) != 0 || u_charType(code) == U_COMBINING_SPACING_MARK) return CharacterClass::word;
  return CharacterClass::separator;
}

struct Entry {
  std::array<char, 7> letters{};
  unsigned char length = 0;
  CharacterClass kind = CharacterClass::separator;
  bool known = false;
};

Entry make_entry(char32_t c) {
  const std::string folded = fold_by_icu(c);
  Entry entry;
  if (folded.size() > entry.letters.size()) throw std::logic_error("a folded letter is longer than the table holds");
  folded.copy(entry.letters.data(), folded.size());
  entry.length = static_cast<unsigned char>(folded.size());
  entry.kind = class_by_icu(c);
  entry.known = true;
  return entry;
}

/// One table a thread, each letter asked of ICU when first met: a text holds a few dozen of them, and an answer should
/// not wait for twelve hundred.
const Entry& entry_of(char32_t c) {
  static thread_local std::array<Entry, after_table - first_in_table> entries{};
  Entry& entry = entries[c - first_in_table];
  if (!entry.known) entry = make_entry(c);
  return entry;
}

}  // namespace

void append_folded(std::string& text, char32_t character) {
  if (character >= first_in_table && character < after_table) {
    const Entry& entry = entry_of(character);
    text.append(entry.letters.data(), entry.length);
  } else {
    text += fold_by_icu(character);
  }
}

CharacterClass character_class(char32_t character) {
  if (character >= first_in_table && character < after_table) return entry_of(character).kind;
  return class_by_icu(character);
}

}  // namespace entregent
