// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The line that vCard and iCalendar share (RFC 6350 §3.3, RFC 5545 §3.1, vCard 2.1 §2.1): folding, name, parameters,
/// value.
namespace entregent::readers {

/// 8-bit text of a file: UTF-16 with or without its mark is made UTF-8, kept in `storage`; a UTF-8 mark is cut off;
/// other bytes stay.
std::string_view eight_bit(std::string_view bytes, std::string& storage);

/// Gives the logical lines of 8-bit text one by one.
/// - Breaks are CRLF, LF, CR and CR CR LF; empty lines are passed over.
/// - A line that begins with a space or tab continues the one before. From `VERSION:2.1` to the next `BEGIN` the blank
/// itself is
///   text (vCard 2.1 folds at blanks), except in a quoted-printable value.
/// - A quoted-printable value (`QUOTED-PRINTABLE` among the parameters, also without `ENCODING=`) that ends in `=` goes
/// on in the
///   next line, which needs no blank; never over an `END:` or `BEGIN:`.
/// - What continues a picture, sound or key is passed over unread.
class LineReader {
 public:
  /// `text` must outlive the reader.
  explicit LineReader(std::string_view text) : text_(text) {}
  /// Nothing at the end. The line holds no line break and does not begin with a blank.
  std::optional<std::string> next();

 private:
  std::optional<std::string_view> physical();
  [[nodiscard]] std::optional<std::string_view> peek();
  bool continues(std::string& line, bool quoted_printable, bool binary);

  std::string_view text_;
  std::size_t at_ = 0;
  bool old_folding_ = false;
};

/// All of them; unfolding its own output changes nothing.
std::vector<std::string> unfold(std::string_view bytes);

struct Parameter {
  std::string name;                 ///< upper case; a bare word (`HOME`) is a TYPE, or an ENCODING if it names one
  std::vector<std::string> values;  ///< without quotes, RFC 6868's `^n ^' ^^` decoded
};

struct ContentLine {
  std::string group;                  ///< `item1`, lower case
  std::string name;                   ///< upper case
  std::vector<Parameter> parameters;  ///< in order
  std::string value;  ///< valid UTF-8, quoted-printable and base64 text decoded, backslashes still in it
  bool charset_guessed = false;

  /// The first value of the parameter, or empty.
  [[nodiscard]] std::string_view parameter(std::string_view wanted) const;
  /// All values of all parameters of that name, in lower case.
  [[nodiscard]] std::vector<std::string> all(std::string_view wanted) const;
};

/// Nothing if the line has no `name:`; a bad parameter is passed over.
std::optional<ContentLine> parse_content_line(std::string_view line);

/// Bytes that no charset is declared for: UTF-8, else Windows-1252, and UTF-8 that was encoded twice put right
/// (`guessed` is set).
std::string decoded_line(std::string_view bytes, bool& guessed);

/// `\n \, \; \: \" \\` as the characters they stand for, CRLF as LF; other backslashes stay. NUL cannot be in it.
std::string unescaped(std::string_view value);

/// Cuts at each `separator` that no backslash protects, and unescapes the parts.
std::vector<std::string> split_value(std::string_view value, char separator);

}  // namespace entregent::readers
