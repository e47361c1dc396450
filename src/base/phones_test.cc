// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/phones.h"

#include <gtest/gtest.h>

namespace entregent {
namespace {

struct PhoneCase {
  std::string_view test, text, country, expected;  // expected: number, `;` and extension; `-` for refused
};
class Phones : public testing::TestWithParam<PhoneCase> {};

TEST_P(Phones, are_normalised_or_refused) {
  const auto phone = normalised_phone(GetParam().text, GetParam().country);
  const std::string got = !phone ? "-" : phone->extension.empty() ? phone->e164 : phone->e164 + ";" + phone->extension;
  EXPECT_EQ(got, GetParam().expected) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    table, Phones,
    testing::Values(PhoneCase{"french", "01 42 00 00 17", "FR", "+33142000017"},
                    PhoneCase{"dots", "06.12.00.00.34", "FR", "+33612000034"},
                    PhoneCase{"international", "+33 1 42 00 00 17", "FR", "+33142000017"},
                    PhoneCase{"bracketed_zero", "+33 (0)1 42 00 00 17", "FR", "+33142000017"},
                    PhoneCase{"zero_too_much", "+33 01 42 00 00 17", "FR", "+33142000017"},
                    PhoneCase{"double_zero", "0033 1 42 00 00 17", "FR", "+33142000017"},
                    PhoneCase{"no_plus", "33 (0)1 42 00 00 17", "FR", "+33142000017"},
                    PhoneCase{"no_break_spaces", "01\u00A042\u202F00\u00A000\u00A017", "FR", "+33142000017"},
                    PhoneCase{"odd_dashes", "01\u201142\u201100\u201300\u201417", "FR", "+33142000017"},
                    PhoneCase{"wide_digits", "０１ ４２ ００ ００ １７", "FR", "+33142000017"},
                    PhoneCase{"uri", "tel:+33-1-42-00-00-17;ext=102", "FR", "+33142000017;102"},
                    PhoneCase{"uri_context", "tel:+33142000017;phone-context=example.org", "FR", "+33142000017"},
                    PhoneCase{"poste", "01 42 00 00 17 poste 123", "FR", "+33142000017;123"},
                    PhoneCase{"ext", "+1 (919) 555-0119 ext. 42", "FR", "+19195550119;42"},
                    PhoneCase{"x", "919-555-0119 x42", "US", "+19195550119;42"},
                    PhoneCase{"american_home", "1-919-555-0119", "US", "+19195550119"},
                    PhoneCase{"american_abroad", "011 33 1 42 00 00 17", "US", "+33142000017"},
                    PhoneCase{"italian_zero_stays", "+39 06 0000 1234", "FR", "+390600001234"},
                    PhoneCase{"belgian", "02 555 00 17", "BE", "+3225550017"},
                    PhoneCase{"swiss", "022 555 00 17", "CH", "+41225550017"},
                    PhoneCase{"german_slash", "030/55500017", "DE", "+493055500017"},
                    PhoneCase{"british", "020 7946 0017", "GB", "+442079460017"},
                    PhoneCase{"reunion_from_france", "0262 00 00 17", "FR", "+262262000017"},
                    PhoneCase{"mayotte_mobile", "0639 00 00 17", "FR", "+262639000017"},
                    PhoneCase{"paris_from_reunion", "01 42 00 00 17", "RE", "+33142000017"},
                    PhoneCase{"martinique", "0596 00 00 17", "MQ", "+596596000017"},
                    PhoneCase{"spanish", "915 550 017", "ES", "+34915550017"},
                    PhoneCase{"far_code", "+852 5550 0017", "FR", "+85255500017"},
                    PhoneCase{"vanity", "1-800-FLOWERS", "US", "-"}, PhoneCase{"words", "BusinessPhone", "FR", "-"},
                    PhoneCase{"short_number", "15", "FR", "-"}, PhoneCase{"short_number_of_four", "3631", "FR", "-"},
                    PhoneCase{"no_such_code", "+999 1234 5678", "FR", "-"},
                    PhoneCase{"two_numbers", "01 42 00 00 17 / 06 12 00 00 34", "FR", "-"},
                    PhoneCase{"too_short", "+33 1 42 00", "FR", "-"},
                    PhoneCase{"too_long", "01 42 00 00 17 99", "FR", "-"}, PhoneCase{"empty", "", "FR", "-"},
                    PhoneCase{"plus_alone", "+", "FR", "-"}, PhoneCase{"plus_inside", "01 42 +00 00 17", "FR", "-"},
                    PhoneCase{"no_trunk", "142000017", "FR", "-"},
                    PhoneCase{"unknown_home", "01 42 00 00 17", "XX", "-"},
                    PhoneCase{"unknown_home_abroad", "0033142000017", "XX", "+33142000017"},
                    PhoneCase{"empty_extension", "01 42 00 00 17 ext.", "FR", "-"},
                    PhoneCase{"broken_bytes", "01 42 \xFF", "FR", "-"}),
    [](const auto& test) { return std::string(test.param.test); });

TEST(Phones, normalising_twice_changes_nothing) {
  for (const std::string_view text :
       {"01 42 00 00 17", "+1 919 555 0119", "+39 06 0000 1234", "0262 00 00 17", "+49 30 55500017"}) {
    const auto once = normalised_phone(text);
    ASSERT_TRUE(once) << text;
    EXPECT_EQ(normalised_phone(once->e164), once) << text;
  }
}

}  // namespace
}  // namespace entregent
