// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <vector>

#include "people/candidates.h"

/// Who is behind one address: one person, one after the other, or several at the same time.
namespace entregent::people {

/// An alias that says only the address, of an address that changed hands.
struct Tenancy {
  Index alias = 0;
  Index holder = 0;  ///< an alias of the person who held the address in these days
  Day from_day = Day::min();
  Day to_day = Day::max();
};

/// Ties the aliases of each address together where one person is behind it. `tenancies` gets the bare aliases of those
/// that changed hands, by alias and day; they are in no edge.
void add_address_edges(const Corpus& corpus, std::vector<Edge>& edges, std::vector<Tenancy>& tenancies);

}  // namespace entregent::people
