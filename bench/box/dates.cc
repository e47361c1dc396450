// SPDX-License-Identifier: AGPL-3.0-or-later
#include "dates.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace entregent::bench {

namespace {

constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array french_months{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                   "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

struct Moment {
  int year;
  unsigned month, day, weekday;
  std::int64_t hour, minute, second;
};

Moment moment_of(std::int64_t at, int offset_hours) {
  const std::chrono::sys_seconds local{std::chrono::seconds(at + offset_hours * 3600)};
  const auto date = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day parts(date);
  const std::int64_t rest = (local - date).count();
  return {static_cast<int>(parts.year()),
          static_cast<unsigned>(parts.month()),
          static_cast<unsigned>(parts.day()),
          std::chrono::weekday(date).c_encoding(),
          rest / 3600,
          rest / 60 % 60,
          rest % 60};
}

}  // namespace

std::string mail_date(std::int64_t at, int offset_hours) {
  const Moment m = moment_of(at, offset_hours);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} {}{:02}00", days[m.weekday], m.day, months[m.month - 1], m.year,
                     m.hour, m.minute, m.second, offset_hours < 0 ? '-' : '+',
                     offset_hours < 0 ? -offset_hours : offset_hours);
}

std::string mbox_date(std::int64_t at) {
  const Moment m = moment_of(at, 0);
  return fmt::format("{} {} {:2} {:02}:{:02}:{:02} {}", days[m.weekday], months[m.month - 1], m.day, m.hour, m.minute,
                     m.second, m.year);
}

std::string french_date(std::int64_t at, int offset_hours) {
  const Moment m = moment_of(at, offset_hours);
  return fmt::format("{} {} {} à {:02}:{:02}", m.day, french_months[m.month - 1], m.year, m.hour, m.minute);
}

std::string english_date(std::int64_t at, int offset_hours) {
  const Moment m = moment_of(at, offset_hours);
  return fmt::format("{} {}, {} at {:02}:{:02}", months[m.month - 1], m.day, m.year, m.hour, m.minute);
}

int french_offset(std::int64_t at) {
  const unsigned month = moment_of(at, 1).month;
  return month >= 4 && month <= 10 ? 2 : 1;
}

int year_of(std::int64_t at) {
  return moment_of(at, 0).year;
}

}  // namespace entregent::bench
