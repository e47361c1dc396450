// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace entregent::bench {

/// A well spread 64-bit value of two: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t mix(std::uint64_t a, std::uint64_t b);

/// A stream of numbers that depends on its seed only, on every machine: the standard's distributions promise no such
/// thing.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// The stream of one thing in one world: what is drawn for message 7 never depends on what was drawn for message 6.
  Random(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index) : state_(mix(mix(seed, purpose), index)) {}

  std::uint64_t next();
  double uniform();  ///< in [0, 1)
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  std::size_t between(std::size_t low, std::size_t high) {
    return low + below(high - low + 1);
  }  ///< both ends included
  bool chance(double probability) { return uniform() < probability; }
  double log_normal(double median, double sigma);
  /// 1, 2, 3 … with the given mean.
  std::size_t geometric(double mean);

  template <class T>
  const T& pick(const std::vector<T>& values) {
    return values[below(values.size())];
  }

 private:
  std::uint64_t state_;
};

/// Draws an index in proportion to its weight in constant time (Walker's alias method).
class Chooser {
 public:
  explicit Chooser(std::span<const double> weights);
  std::size_t at(std::uint64_t hash) const;
  std::size_t draw(Random& random) const { return at(random.next()); }

 private:
  struct Cell {
    double keep = 1;
    std::uint32_t other = 0;
  };
  std::vector<Cell> cells_;
};

/// Weights 1 / (rank + shift) ^ exponent, as Zipf and Mandelbrot found in texts and others in contacts.
std::vector<double> power_law(std::size_t count, double shift, double exponent);

}  // namespace entregent::bench
