// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text_maker.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "latin.h"

namespace entregent::bench {

namespace {

constexpr std::uint64_t topic_purpose = 31;

}  // namespace

TextMaker::TextMaker(const Lexicon& lexicon, std::uint64_t topic, Random random) : lexicon_(lexicon), random_(random) {
  Random own(topic, topic_purpose, 0);
  for (int i = 0; i < 24; ++i) topic_.push_back(lexicon.topical(own));
}

std::size_t TextMaker::next_rank() {
  const double kind = random_.uniform();
  if (kind < 0.10) return topic_[std::min(random_.below(topic_.size()), random_.below(topic_.size()))];
  if (kind < 0.45) return lexicon_.follower(previous_, random_);
  return lexicon_.draw(random_);
}

std::string TextMaker::word() {
  previous_ = next_rank();
  const std::string& text = lexicon_.word(previous_);
  if (!text.ends_with('\'')) return text;
  for (int tries = 0; tries < 8; ++tries) {  // an elision stands before a vowel
    previous_ = lexicon_.draw(random_);
    const std::string& next = lexicon_.word(previous_);
    if (begins_with_vowel(next) && !next.ends_with('\'')) return text + next;
  }
  return text + "eau";
}

std::string TextMaker::link() {
  std::string path;
  for (std::size_t i = random_.between(1, 3); i > 0; --i) path += "/" + lower_ascii(without_accents(word()));
  return fmt::format("https://www.{}.example{}?id={}", lower_ascii(without_accents(lexicon_.word(topic_[0]))), path,
                     random_.below(100000));
}

std::string TextMaker::code() {
  switch (random_.below(10)) {
    case 0:
      return std::to_string(random_.between(2, 40));
    case 1:
      return std::to_string(random_.below(20000));
    case 2:
      return fmt::format("{},{:02} EUR", random_.below(5000), random_.below(100));
    case 3:
      return fmt::format("{:02}/{:02}/{}", random_.between(1, 28), random_.between(1, 12), random_.between(2017, 2025));
    case 4:
      return fmt::format("{}h{:02}", random_.between(8, 19), random_.below(4) * 15);
    case 5:
      return fmt::format("{}-{}-{:04}", upper_letters(without_accents(lexicon_.word(topic_[1])).substr(0, 3)),
                         random_.between(2017, 2025), random_.below(10000));
    case 6:
      return fmt::format("{}_v{}.pdf", lower_ascii(without_accents(word())), random_.between(1, 9));
    case 7:
      return fmt::format("{:07x}", random_.next() & 0xfffffff);
    case 8:
      return fmt::format("{}.{}.{}", random_.below(9), random_.below(20), random_.below(60));
    default:
      return link();
  }
}

std::string TextMaker::sentence() {
  if (random_.chance(0.07)) return random_.pick(lexicon_.sentences());
  const std::size_t words = random_.between(3, 24);
  std::string text = capitalised(word());
  for (std::size_t i = 1; i < words; ++i) {
    text += random_.chance(0.07) ? ", " : " ";
    text += random_.chance(0.018) ? code() : word();
  }
  static constexpr std::array ends{".", ".", ".", ".", ".", ".", ".", "?", "!", ":"};
  const std::string_view end = ends[random_.below(ends.size())];
  const bool spaced = lexicon_.language() == Language::french && end != ".";
  return text + (spaced ? " " : "") + std::string(end);
}

std::string TextMaker::paragraph(std::size_t words) {
  std::string text;
  for (std::size_t blanks = 0; blanks < words;) {
    const std::string next = sentence();
    blanks += static_cast<std::size_t>(std::count(next.begin(), next.end(), ' ')) + 1;
    text += (text.empty() ? "" : " ") + next;
  }
  return text;
}

std::string TextMaker::subject() {
  std::string text = capitalised(lexicon_.word(topic_[random_.below(6)]));
  for (std::size_t i = random_.between(1, 6); i > 0; --i)
    text += " " + (random_.chance(0.1)   ? code()
                   : random_.chance(0.4) ? lexicon_.word(topic_[random_.below(12)])
                                         : word());
  return text;
}

std::vector<std::string> wrapped(std::string_view paragraph, std::size_t columns) {
  std::vector<std::string> lines;
  while (paragraph.size() > columns) {
    std::size_t end = paragraph.rfind(' ', columns);
    if (end == std::string_view::npos) end = paragraph.find(' ');
    if (end == std::string_view::npos) break;
    lines.emplace_back(paragraph.substr(0, end));
    paragraph.remove_prefix(end + 1);
  }
  lines.emplace_back(paragraph);
  return lines;
}

}  // namespace entregent::bench
