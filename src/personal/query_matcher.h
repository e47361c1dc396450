// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "personal/packed.h"
#include "personal/query.h"
#include "personal/store.h"

namespace entregent::personal {

/// Asks the text terms of a query of one item's words, outside full text: where full text says that an item matches,
/// this says whether it does so by more than what it quotes.
class QueryMatcher {
 public:
  QueryMatcher(Store& store, const Query& query);

  /// True if every group of positive text terms has one that holds in the title, the sender's own words, the
  /// signature, the attachments or the people. True if there is no such group.
  [[nodiscard]] bool matches_unquoted(const Texts& texts) const;

 private:
  struct Wanted {
    std::vector<std::unordered_set<std::string>> words;  ///< in order; each place takes one of several
    bool prefix = false;                                 ///< the last word is a beginning
    bool title_only = false;
  };
  [[nodiscard]] static bool holds(const Wanted& wanted, std::string_view text);

  std::vector<std::vector<Wanted>> groups_;
};

}  // namespace entregent::personal
