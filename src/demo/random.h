// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace entregent::demo {

/// Numbers that are the same on every machine for a seed: SplitMix64 (Steele, Lea, Flood 2014). The distributions of
/// the standard library are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  /// 0 … count − 1; 0 for a count of 0.
  std::size_t below(std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>((next() >> 11U) % count); }

  /// first … last, both included.
  int between(int first, int last) {
    return first + static_cast<int>(below(static_cast<std::size_t>(last - first) + 1));
  }

  bool chance(int percent) { return between(1, 100) <= percent; }

  template <class List>
  const auto& pick(const List& list) {
    if (std::size(list) == 0) throw std::logic_error("nothing to pick from");
    return std::data(list)[below(std::size(list))];
  }

  /// An index drawn in proportion to its weight.
  std::size_t weighted(std::span<const int> weights) {
    std::size_t total = 0;
    for (const int weight : weights) total += static_cast<std::size_t>(weight);
    std::size_t drawn = below(total);
    for (std::size_t index = 0; index < weights.size(); ++index) {
      const auto weight = static_cast<std::size_t>(weights[index]);
      if (drawn < weight) return index;
      drawn -= weight;
    }
    return 0;
  }

  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t left = list.size(); left > 1; --left) std::swap(list[left - 1], list[below(left)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace entregent::demo
