// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "people/resolve.h"

/// Aliases with the truth of who is who: read from a file, or invented.
namespace entregent::bench {

struct World {
  std::vector<people::Alias> aliases;
  std::vector<std::string> truth;  ///< per alias: the person
};

/// About `size` aliases of invented people: homonyms, families behind one address, nicknames, initials, typos, moves
/// between companies, handles. Names are made of syllables (Zipf), so that no table of names knows them, and of a few
/// common ones.
World invented_world(std::size_t size, std::uint64_t seed);

/// Columns name, email, person, messages, first_ts, last_ts, with a header line. Empty if it can not be read.
World read_world(const std::string& file);

}  // namespace entregent::bench
