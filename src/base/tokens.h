// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The one tokenizer of the house: full text, queries, names in texts. Words are folded surface forms (base/text.h);
/// elisions
/// (`l'`, `d'`, `qu'`, `jusqu'` …, typographic apostrophe too) are cut; `C++`, `C#`, `F#`, `S/4` stay words; compounds,
/// addresses and URLs come in parts at neighbouring positions, so that the whole is found as a phrase of its parts;
/// each ideograph is a word.
namespace entregent {

/// Changes whenever the same text may give other words: an index made by another version is rebuilt from its stored
/// texts. What was forgotten is known by marks of such words, which cannot be made anew: the words of names stay.
inline constexpr int tokenizer_version = 1;

/// A longer word is left out (it is no word but data).
inline constexpr std::size_t max_token_bytes = 64;

/// Called with a word, valid during the call only, and where it stands in the text: [begin, end) in bytes. Return false
/// to stop.
using TokenSink = bool (*)(void* context, std::string_view word, std::size_t begin, std::size_t end);

/// `text` is valid UTF-8 (broken bytes separate words). Returns false if the sink stopped.
bool tokenize(std::string_view text, void* context, TokenSink sink);

std::vector<std::string> tokens(std::string_view text);

/// The Snowball stems of a folded word, French and English; either may equal the word.
struct Stems {
  std::string french;
  std::string english;
};

/// Owns the two stemmers, which are not shareable between threads.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;
  Stems stems(std::string_view word);

 private:
  struct State;
  State* state_;
};

}  // namespace entregent
