// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/zones.h"

#include <gtest/gtest.h>

namespace entregent {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

LocalTime local(int year, unsigned month, unsigned day, int hour, int minute = 0) {
  const auto date = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
  return LocalTime{std::chrono::local_days{date}.time_since_epoch() + hours{hour} + minutes{minute}};
}

std::string at(std::string_view zone, LocalTime time) {
  const auto found = Zone::find(zone);
  return found ? iso_instant(found->instant(time)) : "no zone";
}

struct NameCase {
  std::string_view test, name, winter, summer;  // what 12:00 there is in UTC
};
class ZoneNames : public testing::TestWithParam<NameCase> {};

TEST_P(ZoneNames, are_understood) {
  EXPECT_EQ(at(GetParam().name, local(2026, 1, 15, 12)),
            std::string{"2026-01-15T"} + std::string{GetParam().winter} + ":00Z");
  EXPECT_EQ(at(GetParam().name, local(2026, 7, 15, 12)),
            std::string{"2026-07-15T"} + std::string{GetParam().summer} + ":00Z");
}

INSTANTIATE_TEST_SUITE_P(
    table, ZoneNames,
    testing::Values(
        NameCase{"iana", "Europe/Paris", "11:00", "10:00"},
        NameCase{"iana_in_lower_case", "europe/paris", "11:00", "10:00"},
        NameCase{"mozilla", "/mozilla.org/20050126_1/Europe/Paris", "11:00", "10:00"},
        NameCase{"evolution", "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "15:00",
                 "15:00"},
        NameCase{"windows", "Romance Standard Time", "11:00", "10:00"},
        NameCase{"windows_summer", "Eastern Daylight Time", "17:00", "16:00"},
        NameCase{"windows_numbered", "W. Europe Standard Time 1", "11:00", "10:00"},
        NameCase{"outlook_french", "(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris", "11:00", "10:00"},
        NameCase{"outlook_french_old", "(GMT+01.00) Paris/Madrid/Bruxelles/Copenhague", "11:00", "10:00"},
        NameCase{"entourage", "Paris, Madrid", "11:00", "10:00"},
        NameCase{"outlook_french_east", "(UTC-05:00) Est (É.-U. et Canada)", "17:00", "16:00"},
        NameCase{"outlook_english", "(UTC-08:00) Pacific Time (US & Canada)", "20:00", "19:00"},
        NameCase{"outlook_english_london", "(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "12:00", "11:00"},
        NameCase{"outlook_german", "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "11:00", "10:00"},
        NameCase{"outlook_italian", "(UTC+01:00) Bruxelles, Copenaghen, Madrid, Parigi", "11:00", "10:00"},
        NameCase{"quoted", "\"Europe/Paris\"", "11:00", "10:00"},
        NameCase{"india", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "06:30", "06:30"},
        NameCase{"unknown_cities", "(UTC+03:00) Villeneuve-Inconnue", "09:00", "09:00"},
        NameCase{"utc", "UTC", "12:00", "12:00"}, NameCase{"microsoft_utc", "tzone://Microsoft/Utc", "12:00", "12:00"},
        NameCase{"offset", "UTC+2", "10:00", "10:00"}, NameCase{"offset_half", "GMT-05:30", "17:30", "17:30"},
        NameCase{"offset_bare", "+0100", "11:00", "11:00"}, NameCase{"dashed", "US-Eastern", "17:00", "16:00"},
        NameCase{"british_summer", "BST", "12:00", "11:00"}),
    [](const auto& test) { return std::string(test.param.test); });

TEST(Zone, refuses_names_that_mean_nothing) {
  for (const std::string_view name : {"", "Customized Time Zone", "tzone://Microsoft/Custom", "IST", "UTC+25",
                                      "GMT+1:", "(", "Nowhere/Land", "\xFF", "+1x"})
    EXPECT_FALSE(Zone::find(name)) << name;
}

TEST(Zone, takes_the_offset_before_a_gap) {
  EXPECT_EQ(at("Europe/Paris", local(2026, 3, 29, 2, 30)), "2026-03-29T01:30:00Z");  // clocks go from 02:00 to 03:00
  EXPECT_EQ(at("Europe/Paris", local(2026, 3, 29, 3, 0)), "2026-03-29T01:00:00Z");
}

TEST(Zone, takes_the_first_of_a_time_that_comes_twice) {
  EXPECT_EQ(at("Europe/Paris", local(2026, 10, 25, 2, 30)), "2026-10-25T00:30:00Z");
}

TEST(Zone, gives_offsets_and_local_times) {
  const auto paris = Zone::find("Europe/Paris");
  ASSERT_TRUE(paris);
  const Instant summer = paris->instant(local(2026, 7, 1, 9));
  EXPECT_EQ(paris->offset_at(summer), hours{2});
  EXPECT_EQ(paris->local(summer), local(2026, 7, 1, 9));
  EXPECT_EQ(paris->name(), "Europe/Paris");
  EXPECT_EQ(Zone::find("UTC+2")->name(), "GMT+02:00");
  EXPECT_EQ(Zone::utc().offset_at(summer), hours{0});
}

}  // namespace
}  // namespace entregent
