// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace entregent::ties {

/// What a mail's own words (neither quoted nor signature) want of whom they are written to.
struct Asked {
  enum class What { nothing, question, request };
  What what = What::nothing;
  std::string sentence;  ///< the one that asks, as it was written
  explicit operator bool() const { return what != What::nothing; }
};

/// A question, a request or a proposed date, in French or English. Thanks, greetings (`how are you?`) and closings
/// (`let me know if you have any questions`, `n’hésitez pas`) ask nothing.
Asked asks_something(std::string_view fresh_text);

}  // namespace entregent::ties
