// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <set>
#include <vector>

#include "personal/owed.h"
#include "personal/tie_counts.h"

namespace entregent::personal {

/// A tie that it is time to take up again, and why.
struct TieToRevive {
  LineKey key;
  Somebody who;
  ties::Tie counts;
  ties::TieState state;
  std::string last_title;  ///< of the last mail between us
  ItemId last_item;
};

/// At most five a week: ties silent for 2 to 8 times their usual gap, then at most two dormant ones that were strong;
/// one of each organisation; none of `busy` (who is on another line already), none that was proposed in the three weeks
/// before and not taken up, none that the owner refused. The same for the whole week, but for what is settled in it.
std::vector<TieToRevive> ties_to_revive(Store& store, const Settled& settled, const std::set<PersonId>& busy,
                                        Instant now, Day today);

/// Notes that these were shown today. Needs the write lock for a moment; gives up where an index run holds it.
void remember_suggested(Store& store, const std::vector<TieToRevive>& shown, Day today);

}  // namespace entregent::personal
