// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/tokens.h"

#include <array>
#include <cstdio>  // libstemmer.h needs it first
#include <stdexcept>
#include <utility>

#include <libstemmer.h>

#include "base/fold_table.h"
#include "base/text.h"

namespace entregent {
namespace {

constexpr std::array<unsigned char, 128> make_ascii_words() {
  std::array<unsigned char, 128> result{};
  for (unsigned char c = '0'; c <= '9'; ++c) result[c] = c;
  for (unsigned char c = 'a'; c <= 'z'; ++c) result[c] = c;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) result[c] = static_cast<unsigned char>(c + 32);
  return result;
}
/// The folded byte of an ASCII letter or digit, 0 for a separator.
constexpr auto ascii_words = make_ascii_words();

constexpr std::array<std::string_view, 13> elisions = {"l", "d",  "j",     "m",      "t",      "s",     "n",
                                                       "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"};

bool is_elision(std::string_view word) {
  if (word.size() > 6) return false;
  for (const auto elision : elisions)
    if (word == elision) return true;
  return false;
}

/// Bytes of the apostrophe at `at`: ' or ’ (U+2019) or ʼ (U+02BC), else 0.
std::size_t apostrophe(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\'') return 1;
  if (text.substr(at, 3) == "\xE2\x80\x99") return 3;
  if (text.substr(at, 2) == "\xCA\xBC") return 2;
  return 0;
}

bool word_starts(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return ascii_words[byte] != 0;
  return character_class(next_character(text, at)) == CharacterClass::word;
}

/// Walks one text. The word being built lies in `word_`, folded.
class Walk {
 public:
  Walk(std::string_view text, void* context, TokenSink sink) : text_(text), context_(context), sink_(sink) {
    word_.reserve(max_token_bytes * 2);
  }

  bool run() {
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x80 ? !ascii_step(byte) : !wide_step()) return false;
    }
    return end_word(at_);
  }

 private:
  bool ascii_step(unsigned char byte) {
    if (const unsigned char letter = ascii_words[byte]; letter != 0) {
      if (word_.empty()) begin_ = at_;
      word_.push_back(static_cast<char>(letter));
      ++at_;
      return true;
    }
    if (word_.empty()) {
      ++at_;
      return true;
    }
    return separator(byte);
  }

  bool wide_step() {
    const std::size_t start = at_;
    if (const std::size_t length = apostrophe(text_, at_); length != 0) return cut_or_end(length);
    const char32_t c = next_character(text_, at_);
    switch (character_class(c)) {
      case CharacterClass::mark:
        return true;  // folded away; never ends a word
      case CharacterClass::word:
        if (word_.empty()) begin_ = start;
        append_folded(word_, c);
        return true;
      case CharacterClass::ideograph: {
        if (!end_word(start)) return false;
        begin_ = start;
        append_folded(word_, c);
        return end_word(at_);
      }
      case CharacterClass::separator:
        return end_word(start);
    }
    return true;
  }

  /// At an ASCII separator after a word.
  bool separator(unsigned char byte) {
    switch (byte) {
      case '\'':
        return cut_or_end(1);
      case '+':
        return word_.size() == 1 && text_.substr(at_, 2) == "++" && !word_starts(text_, at_ + 2) ? keep(2)
                                                                                                 : end_and_pass();
      case '#':
        return word_.size() == 1 && !word_starts(text_, at_ + 1) ? keep(1) : end_and_pass();
      case '/':
        return is_release_name() ? keep(1) : end_and_pass();
      default:
        return end_and_pass();
    }
  }

  /// `S/4` as in S/4HANA: one letter, a slash, a digit.
  bool is_release_name() const {
    return word_.size() == 1 && word_[0] >= 'a' && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' &&
           text_[at_ + 1] <= '9' && (begin_ == 0 || text_[begin_ - 1] != '/');
  }

  /// Takes `length` separator bytes into the word.
  bool keep(std::size_t length) {
    word_.append(text_.substr(at_, length));
    at_ += length;
    return true;
  }

  bool end_and_pass() {
    const bool go_on = end_word(at_);
    ++at_;
    return go_on;
  }

  /// At an apostrophe of `length` bytes: an elision before a word is dropped, all else ends the word.
  bool cut_or_end(std::size_t length) {
    const std::size_t end = at_;
    at_ += length;
    if (word_starts(text_, at_) && is_elision(word_)) {
      word_.clear();
      return true;
    }
    return end_word(end);
  }

  bool end_word(std::size_t end) {
    if (word_.empty()) return true;
    const bool go_on = word_.size() > max_token_bytes || sink_(context_, word_, begin_, end);
    word_.clear();
    return go_on;
  }

  std::string_view text_;
  void* context_;
  TokenSink sink_;
  std::string word_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

}  // namespace

bool tokenize(std::string_view text, void* context, TokenSink sink) {
  return Walk(text, context, sink).run();
}

std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> result;
  tokenize(text, &result, [](void* context, std::string_view word, std::size_t, std::size_t) {
    static_cast<std::vector<std::string>*>(context)->emplace_back(word);
    return true;
  });
  return result;
}

struct Stemmer::State {
  sb_stemmer* french = nullptr;
  sb_stemmer* english = nullptr;
};

Stemmer::Stemmer() : state_(new State{sb_stemmer_new("french", "UTF_8"), sb_stemmer_new("english", "UTF_8")}) {
  if (state_->french == nullptr || state_->english == nullptr)
    throw std::runtime_error("libstemmer has no French or English");
}

Stemmer::~Stemmer() {
  if (state_ == nullptr) return;
  sb_stemmer_delete(state_->french);
  sb_stemmer_delete(state_->english);
  delete state_;
}

Stemmer::Stemmer(Stemmer&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}

Stemmer& Stemmer::operator=(Stemmer&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

Stems Stemmer::stems(std::string_view word) {
  const auto stem = [&](sb_stemmer* stemmer) {
    const auto* bytes =
        sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    return bytes == nullptr ? std::string(word)
                            : std::string(reinterpret_cast<const char*>(bytes),
                                          static_cast<std::size_t>(sb_stemmer_length(stemmer)));
  };
  return {stem(state_->french), stem(state_->english)};
}

}  // namespace entregent
