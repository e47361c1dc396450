// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

#include "people/candidates.h"

/// Groups that grow by joining, and what forbids it.
namespace entregent::people {

enum class Veto : unsigned char {
  none,
  names,     ///< two full names that can not be one person's
  evidence,  ///< the two answered each other, or have two birthdays
  decision,  ///< the user said no
};

class Clusters {
 public:
  explicit Clusters(const Corpus& corpus);

  /// Takes the user's decisions, the newest (last) first, so that an older one that contradicts has no effect.
  /// Calls `joined(a, b)` for each `same` that took effect.
  void decide(std::span<const Decision> decisions, std::vector<Edge>& joined);
  void hold_apart(std::span<const Evidence> evidence);

  Index find(Index alias) const;
  /// `same_address`: the two aliases have one address in common, so that only clearly different people are told apart
  /// by name.
  Veto veto(Index a, Index b, bool same_address = false) const;
  /// Joins the groups of two aliases, whatever forbids it.
  void join(Index a, Index b);
  std::size_t size(Index alias) const { return sizes_[find(alias)]; }

 private:
  struct Apart {
    Index a = 0, b = 0;
    Veto why = Veto::none;
  };
  struct Facts {
    std::vector<Index> forms;  ///< different names that may contradict others
    std::vector<Apart> apart;
  };

  bool names_contradict(const Facts& left, const Facts& right, bool same_address) const;
  bool is_initial_of(const NameForm& initial, const NameForm& full, const Facts& group) const;
  void keep_apart(Index a, Index b, Veto why);

  const Corpus& corpus_;
  mutable std::vector<Index> parents_;
  std::vector<std::uint32_t> sizes_;
  std::vector<Facts> facts_;
};

}  // namespace entregent::people
