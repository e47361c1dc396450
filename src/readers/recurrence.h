// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/zones.h"

/// Recurrence rules of RFC 5545 §3.3.10, in the local time of the event. Own code rather than libical's iterator,
/// because the work for one rule must have an end that we set: libical looks for the next date of an impossible rule
/// for as long as it likes.
namespace entregent::readers {

/// What calendars write for a moment: `20260714T170000Z`, `20260714T1700`, `20260714`, also with `-` and `:`.
struct WrittenTime {
  LocalTime at;
  bool date_only = false;
  bool utc = false;
};
std::optional<WrittenTime> parse_written_time(std::string_view text);

struct RecurrenceRule {
  enum class Frequency { hourly, daily, weekly, monthly, yearly };
  struct WeekDay {
    int ordinal = 0;  ///< 0: every; -1: the last of month or year
    std::chrono::weekday day{};
  };

  Frequency frequency = Frequency::daily;
  int interval = 1;
  std::optional<int> count;
  std::optional<WrittenTime> until;
  std::chrono::weekday week_start = std::chrono::Monday;
  std::vector<WeekDay> by_day;
  /// Ascending, no duplicates, in their ranges; negative counts from the end.
  std::vector<int> by_second, by_minute, by_hour, by_month_day, by_year_day, by_week_no, by_month, by_set_pos;
};

/// Nothing for SECONDLY and MINUTELY, another calendar than the Gregorian, and what is broken.
std::optional<RecurrenceRule> parse_rule(std::string_view text);

/// How many steps (a day looked at, a time made) may still be taken for a file; shared by all its rules.
struct Work {
  std::size_t left = 0;
  /// False, and nothing left, if there were not that many.
  bool take(std::size_t steps) {
    left = left < steps ? 0 : left - steps;
    return left > 0;
  }
};

struct Expansion {
  std::vector<LocalTime> times;  ///< ascending, no duplicates, `start` first
  bool capped = false;           ///< there would be more before `last`
};

/// When the rule takes place from `start` (always the first, RFC 5545 §3.8.5.3, and counted in COUNT) up to and with
/// `last`, at most `most` times. `until` is not looked at: the caller, who knows the zone, has put it into `last`.
Expansion expand(const RecurrenceRule& rule, LocalTime start, LocalTime last, std::size_t most, Work& work);

}  // namespace entregent::readers
