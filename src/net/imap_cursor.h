// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entregent::net {

/// Reads the words of one IMAP response from left to right (RFC 9051 §9). Each function consumes what it gives; where
/// it gives nothing the place is not defined any more. `text` outlives the object.
class ImapCursor {
 public:
  explicit ImapCursor(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  bool take(char expected);
  bool next_is(char expected) const { return !rest_.empty() && rest_.front() == expected; }

  /// Up to a space, parenthesis, quote or the end, with a leading backslash allowed; in square brackets anything
  /// (`BODY[HEADER.FIELDS (DATE)]<0>`). Never empty.
  std::optional<std::string_view> atom();
  std::optional<std::uint64_t> number();
  std::optional<std::uint32_t> number32();
  /// A quoted string or a literal.
  std::optional<std::string> string();
  /// Those or an atom.
  std::optional<std::string> astring();
  /// A string; `NIL` gives an empty one.
  std::optional<std::string> nstring();
  /// Passes over one value of any kind; false if there is none, or lists stand deeper in each other than max_nesting.
  bool skip_value();

 private:
  std::optional<std::string> quoted();
  std::optional<std::string> literal();
  bool skip_plain();
  std::string_view rest_;
};

/// ASCII letters only.
std::string ascii_upper(std::string_view text);
std::string ascii_lower(std::string_view text);

}  // namespace entregent::net
