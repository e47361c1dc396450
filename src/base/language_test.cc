// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/language.h"

#include <limits>
#include <map>

#include <gtest/gtest.h>

namespace entregent {
namespace {

Language by_locale(const std::map<std::string, const char*>& variables) {
  return Language::from_locale([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second;
  });
}

TEST(Language, is_found_by_its_name) {
  EXPECT_EQ(Language::named("fr")->code(), "fr");
  EXPECT_EQ(Language::named("fr_CA.UTF-8")->code(), "fr");
  EXPECT_EQ(Language::named("en-GB")->code(), "en");
  EXPECT_FALSE(Language::named("de_DE.UTF-8"));
  EXPECT_FALSE(Language::named("french"));
  EXPECT_FALSE(Language::named(""));
}

TEST(Language, follows_the_locale) {
  EXPECT_EQ(by_locale({}).code(), "en");
  EXPECT_EQ(by_locale({{"LANG", "fr_FR.UTF-8"}}).code(), "fr");
  EXPECT_EQ(by_locale({{"LANG", "fr_FR.UTF-8"}, {"LC_MESSAGES", "en_GB.UTF-8"}}).code(), "en");
  EXPECT_EQ(by_locale({{"LANG", "en_GB.UTF-8"}, {"LC_MESSAGES", ""}, {"LC_ALL", "fr_BE@euro"}}).code(), "fr");
  EXPECT_EQ(by_locale({{"LANG", "de_DE.UTF-8"}}).code(), "en");
}

TEST(Language, follows_the_list_of_wishes_unless_the_locale_is_c) {
  EXPECT_EQ(by_locale({{"LANG", "en_GB.UTF-8"}, {"LANGUAGE", "fr:en"}}).code(), "fr");
  EXPECT_EQ(by_locale({{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "de::fr_FR"}}).code(), "fr");
  EXPECT_EQ(by_locale({{"LANG", "fr_FR.UTF-8"}, {"LANGUAGE", "de"}}).code(), "fr");
  EXPECT_EQ(by_locale({{"LANG", "C.UTF-8"}, {"LANGUAGE", "fr"}}).code(), "en");
  EXPECT_EQ(by_locale({{"LANGUAGE", "fr"}}).code(), "en");
}

TEST(Translation, falls_back_on_the_english_text) {
  EXPECT_EQ(Language::french().tr("November"), "novembre");
  EXPECT_EQ(Language::english().tr("November"), "November");
  EXPECT_EQ(Language::french().tr(std::string("never written anywhere {0}")), "never written anywhere {0}");
}

TEST(Translation, fills_numbered_placeholders) {
  const auto french = Language::french();
  EXPECT_EQ(french.tr(std::string("{1} then {0}"), "a", std::string("b")), "b then a");
  EXPECT_EQ(french.tr(std::string("{0} of {1}"), 12345, 7u), "12\u202F345 of 7");
  EXPECT_EQ(french.tr(Error{.code = ErrorCode::invalid, .message = "no {0}", .detail = "{1}"}), "no {1}");
}

TEST(Plural, follows_the_rule_of_the_language) {
  const auto english = Language::english();
  EXPECT_EQ(english.trn("{0} byte", "{0} bytes", 0), "0 bytes");
  EXPECT_EQ(english.trn("{0} byte", "{0} bytes", 1), "1 byte");
  const auto french = Language::french();
  EXPECT_EQ(french.trn("{0} byte", "{0} bytes", 0), "0\u00A0octet");
  EXPECT_EQ(french.trn("{0} byte", "{0} bytes", 1), "1\u00A0octet");
  EXPECT_EQ(french.trn("{0} byte", "{0} bytes", 2000), "2\u202F000\u00A0octets");
  EXPECT_EQ(french.trn(std::string("{0} x of {1}"), std::string("{0} xs of {1}"), 0, 5), "0 xs of 5")
      << "untranslated: English, its rule too";
}

TEST(Number, is_grouped_as_the_language_does) {
  EXPECT_EQ(Language::english().number(std::int64_t{999}), "999");
  EXPECT_EQ(Language::english().number(std::int64_t{-1234567}), "-1,234,567");
  EXPECT_EQ(Language::french().number(std::int64_t{1234567}), "1\u202F234\u202F567");
  EXPECT_EQ(Language::english().number(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
  EXPECT_EQ(Language::english().number(1234.56, 1), "1,234.6");
  EXPECT_EQ(Language::french().number(-1234.5, 2), "-1\u202F234,50");
  EXPECT_EQ(Language::french().number(12.7, 0), "13");
}

TEST(Size, has_two_digits_that_matter) {
  EXPECT_EQ(Language::english().size(999), "999 bytes");
  EXPECT_EQ(Language::english().size(1000), "1.0\u00A0kB");
  EXPECT_EQ(Language::english().size(999'499), "999\u00A0kB");
  EXPECT_EQ(Language::english().size(999'999), "1.0\u00A0MB");
  EXPECT_EQ(Language::french().size(1'234'567), "1,2\u00A0Mo");
  EXPECT_EQ(Language::french().size(45'000'000'000), "45\u00A0Go");
}

TEST(Date, is_written_as_the_language_does) {
  const Day first = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
  EXPECT_EQ(Language::english().short_date(first), "1 Nov 2026");
  EXPECT_EQ(Language::french().short_date(first), "1er nov. 2026");
  EXPECT_EQ(Language::french().long_date(first + std::chrono::days{2}), "3 novembre 2026");
  EXPECT_EQ(Language::english().long_date(first), "1 November 2026");
  EXPECT_EQ(Language::french().month_and_year(first), "nov. 2026");
}

TEST(Months, are_translated_all) {
  for (unsigned month = 1; month <= 12; ++month) {
    EXPECT_NE(Language::french().month_name(month), Language::english().month_name(month)) << month;
    EXPECT_NE(Language::french().short_month(month), Language::english().short_month(month)) << month;
  }
  EXPECT_THROW((void)Language::english().month_name(13), std::out_of_range);
}

}  // namespace
}  // namespace entregent
