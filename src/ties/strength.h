// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace entregent::ties {

/// One exchange between the owner and somebody.
struct TieEvent {
  enum class Kind {
    incoming,
    outgoing,
    meeting,
    noted,  ///< a note of the owner's: it ends the silence and counts for nothing else
  };
  Instant at;
  Kind kind = Kind::incoming;
  double weight = 1;  ///< 1 for a mail between two, 1/(n-1) with n recipients, 3 for a meeting between two
};

/// What is kept of one tie: constant in size, constant work an event. Events are added in the order of time.
struct Tie {
  std::int64_t incoming = 0, outgoing = 0, meetings = 0;
  std::int64_t days = 0, weeks = 0;  ///< distinct ones with an exchange
  double recent = 0;                 ///< weights, halved each 90 days, as of last_at
  double gap_logs = 0;               ///< sum of the logarithms of the gaps between distinct days
  Instant first_at, last_at;

  void add(const TieEvent& event);
  friend bool operator==(const Tie&, const Tie&) = default;
};

/// Of a tie at a moment.
struct TieState {
  /// None: too few days to have a rhythm.
  enum class Phase { none, alive, drifting, dormant };
  int step = 0;            ///< of strength, 1 to 5; 0 without any exchange
  double probability = 0;  ///< that we are in touch again within two usual gaps; from the rhythm alone
  double value = 0;        ///< orders ties: what stands behind the step
  Phase phase = Phase::none;
  double usual_gap = 0;  ///< in days
  double silence = 0;    ///< in days
};
TieState state_of(const Tie& tie, Instant now);

}  // namespace entregent::ties
