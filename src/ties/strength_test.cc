// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/strength.h"

#include <gtest/gtest.h>

namespace entregent::ties {
namespace {

using Kind = TieEvent::Kind;
using Phase = TieState::Phase;

Instant on(int day) {
  return Instant(std::chrono::days(20000 + day));
}

/// One exchange each `gap` days, both ways in turn, `count` of them.
Tie regular(int gap, int count) {
  Tie tie;
  for (int i = 0; i < count; ++i)
    tie.add({.at = on(i * gap), .kind = i % 2 == 0 ? Kind::incoming : Kind::outgoing, .weight = 1});
  return tie;
}

TEST(Strength, knows_the_usual_gap) {
  const auto state = state_of(regular(10, 12), on(110 + 5));
  EXPECT_NEAR(state.usual_gap, 10, 0.01);
  EXPECT_NEAR(state.silence, 5, 0.01);
  EXPECT_EQ(state.phase, Phase::alive);
}

TEST(Strength, tells_drifting_from_dormant) {
  const Tie tie = regular(10, 12);
  EXPECT_EQ(state_of(tie, on(110 + 19)).phase, Phase::alive);
  EXPECT_EQ(state_of(tie, on(110 + 21)).phase, Phase::drifting);
  EXPECT_EQ(state_of(tie, on(110 + 79)).phase, Phase::drifting);
  EXPECT_EQ(state_of(tie, on(110 + 81)).phase, Phase::dormant);
  EXPECT_EQ(state_of(regular(10, 2), on(500)).phase, Phase::none);
}

TEST(Strength, fades_with_silence_and_grows_with_exchanges) {
  const Tie few = regular(10, 4);
  const Tie many = regular(10, 40);
  EXPECT_LT(state_of(few, on(400)).value, state_of(many, on(400)).value);
  EXPECT_LE(state_of(few, on(400)).step, state_of(many, on(400)).step);
  double before = 9;
  for (int day = 400; day < 1400; day += 50) {
    const auto state = state_of(many, on(day));
    EXPECT_LE(state.value, before);
    EXPECT_GE(state.step, 1);
    before = state.value;
  }
  EXPECT_EQ(state_of(Tie{}, on(1)).step, 0);
}

TEST(Strength, counts_both_sides_above_one) {
  Tie one_sided;
  Tie mutual;
  for (int i = 0; i < 20; ++i) {
    one_sided.add({.at = on(i * 5), .kind = Kind::incoming, .weight = 1});
    mutual.add({.at = on(i * 5), .kind = i % 2 == 0 ? Kind::incoming : Kind::outgoing, .weight = 1});
  }
  EXPECT_LT(state_of(one_sided, on(100)).value, state_of(mutual, on(100)).value);
}

TEST(Strength, a_note_ends_the_silence_and_counts_for_nothing_else) {
  Tie tie = regular(10, 12);
  const Tie before = tie;
  tie.add({.at = on(200), .kind = Kind::noted, .weight = 0});
  EXPECT_EQ(tie.days, before.days);
  EXPECT_NEAR(state_of(tie, on(205)).silence, 5, 0.01);
  EXPECT_EQ(state_of(tie, on(205)).phase, Phase::alive);
}

}  // namespace
}  // namespace entregent::ties
