// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "lexicon.h"

namespace entregent::bench {

/// Running text about one topic: words by their frequency, pairs that recur, numbers, codes and links in between. The
/// words mean nothing together; what an index sees of them (how many, how often, where again) is that of mail.
class TextMaker {
 public:
  /// All texts with the same `topic` share its words. `lexicon` must live as long.
  TextMaker(const Lexicon& lexicon, std::uint64_t topic, Random random);

  std::string sentence();
  std::string paragraph(std::size_t words);
  std::string subject();
  std::string word();
  std::string code();  ///< a number, date, amount, reference, file name, link …
  Random& random() { return random_; }

 private:
  std::size_t next_rank();
  std::string link();

  const Lexicon& lexicon_;
  std::vector<std::size_t> topic_;
  Random random_;
  std::size_t previous_ = 0;
};

/// The lines of a paragraph, each at most `columns` wide unless one word is longer.
std::vector<std::string> wrapped(std::string_view paragraph, std::size_t columns);

}  // namespace entregent::bench
