// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mime_text.h"

namespace entregent::bench {

/// The words of a corpus in their running order: drawing a place at random draws a word with its frequency.
class Vocabulary {
 public:
  void learn(std::string_view text, TextType type);
  const std::string& at(std::uint64_t hash) const { return words_[static_cast<std::size_t>(hash % words_.size())]; }
  bool empty() const { return words_.empty(); }

 private:
  std::vector<std::string> words_;
};

/// The text with each word of ASCII letters replaced by one drawn from the vocabulary. Lines, quote marks, capitals,
/// numbers, words with other letters and attribution lines stay. The draw hangs on `seed` and on the word with the two
/// before it, so what is quoted in an answer becomes the same words as in its original.
std::string shuffled(std::string_view text, TextType type, const Vocabulary& vocabulary, std::uint64_t seed);

}  // namespace entregent::bench
