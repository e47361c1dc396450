// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include "readers/calendar_file.h"
#include "readers/extracted_item.h"

/// When an event takes place. A part of calendar_reader.cc.
namespace entregent::readers {

/// What all events of a file share.
struct EventContext {
  ZoneBook& zones;
  Work& work;
  std::optional<Day> horizon;  ///< asked for
  std::optional<Instant> newest_stamp;
};

/// A moment of an event with its zone applied.
struct EventTime {
  Instant at;  ///< of a day: its 00:00 as if in UTC
  LocalTime local;
  bool date_only = false;
  const CalendarZone* zone = nullptr;  ///< null for days and for UTC
};

/// The moment in a property such as DTSTART or RECURRENCE-ID; nothing if it cannot be read. Notes an unknown zone on
/// `item`.
std::optional<EventTime> event_time(const CalendarEvent& event, const ContentLine& line, std::string_view value,
                                    EventContext& context, ExtractedItem& item);

/// Fills `item.occurrences` from the event itself (null if only single occurrences are known) and from those of its
/// occurrences that were changed or called off (`overrides`, the ones that count, in any order).
void fill_occurrences(ExtractedItem& item, const CalendarEvent* master,
                      const std::vector<const CalendarEvent*>& overrides, EventContext& context,
                      const CalendarFile& file);

/// STATUS:CANCELLED, or it came with METHOD:CANCEL.
bool is_called_off(const CalendarEvent& event, const CalendarFile& file);

}  // namespace entregent::readers
