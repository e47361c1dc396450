// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <string>

#include "demo/truth.h"

/// Civil time in the few zones of the world, and the ways in which programs write it.
namespace entregent::demo {

enum class Zone { paris, london, new_york, utc };

/// Offset from UTC by the rules in force since 2007.
std::chrono::minutes offset_of(Zone zone, Moment when);

struct Local {
  int year = 0;
  unsigned month = 0, day = 0, weekday = 0;  ///< 0 = Sunday
  int hour = 0, minute = 0, second = 0;
  int offset_minutes = 0;
};
Local local(Moment when, Zone zone);

/// The moment that clocks of the zone show so.
Moment at(std::chrono::sys_days day, int hour, int minute, Zone zone);

bool is_working_day(std::chrono::sys_days day);

std::string rfc5322(Moment when, Zone zone);       ///< Tue, 3 Mar 2026 09:05:00 +0100
std::string asctime(Moment when);                  ///< Tue Mar  3 08:05:00 2026, in UTC, as mbox wants it
std::string basic_day(std::chrono::sys_days day);  ///< 20260303
std::string basic_local(const Local& time);        ///< 20260303T090500
std::string basic_utc(Moment when);                ///< 20260303T080500Z
std::string iso_day(std::chrono::sys_days day);    ///< 2026-03-03

std::string french_day(const Local& time);   ///< mardi 3 mars
std::string english_day(const Local& time);  ///< Tuesday 3 March
std::string_view french_weekday(unsigned weekday);
std::string_view french_month(unsigned month);
std::string_view english_weekday(unsigned weekday);
std::string_view english_month(unsigned month);

}  // namespace entregent::demo
