// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Names of people, French and English first: what the resolver compares and what the Who box finds.
namespace entregent::people {

/// A name taken apart. All words folded (base/text.h), in reading order, without titles, brackets, `via X`, `[EXT]`.
struct Name {
  std::vector<std::string> given;  ///< `jean`, `pierre`; initials as one letter
  std::vector<std::string>
      surname;  ///< particles tied: `de la tour` is one word list; empty if which is which is not known
  std::vector<std::string> words;  ///< all words, split at hyphens; what a search matches
  bool order_known = false;        ///< by comma, capitals or first-name prior
  friend bool operator==(const Name&, const Name&) = default;
};

Name parse_name(std::string_view seen);

/// The name as it is written, without what mail systems and address books add in brackets (`[EXT]`, `(Company)`).
std::string without_additions(std::string_view seen);

/// The address in the form that is compared: lower case, `+tag` cut, Gmail dots cut, SRS and noreply wrappers undone.
/// Empty if it is no address.
std::string normal_address(std::string_view address);

/// contact@, info@, noreply@, list addresses …: never a person.
bool is_role_address(std::string_view normal);

/// Folded given names that may stand for this one (both directions, not itself): `frederic` → `fred`, …
std::vector<std::string> nicknames(std::string_view given);

/// True if one insertion, deletion, substitution or swap of neighbours makes one the other (or they are equal), in
/// characters.
bool within_one_edit(std::string_view a, std::string_view b);

/// How well a typed query fits a name, in [0,1]: 1 every word exact, less for prefix, initial, nickname, one typo,
/// words left over; 0 if some query word fits nothing. Order does not count.
double fit(const Name& query, const Name& name);

}  // namespace entregent::people
