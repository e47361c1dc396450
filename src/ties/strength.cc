// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/strength.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace entregent::ties {
namespace {

constexpr double half_life_days = 90;
/// With fewer distinct days a gap says nothing about the next.
constexpr std::int64_t days_for_a_rhythm = 3;
/// A rhythm faster than a working week is talk within one affair; slower than this nobody calls a rhythm.
constexpr double shortest_gap = 3;

double days_between(Instant from, Instant to) {
  return std::chrono::duration<double, std::ratio<86400>>(to - from).count();
}

std::int64_t day_of(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}
/// Weeks begin on Monday; day 0 was a Thursday.
std::int64_t week_of(Instant at) {
  return (day_of(at) + 3) / 7;
}

/// Contact in what follows, by how many usual gaps the tie is silent: the shares of Navarro 2017, as measured in
/// kernels.md, between them in a straight line over the logarithm.
double probability_of(double gaps) {
  constexpr std::array<std::pair<double, double>, 6> known{
      {{0.5, 0.85}, {2, 0.6}, {4, 0.4}, {8, 0.28}, {16, 0.15}, {64, 0.05}}};
  if (gaps <= known.front().first) return known.front().second;
  for (std::size_t i = 1; i < known.size(); ++i) {
    if (gaps > known.at(i).first) continue;
    const auto [x0, y0] = known.at(i - 1);
    const auto [x1, y1] = known.at(i);
    return y0 + (y1 - y0) * std::log(gaps / x0) / std::log(x1 / x0);
  }
  return known.back().second;
}

}  // namespace

void Tie::add(const TieEvent& event) {
  if (event.kind == TieEvent::Kind::noted) {
    if (days > 0) last_at = std::max(last_at, event.at);
    return;
  }
  const bool first = days == 0;
  if (event.kind == TieEvent::Kind::incoming) ++incoming;
  if (event.kind == TieEvent::Kind::outgoing) ++outgoing;
  if (event.kind == TieEvent::Kind::meeting) ++meetings;
  if (first) {
    first_at = last_at = event.at;
    days = weeks = 1;
    recent = event.weight;
    return;
  }
  const double passed = std::max(0.0, days_between(last_at, event.at));
  recent = recent * std::exp2(-passed / half_life_days) + event.weight;
  if (const auto gap = day_of(event.at) - day_of(last_at); gap > 0) {
    ++days;
    gap_logs += std::log(static_cast<double>(gap));
    if (week_of(event.at) != week_of(last_at)) ++weeks;
  }
  last_at = std::max(last_at, event.at);
}

TieState state_of(const Tie& tie, Instant now) {
  TieState state;
  if (tie.days == 0) return state;
  state.silence = std::max(0.0, days_between(tie.last_at, now));
  const double recent = tie.recent * std::exp2(-state.silence / half_life_days);
  const auto both = static_cast<double>(std::min(tie.incoming, tie.outgoing) + tie.meetings);
  // Recent exchanges, the breadth of the past, and that both sides write: what leads in kernels.md, K2.
  state.value = std::log2(1 + recent) + 0.5 * std::log2(1 + static_cast<double>(tie.weeks)) + 0.5 * std::log2(1 + both);
  constexpr std::array<double, 4> steps{1, 2.25, 3.75, 5.5};
  state.step = 1 + static_cast<int>(std::ranges::count_if(steps, [&](double least) { return state.value >= least; }));
  if (tie.days < days_for_a_rhythm) return state;
  state.usual_gap = std::max(shortest_gap, std::exp(tie.gap_logs / static_cast<double>(tie.days - 1)));
  const double gaps = state.silence / state.usual_gap;
  state.probability = probability_of(gaps);
  using Phase = TieState::Phase;
  state.phase = gaps < 2 ? Phase::alive : gaps <= 8 ? Phase::drifting : Phase::dormant;
  return state;
}

}  // namespace entregent::ties
