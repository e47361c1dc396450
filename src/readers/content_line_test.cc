// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/content_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct FoldCase {
  std::string_view test, bytes;
  std::vector<std::string> lines;
};
class Unfold : public testing::TestWithParam<FoldCase> {};

TEST_P(Unfold, joins_lines) {
  const auto lines = unfold(GetParam().bytes);
  EXPECT_EQ(lines, GetParam().lines);
  std::string again;
  for (const auto& line : lines) again += line + "\r\n";
  EXPECT_EQ(unfold(again), lines) << "unfolding its own output changed something";
}

INSTANTIATE_TEST_SUITE_P(
    table, Unfold,
    testing::Values(
        FoldCase{"crlf", "A:b\r\n c\r\nD:e\r\n", {"A:bc", "D:e"}}, FoldCase{"bare_lf", "A:b\n c\nD:e", {"A:bc", "D:e"}},
        FoldCase{"bare_cr", "A:b\r c\rD:e", {"A:bc", "D:e"}},
        FoldCase{"cr_cr_lf", "A:b\r\r\n c\r\r\nD:e\r\r\n", {"A:bc", "D:e"}}, FoldCase{"tab", "A:b\n\tc", {"A:bc"}},
        FoldCase{"only_one_blank_goes", "A:b\n  c", {"A:b c"}},
        FoldCase{"blank_lines", "\r\n\r\nA:b\r\n\r\n\r\nD:e", {"A:b", "D:e"}},
        FoldCase{"first_line_begins_with_blank", "  A:b", {"A:b"}}, FoldCase{"blanks_alone", "   \n A:b", {"A:b"}},
        FoldCase{"utf8_mark",
                 "\xEF\xBB\xBF"
                 "A:b",
                 {"A:b"}},
        FoldCase{"inside_a_character", "A:\xC3\r\n \x96", {"A:Ö"}},
        FoldCase{"old_version_folds_at_blanks",
                 "BEGIN:VCARD\nVERSION:2.1\nNOTE:two\n words\n",
                 {"BEGIN:VCARD", "VERSION:2.1", "NOTE:two words"}},
        FoldCase{"soft_breaks",
                 "N;QUOTED-PRINTABLE:=C3=\r\n=96zil;=\r\nA\r\nX:y",
                 {"N;QUOTED-PRINTABLE:=C3=96zil;A", "X:y"}},
        FoldCase{"soft_break_and_indent", "N;QUOTED-PRINTABLE:=C3=\r\n =96zil", {"N;QUOTED-PRINTABLE:=C3=96zil"}},
        FoldCase{
            "soft_break_before_a_blank", "N;ENCODING=QUOTED-PRINTABLE:a=\n b", {"N;ENCODING=QUOTED-PRINTABLE:a b"}},
        FoldCase{
            "soft_break_never_eats_the_end", "N;QUOTED-PRINTABLE:a=\nEND:VCARD", {"N;QUOTED-PRINTABLE:a", "END:VCARD"}},
        FoldCase{"folded_head", "N\n ;ENCODING=QUOTED-PRINTABLE\n :a=\nb", {"N;ENCODING=QUOTED-PRINTABLE:ab"}},
        FoldCase{"soft_break_needs_the_word", "X:a=\nY:b", {"X:a=", "Y:b"}},
        FoldCase{"picture", "PHOTO;ENCODING=b:AAAA\n BBBB\n CCCC\nX:y", {"PHOTO;ENCODING=b:AAAA", "X:y"}},
        FoldCase{"nothing", "", {}}),
    [](const auto& test) { return std::string(test.param.test); });

TEST(Unfold, reads_utf16) {
  std::string little = "\xFF\xFE";
  std::string big;
  for (const char c : std::string_view{"A:b\nC:d"}) {
    little += c;
    little += '\0';
    big += '\0';
    big += c;
  }
  EXPECT_THAT(unfold(little), ElementsAre("A:b", "C:d"));
  EXPECT_THAT(unfold(big), ElementsAre("A:b", "C:d"));
  EXPECT_THAT(unfold(little.substr(2)), ElementsAre("A:b", "C:d"));
}

TEST(ContentLine, has_group_name_parameters_and_value) {
  const auto line = parse_content_line("Item1.tel;TYPE=Work,\"voice,msg\";PREF=1;HOME:+33 1");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->group, "item1");
  EXPECT_EQ(line->name, "TEL");
  EXPECT_EQ(line->value, "+33 1");
  EXPECT_EQ(line->parameter("PREF"), "1");
  EXPECT_THAT(line->all("TYPE"), ElementsAre("work", "voice", "msg", "home"));
}

TEST(ContentLine, keeps_colons_and_semicolons_in_quotes) {
  const auto line = parse_content_line("ATTENDEE;CN=\"Martin; Zoé: chef\";ROLE=CHAIR:mailto:z@acme.example");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->parameter("CN"), "Martin; Zoé: chef");
  EXPECT_EQ(line->parameter("ROLE"), "CHAIR");
  EXPECT_EQ(line->value, "mailto:z@acme.example");
}

TEST(ContentLine, bears_a_quote_that_is_never_closed) {
  const auto line = parse_content_line("ATTENDEE;CN=\"Zoé:mailto:z@acme.example");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->value, "mailto:z@acme.example");
}

TEST(ContentLine, decodes_carets_of_rfc_6868) {
  EXPECT_EQ(parse_content_line("ADR;LABEL=rue A^nLyon ^^ ^'x^':;;")->parameter("LABEL"), "rue A\nLyon ^ \"x\"");
}

TEST(ContentLine, refuses_what_has_no_name) {
  for (const std::string_view text : {"", ":", "no colon", "two words: x", ";TYPE=a:b", "é:b", "item1.:x"})
    EXPECT_FALSE(parse_content_line(text)) << text;
}

TEST(ContentLine, decodes_quoted_printable_in_its_charset) {
  EXPECT_EQ(parse_content_line("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96zil")->value, "Özil");
  EXPECT_EQ(parse_content_line("FN;CHARSET=ISO-8859-15;QUOTED-PRINTABLE:c=BDur")->value, "cœur");
  EXPECT_EQ(parse_content_line("FN;quoted-printable:=C3=96zil")->value, "Özil");
  EXPECT_EQ(parse_content_line("FN;CHARSET=UTF-8:=C3=96zil")->value, "Özil");
  EXPECT_EQ(parse_content_line("X;CHARSET=UTF-8:a=b")->value, "a=b");
  EXPECT_EQ(parse_content_line("X;QUOTED-PRINTABLE:a=ZZ=4")->value, "a=ZZ=4");
}

TEST(ContentLine, decodes_base64_text_but_no_pictures) {
  EXPECT_EQ(parse_content_line("FN;ENCODING=B;CHARSET=UTF-8:w5Z6aWw=")->value, "Özil");
  EXPECT_EQ(parse_content_line("PHOTO;ENCODING=B:w5Z6")->value, "w5Z6");
}

TEST(ContentLine, guesses_where_no_charset_is_declared) {
  const auto latin = parse_content_line("FN:H\xE9l\xE8ne");
  EXPECT_EQ(latin->value, "Hélène");
  EXPECT_TRUE(latin->charset_guessed);
  const auto twice = parse_content_line("FN:HÃ©lÃ¨ne");
  EXPECT_EQ(twice->value, "Hélène");
  EXPECT_TRUE(twice->charset_guessed);
  const auto wrong = parse_content_line("FN;CHARSET=UTF-8:H\xE9l\xE8ne");
  EXPECT_EQ(wrong->value, "Hélène");
  EXPECT_FALSE(parse_content_line("FN:Hélène")->charset_guessed);
}

TEST(ContentLine, keeps_utf8_that_was_cut) {
  const auto cut = parse_content_line("ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89t=C3=A9 =C3");
  EXPECT_EQ(cut->value, "Été \uFFFD");
  EXPECT_TRUE(cut->charset_guessed);
  EXPECT_EQ(parse_content_line(std::string_view{"FN:a\0b", 6})->value, "a\uFFFDb");
}

TEST(Unescaped, takes_known_escapes_only) {
  EXPECT_EQ(unescaped(R"(a\, b\; c\nd\Ne \\ \" http\://x C:\dir)"), "a, b; c\nd\ne \\ \" http://x C:\\dir");
  EXPECT_EQ(unescaped("a\r\nb\rc\\"), "a\nb\nc\\");
}

TEST(SplitValue, cuts_where_no_backslash_protects) {
  EXPECT_THAT(split_value(R"(a\;b;c;;d)", ';'), ElementsAre("a;b", "c", "", "d"));
  EXPECT_THAT(split_value("", ';'), ElementsAre(""));
  EXPECT_THAT(split_value("a\\", ';'), ElementsAre("a\\"));
  EXPECT_THAT(split_value("a;", ';'), ElementsAre("a", ""));
}

}  // namespace
}  // namespace entregent::readers
