// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// How programs turn UTF-8 into the bytes of a mail or a card. Lines end in LF.
namespace entregent::demo {

enum class Charset { ascii, utf8, latin1, latin9, windows1252 };
std::string_view name_of(Charset charset);

/// What the charset lacks becomes what an old program would write (' for ’, oe for œ, ? for the rest).
std::string in_charset(std::string_view utf8, Charset charset);
bool fits(std::string_view utf8, Charset charset);
bool is_ascii(std::string_view text);

std::string base64(std::string_view bytes);            ///< one line
std::string base64_lines(std::string_view bytes);      ///< lines of 76
std::string quoted_printable(std::string_view bytes);  ///< with soft breaks; LF stays a line end

/// RFC 2047: as it is if ASCII, else encoded words of at most 75 octets that never split a character. `charset` yields
/// to UTF-8 if it does not fit.
enum class Word { q, b };
std::string header_text(std::string_view utf8, Charset charset, Word word);

/// A display name as a phrase: an atom, a quoted string or encoded words.
std::string phrase(std::string_view name, Charset charset, Word word);

/// RFC 2231 parameter, in pieces where it is long: `; filename*=UTF-8''…`
std::string parameter_2231(std::string_view name, std::string_view utf8);

std::uint32_t crc32(std::string_view bytes);

/// Breaks paragraphs into lines of at most `width` characters; with `Flow::flowed`, RFC 3676 soft breaks and
/// space-stuffing.
enum class Flow { fixed, flowed };
std::string wrapped(std::string_view text, std::size_t width, Flow flow);

std::string html_escaped(std::string_view text);
std::string replaced(std::string text, std::string_view what, std::string_view by);
std::string lower(std::string_view utf8);  ///< ASCII and French letters
std::string upper(std::string_view utf8);
std::string without_accents(std::string_view utf8);

}  // namespace entregent::demo
