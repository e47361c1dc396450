// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <string_view>
#include <vector>

#include "people/compare.h"
#include "people/corpus.h"

/// How many *other* people would fit as well by chance: the measure that every score is made of. A probability follows
/// as 1/(1 + chance).
namespace entregent::people {

enum class NamePlace : unsigned char { given, surname };

/// Share of people whose given name begins so.
double initial_share(char letter);

/// What a name of which many words are common comes to at least, however small the box: two Marie Dupont are likelier
/// than they seem, so it never merges alone.
inline constexpr double common_chance = 0.01;

bool is_common(const NameForm& form);

class Rarity {
 public:
  explicit Rarity(const Corpus& corpus);

  /// Share of people who bear this word in their name: the tables' share corrected by how many different names of this
  /// box have it.
  double share(std::string_view word, NamePlace place) const;
  double share(Index word, NamePlace place) const;

  /// Expected number of other people whose name would fit the form `a` as `match` says that another does.
  double name_chance(Index a, const NameMatch& match) const;

  /// Share of people who would take this handle (letters and digits).
  double handle_share(std::string_view handle) const;

  /// The people that a chance fit may come from: the names of this box, at least 500.
  double people() const { return people_; }

  /// True if neither a table nor two different names of this box know the word.
  bool is_rare(std::string_view word) const;

 private:
  double mixed(Index word, NamePlace place) const { return shares_[static_cast<std::size_t>(place)][word]; }
  void fill_shares();
  double core_share(std::string_view core) const;
  struct Known {
    double given = 0, surname = 0;
  };
  Known known(std::string_view word) const;
  double split_share(std::string_view left, std::string_view right) const;

  const Corpus& corpus_;
  std::array<std::vector<Index>, 2> bearers_;  ///< per place and word: different names with it there
  std::array<std::vector<double>, 2> shares_;  ///< per place and word
  double people_ = 500;
  double names_ = 0;
};

}  // namespace entregent::people
