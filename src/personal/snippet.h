// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "personal/packed.h"

namespace entregent::personal {

/// Where a text holds the words that were asked for.
enum class MatchedIn : std::uint8_t { nothing, title, fresh, signature, quoted, attachment, people };

struct Snippet {
  MatchedIn where = MatchedIn::nothing;
  std::string text;  ///< about 160 bytes, one line
  /// Stretches of `text` that match: [begin, end) in bytes, ascending.
  std::vector<std::pair<std::size_t, std::size_t>> marks;
};

/// The forms in which one word that was asked for may stand: folded; a trailing `*` matches a prefix.
using WordForms = std::vector<std::string>;

/// The stretch of the item's words in which most of `wanted` stand together; the sender's own words win over quoted
/// ones, they over the rest.
Snippet make_snippet(const Texts& texts, std::span<const WordForms> wanted);

}  // namespace entregent::personal
