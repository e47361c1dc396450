// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <vector>

#include "personal/agenda.h"
#include "personal/coverage.h"
#include "personal/diary.h"
#include "personal/owed.h"
#include "personal/revive.h"

namespace entregent::personal {

/// What the owner has to do with others today: page, terminal and JSON all render this value.
struct Today {
  struct Due {
    LineKey key;
    Somebody who;
    Promise promise;
  };
  Day day;
  std::vector<AgendaMeeting> meetings;
  std::vector<OwedReply> replies;
  std::vector<Due> due;  ///< within a week, and overdue; those without a day after a week
  std::vector<ProposedPromise> proposals;
  std::vector<TieToRevive> revive;
  Coverage coverage;
};

Today make_today(Store& store, const DayBounds& bounds, Instant now);

}  // namespace entregent::personal
