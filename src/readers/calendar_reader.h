// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

struct CalendarOptions {
  /// Where times without a zone (floating, or of a zone that nobody knows) are taken to be: a name for Zone::find. If
  /// none, X-WR-TIMEZONE of the calendar, else UTC.
  std::string zone = {};
  /// Recurring events are followed up to and with this day. If none: ten years after they begin or two years after the
  /// newest DTSTAMP, CREATED or LAST-MODIFIED of the file, whichever is later.
  std::optional<Day> horizon = {};
};

/// Events of RFC 5545, 5546 and 7986 (and of vCalendar 1.0): one item per UID, in the order in which each UID first
/// stands in the file; an event without UID is an item of its own. VTODO, VJOURNAL, VFREEBUSY and VALARM are skipped.
/// Several calendars in one stream, words before them, events outside a calendar and unfolded lines are borne.
///
/// - Of several versions of an event the highest SEQUENCE counts, then the newest DTSTAMP, then the last of the
///   file; everybody who is named in any version is a party. REPLY, REFRESH, COUNTER, DECLINECOUNTER and ADD never
///   change an event that is there. The fact `other` METHOD says how an event came.
/// - Parties: organizer, attendees, sender (SENT-BY of either). Rooms and resources are facts `other` (`ROOM`,
///   `RESOURCE`).
/// - `marks.cancelled`: STATUS:CANCELLED, METHOD:CANCEL of the whole event, or no occurrence is left.
/// - Occurrences: DTSTART, RRULE and RDATE, without EXRULE and EXDATE, with every RECURRENCE-ID in its new place
///   (THISANDFUTURE moves what follows). At most limits::occurrences from the first; Notice::recurrence_capped says
///   that a rule was cut by number or by work, or not followed (SECONDLY, MINUTELY, one that is broken). Ending at
///   the horizon is no cut.
/// - Zones: names with a `/` and Windows names by ICU, other names by the file's own VTIMEZONE, then by ICU; else
///   floating with Notice::zone_unknown. All-day events have no zone.
/// - A missing DTEND is DTSTART, or the day after an all-day one. An end before the start is the start
///   (Notice::malformed).
///
/// Time is linear in the size of `bytes`, whatever its rules ask for. Refuses with ErrorCode::malformed what holds no
/// calendar component at all; a calendar without events gives no items.
Result<std::vector<ExtractedItem>> read_calendar(std::string_view bytes, const CalendarOptions& options = {});

}  // namespace entregent::readers
