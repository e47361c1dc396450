// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entregent::ties {

/// One sentence of a mail: as it was written, and folded, with plain apostrophes and one blank between its words.
struct Sentence {
  std::string text, folded;
  bool question = false;  ///< ends with a question mark
};

/// The sentences of a text; lines broken by a mail program are joined, an empty line or a list's dash ends one.
/// Addresses of web pages are left out, as their question marks ask nothing.
std::vector<Sentence> sentences(std::string_view text);

/// Whether `phrase` stands in the folded sentence as whole words; a star at its end takes any ending.
bool holds(const Sentence& sentence, std::string_view phrase);

}  // namespace entregent::ties
