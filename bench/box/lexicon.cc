// SPDX-License-Identifier: AGPL-3.0-or-later
#include "lexicon.h"

#include <array>
#include <cmath>
#include <string_view>
#include <unordered_set>

#include "latin.h"
#include "word_list.h"

namespace entregent::bench {

namespace {

constexpr std::size_t lexicon_size = 150000;
constexpr std::uint64_t language_seed = 2006;

std::string_view file_of(Language language) {
  return language == Language::french ? "french.txt" : "english.txt";
}

bool ends_in(std::string_view word, std::string_view letters) {
  return !word.empty() && letters.find(word.back()) != std::string_view::npos;
}

using Forms = std::vector<std::string>;

Forms french_noun(const std::string& noun) {
  if (ends_in(noun, "sxz")) return {noun};
  return {noun, noun + (noun.ends_with("eau") ? "x" : "s")};
}

Forms french_verb(const std::string& verb) {
  const std::string stem = verb.substr(0, verb.size() - 2);
  Forms forms{verb};
  for (const char* ending : {"e", "é", "ée", "és", "ons", "ez", "ent", "ait", "aient", "ant", "era", "eront"})
    forms.push_back(stem + ending);
  return forms;
}

Forms french_adjective(const std::string& adjective) {
  if (adjective.ends_with("e")) return {adjective, adjective + "s", adjective + "ment"};
  if (adjective.ends_with("if")) {
    const std::string stem = adjective.substr(0, adjective.size() - 1);
    return {adjective, adjective + "s", stem + "ve", stem + "ves", stem + "vement"};
  }
  if (adjective.ends_with("eux")) {
    const std::string stem = adjective.substr(0, adjective.size() - 1);
    return {adjective, stem + "se", stem + "ses", stem + "sement"};
  }
  const std::string plural = ends_in(adjective, "sx") ? adjective : adjective + "s";
  return {adjective, adjective + "e", plural, adjective + "es"};
}

Forms english_noun(const std::string& noun) {
  if (ends_in(noun, "sxhz")) return {noun, noun + "es"};
  if (noun.ends_with("y") && noun.size() > 2 && !ends_in(noun.substr(0, noun.size() - 1), "aeiou"))
    return {noun, noun.substr(0, noun.size() - 1) + "ies"};
  return {noun, noun + "s"};
}

Forms english_verb(const std::string& verb) {
  if (verb.ends_with("e")) {
    const std::string stem = verb.substr(0, verb.size() - 1);
    return {verb, verb + "s", verb + "d", stem + "ing"};
  }
  if (verb.ends_with("y") && !ends_in(verb.substr(0, verb.size() - 1), "aeiou")) {
    const std::string stem = verb.substr(0, verb.size() - 1);
    return {verb, stem + "ies", stem + "ied", verb + "ing"};
  }
  return {verb, verb + (ends_in(verb, "sxhz") ? "es" : "s"), verb + "ed", verb + "ing"};
}

Forms english_adjective(const std::string& adjective) {
  if (adjective.ends_with("y")) return {adjective, adjective.substr(0, adjective.size() - 1) + "ily"};
  return {adjective, adjective + "ly"};
}

/// The inflections of a base form, of the kind that a random number says where the form was built.
Forms forms_of(Language language, std::size_t kind, const std::string& base) {
  const bool french = language == Language::french;
  if (kind == 0) return french ? french_noun(base) : english_noun(base);
  if (kind == 1) return french ? french_verb(base.ends_with("er") ? base : base + "er") : english_verb(base);
  return french ? french_adjective(base) : english_adjective(base);
}

/// A built word as the stem of a verb: French endings want a consonant before them.
std::string verb_stem(Language language, std::string word) {
  if (language == Language::french && std::string_view("bcdfglmnprstv").find(word.back()) == std::string_view::npos)
    word += 'n';
  return word;
}

std::vector<std::string> built_forms(Language language, Random& random) {
  const std::size_t kind = random.below(3);
  const std::string word = built_word(language, random);
  return forms_of(language, kind, kind == 1 ? verb_stem(language, word) : word);
}

std::vector<std::string> listed_forms(Language language) {
  static constexpr std::array sections{"noun", "verb", "adjective"};
  std::vector<std::string> all;
  for (std::size_t kind = 0; kind < sections.size(); ++kind)
    for (const std::string& base : listed_words(file_of(language), sections[kind]))
      for (std::string& form : forms_of(language, kind, base)) all.push_back(std::move(form));
  return all;
}

/// Zipf's law with its bend: rare words are rarer than the common ones foretell (Ferrer i Cancho and Solé 2001).
std::vector<double> word_weights(std::size_t count) {
  constexpr std::size_t bend = 6000;
  std::vector<double> weights = power_law(count, 2.7, 1.0);
  for (std::size_t rank = bend; rank < count; ++rank)
    weights[rank] *= std::pow(static_cast<double>(bend) / static_cast<double>(rank), 0.35);
  return weights;
}

void shuffle_from(std::vector<std::string>& words, std::size_t begin, Random& random) {
  for (std::size_t i = words.size(); i > begin + 1; --i)
    std::swap(words[i - 1], words[begin + random.below(i - begin)]);
}

void append_new(std::vector<std::string>& words, std::unordered_set<std::string>& known, std::string word) {
  if (known.insert(word).second) words.push_back(std::move(word));
}

std::vector<std::string> ranked_words(Language language, std::size_t& function_words) {
  Random random(language_seed, 1, static_cast<std::uint64_t>(language));
  std::vector<std::string> words;
  std::unordered_set<std::string> known;
  for (std::string& word : listed_words(file_of(language), "function")) append_new(words, known, std::move(word));
  function_words = words.size();
  for (std::string& word : listed_forms(language)) append_new(words, known, std::move(word));
  shuffle_from(words, function_words, random);
  const std::size_t built_from = words.size();
  while (words.size() < lexicon_size)
    for (std::string& form : built_forms(language, random)) append_new(words, known, std::move(form));
  shuffle_from(words, built_from, random);
  return words;
}

/// Where a syllable begins, what it sounds of and how it ends; a blank stands for nothing.
struct Phonology {
  std::vector<std::string> onsets, nuclei, codas;
};

const Phonology& phonology(Language language) {
  static const Phonology french{
      {"b", "c",  "ch", "d",  "f",  "g",  "j",  "l",  "m",  "n",  "p",  "r",  "s",  "t",
       "v", "br", "cr", "dr", "fr", "gr", "pl", "pr", "tr", "bl", "cl", "gl", "qu", "v"},
      {"a", "e", "i", "o", "u", "é", "è", "ou", "on", "an", "in", "ai", "eu", "oi", "au", "en", "ui"},
      {"", "", "", "r", "l", "s", "t", "c", "n", "rt", "st", "lle", "sse", "gne", "che"}};
  static const Phonology english{
      {"b",  "c",  "ch", "d",  "f", "g",  "h",  "j",  "k",  "l",  "m",  "n",  "p",  "r",  "s",
       "sh", "st", "t",  "th", "w", "br", "cl", "dr", "fl", "gr", "pl", "sk", "sp", "tr", "v"},
      {"a", "e", "i", "o", "u", "ea", "ee", "oo", "ou", "ai", "ow", "y"},
      {"", "", "n", "r", "l", "t", "d", "s", "m", "ck", "nd", "nt", "st", "sh", "rk", "ll", "p", "ng"}};
  return language == Language::french ? french : english;
}

}  // namespace

std::string built_word(Language language, Random& random) {
  const Phonology& sounds = phonology(language);
  std::string word = random.chance(0.15) ? "" : random.pick(sounds.onsets);
  const double length = random.uniform();
  const std::size_t syllables = length < 0.12 ? 1 : length < 0.7 ? 2 : 3;
  for (std::size_t i = 0; i < syllables; ++i) {
    if (i > 0) word += random.pick(sounds.onsets);
    word += random.pick(sounds.nuclei);
  }
  return word + random.pick(sounds.codas);
}

Lexicon::Lexicon(Language language)
    : language_(language),
      words_(ranked_words(language, function_words_)),
      chooser_(word_weights(words_.size())),
      sentences_(listed_phrases(file_of(language), "sentence")),
      greetings_(listed_phrases(file_of(language), "greeting")),
      closings_(listed_phrases(file_of(language), "closing")) {}

std::size_t Lexicon::follower(std::size_t rank, Random& random) const {
  return chooser_.at(mix(rank, random.geometric(3)));
}

std::size_t Lexicon::topical(Random& random) const {
  const double low = std::log(static_cast<double>(function_words_));
  const double high = std::log(static_cast<double>(words_.size()));
  return static_cast<std::size_t>(std::exp(low + std::pow(random.uniform(), 1.5) * (high - low)));
}

}  // namespace entregent::bench
