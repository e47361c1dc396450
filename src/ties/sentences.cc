// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/sentences.h"

#include <algorithm>

#include "base/text.h"

namespace entregent::ties {
namespace {

/// Nobody writes a longer one; a mail of a megabyte without a full stop is cut.
constexpr std::size_t longest_sentence = 600;
constexpr std::size_t longest_text = 20'000;

bool is_link(std::string_view word) {
  return word.find("://") != std::string_view::npos || word.starts_with("www.");
}

bool is_bullet(std::string_view line) {
  return line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ");
}

class Cutter {
 public:
  std::vector<Sentence> cut(std::string_view text) {
    while (!text.empty()) {
      const auto end = text.find('\n');
      line(trimmed(text.substr(0, end)));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    finish();
    return std::move(result_);
  }

 private:
  void line(std::string_view text) {
    if (text.empty() || is_bullet(text)) finish();
    while (!text.empty()) {
      const auto end = std::min(text.find(' '), text.size());
      word(text.substr(0, end));
      text = trimmed(text.substr(end));
    }
    if (current_.ends_with(',') && result_.empty() && current_.size() < 40) finish();  // Dear Léa,
  }

  void word(std::string_view word) {
    if (is_link(word)) return;
    current_ += (current_.empty() ? "" : " ") + std::string(word);
    while (word.ends_with(')') || word.ends_with('"')) word.remove_suffix(1);
    const bool ends = word.ends_with('.') || word.ends_with('!') || word.ends_with('?') || word.ends_with("…");
    if ((ends && word.size() != 2) || current_.size() > longest_sentence || word == "?") finish();  // not `J.`
  }

  void finish() {
    if (current_.empty()) return;
    Sentence sentence{.text = current_, .folded = " " + folded(squeezed(current_)) + " ", .question = false};
    for (std::size_t at = 0; (at = sentence.folded.find("\u2019", at)) != std::string::npos;)
      sentence.folded.replace(at, std::string_view("\u2019").size(), "'");
    sentence.question = current_.find('?') != std::string::npos;
    result_.push_back(std::move(sentence));
    current_.clear();
  }

  std::string current_;
  std::vector<Sentence> result_;
};

bool is_letter_here(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::vector<Sentence> sentences(std::string_view text) {
  return Cutter().cut(utf8_prefix(text, longest_text));
}

bool holds(const Sentence& sentence, std::string_view phrase) {
  const bool open = phrase.ends_with('*');
  if (open) phrase.remove_suffix(1);
  const std::string_view text = sentence.folded;
  for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    const auto end = at + phrase.size();
    const bool begins = at == 0 || !is_letter_here(text[at - 1]);
    if (begins && (open || end >= text.size() || !is_letter_here(text[end]))) return true;
  }
  return false;
}

}  // namespace entregent::ties
