// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/said_days.h"

#include <sstream>
#include <vector>

#include <gtest/gtest.h>

namespace entregent {
namespace {

std::vector<std::string> words(std::string_view line) {
  std::istringstream stream{std::string(line)};
  std::vector<std::string> result;
  for (std::string word; stream >> word;) result.push_back(word);
  return result;
}

const Day today = *parse_iso_day("2026-11-24");  // a Tuesday

struct DayCase {
  std::string_view said, future, past;
};

class SaidDay : public testing::TestWithParam<DayCase> {};

TEST_P(SaidDay, is_understood_in_both_languages) {
  const auto said = words(GetParam().said);
  const auto text = [](std::optional<Day> day) { return day ? iso_day(*day) : std::string(); };
  EXPECT_EQ(text(said_day(said, today, SaidOf::future)), GetParam().future);
  EXPECT_EQ(text(said_day(said, today, SaidOf::past)), GetParam().past);
}

INSTANTIATE_TEST_SUITE_P(
    table, SaidDay,
    testing::Values(
        DayCase{"demain", "2026-11-25", "2026-11-25"}, DayCase{"Tomorrow", "2026-11-25", "2026-11-25"},
        DayCase{"aujourd’hui", "2026-11-24", "2026-11-24"}, DayCase{"Après-demain", "2026-11-26", "2026-11-26"},
        DayCase{"hier", "2026-11-23", "2026-11-23"}, DayCase{"lundi", "2026-11-30", "2026-11-23"},
        DayCase{"mardi", "2026-12-01", "2026-11-17"}, DayCase{"by Friday", "2026-11-27", "2026-11-20"},
        DayCase{"last Friday", "2026-11-20", "2026-11-20"}, DayCase{"d’ici vendredi", "2026-11-27", "2026-11-20"},
        DayCase{"lundi prochain", "2026-11-30", "2026-11-30"}, DayCase{"next week", "2026-11-30", "2026-11-30"},
        DayCase{"la semaine prochaine", "2026-11-30", "2026-11-30"}, DayCase{"2026-12-01", "2026-12-01", "2026-12-01"},
        DayCase{"01/12/2026", "2026-12-01", "2026-12-01"}, DayCase{"1/12", "2026-12-01", "2025-12-01"},
        DayCase{"le 1er décembre", "2026-12-01", "2025-12-01"}, DayCase{"Dec 1st, 2027", "2027-12-01", "2027-12-01"},
        DayCase{"the 3rd of February", "2027-02-03", "2026-02-03"},
        DayCase{"mercredi 4 novembre", "2027-11-04", "2026-11-04"},
        DayCase{"Friday, 4 December", "2026-12-04", "2025-12-04"}, DayCase{"dans 3 jours", "2026-11-27", "2026-11-27"},
        DayCase{"in 2 weeks", "2026-12-08", "2026-12-08"}, DayCase{"il y a 3 jours", "2026-11-21", "2026-11-21"},
        DayCase{"a week ago", "2026-11-17", "2026-11-17"},
        // No days, though they look a little like some.
        DayCase{"31/02", "", ""}, DayCase{"1.5", "", ""}, DayCase{"mer", "", ""}, DayCase{"ju 3", "", ""},
        DayCase{"avant", "", ""}, DayCase{"3", "", ""}, DayCase{"lundi matin tôt", "", ""}),
    [](const auto& test) { return "case_" + std::to_string(test.index); });

TEST(DayInLine, is_the_longest_that_is_one) {
  const auto line = words("envoyer le devis avant le 1er décembre 2027");
  const auto end = day_at_end(line, today, SaidOf::future);
  ASSERT_TRUE(end);
  EXPECT_EQ(iso_day(end->day), "2027-12-01");
  EXPECT_EQ(end->words, 5U);
  const auto begin = day_at_begin(words("last Friday at the station"), today, SaidOf::past);
  ASSERT_TRUE(begin);
  EXPECT_EQ(begin->words, 2U);
  EXPECT_FALSE(day_at_end(words("le train de Monday.com"), today, SaidOf::future));
}

}  // namespace
}  // namespace entregent
