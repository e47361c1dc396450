// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shuffle.h"

#include <algorithm>

#include "latin.h"
#include "random.h"

namespace entregent::bench {

namespace {

bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
bool is_word_byte(char byte) {
  return is_letter(byte) || byte == '_' || (byte >= '0' && byte <= '9') || static_cast<unsigned char>(byte) >= 0x80;
}

/// Letters only, or letters joined as programmers do, and more than one: what is drawn and replaced.
bool is_plain_word(std::string_view word) {
  return word.size() > 1 && is_letter(word.front()) &&
         std::all_of(word.begin(), word.end(), [](char byte) { return is_letter(byte) || byte == '_'; });
}

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = word.size();
  for (const char byte : word) hash = mix(hash, static_cast<unsigned char>(byte) | 0x20u);
  return hash;
}

std::string in_case_of(std::string_view pattern, const std::string& word) {
  const auto is_lower = [](char byte) { return byte >= 'a' && byte <= 'z'; };
  if (std::none_of(pattern.begin(), pattern.end(), is_lower)) return upper_letters(word);
  return is_lower(pattern.front()) ? word : capitalised(word);
}

bool ends_attribution(std::string_view line) {
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  return line.ends_with("wrote:") || line.ends_with("writes:") || line.ends_with("-----");
}

/// Calls `word` for every word of a line outside tags and character references, `other` for every byte else.
template <class Word, class Other>
void walk_line(std::string_view line, TextType type, bool& in_tag, Word word, Other other) {
  for (std::size_t i = 0; i < line.size();) {
    if (type == TextType::html && (line[i] == '<' || line[i] == '>')) in_tag = line[i] == '<';
    const bool reference =
        type == TextType::html && line[i] == '&' && line.substr(i, 10).find(';') != std::string_view::npos;
    if (in_tag || reference || !is_word_byte(line[i])) {
      const std::size_t end = reference ? line.find(';', i) + 1 : i + 1;
      for (; i < end; ++i) other(line[i]);
      continue;
    }
    std::size_t end = i;
    while (end < line.size() && is_word_byte(line[end])) ++end;
    word(line.substr(i, end - i));
    i = end;
  }
}

class Shuffler {
 public:
  Shuffler(const Vocabulary& vocabulary, std::uint64_t seed, TextType type)
      : vocabulary_(vocabulary), seed_(seed), type_(type) {}

  std::string change(std::string_view text) {
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      change_line(line);
      if (line.size() < text.size()) result_ += '\n';
      text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return std::move(result_);
  }

 private:
  void change_line(std::string_view line) {
    const std::size_t marks = std::min(line.find_first_not_of("> \t|"), line.size());
    const auto depth = std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(marks), '>');
    if (marks == line.size() || depth != depth_) before_ = last_ = 0;  // another paragraph or another voice
    depth_ = depth;
    if (ends_attribution(line)) {
      result_ += line;
      return;
    }
    walk_line(
        line, type_, in_tag_, [this](std::string_view word) { change_word(word); },
        [this](char byte) { result_ += byte; });
  }

  void change_word(std::string_view word) {
    const std::uint64_t hash = hash_of(word);
    if (is_plain_word(word))
      result_ += in_case_of(word, vocabulary_.at(mix(mix(mix(seed_, before_), last_), hash)));
    else
      result_ += word;
    before_ = last_;
    last_ = hash;
  }

  const Vocabulary& vocabulary_;
  std::uint64_t seed_;
  TextType type_;
  std::string result_;
  std::ptrdiff_t depth_ = 0;
  std::uint64_t before_ = 0, last_ = 0;
  bool in_tag_ = false;
};

}  // namespace

void Vocabulary::learn(std::string_view text, TextType type) {
  bool in_tag = false;
  walk_line(
      text, type, in_tag,
      [this](std::string_view word) {
        if (is_plain_word(word)) words_.push_back(lower_ascii(word));
      },
      [](char) {});
}

std::string shuffled(std::string_view text, TextType type, const Vocabulary& vocabulary, std::uint64_t seed) {
  return Shuffler(vocabulary, seed, type).change(text);
}

}  // namespace entregent::bench
