// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/recurrence.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"

namespace entregent::readers {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;
using Frequency = RecurrenceRule::Frequency;

constexpr std::array<std::string_view, 7> weekday_names{"su", "mo", "tu", "we", "th", "fr", "sa"};

std::optional<int> signed_number(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<weekday> weekday_of(std::string_view name) {
  const auto found = std::find(weekday_names.begin(), weekday_names.end(), name);
  if (found == weekday_names.end()) return std::nullopt;
  return weekday{static_cast<unsigned>(found - weekday_names.begin())};
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  constexpr std::size_t max_parts = 400;
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size() && parts.size() < max_parts;) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    const auto part = trimmed(text.substr(at, end - at));
    if (!part.empty()) parts.push_back(part);
    at = end + 1;
  }
  return parts;
}

/// Numbers in [low, high], or also in [-high, -low] where `from_the_end`; what is outside makes the rule broken.
enum class Signed { no, from_the_end };
bool parse_list(std::string_view text, int low, int high, Signed sign, std::vector<int>& list) {
  for (const auto part : parts_of(text, ',')) {
    const auto value = signed_number(part);
    if (!value) return false;
    const int size = sign == Signed::from_the_end ? std::abs(*value) : *value;
    if (size < low || size > high) return false;
    list.push_back(*value);
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return !list.empty();
}

bool parse_days(std::string_view text, RecurrenceRule& rule) {
  for (const auto part : parts_of(text, ',')) {
    if (part.size() < 2) return false;
    const auto day = weekday_of(part.substr(part.size() - 2));
    const auto ordinal = part.size() == 2 ? std::optional<int>{0} : signed_number(part.substr(0, part.size() - 2));
    if (!day || !ordinal || std::abs(*ordinal) > 53) return false;
    rule.by_day.push_back({*ordinal, *day});
  }
  return !rule.by_day.empty();
}

bool parse_frequency(std::string_view value, RecurrenceRule& rule) {
  constexpr std::array<std::string_view, 5> names{"hourly", "daily", "weekly", "monthly", "yearly"};
  const auto found = std::find(names.begin(), names.end(), value);
  if (found == names.end()) return false;
  rule.frequency = static_cast<Frequency>(found - names.begin());
  return true;
}

/// One `KEY=value`, both in lower case; unknown keys say nothing.
bool parse_part(std::string_view key, std::string_view value, RecurrenceRule& rule) {
  const auto plain = signed_number(value);
  if (key == "freq") return parse_frequency(value, rule);
  if (key == "interval") {
    rule.interval = plain.value_or(0);
    return rule.interval > 0;
  }
  if (key == "count") {
    rule.count = plain;
    return plain && *plain > 0;
  }
  if (key == "until") {
    rule.until = parse_written_time(value);
    return rule.until.has_value();
  }
  if (key == "wkst") {
    const auto day = weekday_of(value);
    if (day) rule.week_start = *day;
    return day.has_value();
  }
  if (key == "byday") return parse_days(value, rule);
  if (key == "bysecond") return parse_list(value, 0, 60, Signed::no, rule.by_second);
  if (key == "byminute") return parse_list(value, 0, 59, Signed::no, rule.by_minute);
  if (key == "byhour") return parse_list(value, 0, 23, Signed::no, rule.by_hour);
  if (key == "bymonth") return parse_list(value, 1, 12, Signed::no, rule.by_month);
  if (key == "bymonthday") return parse_list(value, 1, 31, Signed::from_the_end, rule.by_month_day);
  if (key == "byyearday") return parse_list(value, 1, 366, Signed::from_the_end, rule.by_year_day);
  if (key == "byweekno") return parse_list(value, 1, 53, Signed::from_the_end, rule.by_week_no);
  if (key == "bysetpos") return parse_list(value, 1, 366, Signed::from_the_end, rule.by_set_pos);
  return key != "rscale" || value == "gregorian";
}

bool holds(const std::vector<int>& list, int value) {
  return std::binary_search(list.begin(), list.end(), value);
}

local_days day_of(LocalTime at) {
  return std::chrono::floor<days>(at);
}

local_days week_begin(local_days day, weekday week_start) {
  return day - (weekday{day} - week_start);
}

/// The first day of week 1, which holds at least four days of the year (so it holds 4 January).
local_days first_week(year y, weekday week_start) {
  return week_begin(local_days{y / 1 / 4}, week_start);
}

/// The walk over one rule.
class Walk {
 public:
  Walk(const RecurrenceRule& rule, LocalTime start, Work& work)
      : rule_(rule), start_(start), start_day_(day_of(start)), work_(work) {
    fill_defaults();
    fill_times();
  }

  /// The times of the `index`th period, ascending; `begin` is its first day.
  struct Period {
    local_days begin;
    std::vector<LocalTime> times;
  };

  Period period(std::int64_t index) {
    Period made{period_begin(index), {}};
    const std::int64_t step = index * rule_.interval;
    if (rule_.frequency == Frequency::hourly) {
      const LocalTime hour = start_day_ + std::chrono::floor<hours>(start_ - start_day_) + hours{step};
      const int of_day = static_cast<int>((std::chrono::floor<hours>(hour - day_of(hour))).count());
      if (wanted_again(day_of(hour)) && (rule_.by_hour.empty() || holds(rule_.by_hour, of_day)))
        for (const seconds offset : times_) made.times.push_back(hour + offset);
    } else {
      const local_days end = rule_.frequency == Frequency::daily ? made.begin + days{1} : period_end(step);
      for (local_days day = made.begin; day < end; day += days{1}) {
        if (!work_.take(1)) break;
        if (!wanted_month(day)) day = last_of_month(day);
        if (!wanted(day)) continue;
        for (const seconds offset : times_) made.times.push_back(day + offset);
      }
    }
    choose_positions(made.times);
    return made;
  }

 private:
  void fill_defaults() {
    const year_month_day date{start_day_};
    const bool no_day = rule_.by_day.empty() && rule_.by_month_day.empty() && rule_.by_year_day.empty();
    if (!no_day) return;
    if (rule_.frequency == Frequency::weekly || (rule_.frequency == Frequency::yearly && !rule_.by_week_no.empty())) {
      rule_.by_day.push_back({0, weekday{start_day_}});
    } else if (rule_.frequency == Frequency::monthly || rule_.frequency == Frequency::yearly) {
      rule_.by_month_day.push_back(static_cast<int>(static_cast<unsigned>(date.day())));
      if (rule_.frequency == Frequency::yearly && rule_.by_month.empty())
        rule_.by_month.push_back(static_cast<int>(static_cast<unsigned>(date.month())));
    }
  }

  /// The times of a day, as offsets; of an hour for HOURLY.
  void fill_times() {
    const std::chrono::hh_mm_ss time{start_ - start_day_};
    const auto or_start = [](const std::vector<int>& list, std::int64_t value) {
      return list.empty() ? std::vector<int>{static_cast<int>(value)} : list;
    };
    const auto hour_list =
        rule_.frequency == Frequency::hourly ? std::vector<int>{0} : or_start(rule_.by_hour, time.hours().count());
    for (const int h : hour_list)
      for (const int m : or_start(rule_.by_minute, time.minutes().count()))
        for (const int s : or_start(rule_.by_second, time.seconds().count()))
          if (work_.take(1)) times_.push_back(hours{h} + minutes{m} + seconds{std::min(s, 59)});
    times_.erase(std::unique(times_.begin(), times_.end()), times_.end());
  }

  [[nodiscard]] local_days period_begin(std::int64_t index) const {
    const std::int64_t step = index * rule_.interval;
    switch (rule_.frequency) {
      case Frequency::hourly:
        return day_of(start_ + hours{step});
      case Frequency::daily:
        return start_day_ + days{step};
      case Frequency::weekly:
        return week_begin(start_day_, rule_.week_start) + days{7 * step};
      case Frequency::monthly:
        return month_begin(step);
      case Frequency::yearly:
        return year_begin(step);
    }
    return start_day_;
  }

  /// The day after the last of the period that begins `step` units after the start's.
  [[nodiscard]] local_days period_end(std::int64_t step) const {
    if (rule_.frequency == Frequency::weekly) return week_begin(start_day_, rule_.week_start) + days{7 * step + 7};
    return rule_.frequency == Frequency::monthly ? month_begin(step + 1) : year_begin(step + 1);
  }

  [[nodiscard]] local_days month_begin(std::int64_t step) const {
    const year_month_day date{start_day_};
    return local_days{(date.year() / date.month() + std::chrono::months{step}) / 1};
  }

  [[nodiscard]] local_days year_begin(std::int64_t step) const {
    const year y = year_month_day{start_day_}.year() + std::chrono::years{step};
    return rule_.by_week_no.empty() ? local_days{y / 1 / 1} : first_week(y, rule_.week_start);
  }

  /// wanted() for hours, which ask it 24 times for the same day.
  bool wanted_again(local_days day) {
    if (last_asked_ != day) {
      last_asked_ = day;
      last_answer_ = wanted(day);
    }
    return last_answer_;
  }

  [[nodiscard]] bool wanted_month(local_days day) const {
    return rule_.by_month.empty() ||
           holds(rule_.by_month, static_cast<int>(static_cast<unsigned>(year_month_day{day}.month())));
  }

  static local_days last_of_month(local_days day) {
    const year_month_day date{day};
    return local_days{date.year() / date.month() / std::chrono::last};
  }

  [[nodiscard]] bool wanted(local_days day) const {
    if (!wanted_month(day)) return false;
    const year_month_day date{day};
    if (!rule_.by_month_day.empty()) {
      const int of_month = static_cast<int>(static_cast<unsigned>(date.day()));
      const int length =
          static_cast<int>(static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day()));
      if (!holds(rule_.by_month_day, of_month) && !holds(rule_.by_month_day, of_month - length - 1)) return false;
    }
    if (!rule_.by_year_day.empty()) {
      const int of_year = static_cast<int>((day - local_days{date.year() / 1 / 1}).count()) + 1;
      if (!holds(rule_.by_year_day, of_year) &&
          !holds(rule_.by_year_day, of_year - (date.year().is_leap() ? 366 : 365) - 1))
        return false;
    }
    if (!rule_.by_week_no.empty() && rule_.frequency == Frequency::yearly && !wanted_week(day, date.year()))
      return false;
    return rule_.by_day.empty() || wanted_weekday(day, date);
  }

  [[nodiscard]] bool wanted_week(local_days day, year y) const {
    if (day >= first_week(y + std::chrono::years{1}, rule_.week_start)) y += std::chrono::years{1};
    if (day < first_week(y, rule_.week_start)) y -= std::chrono::years{1};
    const local_days first = first_week(y, rule_.week_start);
    const int weeks = static_cast<int>((first_week(y + std::chrono::years{1}, rule_.week_start) - first).count()) / 7;
    const int week = static_cast<int>((day - first).count()) / 7 + 1;
    return holds(rule_.by_week_no, week) || holds(rule_.by_week_no, week - weeks - 1);
  }

  [[nodiscard]] bool wanted_weekday(local_days day, const year_month_day& date) const {
    const bool of_month =
        rule_.frequency == Frequency::monthly || (rule_.frequency == Frequency::yearly && !rule_.by_month.empty());
    const bool ordinals = of_month || (rule_.frequency == Frequency::yearly && rule_.by_week_no.empty());
    const local_days begin = of_month ? local_days{date.year() / date.month() / 1} : local_days{date.year() / 1 / 1};
    const local_days last =
        of_month ? local_days{date.year() / date.month() / std::chrono::last} : local_days{date.year() / 12 / 31};
    const int from_begin = static_cast<int>((day - begin).count()) / 7 + 1;
    const int from_end = -static_cast<int>((last - day).count()) / 7 - 1;
    return std::any_of(rule_.by_day.begin(), rule_.by_day.end(), [&](const RecurrenceRule::WeekDay& wanted_day) {
      if (wanted_day.day != weekday{day}) return false;
      return !ordinals || wanted_day.ordinal == 0 || wanted_day.ordinal == from_begin || wanted_day.ordinal == from_end;
    });
  }

  /// BYSETPOS: only these of the period's times.
  void choose_positions(std::vector<LocalTime>& times) const {
    if (rule_.by_set_pos.empty()) return;
    std::vector<LocalTime> chosen;
    const int size = static_cast<int>(times.size());
    for (int i = 0; i < size; ++i)
      if (holds(rule_.by_set_pos, i + 1) || holds(rule_.by_set_pos, i - size))
        chosen.push_back(times[static_cast<std::size_t>(i)]);
    times = std::move(chosen);
  }

  RecurrenceRule rule_;
  LocalTime start_;
  local_days start_day_;
  Work& work_;
  std::vector<seconds> times_;
  std::optional<local_days> last_asked_;
  bool last_answer_ = false;
};

constexpr std::size_t steps_per_time = 10;  ///< what a made time costs later (zone, order), in days looked at

}  // namespace

std::optional<WrittenTime> parse_written_time(std::string_view text) {
  std::string digits;
  WrittenTime made;
  bool has_time = false;
  for (const char c : trimmed(text)) {
    if (made.utc) return std::nullopt;
    if (c >= '0' && c <= '9')
      digits += c;
    else if ((c == 'T' || c == 't' || c == ' ') && digits.size() == 8 && !has_time)
      has_time = true;
    else if ((c == 'Z' || c == 'z') && has_time)
      made.utc = true;
    else if (c != '-' && c != ':')
      return std::nullopt;
  }
  if (digits.size() != (has_time ? 14U : 8U) && !(has_time && digits.size() == 12)) return std::nullopt;
  digits.resize(14, '0');
  const auto field = [&](std::size_t at, std::size_t size) {
    return *signed_number(std::string_view{digits}.substr(at, size));
  };
  const auto date = year{field(0, 4)} / month{static_cast<unsigned>(field(4, 2))} /
                    std::chrono::day{static_cast<unsigned>(field(6, 2))};
  if (!date.ok() || field(8, 2) > 24 || field(10, 2) > 59 || field(12, 2) > 60) return std::nullopt;
  made.at = local_days{date} + hours{field(8, 2)} + minutes{field(10, 2)} + seconds{std::min(field(12, 2), 59)};
  made.date_only = !has_time;
  return made;
}

std::optional<RecurrenceRule> parse_rule(std::string_view text) {
  const std::string small = lower(text);
  RecurrenceRule rule;
  bool has_frequency = false;
  for (const auto part : parts_of(small, ';')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto key = trimmed(part.substr(0, equals));
    if (!parse_part(key, trimmed(part.substr(equals + 1)), rule)) return std::nullopt;
    has_frequency = has_frequency || key == "freq";
  }
  if (!has_frequency) return std::nullopt;
  return rule;
}

Expansion expand(const RecurrenceRule& rule, LocalTime start, LocalTime last, std::size_t most, Work& work) {
  Expansion made{{start}, false};
  constexpr int longest_interval =
      10000;  // of any unit: beyond it the year could leave <chrono>'s range before `last` is passed
  if (rule.interval > longest_interval) return made;
  const std::size_t wanted = rule.count ? std::min(static_cast<std::size_t>(*rule.count), most) : most;
  Walk walk{rule, start, work};
  for (std::int64_t index = 0; made.times.size() < wanted; ++index) {
    const auto period = walk.period(index);
    if (!work.take(1)) {
      made.capped = true;
      return made;
    }
    if (period.begin > last) return made;
    for (const LocalTime time : period.times) {
      if (time <= made.times.back()) continue;
      if (time > last || made.times.size() >= wanted) {
        made.capped = time <= last && wanted == most;
        return made;
      }
      work.take(steps_per_time);
      made.times.push_back(time);
    }
  }
  made.capped = !rule.count || static_cast<std::size_t>(*rule.count) > most;
  return made;
}

}  // namespace entregent::readers
