// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "people/name.h"

/// A name as the resolver reads it: more than name.h promises to others.
namespace entregent::people {

enum class NameKind : unsigned char {
  none,      ///< empty, `unknown`, `root`: says nothing about who it is
  handle,    ///< one word with digits, or that is no known given name
  given,     ///< one word, a known given name
  initials,  ///< a word with initials: `J. Dupont`
  full,      ///< two words or more, at least
};

/// The words that are compared: particles are left out, letters only. `given` of them are given names, the rest
/// surname, if `order_known`; else the first is taken for the given name and the last for the surname, as most write.
struct NameForm {
  NameKind kind = NameKind::none;
  std::vector<std::string> words;
  std::size_t given = 0;
  bool order_known = false;
  bool several = false;                  ///< `Jean et Marie Dupont`: nobody's name; it ties nothing
  bool compound = false;                 ///< the given name was written with a hyphen: Jean-Pierre is not Jean
  std::uint32_t has_short_forms = 0;     ///< bit i: some table knows short forms of words[i]
  std::uint16_t letters = 0;             ///< in all words
  bool has_initial = false;              ///< a word of one letter
  std::array<std::uint32_t, 8> marks{};  ///< of the first words: those with different marks differ
  std::string handle;                    ///< of one word only: lower case letters and digits
  friend bool operator==(const NameForm&, const NameForm&) = default;
};

NameForm parse_form(std::string_view seen);

/// Equal for names whose words are the same in whatever order; empty for what is no full name.
std::string namesakes_key(std::string_view seen);

/// Brings the marks in line with the words.
void mark_words(NameForm& form);

/// The same from a Name, for names whose text is parsed already.
NameForm form_of(const Name& name, bool compound);

}  // namespace entregent::people
