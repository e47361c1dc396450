// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace entregent {

struct Phone {
  std::string e164;       ///< `+33142685300`
  std::string extension;  ///< digits only, often empty
  friend bool operator==(const Phone&, const Phone&) = default;
};

/// Brings a number as people write it into E.164. `country` (ISO 3166, `FR`) is where a number without `+` or `00` is
/// dialled from. Understood: `01 42 68 53 00`, `+33 (0)1 42 68 53 00`, `0033…`, `tel:+33-1…;ext=12`, `poste 12`, `x12`.
/// A French number of an overseas department gets that department's code. Nothing for what is no complete number: words
/// in it (`1-800-FLOWERS`), short numbers (`15`, `3631`), codes that no country has, two numbers in one text, a
/// national number from a country that is not in the table. Checks lengths, not whether somebody answers.
std::optional<Phone> normalised_phone(std::string_view text, std::string_view country = "FR");

}  // namespace entregent
