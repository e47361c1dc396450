// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "people/name_form.h"

/// How two names relate, word by word.
namespace entregent::people {

enum class Relation : std::uint8_t {
  unknown,        ///< one of them says too little to tell
  equal,          ///< the same words, whatever their order
  compatible,     ///< every word of the shorter one fits the other, at least two of them or one with an initial
  partial,        ///< a given name alone fits: `Jean` and `Jean Dupont`
  other_surname,  ///< same given name, another surname
  other_given,    ///< something fits, but the given names contradict
  disjoint,       ///< nothing fits
};

enum class Fit : std::uint8_t { none, initial, typo, nickname, exact };

struct NameMatch {
  Relation relation = Relation::unknown;
  bool nickname = false, typo = false, initial = false, reordered = false;
  bool compound = false;              ///< Jean against Jean-Pierre
  std::uint8_t initials = 0;          ///< fits in which one side is one letter
  std::uint8_t left_over = 0;         ///< words of the longer one that fit nothing
  std::vector<std::uint8_t> exact;    ///< which words of `a` fit exactly
  std::vector<std::uint8_t> similar;  ///< … by nickname or typo
};

Fit word_fit(const std::string& a, const std::string& b);

NameMatch compare(const NameForm& a, const NameForm& b);

/// A table knows one of its words, as a given name or a surname.
bool looks_human(const NameForm& form);

/// True if the two names can not be one person's: the veto of clustering.
bool contradict(const NameForm& a, const NameForm& b);

/// The same of two names behind one address, where a changed surname or a pseudonym (`Night Owl`) is likelier than a
/// second person.
bool is_someone_else(const NameForm& a, const NameForm& b);

}  // namespace entregent::people
