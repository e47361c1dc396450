// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/rarity.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <utility>

#include "people/name_tables.h"

namespace entregent::people {
namespace {

/// The tables weigh as much as a box of so many names.
constexpr double prior_weight = 1000;
/// Of an initial whose letter is not looked at.
constexpr double any_initial = 0.08;
/// Given names and surnames go together by country: a Breton surname makes a Breton given name likelier.
constexpr double dependence = 1.5;

/// Of a word that no table knows: the shorter, the likelier that somebody else has it.
double unknown_share(std::size_t letters) {
  static constexpr std::array<double, 7> by_length{1e-2, 1e-2, 2e-3, 3e-4, 8e-5, 2e-5, 8e-6};
  return letters < by_length.size() ? by_length[letters] : 4e-6;
}

double prior(std::string_view word) { return std::max({given_share(word), surname_share(word), unknown_share(word.size())}); }

/// Martin as a given name is rarer than as a surname: what the tables say of the other place counts by this.
constexpr double other_place = 0.25;

double prior(std::string_view word, NamePlace place) {
  const double given = given_share(word), surname = surname_share(word);
  const double best = place == NamePlace::given ? std::max(given, other_place * surname) : std::max(surname, other_place * given);
  return std::max(best, unknown_share(word.size()));
}

double digits_share(std::string_view digits) {
  if (digits.empty()) return 1;
  static constexpr std::array<double, 5> by_count{1, 0.12, 0.02, 4e-3, 0.02};  // four are most often a year
  if (digits.size() >= 6) return 1e-5;
  return digits.size() < by_count.size() ? by_count[digits.size()] : 3e-4;
}

NamePlace place_of(const NameForm& form, std::size_t word) { return word < form.given ? NamePlace::given : NamePlace::surname; }

std::uint64_t partner(std::string_view word) {
  std::uint64_t key = 0;
  for (const char c : word.substr(0, 3)) key = key << 8U | static_cast<unsigned char>(c);
  return key;
}

}  // namespace

Rarity::Rarity(const Corpus& corpus) : corpus_(corpus), bearers_(corpus.words.size(), 0) {
  // A word with so many different partners is borne by so many people; `Pierre Dupont` and `P. Dupont` count once.
  std::vector<std::uint64_t> pairs;
  for (Index form = 0; form < corpus.forms.size(); ++form) {
    if (corpus.forms[form].kind != NameKind::full) continue;
    ++names_;
    const auto ids = corpus.words_of(form);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::string_view other = corpus.words[i == 0 ? ids.back() : ids.front()];
      if (corpus.words[ids[i]].size() > 1 && other.size() > 1)
        pairs.push_back(std::uint64_t{ids[i]} << 32U | partner(other));
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const std::uint64_t pair : pairs) ++bearers_[pair >> 32U];
  people_ = std::max(people_, names_);
  shares_.reserve(corpus.words.size());
  for (std::size_t i = 0; i < corpus.words.size(); ++i) {
    shares_.push_back(mixed(static_cast<Index>(i), prior(corpus.words[i])));
  }
}

double initial_share(char letter) {
  // a to z, of given names in France, Germany and the United States, rounded.
  static constexpr std::array<double, 26> shares{0.10, 0.05, 0.09, 0.06, 0.06, 0.05, 0.05, 0.05, 0.03, 0.13, 0.04, 0.06, 0.12,
                                                 0.04, 0.02, 0.07, 0.005, 0.05, 0.09, 0.05, 0.01, 0.03, 0.02, 0.005, 0.01, 0.01};
  return letter >= 'a' && letter <= 'z' ? shares[static_cast<std::size_t>(letter - 'a')] : 0.01;
}

double Rarity::mixed(Index word, double prior_share) const {
  const double others = bearers_[word] > 0 ? bearers_[word] - 1.0 : 0.0;
  return (others + prior_weight * prior_share) / (names_ + prior_weight);
}

double Rarity::share(Index word, NamePlace place) const { return mixed(word, prior(corpus_.words[word], place)); }

double Rarity::share(std::string_view word) const {
  const Index id = corpus_.find_word(word);
  return id == no_index ? prior(word) : shares_[id];
}

bool Rarity::is_rare(std::string_view word) const {
  if (given_share(word) > 0 || surname_share(word) > 0) return false;
  const Index id = corpus_.find_word(word);
  return id == no_index || bearers_[id] <= 1;
}

double Rarity::name_chance(Index a, const NameMatch& match) const {
  const auto ids = corpus_.words_of(a);
  const NameForm& form = corpus_.forms[a];
  double chance = people_ * dependence;
  double floor = 5e-5;
  for (const std::uint8_t i : match.exact) {
    chance *= share(ids[i], place_of(form, i));
  }
  for (const std::uint8_t i : match.similar) {
    chance *= std::min(1.0, share(ids[i], place_of(form, i)) * (match.typo ? 10 : 4));
    floor += match.typo ? 2e-3 : 3e-4;
  }
  for (std::uint8_t i = 0; i < std::min<std::uint8_t>(match.initials, 2); ++i) chance *= any_initial;
  if (match.initial) floor += 5e-4;
  chance *= 1 + match.left_over;
  if (match.compound) chance = std::max(chance * 30, 0.01);
  return chance + floor;
}

double Rarity::known_share(std::string_view word) const {
  const Index id = corpus_.find_word(word);
  if (id != no_index && bearers_[id] > 0) return shares_[id];
  return std::max(given_share(word), surname_share(word));
}

double Rarity::core_share(std::string_view core) const {
  static constexpr std::array<double, 8> by_length{1e-2, 1e-2, 5e-3, 2e-3, 3e-4, 4e-5, 1e-5, 4e-6};
  double best = core.size() < by_length.size() ? by_length[core.size()] : 1e-6;
  best = std::max(best, 3 * known_share(core));
  for (std::size_t at = 1; at < core.size(); ++at) {
    const std::string_view left = core.substr(0, at), right = core.substr(at);
    const double l = at == 1 ? initial_share(core.front()) : known_share(left);
    const double r = right.size() == 1 ? initial_share(core.back()) : known_share(right);
    if (l > 0 && r > 0) best = std::max(best, dependence * l * r);
  }
  return best;
}

double Rarity::handle_share(std::string_view handle) const {
  std::size_t letters = handle.size();
  while (letters > 0 && handle[letters - 1] >= '0' && handle[letters - 1] <= '9') --letters;
  return core_share(handle.substr(0, letters)) * digits_share(handle.substr(letters));
}

}  // namespace entregent::people
