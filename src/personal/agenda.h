// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "personal/dossier.h"
#include "personal/owed.h"

namespace entregent::personal {

/// A day as the owner's wall shows it: from midnight to midnight there.
struct DayBounds {
  Day day;
  Instant begin, end;
};

/// One meeting of a day, with those who come.
struct AgendaMeeting {
  struct Brief {
    Somebody who;
    std::string position;  ///< title and company, as last seen
    std::optional<Dossier::Exchange> last;
    std::vector<std::string> notes;
    std::int64_t open_promises = 0;
  };
  LineKey key;
  ItemId item;
  readers::Occurrence when;
  std::string title, location;
  std::vector<Brief> briefs;  ///< of at most four
  std::size_t others = 0;     ///< how many more come
};

/// What takes place that day, in order; without what was called off, and what was settled.
std::vector<AgendaMeeting> agenda(Store& store, const Settled& settled, const DayBounds& bounds, Instant now);

}  // namespace entregent::personal
