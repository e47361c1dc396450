// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace entregent::readers {

/// What RTF is written in, piece by piece.
struct RtfToken {
  enum class Kind { begin, end, word, optional, byte, text };
  Kind kind = Kind::text;
  std::string_view word;      ///< of a control word or symbol, without its backslash
  std::optional<int> number;  ///< of a control word
  std::string_view text;      ///< bytes as they are shown: `\'e9` is one
};

/// Cuts RTF into tokens; views live until the next call. Line ends are nothing; the bytes behind \bin are passed over.
class RtfTokens {
 public:
  explicit RtfTokens(std::string_view bytes) : bytes_(bytes) {}
  std::optional<RtfToken> next();

 private:
  RtfToken control();
  RtfToken control_word();

  std::string_view bytes_;
  std::size_t at_ = 0;
  char byte_ = '\0';
};

}  // namespace entregent::readers
