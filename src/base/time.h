// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entregent {

/// A moment, UTC, in microseconds: what the house stores and computes with.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A day without zone (a birthday, an all-day event).
using Day = std::chrono::sys_days;

inline std::int64_t micros(Instant at) {
  return at.time_since_epoch().count();
}
inline Instant from_micros(std::int64_t value) {
  return Instant{std::chrono::microseconds{value}};
}

/// `2026-11-23`; years from 0000 to 9999.
std::string iso_day(Day day);
/// `2026-11-23T07:33:54Z`, cut to the second.
std::string iso_instant(Instant at);
/// Reads `YYYY-MM-DD`; nothing for anything else, or a day that does not exist.
std::optional<Day> parse_iso_day(std::string_view text);

/// Where the present comes from: handed in from app/, so that tests can hold it still.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's own clock. With the environment variable ENTREGENT_NOW (`2026-11-23T07:33:54Z`), read once by app/, a
/// FixedClock is used instead, so that the demo world and golden files stand still.
class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }

 private:
  Instant at_;
};

}  // namespace entregent
