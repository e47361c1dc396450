// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "random.h"

namespace entregent::bench {

enum class Language : std::uint8_t { french, english };

/// The words of one language by falling frequency: function words, then the listed words and their inflections, then
/// families of words built of syllables. The same in every world, whatever its seed: a language is not drawn anew for
/// each box.
class Lexicon {
 public:
  explicit Lexicon(Language language);

  Language language() const { return language_; }
  std::size_t size() const { return words_.size(); }
  const std::string& word(std::size_t rank) const { return words_[rank]; }
  std::size_t draw(Random& random) const { return chooser_.draw(random); }
  /// One of the few words that like to follow this one: gives pairs that come again, as in real text, without a table
  /// of pairs.
  std::size_t follower(std::size_t rank, Random& random) const;
  /// A word of any frequency below the function words, the commoner orders of magnitude somewhat more often.
  std::size_t topical(Random& random) const;

  const std::vector<std::string>& sentences() const { return sentences_; }
  const std::vector<std::string>& greetings() const { return greetings_; }
  const std::vector<std::string>& closings() const { return closings_; }

 private:
  Language language_;
  std::size_t function_words_ = 0;
  std::vector<std::string> words_;
  Chooser chooser_;
  std::vector<std::string> sentences_, greetings_, closings_;
};

/// A word of syllables in the phonology of the language, lower case: also makes names.
std::string built_word(Language language, Random& random);

}  // namespace entregent::bench
