// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/foreign_text.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "readers/transfer_decoding.h"

namespace entregent::readers {
namespace {

struct HeaderCase {
  std::string_view test_name, raw, expected;
};

class Header : public testing::TestWithParam<HeaderCase> {};

TEST_P(Header, is_decoded) {
  NoticeSet notices;
  EXPECT_EQ(decode_header(GetParam().raw, notices), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, Header,
    testing::Values(HeaderCase{"plain", " Bonjour", "Bonjour"},
                    HeaderCase{"q", "=?iso-8859-1?Q?R=E9union_=E0_9h?=", "Réunion à 9h"},
                    HeaderCase{"b", "=?UTF-8?B?UsOpdW5pb24=?=", "Réunion"},
                    HeaderCase{"two_words_joined", "=?utf-8?Q?R=C3=A9?= =?utf-8?Q?union?=", "Réunion"},
                    HeaderCase{"folded_words", "=?utf-8?Q?R=C3=A9?=\r\n =?utf-8?Q?union?=", "Réunion"},
                    HeaderCase{"character_cut_in_two", "=?utf-8?Q?R=C3?= =?utf-8?Q?=A9union?=", "Réunion"},
                    HeaderCase{"character_cut_in_base64", "=?utf-8?B?UsM=?= =?utf-8?B?qXU=?=", "Réu"},
                    HeaderCase{"words_and_text", "Re: =?utf-8?Q?=C3=A9t=C3=A9?= 2015", "Re: été 2015"},
                    HeaderCase{"glued_to_text", "Re:=?utf-8?Q?=C3=A9t=C3=A9?=2015", "Re:été2015"},
                    HeaderCase{"blanks_inside", "=?utf-8?Q?=C3=A9t=C3=A9 de 2015?=", "été de 2015"},
                    HeaderCase{"no_padding", "=?utf-8?B?w6k?=", "é"},
                    HeaderCase{"no_end", "=?utf-8?Q?=C3=A9t=C3=A9", "été"},
                    HeaderCase{"starts_with_escape", "=?utf-8?Q?=C3=89t=C3=A9?=", "Été"},
                    HeaderCase{"question_mark", "=?utf-8?Q?=C3=A9t=C3=A9=3F?=", "été?"},
                    HeaderCase{"language", "=?utf-8*fr?Q?=C3=A9t=C3=A9?=", "été"},
                    HeaderCase{"unknown_charset", "=?x-unknown?Q?=C3=A9t=E9?=", "Ã©té"},
                    HeaderCase{"unknown_charset_utf8", "=?x-unknown?Q?=C3=A9t=C3=A9?=", "été"},
                    HeaderCase{"wrong_charset", "=?iso-8859-1?Q?=C3=A9t=C3=A9?=", "été"},
                    HeaderCase{"raw_utf8", "été", "été"}, HeaderCase{"raw_latin1", "\xE9t\xE9", "été"},
                    HeaderCase{"no_word", "=?what", "=?what"},
                    HeaderCase{"unknown_encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="},
                    HeaderCase{"line_end_inside_word", "=?utf-8?B?YQpi?=", "a b"},
                    HeaderCase{"decoded_twice", "=?utf-8?Q?=C3=83=C2=A9t=C3=83=C2=A9?=", "été"},
                    HeaderCase{"japanese", "=?ISO-2022-JP?B?GyRCJCIbKEI=?=", "あ"},
                    HeaderCase{"tab_becomes_blank", "a\r\n\tb", "a b"}),
    [](const auto& test) { return std::string(test.param.test_name); });

struct TextCase {
  std::string_view test_name, bytes, charset, expected;
  bool guessed;
};

class ForeignText : public testing::TestWithParam<TextCase> {};

TEST_P(ForeignText, is_never_lost) {
  NoticeSet notices;
  EXPECT_EQ(decode_text(GetParam().bytes, GetParam().charset, notices), GetParam().expected);
  EXPECT_EQ(notices.has(Notice::charset_guessed), GetParam().guessed);
}

INSTANTIATE_TEST_SUITE_P(
    table, ForeignText,
    testing::Values(TextCase{"ascii", "abc", "", "abc", false}, TextCase{"utf8", "été", "utf-8", "été", false},
                    TextCase{"latin1", "\xE9t\xE9", "iso-8859-1", "été", false},
                    TextCase{"undeclared_utf8", "été", "", "été", true},
                    TextCase{"undeclared_latin1", "\xE9t\xE9", "", "été", true},
                    TextCase{"ascii_that_lies", "\xE9t\xE9", "us-ascii", "été", true},
                    TextCase{"latin1_that_is_utf8", "été", "iso-8859-1", "été", true},
                    TextCase{"utf8_that_is_latin1", "\xE9t\xE9", "utf-8", "été", true},
                    TextCase{"unknown", "\xE9t\xE9", "x-nowhere", "été", true},
                    TextCase{"mixed_lines", "été\n\xE9t\xE9\n", "utf-8", "été\nété\n", true},
                    TextCase{"utf16", std::string_view("\xFF\xFE\xE9\0t\0", 6), "utf-16", "ét", false},
                    TextCase{"utf16_undeclared", std::string_view("\xFF\xFE\xE9\0t\0", 6), "", "ét", true},
                    TextCase{"utf16_that_is_ascii", "abcd", "utf-16", "abcd", true},
                    TextCase{"gb2312_that_is_gbk", "\xE9\x46", "gb2312", "镕", false},
                    TextCase{"utf7", "+AOk-t+AOk-", "utf-7", "été", false},
                    TextCase{"japanese_undeclared", "\x1B$B$\"\x1B(B", "", "あ", true},
                    TextCase{"nul", std::string_view("a\0b", 3), "",
                             "a\xEF\xBF\xBD"
                             "b",
                             false},
                    TextCase{"decoded_twice", "Ã©tÃ©", "utf-8", "été", true},
                    TextCase{"shows_a_mistake", "« Ã© » pour é", "utf-8", "« Ã© » pour é", false},
                    TextCase{"byte_order_mark", "\xEF\xBB\xBFété", "utf-8", "été", false}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(TransferDecoding, base64_takes_what_comes) {
  EXPECT_EQ(decode_base64("QUJD\r\nREVG"), "ABCDEF");
  EXPECT_EQ(decode_base64("QQ==QUI="), "AAB");
  EXPECT_EQ(decode_base64("QUI"), "AB");
  EXPECT_EQ(decode_base64("Q*U!J-D"), "ABC");
  EXPECT_EQ(decode_base64(""), "");
  EXPECT_EQ(base64_size("QUJD\r\nREVGRw=="), 7U);
}

TEST(TransferDecoding, quoted_printable_takes_what_comes) {
  EXPECT_EQ(decode_quoted_printable("a=C3=A9b"), "aéb");
  EXPECT_EQ(decode_quoted_printable("soft=  \r\nbreak=\nagain="), "softbreakagain");
  EXPECT_EQ(decode_quoted_printable("a=b =zz =4"), "a=b =zz =4");
  EXPECT_EQ(decode_quoted_printable("=c3=a9"), "é");
}

TEST(Capped, ends_between_characters) {
  NoticeSet notices;
  EXPECT_EQ(capped("aé", 2, notices), "a");
  EXPECT_TRUE(notices.has(Notice::truncated));
}

}  // namespace
}  // namespace entregent::readers
