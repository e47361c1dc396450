// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

namespace entregent {

/// Appends what folded() makes of one character ≥ U+0080: nothing for a combining mark, one or more letters else. The
/// Latin, Greek and Cyrillic blocks come from a table filled from ICU as letters are met; the rest asks ICU each time.
void append_folded(std::string& text, char32_t character);

/// What the tokenizer makes of a character ≥ U+0080.
enum class CharacterClass : unsigned char { separator, word, mark, ideograph };
CharacterClass character_class(char32_t character);

}  // namespace entregent
