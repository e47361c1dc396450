// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "readers/calendar_zone.h"
#include "readers/content_line.h"
#include "readers/recurrence.h"

/// The components of an iCalendar stream, before anything is made of them. A part of calendar_reader.cc.
namespace entregent::readers {

struct CalendarEvent {
  std::size_t calendar = 0;        ///< index in CalendarFile::calendars
  std::vector<ContentLine> lines;  ///< without those of its alarms
  bool cut_off = false;            ///< it has no END
  bool truncated = false;          ///< it has too many lines

  /// The first line of that name, or null.
  [[nodiscard]] const ContentLine* find(std::string_view name) const;
};

struct Calendar {
  std::string method;                                                 ///< upper case
  std::string zone;                                                   ///< X-WR-TIMEZONE
  std::map<std::string, std::vector<Observance>, std::less<>> zones;  ///< by TZID
};

struct CalendarFile {
  std::vector<Calendar> calendars;  ///< the first is for events that stand in none
  std::vector<CalendarEvent> events;
  bool any_component = false;
  bool too_many_events = false;
};

CalendarFile parse_calendar_file(std::string_view bytes, std::size_t max_events);

/// The zones of a file by their names, each looked up once.
class ZoneBook {
 public:
  /// `fallback` is where floating times are. Both references must outlive the book.
  ZoneBook(const CalendarFile& file, const std::optional<Zone>& fallback, Work& work)
      : file_(file), fallback_(fallback), work_(work) {}

  /// Nothing if nobody knows the name.
  const CalendarZone* find(std::size_t calendar, const std::string& name);
  const CalendarZone& floating(std::size_t calendar);

 private:
  std::optional<CalendarZone> look_up(std::size_t calendar, const std::string& name);

  const CalendarFile& file_;
  const std::optional<Zone>& fallback_;
  Work& work_;
  std::map<std::pair<std::size_t, std::string>, std::optional<CalendarZone>> known_;
};

}  // namespace entregent::readers
