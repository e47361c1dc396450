// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/dates.h"

#include <array>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 7> french_weekdays{"dimanche", "lundi",    "mardi", "mercredi",
                                                          "jeudi",    "vendredi", "samedi"};
constexpr std::array<std::string_view, 12> french_months{"janvier",   "février", "mars",     "avril",
                                                         "mai",       "juin",    "juillet",  "août",
                                                         "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 7> english_weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                           "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> english_months{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

std::chrono::year year_of(Moment when) {
  return std::chrono::year_month_day{std::chrono::floor<days>(when)}.year();
}

/// Directive 2000/84/EC: last Sundays of March and October, 01:00 UTC.
bool is_european_summer(Moment when) {
  const auto year = year_of(when);
  const Moment begin = sys_days{year / std::chrono::March / std::chrono::Sunday[std::chrono::last]} + hours{1};
  const Moment end = sys_days{year / std::chrono::October / std::chrono::Sunday[std::chrono::last]} + hours{1};
  return begin <= when && when < end;
}

/// Energy Policy Act of 2005: second Sunday of March, first of November, 02:00 local.
bool is_american_summer(Moment when) {
  const auto year = year_of(when);
  const Moment begin = sys_days{year / std::chrono::March / std::chrono::Sunday[2]} + hours{7};
  const Moment end = sys_days{year / std::chrono::November / std::chrono::Sunday[1]} + hours{6};
  return begin <= when && when < end;
}

}  // namespace

minutes offset_of(Zone zone, Moment when) {
  switch (zone) {
    case Zone::paris:
      return is_european_summer(when) ? hours{2} : hours{1};
    case Zone::london:
      return is_european_summer(when) ? hours{1} : hours{0};
    case Zone::new_york:
      return is_american_summer(when) ? hours{-4} : hours{-5};
    case Zone::utc:
      break;
  }
  return minutes{0};
}

Local local(Moment when, Zone zone) {
  const minutes offset = offset_of(zone, when);
  const Moment shifted = when + offset;
  const auto day = std::chrono::floor<days>(shifted);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{shifted - day};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .weekday = std::chrono::weekday{day}.c_encoding(),
          .hour = static_cast<int>(time.hours().count()),
          .minute = static_cast<int>(time.minutes().count()),
          .second = static_cast<int>(time.seconds().count()),
          .offset_minutes = static_cast<int>(offset.count())};
}

Moment at(sys_days day, int hour, int minute, Zone zone) {
  const Moment wall = day + hours{hour} + minutes{minute};
  return wall - offset_of(zone, wall - offset_of(zone, wall));
}

bool is_working_day(sys_days day) {
  const unsigned weekday = std::chrono::weekday{day}.c_encoding();
  return weekday != 0 && weekday != 6;
}

std::string rfc5322(Moment when, Zone zone) {
  const Local time = local(when, zone);
  const int offset = time.offset_minutes < 0 ? -time.offset_minutes : time.offset_minutes;
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}", english_weekday(time.weekday).substr(0, 3),
                     time.day, english_month(time.month).substr(0, 3), time.year, time.hour, time.minute, time.second,
                     time.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string asctime(Moment when) {
  const Local time = local(when, Zone::utc);
  return fmt::format("{} {} {:2} {:02}:{:02}:{:02} {:04}", english_weekday(time.weekday).substr(0, 3),
                     english_month(time.month).substr(0, 3), time.day, time.hour, time.minute, time.second, time.year);
}

std::string basic_day(sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string basic_local(const Local& time) {
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}", time.year, time.month, time.day, time.hour, time.minute,
                     time.second);
}

std::string basic_utc(Moment when) {
  return basic_local(local(when, Zone::utc)) + "Z";
}

std::string iso_day(sys_days day) {
  const std::string basic = basic_day(day);
  return basic.substr(0, 4) + "-" + basic.substr(4, 2) + "-" + basic.substr(6);
}

std::string french_day(const Local& time) {
  return fmt::format("{} {}{} {}", french_weekday(time.weekday), time.day, time.day == 1 ? "er" : "",
                     french_month(time.month));
}

std::string english_day(const Local& time) {
  return fmt::format("{} {} {}", english_weekday(time.weekday), time.day, english_month(time.month));
}

std::string_view french_weekday(unsigned weekday) {
  return french_weekdays.at(weekday);
}
std::string_view french_month(unsigned month) {
  return french_months.at(month - 1);
}
std::string_view english_weekday(unsigned weekday) {
  return english_weekdays.at(weekday);
}
std::string_view english_month(unsigned month) {
  return english_months.at(month - 1);
}

}  // namespace entregent::demo
