// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace entregent::bench {

enum class TextType : bool { plain, html };

/// Makes new words of a decoded text part; its bytes are in whatever charset the part has.
using TextChange = std::function<std::string(std::string_view text, TextType type)>;

/// The message with `change` applied to every text/* part, each sent back through its own transfer encoding. Everything
/// else is kept byte for byte, also what cannot be understood.
std::string with_texts_changed(std::string_view message, const TextChange& change);

/// The value of a header of this block, unfolded, or empty. Names are compared without regard to case.
std::string header_value(std::string_view headers, std::string_view name);

/// Headers and body; the blank line stands at the end of the headers.
struct MessageParts {
  std::string_view headers, body;
};
MessageParts split_message(std::string_view message);

}  // namespace entregent::bench
