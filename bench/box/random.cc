// SPDX-License-Identifier: AGPL-3.0-or-later
#include "random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace entregent::bench {

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t value = a + 0x9e3779b97f4a7c15u * (b + 1);
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15u;
  return mix(state_, 0);
}

double Random::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double Random::log_normal(double median, double sigma) {
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));  // Box and Muller
  return median * std::exp(sigma * radius * std::cos(2 * std::numbers::pi * uniform()));
}

std::size_t Random::geometric(double mean) {
  std::size_t value = 1;
  while (value < 1000 && chance(1 - 1 / mean)) ++value;
  return value;
}

Chooser::Chooser(std::span<const double> weights) : cells_(weights.size()) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> scaled;
  std::vector<std::uint32_t> small, large;
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    scaled.push_back(weights[i] * static_cast<double>(weights.size()) / total);
    (scaled[i] < 1 ? small : large).push_back(i);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back(), rich = large.back();
    small.pop_back();
    cells_[poor] = {scaled[poor], rich};
    scaled[rich] -= 1 - scaled[poor];
    if (scaled[rich] < 1) {
      large.pop_back();
      small.push_back(rich);
    }
  }
}

std::size_t Chooser::at(std::uint64_t hash) const {
  const std::size_t index = static_cast<std::size_t>(hash % cells_.size());
  const Cell& cell = cells_[index];
  return static_cast<double>(mix(hash, 1) >> 11) * 0x1.0p-53 < cell.keep ? index : cell.other;
}

std::vector<double> power_law(std::size_t count, double shift, double exponent) {
  std::vector<double> weights;
  weights.reserve(count);
  for (std::size_t rank = 0; rank < count; ++rank)
    weights.push_back(1 / std::pow(static_cast<double>(rank) + shift, exponent));
  return weights;
}

}  // namespace entregent::bench
