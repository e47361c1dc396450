// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_addresses.h"

#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

struct AddressCase {
  std::string_view test_name, raw;
  std::vector<Mailbox> expected;
};

class Addresses : public testing::TestWithParam<AddressCase> {};

TEST_P(Addresses, are_read) {
  NoticeSet notices;
  const auto found = parse_addresses(GetParam().raw, 100, notices);
  ASSERT_EQ(found.size(), GetParam().expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].name, GetParam().expected[i].name);
    EXPECT_EQ(found[i].address, GetParam().expected[i].address);
  }
}

INSTANTIATE_TEST_SUITE_P(
    table, Addresses,
    testing::Values(
        AddressCase{"bare", "a@b.example", {{"", "a@b.example"}}},
        AddressCase{"named", "Jean Dupont <a@b.example>", {{"Jean Dupont", "a@b.example"}}},
        AddressCase{"quoted_comma",
                    "\"Dupont, Jean\" <a@b.example>, c@d.example",
                    {{"Dupont, Jean", "a@b.example"}, {"", "c@d.example"}}},
        AddressCase{"nested_quotes", "\"A, \"A, B\"\" <a@b.example>", {{"A, \"A, B\"", "a@b.example"}}},
        AddressCase{"nested_quotes_open", "\"A, \"A, B\" <a@b.example>", {{"A, \"A, B", "a@b.example"}}},
        AddressCase{"nickname_in_quotes",
                    "\"Jean \"Jojo\" Dupont\" <a@b.example>, <c@d.example>",
                    {{"Jean \"Jojo\" Dupont", "a@b.example"}, {"", "c@d.example"}}},
        AddressCase{
            "escaped_quotes", "\"Jean \\\"Jojo\\\" Dupont\" <a@b.example>", {{"Jean \"Jojo\" Dupont", "a@b.example"}}},
        AddressCase{"single_quotes", "'Jean Dupont' <a@b.example>", {{"Jean Dupont", "a@b.example"}}},
        AddressCase{"quoted_single_quotes", "\"'Jean Dupont'\" <a@b.example>", {{"Jean Dupont", "a@b.example"}}},
        AddressCase{"comment", "a@b.example (Jean (dit Jojo) Dupont)", {{"Jean (dit Jojo) Dupont", "a@b.example"}}},
        AddressCase{"encoded", "=?utf-8?Q?J=C3=A9r=C3=B4me?= <a@b.example>", {{"Jérôme", "a@b.example"}}},
        AddressCase{"encoded_in_quotes", "\"=?utf-8?Q?J=C3=A9r=C3=B4me?=\" <a@b.example>", {{"Jérôme", "a@b.example"}}},
        AddressCase{
            "encoded_comma", "=?utf-8?Q?Dupont,_J=C3=A9r=C3=B4me?= <a@b.example>", {{"Dupont, Jérôme", "a@b.example"}}},
        AddressCase{"encoded_decoded_comma",
                    "=?iso-8859-1?Q?Dupont=2C_J=E9r=F4me?= <a@b.example>",
                    {{"Dupont, Jérôme", "a@b.example"}}},
        AddressCase{"whole_encoded", "=?utf-8?B?SmVhbiA8YUBiLmV4YW1wbGU+?=", {{"Jean", "a@b.example"}}},
        AddressCase{"raw_utf8", "Jérôme <a@b.example>", {{"Jérôme", "a@b.example"}}},
        AddressCase{"raw_latin1", "J\xE9r\xF4me <a@b.example>", {{"Jérôme", "a@b.example"}}},
        AddressCase{
            "semicolons", "Jean <a@b.example>; Paul <c@d.example>", {{"Jean", "a@b.example"}, {"Paul", "c@d.example"}}},
        AddressCase{"group",
                    "Amis: Jean <a@b.example>, c@d.example;, e@f.example",
                    {{"Jean", "a@b.example"}, {"", "c@d.example"}, {"", "e@f.example"}}},
        AddressCase{"undisclosed", "undisclosed-recipients:;", {}},
        AddressCase{"route", "Jean <@x.example,@y.example:a@b.example>", {{"Jean", "a@b.example"}}},
        AddressCase{"route_to_nobody", "@x.example:, a@b.example", {{"", "a@b.example"}}},
        AddressCase{"mailto", "<mailto:a@b.example>", {{"", "a@b.example"}}},
        AddressCase{"no_bracket_end", "Jean <a@b.example, Paul <c@d.example>", {{"Jean", "c@d.example"}}},
        AddressCase{"no_brackets", "Jean Dupont a@b.example", {{"Jean Dupont", "a@b.example"}}},
        AddressCase{"blanks_in_brackets", "Jean < a@b.example >", {{"Jean", "a@b.example"}}},
        AddressCase{"address_as_name", "\"a@b.example\" <a@b.example>", {{"a@b.example", "a@b.example"}}},
        AddressCase{"name_only", "Jean Dupont", {{"Jean Dupont", ""}}},
        AddressCase{"quoted_local_part", "\"jean d\"@b.example", {{"", "\"jean d\"@b.example"}}},
        AddressCase{"folded", "Jean\r\n Dupont\r\n <a@b.example>", {{"Jean Dupont", "a@b.example"}}},
        AddressCase{"empty", "  ", {}}, AddressCase{"empty_elements", ", ,a@b.example,,", {{"", "a@b.example"}}},
        AddressCase{"lone_quote", "Jean \" <a@b.example>", {{"Jean", "a@b.example"}}}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(AddressLimits, stop_and_say_so) {
  std::string many;
  for (int i = 0; i < 50; ++i) many += "a" + std::to_string(i) + "@b.example, ";
  NoticeSet notices;
  EXPECT_EQ(parse_addresses(many, 10, notices).size(), 10U);
  EXPECT_TRUE(notices.has(Notice::truncated));
}

TEST(AddressLimits, a_header_of_quotes_alone_ends) {
  NoticeSet notices;
  EXPECT_LE(parse_addresses(std::string(200000, '"'), 10, notices).size(), 10U);
  EXPECT_LE(parse_addresses(std::string(200000, '('), 10, notices).size(), 10U);
  EXPECT_LE(parse_addresses(std::string(200000, '<'), 10, notices).size(), 10U);
}

}  // namespace
}  // namespace entregent::readers
