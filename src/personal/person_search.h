// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "personal/persons.h"

namespace entregent::personal {

struct PersonHit {
  PersonId person;
  double fit = 0;  ///< how well the words fit, in [0,1]
  std::int64_t seen = 0;
  std::optional<Instant> last_at;
  bool human = true;
};

/// Persons that a name or an address may mean, best first: by fit, then by how much binds us. Finds without accents,
/// reversed, by initials, nickname, prefix; with one typo only where nothing else fits.
std::vector<PersonHit> find_persons(Store& store, std::string_view query, std::size_t limit = 20);

/// Everybody, by the last exchange, newest first.
std::vector<PersonHit> all_persons(Store& store, std::size_t limit);

}  // namespace entregent::personal
