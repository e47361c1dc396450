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
constexpr double prior_weight = 400;
/// No word of the tables is longer.
constexpr std::size_t max_table_word = 16;

/// Of an initial whose letter is not looked at.
constexpr double any_initial = 0.08;
/// Given names and surnames go together by country: a Breton surname makes a Breton given name likelier.
constexpr double dependence = 1.5;

/// Of a word that no table knows: the shorter, the likelier that somebody else has it.
double unknown_share(std::size_t letters) {
  static constexpr std::array<double, 7> by_length{1e-2, 1e-2, 2e-3, 3e-4, 8e-5, 2e-5, 8e-6};
  return letters < by_length.size() ? by_length[letters] : 4e-6;
}

/// Martin as a given name is rarer than as a surname: what the tables say of the other place counts by this.
constexpr double other_place = 0.1;

/// Of those who have the name a short form is made of, so many are called by it.
constexpr double called_so = 0.1;

/// Tonio, whom no table of given names knows, is as many Antoines and Antonios.
double given_or_short(std::string_view word) {
  double best = given_share(word);
  if (best == 0)
    for (const auto name : short_forms(word)) best = std::max(best, called_so * given_share(name));
  return best;
}

double prior(std::string_view word, NamePlace place) {
  const double given = given_or_short(word), surname = surname_share(word);
  const double best =
      place == NamePlace::given ? std::max(given, other_place * surname) : std::max(surname, other_place * given);
  return std::max(best, unknown_share(word.size()));
}

double digits_share(std::string_view digits) {
  if (digits.empty()) return 1;
  static constexpr std::array<double, 5> by_count{1, 0.12, 0.02, 4e-3, 0.02};  // four are most often a year
  if (digits.size() >= 6) return 1e-5;
  return digits.size() < by_count.size() ? by_count[digits.size()] : 3e-4;
}

NamePlace place_of(const NameForm& form, std::size_t word) {
  return word < form.given ? NamePlace::given : NamePlace::surname;
}

std::uint64_t partner(std::string_view word) {
  std::uint64_t key = 0;
  for (const char c : word.substr(0, 3)) key = key << 8U | static_cast<unsigned char>(c);
  return key;
}

}  // namespace

/// The words of a compound given name are not drawn apart: Jean-Pierre is one name, and a common one.
bool is_common(const NameForm& form) {
  if (form.words.size() < 2 || (form.words.size() > 2 && form.given + 1 != form.words.size())) return false;
  const auto is_common_given = [](const auto& word) { return given_share(word) >= 5e-4; };
  return std::all_of(form.words.begin(), form.words.end() - 1, is_common_given) &&
         surname_share(form.words.back()) >= 3e-3;
}

Rarity::Rarity(const Corpus& corpus) : corpus_(corpus) {
  // A word with so many different partners is borne by so many people; `Pierre Dupont` and `P. Dupont` count once.
  std::array<std::vector<std::uint64_t>, 2> pairs;
  for (Index form = 0; form < corpus.forms.size(); ++form) {
    if (corpus.forms[form].kind != NameKind::full) continue;
    ++names_;
    const auto ids = corpus.words_of(form);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::string_view other = corpus.words[i == 0 ? ids.back() : ids.front()];
      const auto place = static_cast<std::size_t>(place_of(corpus.forms[form], i));
      if (corpus.words[ids[i]].size() > 1 && other.size() > 1)
        pairs[place].push_back(std::uint64_t{ids[i]} << 32U | partner(other));
    }
  }
  for (std::size_t place = 0; place < pairs.size(); ++place) {
    auto& list = pairs[place];
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    bearers_[place].assign(corpus.words.size(), 0);
    for (const std::uint64_t pair : list) ++bearers_[place][pair >> 32U];
  }
  people_ = std::max(people_, names_);
  fill_shares();
}

double initial_share(char letter) {
  // a to z, of given names in France, Germany and the United States, rounded.
  static constexpr std::array<double, 26> shares{0.10, 0.05, 0.09, 0.06, 0.06, 0.05,  0.05, 0.05,  0.03,
                                                 0.13, 0.04, 0.06, 0.12, 0.04, 0.02,  0.07, 0.005, 0.05,
                                                 0.09, 0.05, 0.01, 0.03, 0.02, 0.005, 0.01, 0.01};
  return letter >= 'a' && letter <= 'z' ? shares[static_cast<std::size_t>(letter - 'a')] : 0.01;
}

void Rarity::fill_shares() {
  for (const NamePlace place : {NamePlace::given, NamePlace::surname}) {
    const auto& here = bearers_[static_cast<std::size_t>(place)];
    const auto& there = bearers_[1 - static_cast<std::size_t>(place)];
    const double once = static_cast<double>(std::count(here.begin(), here.end(), 1U)),
                 twice = static_cast<double>(std::count(here.begin(), here.end(), 2U));
    // Good and Turing: what was seen once will be seen 2·n₂/n₁ times in as large a box. Small boxes tell little, so the
    // tables lead there.
    const double again = once > 0 ? std::min(1.0, 2 * twice / once) * names_ / (names_ + 100 * prior_weight) : 0;
    auto& shares = shares_[static_cast<std::size_t>(place)];
    for (std::size_t i = 0; i < here.size(); ++i) {
      // One of the bearers is the one whose name is weighed.
      const double others = here[i] > 1 ? here[i] - 1.0 : again;
      const double elsewhere = other_place * std::max(0.0, here[i] > 0 ? there[i] : there[i] - 1.0);
      shares.push_back((others + elsewhere + prior_weight * prior(corpus_.words[i], place)) / (names_ + prior_weight));
    }
  }
}

double Rarity::share(Index word, NamePlace place) const {
  return mixed(word, place);
}

double Rarity::share(std::string_view word, NamePlace place) const {
  const Index id = corpus_.find_word(word);
  return id == no_index ? prior(word, place) : mixed(id, place);
}

bool Rarity::is_rare(std::string_view word) const {
  if (given_share(word) > 0 || surname_share(word) > 0) return false;
  const Index id = corpus_.find_word(word);
  return id == no_index || bearers_[0][id] + bearers_[1][id] <= 1;
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
  if (is_common(form)) chance = std::max(chance, common_chance);
  if (match.compound) chance = std::max(chance * 30, 0.01);
  return chance + floor;
}

/// Zero for what neither a table nor this box knows as a name.
Rarity::Known Rarity::known(std::string_view word) const {
  if (word.size() == 1) return {.given = initial_share(word.front()), .surname = any_initial};
  const Index id = corpus_.find_word(word);
  if (id != no_index && bearers_[0][id] + bearers_[1][id] > 0)
    return {.given = mixed(id, NamePlace::given), .surname = mixed(id, NamePlace::surname)};
  if (word.size() > max_table_word || (given_share(word) == 0 && surname_share(word) == 0)) return {};
  return {.given = prior(word, NamePlace::given), .surname = prior(word, NamePlace::surname)};
}

/// Of a local part that reads `left` and `right`, either of which may be the given name or an initial.
double Rarity::split_share(std::string_view left, std::string_view right) const {
  const Known first = known(left);
  if (first.given == 0 && first.surname == 0) return 0;
  const Known second = known(right);
  return std::max(first.given * second.surname, second.given * first.surname);
}

double Rarity::core_share(std::string_view core) const {
  static constexpr std::array<double, 8> by_length{1e-2, 1e-2, 5e-3, 2e-3, 3e-4, 4e-5, 6e-6, 1.5e-6};
  double best = core.size() < by_length.size() ? by_length[core.size()] : 1e-6;
  const Known whole = core.size() > 1 ? known(core) : Known{};
  best = std::max({best, 3 * whole.given, 3 * whole.surname});
  for (std::size_t at = 1; at < core.size(); ++at)
    best = std::max(best, dependence * split_share(core.substr(0, at), core.substr(at)));
  return best;
}

double Rarity::handle_share(std::string_view handle) const {
  std::size_t letters = handle.size();
  while (letters > 0 && handle[letters - 1] >= '0' && handle[letters - 1] <= '9') --letters;
  return core_share(handle.substr(0, letters)) * digits_share(handle.substr(letters));
}

}  // namespace entregent::people
