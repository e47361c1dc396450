// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/calendar_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/limits.h"

namespace entregent::readers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<ExtractedItem> events(std::string_view bytes, const CalendarOptions& options = {}) {
  auto read = read_calendar(bytes, options);
  EXPECT_TRUE(read) << bytes;
  return read ? *read : std::vector<ExtractedItem>{};
}

/// The one event with these lines.
ExtractedItem event(std::string_view lines, const CalendarOptions& options = {}) {
  const auto all = events("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n" + std::string{lines} +
                              "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                          options);
  EXPECT_EQ(all.size(), 1U) << lines;
  return all.empty() ? ExtractedItem{} : all.front();
}

std::string when(const Occurrence& occurrence) {
  const auto text = [&](Instant at) {
    return occurrence.all_day ? iso_instant(at).substr(0, 10) : iso_instant(at).substr(0, 16);
  };
  return text(occurrence.start) + "/" + text(occurrence.end);
}

std::vector<std::string> whens(const ExtractedItem& item) {
  std::vector<std::string> made;
  for (const Occurrence& occurrence : item.occurrences) made.push_back(when(occurrence));
  return made;
}

bool has(const ExtractedItem& item, Notice notice) {
  return std::find(item.notices.begin(), item.notices.end(), notice) != item.notices.end();
}

TEST(Calendar, gives_people_words_and_time) {
  const auto item = event(
      "SUMMARY:Revue\\, "
      "printemps\r\nDTSTART;TZID=Europe/Paris:20260706T093000\r\nDTEND;TZID=Europe/"
      "Paris:20260706T110000\r\nLOCATION:Lyon\\, salle 2\r\n"
      "DESCRIPTION:Ordre du jour\\nbudget\r\nORGANIZER;CN=Zoé "
      "Martin;SENT-BY=\"mailto:accueil@acme.example\":mailto:zoe@acme.example\r\n"
      "ATTENDEE;CN=\"Paul; "
      "chef\";PARTSTAT=ACCEPTED:MAILTO:Paul@acme.example\r\nATTENDEE;EMAIL=lea@acme.example;CN=Léa:urn:uuid:1234\r\n"
      "ATTENDEE;CUTYPE=ROOM;CN=Salle "
      "2:mailto:salle2@acme.example\r\nSEQUENCE:3\r\nCATEGORIES:Travail,Clients\r\nURL:https://acme.example/r\r\n"
      "CONFERENCE;VALUE=URI:https://visio.example/"
      "1\r\nBEGIN:VALARM\r\nACTION:EMAIL\r\nATTENDEE:mailto:rappel@acme.example\r\nDESCRIPTION:rappel\r\nEND:VALARM");
  EXPECT_EQ(item.kind, ItemKind::event);
  EXPECT_EQ(item.identifier, "1");
  EXPECT_EQ(item.title, "Revue, printemps");
  EXPECT_EQ(item.location, "Lyon, salle 2");
  EXPECT_EQ(item.sequence, 3);
  EXPECT_THAT(whens(item), ElementsAre("2026-07-06T07:30/2026-07-06T09:00"));
  ASSERT_TRUE(item.happened_at);
  EXPECT_EQ(iso_instant(*item.happened_at), "2026-07-06T07:30:00Z");
  EXPECT_THAT(item.parties, ElementsAre(Party{Role::organizer, "Zoé Martin", "zoe@acme.example"},
                                        Party{Role::sender, "", "accueil@acme.example"},
                                        Party{Role::attendee, "Paul; chef", "Paul@acme.example"},
                                        Party{Role::attendee, "Léa", "lea@acme.example"}));
  EXPECT_THAT(item.texts, ElementsAre(TextSection{TextKind::fresh, "Ordre du jour\nbudget"}));
  EXPECT_THAT(item.labels, ElementsAre("Travail", "Clients"));
  EXPECT_THAT(item.facts, ElementsAre(Fact{FactKind::url, "https://acme.example/r", ""},
                                      Fact{FactKind::url, "https://visio.example/1", "conference"},
                                      Fact{FactKind::other, "Salle 2", "ROOM"}));
  EXPECT_THAT(item.notices, IsEmpty());
}

// The traps, one test each.

TEST(CalendarTrap, zone_without_vtimezone) {
  EXPECT_THAT(whens(event("DTSTART;TZID=America/Montreal:20260115T090000")),
              ElementsAre("2026-01-15T14:00/2026-01-15T14:00"));
  EXPECT_THAT(whens(event("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20260706T090000")),
              ElementsAre("2026-07-06T07:00/2026-07-06T07:00"));
}

TEST(CalendarTrap, windows_zone_names) {
  EXPECT_THAT(whens(event("DTSTART;TZID=Romance Standard Time:20260706T090000")),
              ElementsAre("2026-07-06T07:00/2026-07-06T07:00"));
  EXPECT_THAT(whens(event("DTSTART;TZID=\"(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris\":20260706T090000")),
              ElementsAre("2026-07-06T07:00/2026-07-06T07:00"));
}

TEST(CalendarTrap, zone_of_the_file_itself) {
  const std::string zone =
      "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Bureau\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+"
      "0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
      "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;"
      "BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
  const auto at = [&](const std::string& time) {
    const auto all = events(zone + "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Bureau:" + time + "\nEND:VEVENT\nEND:VCALENDAR");
    EXPECT_THAT(all.front().notices, IsEmpty());
    return iso_instant(all.front().occurrences.front().start);
  };
  EXPECT_EQ(at("20260115T120000"), "2026-01-15T11:00:00Z");
  EXPECT_EQ(at("20260715T120000"), "2026-07-15T10:00:00Z");
  EXPECT_EQ(at("20260329T023000"), "2026-03-29T01:30:00Z");  // skipped by the clocks
  EXPECT_EQ(at("20261025T023000"), "2026-10-25T00:30:00Z");  // comes twice: the first
  EXPECT_EQ(at("20261025T033000"), "2026-10-25T02:30:00Z");
}

TEST(CalendarTrap, floating_times) {
  EXPECT_THAT(whens(event("DTSTART:20260706T090000")), ElementsAre("2026-07-06T09:00/2026-07-06T09:00"));
  EXPECT_THAT(whens(event("DTSTART:20260706T090000", {.zone = "Europe/Paris"})),
              ElementsAre("2026-07-06T07:00/2026-07-06T07:00"));
  EXPECT_THAT(whens(events("BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/"
                           "Paris\nBEGIN:VEVENT\nDTSTART:20260706T090000\nEND:VEVENT\nEND:VCALENDAR")
                        .front()),
              ElementsAre("2026-07-06T07:00/2026-07-06T07:00"));
  const auto unknown = event("DTSTART;TZID=Customized Time Zone:20260706T090000", {.zone = "Europe/Paris"});
  EXPECT_THAT(whens(unknown), ElementsAre("2026-07-06T07:00/2026-07-06T07:00"));
  EXPECT_TRUE(has(unknown, Notice::zone_unknown));
}

TEST(CalendarTrap, whole_days_have_no_zone) {
  const auto item = event("DTSTART;VALUE=DATE:20260706\r\nDTEND;VALUE=DATE:20260709", {.zone = "Asia/Tokyo"});
  EXPECT_THAT(whens(item), ElementsAre("2026-07-06/2026-07-09"));
  EXPECT_TRUE(item.occurrences.front().all_day);
  EXPECT_THAT(whens(event("DTSTART;VALUE=DATE:20260706")), ElementsAre("2026-07-06/2026-07-07"));
  EXPECT_THAT(whens(event("DTSTART;VALUE=DATE:20260706\r\nDTEND;VALUE=DATE:20260706")),
              ElementsAre("2026-07-06/2026-07-07"));
  EXPECT_THAT(whens(event("DTSTART:20260706\r\nDURATION:P2D")), ElementsAre("2026-07-06/2026-07-08"));
  EXPECT_THAT(whens(event("DTSTART;TZID=Europe/Paris:20260706T000000\r\nDTEND;TZID=Europe/"
                          "Paris:20260707T000000\r\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE")),
              ElementsAre("2026-07-06/2026-07-07"));
}

TEST(CalendarTrap, series_with_exceptions_and_moved_occurrences) {
  const auto all = events(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Point\nDTSTART;TZID=Europe/"
      "Paris:20260316T090000\nDTEND;TZID=Europe/Paris:20260316T100000\nRRULE:FREQ=WEEKLY;COUNT=5\n"
      "EXDATE;TZID=Europe/Paris:20260323T090000\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nRECURRENCE-ID;TZID=Europe/"
      "Paris:20260406T090000\nSUMMARY:Point déplacé\n"
      "DTSTART;TZID=Europe/Paris:20260407T140000\nDTEND;TZID=Europe/"
      "Paris:20260407T150000\nATTENDEE;CN=Léa:mailto:lea@acme.example\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260413T070000Z\nSTATUS:CANCELLED\nDTSTART;TZID=Europe/"
      "Paris:20260413T090000\nEND:VEVENT\nEND:VCALENDAR");
  ASSERT_THAT(all, SizeIs(1));  // one tie with many dates
  EXPECT_EQ(all[0].title, "Point");
  EXPECT_THAT(whens(all[0]), ElementsAre("2026-03-16T08:00/2026-03-16T09:00", "2026-03-30T07:00/2026-03-30T08:00",
                                         "2026-04-07T12:00/2026-04-07T13:00"));
  EXPECT_THAT(all[0].parties, ElementsAre(Party{Role::attendee, "Léa", "lea@acme.example"}));
  EXPECT_FALSE(all[0].marks.cancelled);
}

TEST(CalendarTrap, this_and_future_moves_what_follows) {
  const auto all = events(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260706T090000Z\nDTEND:20260706T100000Z\nRRULE:FREQ=WEEKLY;COUNT="
      "4\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\n"
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20260720T090000Z\nDTSTART:20260721T140000Z\nDTEND:20260721T143000Z\nEND:"
      "VEVENT\nEND:VCALENDAR");
  EXPECT_THAT(whens(all.front()),
              ElementsAre("2026-07-06T09:00/2026-07-06T10:00", "2026-07-13T09:00/2026-07-13T10:00",
                          "2026-07-21T14:00/2026-07-21T14:30", "2026-07-28T14:00/2026-07-28T14:30"));
}

TEST(CalendarTrap, higher_sequence_wins) {
  const auto all = events(
      "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nSEQUENCE:2\nSUMMARY:Nouveau\nDTSTART:"
      "20260707T090000Z\nEND:VEVENT\nEND:VCALENDAR\n"
      "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nSEQUENCE:1\nSUMMARY:Ancien\nDTSTART:"
      "20260706T090000Z\nATTENDEE:mailto:a@acme.example\nEND:VEVENT\nEND:VCALENDAR\n"
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nSEQUENCE:2\nSUMMARY:Accepté : "
      "Nouveau\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@acme.example\nEND:VEVENT\nEND:VCALENDAR");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Nouveau");
  EXPECT_EQ(all[0].sequence, 2);
  EXPECT_THAT(whens(all[0]), ElementsAre("2026-07-07T09:00/2026-07-07T09:00"));
  EXPECT_THAT(all[0].parties,
              ElementsAre(Party{Role::attendee, "", "a@acme.example"}, Party{Role::attendee, "", "b@acme.example"}));
  EXPECT_THAT(all[0].facts,
              ElementsAre(Fact{FactKind::other, "REQUEST", "METHOD"}, Fact{FactKind::other, "REPLY", "METHOD"}));
}

TEST(CalendarTrap, a_weekly_meeting_for_ever_is_capped_by_horizon_and_number) {
  EXPECT_THAT(event("DTSTART:20160104T090000Z\r\nRRULE:FREQ=WEEKLY").occurrences, SizeIs(522));  // ten years
  const auto stamped = event("DTSTAMP:20240101T000000Z\r\nDTSTART:20120102T090000Z\r\nRRULE:FREQ=WEEKLY");
  EXPECT_EQ(iso_instant(stamped.occurrences.back().start), "2025-12-29T09:00:00Z");  // two years after the export
  EXPECT_THAT(stamped.notices, IsEmpty());
  EXPECT_THAT(
      event("DTSTART:20260105T090000Z\r\nRRULE:FREQ=WEEKLY", {.horizon = *parse_iso_day("2026-01-19")}).occurrences,
      SizeIs(3));
  const auto daily = event("DTSTART:20160104T090000Z\r\nRRULE:FREQ=DAILY");
  EXPECT_THAT(daily.occurrences, SizeIs(limits::occurrences));
  EXPECT_TRUE(has(daily, Notice::recurrence_capped));
}

TEST(CalendarTrap, rules_that_nobody_should_follow) {
  for (const std::string_view rule :
       {"FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=SOMETIMES", "nonsense", "FREQ=DAILY;INTERVAL=0"}) {
    const auto item = event("DTSTART:20260706T090000Z\r\nRRULE:" + std::string{rule});
    EXPECT_THAT(item.occurrences, SizeIs(1)) << rule;
    EXPECT_TRUE(has(item, Notice::recurrence_capped)) << rule;
  }
}

TEST(Calendar, many_bombs_share_one_allowance_of_work) {
  std::string file = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 100; ++i)  // 200 years of hours each, were they followed
    file +=
        "BEGIN:VEVENT\nUID:" + std::to_string(i) +
        "\nDTSTART:20000101T000000Z\nDTSTAMP:21990101T000000Z\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n";
  const auto all = events(file + "END:VCALENDAR");
  ASSERT_THAT(all, SizeIs(100));
  for (const auto& item : all) {
    EXPECT_THAT(item.occurrences, SizeIs(1));
    EXPECT_TRUE(has(item, Notice::recurrence_capped));
  }
}

TEST(Calendar, adds_dates_and_periods) {
  const auto item = event(
      "DTSTART:20260706T090000Z\r\nDURATION:PT1H\r\nRDATE:20260708T090000Z,20260709T120000Z\r\nRDATE;VALUE=PERIOD:"
      "20260710T090000Z/20260710T120000Z,20260711T090000Z/PT30M");
  EXPECT_THAT(whens(item), ElementsAre("2026-07-06T09:00/2026-07-06T10:00", "2026-07-08T09:00/2026-07-08T10:00",
                                       "2026-07-09T12:00/2026-07-09T13:00", "2026-07-10T09:00/2026-07-10T12:00",
                                       "2026-07-11T09:00/2026-07-11T09:30"));
}

TEST(Calendar, removes_days_and_old_exception_rules) {
  EXPECT_THAT(
      event("DTSTART;TZID=Europe/Paris:20260706T003000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20260707")
          .occurrences,
      SizeIs(2));
  EXPECT_THAT(
      event("DTSTART:20260706T090000Z\r\nRRULE:FREQ=DAILY;COUNT=7\r\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU").occurrences,
      SizeIs(5));
}

TEST(Calendar, keeps_the_hour_over_a_clock_change) {
  const auto item =
      event("DTSTART;TZID=Europe/Paris:20260327T090000\r\nDURATION:P1D\r\nRRULE:FREQ=DAILY;UNTIL=20260329T070000Z");
  EXPECT_THAT(whens(item), ElementsAre("2026-03-27T08:00/2026-03-28T08:00", "2026-03-28T08:00/2026-03-29T07:00",
                                       "2026-03-29T07:00/2026-03-30T07:00"));
}

TEST(Calendar, calls_events_off) {
  EXPECT_TRUE(event("DTSTART:20260706T090000Z\r\nSTATUS:CANCELLED").marks.cancelled);
  const auto all = events(
      "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nSUMMARY:Réunion\nDTSTART:20260706T090000Z\nSEQUENCE:"
      "0\nEND:VEVENT\nEND:VCALENDAR\n"
      "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nSEQUENCE:1\nEND:VEVENT\nEND:VCALENDAR");
  EXPECT_TRUE(all.front().marks.cancelled);
  EXPECT_EQ(all.front().title, "Réunion");
  EXPECT_THAT(all.front().occurrences, SizeIs(1));
  EXPECT_EQ(all.front().sequence, 1);
  const auto again = events(
      "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nSEQUENCE:1\nEND:VEVENT\nEND:VCALENDAR\n"
      "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTART:20260706T090000Z\nSEQUENCE:2\nEND:VEVENT\nEND:"
      "VCALENDAR");
  EXPECT_FALSE(again.front().marks.cancelled);
  EXPECT_TRUE(event("DTSTART:20260706T090000Z\r\nRRULE:FREQ=DAILY;COUNT=1\r\nEXDATE:20260706T090000Z").marks.cancelled);
}

TEST(Calendar, reads_single_occurrences_without_their_series) {
  const auto item = event("RECURRENCE-ID:20260706T090000Z\r\nDTSTART:20260706T100000Z\r\nSUMMARY:Une fois");
  EXPECT_EQ(item.title, "Une fois");
  EXPECT_THAT(whens(item), ElementsAre("2026-07-06T10:00/2026-07-06T10:00"));
}

TEST(Calendar, skips_other_components) {
  EXPECT_THAT(events("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nSUMMARY:a\nEND:VTODO\nBEGIN:VJOURNAL\nUID:2\nEND:"
                     "VJOURNAL\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nEND:VCALENDAR"),
              IsEmpty());
}

TEST(Calendar, bears_disorder) {
  EXPECT_THAT(
      events("some words\r\nmore: "
             "words\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260706T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"),
      SizeIs(1));
  EXPECT_THAT(events("BEGIN:VEVENT\nUID:1\nDTSTART:20260706T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART:"
                     "20260706T090000Z\nEND:VEVENT"),
              SizeIs(2));
  const auto cut = events(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260706T090000Z\nBEGIN:VEVENT\nUID:2\nDTSTART:20260706T090000Z");
  ASSERT_THAT(cut, SizeIs(2));
  EXPECT_TRUE(has(cut[0], Notice::malformed));
  EXPECT_TRUE(has(cut[1], Notice::malformed));
  const auto unfolded = event("DESCRIPTION:un\r\ndeux mots\r\nSUMMARY:S\r\nDTSTART:20260706T090000Z");
  EXPECT_THAT(unfolded.texts, ElementsAre(TextSection{TextKind::fresh, "un\ndeux mots"}));
  EXPECT_EQ(unfolded.title, "S");
  EXPECT_EQ(event("SUMMARY\r\n :Dix\r\n  mots\r\nDTSTART\r\n ;TZID=Europe/Paris\r\n :20260706T090000").title,
            "Dix mots");
}

TEST(Calendar, reads_latin_1) {
  const auto item = event("SUMMARY:R\xE9union\r\nDTSTART:20260706T090000Z");
  EXPECT_EQ(item.title, "Réunion");
  EXPECT_TRUE(has(item, Notice::charset_guessed));
}

TEST(Calendar, reads_the_quoted_printable_of_vcalendar) {
  EXPECT_EQ(events("BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nSUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:R=C3="
                   "A9u=\nnion\nDTSTART:20260706T090000Z\nEND:VEVENT\nEND:VCALENDAR")
                .front()
                .title,
            "Réunion");
}

TEST(Calendar, says_what_is_missing) {
  const auto item = event("SUMMARY:Sans date");
  EXPECT_THAT(item.notices, ElementsAre(Notice::date_missing));
  EXPECT_FALSE(item.happened_at);
  EXPECT_FALSE(item.marks.cancelled);
  const auto backwards = event("DTSTART:20260706T090000Z\r\nDTEND:20260706T080000Z");
  EXPECT_THAT(whens(backwards), ElementsAre("2026-07-06T09:00/2026-07-06T09:00"));
  EXPECT_TRUE(has(backwards, Notice::malformed));
}

TEST(Calendar, names_people_without_addresses) {
  const auto item = event(
      "DTSTART:20260706T090000Z\r\nORGANIZER;CN=Zoé:invalid:nomail\r\nATTENDEE;CN=\"'paul@acme.example'\":mailto:paul@"
      "acme.example\r\nATTENDEE;CN=Martin, Léa:mailto:lea%40acme.example");
  EXPECT_THAT(item.parties,
              ElementsAre(Party{Role::organizer, "Zoé", ""}, Party{Role::attendee, "", "paul@acme.example"},
                          Party{Role::attendee, "Martin, Léa", "lea@acme.example"}));
}

TEST(Calendar, counts_what_is_attached) {
  const auto item = event(
      "DTSTART:20260706T090000Z\r\nATTACH;FMTTYPE=application/"
      "PDF;ENCODING=BASE64;VALUE=BINARY;FILENAME=\"C:\\a\\plan.pdf\":AAAABBBB\r\nATTACH:https://acme.example/plan");
  EXPECT_THAT(item.attachments, ElementsAre(Attachment{"plan.pdf", "application/pdf", 6}));
  EXPECT_THAT(item.facts, ElementsAre(Fact{FactKind::url, "https://acme.example/plan", "attach"}));
}

TEST(Calendar, hashes_start_title_and_organizer) {
  const auto hash = [](const std::string& lines) {
    return events("BEGIN:VEVENT\n" + lines + "\nEND:VEVENT").front().content_hash;
  };
  const std::string lines = "DTSTART:20260706T090000Z\nSUMMARY:a\nORGANIZER:mailto:z@acme.example";
  EXPECT_EQ(hash(lines), hash(lines + "\nDESCRIPTION:more"));
  EXPECT_NE(hash(lines), hash("DTSTART:20260707T090000Z\nSUMMARY:a\nORGANIZER:mailto:z@acme.example"));
  EXPECT_NE(hash(lines), hash("DTSTART:20260706T090000Z\nSUMMARY:b\nORGANIZER:mailto:z@acme.example"));
  EXPECT_NE(hash("SUMMARY:"), decltype(hash(""))({}));
}

TEST(Calendar, events_without_uid_stay_apart) {
  EXPECT_THAT(events("BEGIN:VEVENT\nSUMMARY:a\nDTSTART:20260706T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:b\nDTSTART:"
                     "20260706T090000Z\nEND:VEVENT"),
              SizeIs(2));
}

TEST(Calendar, refuses_what_holds_no_calendar) {
  for (const std::string_view bytes : {"", "BEGIN:VCARD\nEND:VCARD", "DTSTART:20260706T090000Z", "\xFF\xFE"}) {
    const auto read = read_calendar(bytes);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::malformed);
  }
}

}  // namespace
}  // namespace entregent::readers
