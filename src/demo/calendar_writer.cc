// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/calendar_writer.h"

#include <fmt/format.h>

namespace entregent::demo {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::string_view paris_rules =
    "BEGIN:VTIMEZONE\r\nTZID:Europe/"
    "Paris\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nDTSTART:19700329T020000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+"
    "0100\r\nTZNAME:CET\r\n"
    "DTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// Folds at 75 octets, never inside a character: RFC 5545 §3.1.
std::string folded_line(std::string_view line) {
  std::string out;
  std::size_t room = 75;
  while (line.size() > room) {
    std::size_t cut = room;
    while ((static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    room = 74;
  }
  out += line;
  return out + "\r\n";
}

std::string escaped(std::string text) {
  text = replaced(std::move(text), "\\", "\\\\");
  text = replaced(std::move(text), ",", "\\,");
  text = replaced(std::move(text), ";", "\\;");
  return replaced(std::move(text), "\n", "\\n");
}

std::string common_name(const std::string& name) {
  if (name.empty()) return "";
  const bool plain = name.find_first_of(",;:") == std::string::npos;
  const std::string clean = replaced(name, "\"", "'");
  return ";CN=" + (plain ? clean : "\"" + clean + "\"");
}

std::string time_line(std::string_view property, Moment when, ZoneStyle style) {
  const std::string wall = basic_local(local(when, Zone::paris));
  switch (style) {
    case ZoneStyle::paris:
      return fmt::format("{};TZID=Europe/Paris:{}", property, wall);
    case ZoneStyle::windows:
      return fmt::format("{};TZID=Romance Standard Time:{}", property, wall);
    case ZoneStyle::utc:
      return fmt::format("{}:{}", property, basic_utc(when));
    case ZoneStyle::floating:
      break;
  }
  return fmt::format("{}:{}", property, wall);
}

/// The same wall clock a number of weeks later, whatever the season did.
Moment weeks_later(Moment start, int weeks) {
  const Local time = local(start, Zone::paris);
  const auto day =
      std::chrono::sys_days{std::chrono::year{time.year} / std::chrono::month{time.month} / std::chrono::day{time.day}};
  return at(day + days{7 * weeks}, time.hour, time.minute, Zone::paris);
}

std::string time_lines(const Event& event) {
  if (event.all_day) {
    const auto day = std::chrono::floor<days>(event.start);
    return folded_line("DTSTART;VALUE=DATE:" + basic_day(day)) +
           folded_line("DTEND;VALUE=DATE:" + basic_day(day + days{event.days}));
  }
  return folded_line(time_line("DTSTART", event.start, event.zone)) +
         folded_line(time_line("DTEND", event.start + minutes{event.minutes}, event.zone));
}

std::string people_lines(const Event& event, bool upper_scheme) {
  if (event.attendees.empty()) return "";
  const std::string_view scheme = upper_scheme ? "MAILTO:" : "mailto:";
  std::string out =
      folded_line(fmt::format("ORGANIZER{}:{}{}", common_name(event.organizer.name), scheme, event.organizer.address));
  for (const Mailbox& mailbox : event.attendees) {
    out += folded_line(fmt::format("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE{}:{}{}",
                                   common_name(mailbox.name), scheme, mailbox.address));
  }
  return out;
}

std::string event_lines(const Event& event, std::string_view more) {
  const bool upper_scheme = event.zone == ZoneStyle::windows;
  std::string out = "BEGIN:VEVENT\r\n" + folded_line("UID:" + event.uid) +
                    folded_line("DTSTAMP:" + basic_utc(event.start - days{12})) + time_lines(event);
  out += folded_line("SUMMARY:" + escaped(event.summary));
  if (!event.location.empty()) out += folded_line("LOCATION:" + escaped(event.location));
  out += people_lines(event, upper_scheme);
  out += more;
  return out + "END:VEVENT\r\n";
}

std::string head(std::string_view program, std::string_view method) {
  std::string out = fmt::format("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Agenda invente//{}//FR\r\n", program);
  if (!method.empty()) out += fmt::format("METHOD:{}\r\n", method);
  return out;
}

/// A series with one date left out and one moved by two hours.
std::string series(const Event& event, TrapCounts& traps) {
  std::string rule = folded_line(fmt::format("RRULE:FREQ=WEEKLY;COUNT={}", event.weeks));
  rule += folded_line(time_line("EXDATE", weeks_later(event.start, event.left_out), event.zone));
  Event other = event;
  const Moment planned = weeks_later(event.start, event.moved);
  other.start = planned + std::chrono::hours{2};
  ++traps["weekly series"];
  ++traps["EXDATE"];
  ++traps["RECURRENCE-ID"];
  return event_lines(event, rule) +
         event_lines(other, folded_line(time_line("RECURRENCE-ID", planned, event.zone)) + "SEQUENCE:1\r\n");
}

void count_zone(const Event& event, bool has_rules, TrapCounts& traps) {
  if (event.all_day) {
    ++traps["all-day event"];
  } else if (event.zone == ZoneStyle::windows) {
    ++traps["Windows zone"];
  } else if (event.zone == ZoneStyle::floating) {
    ++traps["floating time"];
  } else if (event.zone == ZoneStyle::paris && !has_rules) {
    ++traps["TZID without VTIMEZONE"];
  }
}

}  // namespace

std::string calendar_object(const World& world, const Event& event, Nature nature, const Mailbox& answering) {
  const std::string_view method = nature == Nature::invitation     ? "REQUEST"
                                  : nature == Nature::cancellation ? "CANCEL"
                                                                   : "REPLY";
  std::string more =
      nature == Nature::cancellation ? "STATUS:CANCELLED\r\nSEQUENCE:1\r\n" : "STATUS:CONFIRMED\r\nSEQUENCE:0\r\n";
  if (event.weeks > 0) more += folded_line(fmt::format("RRULE:FREQ=WEEKLY;COUNT={}", event.weeks));
  Event sent = event;
  if (nature == Nature::invitation_answer) sent.attendees = {answering};
  if (!world.cast.marker.empty()) more += folded_line("COMMENT:" + world.cast.marker);
  const bool has_rules = event.uid[0] % 2 == 0;
  return head("Invitations", method) + (has_rules && event.zone == ZoneStyle::paris ? std::string(paris_rules) : "") +
         event_lines(sent, more) + "END:VCALENDAR\r\n";
}

std::vector<CalendarFile> calendar_files(const World& world, TrapCounts& traps) {
  const std::string cut = basic_day(world.cast.old_address_left);
  std::vector<CalendarFile> files{{"Cabinet.ics", head("Bureau", "")},
                                  {"Vasseur Conseil.ics", head("Libre", "")},
                                  {"Personnel.ics", head("Poche", "")}};
  files[0].bytes += paris_rules;
  for (const Event& event : world.events) {
    const bool early = std::chrono::floor<days>(event.start) <= world.cast.old_address_left;
    const std::size_t which = event.all_day ? 2 : early ? 0 : 1;
    // What was called off stays in one calendar and was deleted from the other.
    if (event.cancelled && which == 0) continue;
    count_zone(event, which == 0, traps);
    files[which].bytes += event.weeks > 0
                              ? series(event, traps)
                              : event_lines(event, event.cancelled ? "STATUS:CANCELLED\r\nSEQUENCE:1\r\n" : "");
  }
  for (CalendarFile& file : files) file.bytes += "END:VCALENDAR\r\n";
  return files;
}

int days_held(const Event& event, std::chrono::sys_days last_day) {
  const auto until = last_day + days{1};
  if (event.cancelled || event.start >= until) return 0;
  if (event.all_day) return 1;
  if (event.weeks == 0) return 1;
  int held = 0;
  for (int week = 0; week < event.weeks; ++week) {
    if (week != event.left_out && weeks_later(event.start, week) < until) ++held;
  }
  return held;
}

}  // namespace entregent::demo
