// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Unicode text: checking, repairing, folding. All functions are pure and may be called from any thread.
namespace entregent {

/// Where the first byte ≥ 0x80 at or after `at` stands, else the size. Eight bytes a step: most mail is ASCII.
std::size_t ascii_prefix(std::string_view text, std::size_t at = 0);
bool is_ascii(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Replaces each maximal broken sequence and each NUL by U+FFFD; returns valid text unchanged.
std::string repaired_utf8(std::string_view text);

/// The longest prefix of at most `max_bytes` bytes that does not end inside a character. `text` is valid UTF-8.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

/// One character of valid UTF-8 at `position`, which is moved past it. `position` < text.size().
char32_t next_character(std::string_view text, std::size_t& position);
void append_utf8(std::string& text, char32_t character);

/// The form in which words are compared: compatibility-decomposed, case folded, marks removed, œ→oe, æ→ae, ß→ss, ø→o,
/// ł→l, đ→d. Punctuation and spaces stay. Letters of other scripts keep their base letter. Broken UTF-8 is repaired
/// first.
std::string folded(std::string_view text);

/// Simple case folding only (accents stay): for addresses and identifiers.
std::string lower(std::string_view text);

/// Canonical composition (NFC).
std::string composed(std::string_view text);

/// Other scripts written in Latin letters, folded (Иван → ivan): a second form for names. Text without such letters
/// comes back as folded() gives it.
std::string latin(std::string_view text);

bool is_letter(char32_t character);
bool is_upper(char32_t character);
bool is_digit(char32_t character);
/// Without white space at both ends (Unicode spaces, and zero-width and direction marks too).
std::string_view trimmed(std::string_view text);
/// Trimmed, and each run of white space inside made one space.
std::string squeezed(std::string_view text);

}  // namespace entregent
