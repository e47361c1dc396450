// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace entregent::bench {

/// Letters of the generated world: ASCII and the accented letters of ISO 8859-1, in UTF-8.
std::string without_accents(std::string_view text);
std::string lower_ascii(std::string_view text);
std::string upper_letters(std::string_view text);  ///< accented letters too
std::string capitalised(std::string_view text);    ///< the first letter, if it is ASCII
std::string to_latin1(std::string_view text);      ///< every character of ours has one byte there
bool is_ascii(std::string_view text);
bool begins_with_vowel(std::string_view text);  ///< or a mute h: takes an elision before it

}  // namespace entregent::bench
