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

/// Places of words in a name: as few as there are compared, without an allocation for each pair of names.
class WordPlaces {
 public:
  void push_back(std::uint8_t place) {
    if (size_ < places_.size()) places_[size_++] = place;
  }
  const std::uint8_t* begin() const { return places_.data(); }
  const std::uint8_t* end() const { return places_.data() + size_; }

 private:
  std::array<std::uint8_t, 8> places_{};
  std::uint8_t size_ = 0;
};

struct NameMatch {
  Relation relation = Relation::unknown;
  bool nickname = false, typo = false, initial = false, reordered = false;
  bool compound = false;       ///< Jean against Jean-Pierre
  std::uint8_t initials = 0;   ///< fits in which one side is one letter
  std::uint8_t left_over = 0;  ///< words of the longer one that fit nothing
  WordPlaces exact;            ///< which words of `a` fit exactly
  WordPlaces similar;          ///< … by nickname or typo
};

Fit word_fit(const std::string& a, const std::string& b);

NameMatch compare(const NameForm& a, const NameForm& b);

/// False for most of those that compare() would find neither equal nor compatible, at a fraction of its cost.
bool may_fit(const NameForm& a, const NameForm& b);

/// A table knows one of its words, as a given name or a surname.
bool looks_human(const NameForm& form);

/// True if the two names can not be one person's: the veto of clustering.
bool contradict(const NameForm& a, const NameForm& b);

/// The same of two names behind one address, where a changed surname or a pseudonym (`Night Owl`) is likelier than a
/// second person.
bool is_someone_else(const NameForm& a, const NameForm& b);

}  // namespace entregent::people
