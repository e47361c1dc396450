// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_date.h"

#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

struct DateCase {
  std::string_view test_name, text, expected;  ///< expected empty: refused
};

class MailDate : public testing::TestWithParam<DateCase> {};

TEST_P(MailDate, is_read) {
  const auto date = parse_mail_date(GetParam().text);
  EXPECT_EQ(date ? iso_instant(*date) : "", GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, MailDate,
    testing::Values(DateCase{"rfc5322", "Mon, 5 Jan 2015 10:20:30 +0100", "2015-01-05T09:20:30Z"},
                    DateCase{"comment", "Mon, 5 Jan 2015 10:20:30 -0500 (EST)", "2015-01-05T15:20:30Z"},
                    DateCase{"no_weekday_no_seconds", "5 Jan 15 10:20 GMT", "2015-01-05T10:20:00Z"},
                    DateCase{"ctime", "Mon Jan  5 10:20:30 2015", "2015-01-05T10:20:30Z"},
                    DateCase{"zone_before_year", "Mon Jan  5 10:20:30 CET 2015", "2015-01-05T09:20:30Z"},
                    DateCase{"takeout", "Mon Jan 05 10:20:30 +0000 2015", "2015-01-05T10:20:30Z"},
                    DateCase{"iso", "2015-01-05T10:20:30+01:00", "2015-01-05T09:20:30Z"},
                    DateCase{"iso_blank", "2015-01-05 10:20:30 +0100", "2015-01-05T09:20:30Z"},
                    DateCase{"iso_zulu", "2015-01-05T10:20:30Z", "2015-01-05T10:20:30Z"},
                    DateCase{"hyphens", "05-Jan-2015 10:20:30 +0000", "2015-01-05T10:20:30Z"},
                    DateCase{"dotted_time", "Mon, 5 Jan 2015 10.20.30 +0000", "2015-01-05T10:20:30Z"},
                    DateCase{"pm", "Jan 5, 2015 1:02:03 PM", "2015-01-05T13:02:03Z"},
                    DateCase{"french", "lun., 5 févr. 2015 10:20:30 +0100", "2015-02-05T09:20:30Z"},
                    DateCase{"french_tuesday", "mar., 6 janv. 2015 10:20:30 +0100", "2015-01-06T09:20:30Z"},
                    DateCase{"german", "Mo, 5 Dez 2016 10:20:30 +0100", "2016-12-05T09:20:30Z"},
                    DateCase{"year_of_two_digits_99", "5 Jan 99 10:20:30 +0000", "1999-01-05T10:20:30Z"},
                    DateCase{"year_of_three_digits", "5 Jan 115 10:20:30 +0000", "2015-01-05T10:20:30Z"},
                    DateCase{"absurd_zone", "5 Jan 2015 10:20:30 +9900", "2015-01-05T10:20:30Z"},
                    DateCase{"glued_zone", "5 Jan 2015 10:20:30+0100", "2015-01-05T09:20:30Z"},
                    DateCase{"gmt_offset", "5 Jan 2015 10:20:30 GMT+0100", "2015-01-05T09:20:30Z"},
                    DateCase{"leap_second", "31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00Z"},
                    DateCase{"day_first", "31/12/2015 10:20", "2015-12-31T10:20:00Z"},
                    DateCase{"month_first", "12/31/2015 10:20", "2015-12-31T10:20:00Z"},
                    DateCase{"day_or_month", "05/01/2015 10:20", ""},
                    DateCase{"no_such_day", "31 Feb 2015 10:20:30 +0000", ""},
                    DateCase{"no_time", "Mon, 5 Jan 2015", ""}, DateCase{"words", "sometime soon", ""},
                    DateCase{"empty", "", ""},
                    DateCase{"folded", "Mon,\r\n 5 Jan 2015\r\n 10:20:30 +0000", "2015-01-05T10:20:30Z"}),
    [](const auto& test) { return std::string(test.param.test_name); });

class EnvelopeLine : public testing::TestWithParam<DateCase> {};

TEST_P(EnvelopeLine, is_told_from_prose) {
  const auto date = parse_envelope_line(GetParam().text);
  EXPECT_EQ(date ? iso_instant(*date) : "", GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, EnvelopeLine,
    testing::Values(
        DateCase{"plain", "From jean@nord.example Mon Jan  5 10:20:30 2015", "2015-01-05T10:20:30Z"},
        DateCase{"thunderbird", "From - Mon Jan 05 10:20:30 2015", "2015-01-05T10:20:30Z"},
        DateCase{"takeout", "From 1490000000000000001@xxx Mon Jan 05 10:20:30 +0000 2015", "2015-01-05T10:20:30Z"},
        DateCase{"takeout_behind_a_zone", "From 149@xxx Mon Jan 05 10:20:30 UTC +0000 2015", "2015-01-05T10:20:30Z"},
        DateCase{"zone_at_the_end", "From jean@nord.example Mon Jan  5 10:20:30 2015 +0100", "2015-01-05T09:20:30Z"},
        DateCase{"uucp", "From jean Mon Jan  5 10:20:30 2015 remote from nord", "2015-01-05T10:20:30Z"},
        DateCase{"blank_in_sender", "From \"jean d\"@nord.example Mon Jan  5 10:20:30 2015", "2015-01-05T10:20:30Z"},
        DateCase{"rfc5322_date", "From jean@nord.example Mon, 5 Jan 2015 10:20:30 +0100", "2015-01-05T09:20:30Z"},
        DateCase{"prose", "From what I saw on Monday 5 Jan 2015 at 10:20 we may go on", ""},
        DateCase{"short_prose", "From Paris with love", ""},
        DateCase{"other_line", "Subject: Mon Jan  5 10:20:30 2015", ""}),
    [](const auto& test) { return std::string(test.param.test_name); });

}  // namespace
}  // namespace entregent::readers
