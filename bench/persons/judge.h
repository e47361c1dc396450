// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "bench/persons/letters.h"
#include "personal/store.h"

namespace entregent::bench {

/// How well a private file knows who is who. Aliases of which nobody can be certain (a couple's bare address) do not
/// count.
struct Verdict {
  std::size_t aliases = 0, persons = 0;  ///< as they truly are; `impure` of those that were made hold several
  std::size_t impure = 0, questions = 0, deserved = 0;
  double true_pairs = 0, right_pairs = 0;                             ///< of all aliases of a person
  double addressed_pairs = 0, addressed_right = 0;                    ///< of those with an address alone
  std::size_t homonyms = 0, homonyms_joined = 0, homonyms_asked = 0;  ///< pairs of persons
  double seconds = 0;                                                 ///< to settle the persons
  std::vector<std::string> wrong, missed, asked;                      ///< as texts, to look at

  void add(const Verdict& other);
  [[nodiscard]] double recall() const { return true_pairs > 0 ? right_pairs / true_pairs : 1; }
  [[nodiscard]] double impure_per_1000() const {
    return persons > 0 ? 1000 * static_cast<double>(impure) / static_cast<double>(persons) : 0;
  }
  [[nodiscard]] double questions_per_100() const {
    return persons > 0 ? 100 * static_cast<double>(questions) / static_cast<double>(persons) : 0;
  }
};

/// Puts the box into a new private file as an index run does, says which addresses are mine, and judges the persons.
Verdict judge_box(const Cast& cast, const PersonsBox& box, personal::Store& store);

}  // namespace entregent::bench
