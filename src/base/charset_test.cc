// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/charset.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text.h"

namespace entregent {
namespace {

struct CharsetCase {
  std::string_view test_name, charset, bytes, expected;
};

class DecodeCharset : public testing::TestWithParam<CharsetCase> {};

TEST_P(DecodeCharset, gives_utf8) {
  const auto decoded = decode_charset(GetParam().bytes, GetParam().charset);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->text, GetParam().expected);
  EXPECT_EQ(decoded->broken, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    table, DecodeCharset,
    testing::Values(CharsetCase{"latin1_means_1252", "ISO-8859-1", "\x80uro \xE9t\xE9", "€uro été"},
                    CharsetCase{"quoted_name", "\"utf-8\"", "\xC3\xA9", "é"},
                    CharsetCase{"latin9", "iso-8859-15", "\xA4", "€"},
                    CharsetCase{"mark_dropped", "utf8", "\xEF\xBB\xBF\x61", "a"},
                    CharsetCase{"iconv_only_in_icu", "HZ-GB-2312", "~{<:~}", "己"},
                    CharsetCase{"korean_alias", "ks_c_5601-1987", "\xB0\xA1", "가"},
                    CharsetCase{"mac", "x-mac-roman", "\x8E", "é"},
                    CharsetCase{"hebrew_implicit", "ISO-8859-8-I", "\xE0", "א"},
                    CharsetCase{"utf7_old_name", "unicode-1-1-utf-7", "+AOk-", "é"},
                    CharsetCase{"japanese_mail", "ISO-2022-JP", "\x1B$B$\"\x1B(B", "あ"},
                    CharsetCase{"utf16_without_mark", "UTF-16", std::string_view("a\0b\0", 4), "ab"},
                    CharsetCase{"prefix_x", "x-windows-1251", "\xE4\xE0", "да"}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(DecodeCharset, remembers_nothing_of_what_came_before) {
  const auto text = [](std::string_view bytes, std::string_view charset) {
    return decode_charset(bytes, charset)->text;
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(text({"\xFF\xFE\xE9\0t\0", 6}, "utf-16"), "ét");
    EXPECT_EQ(text({"\xFE\xFF\0\xE9\0t", 6}, "utf-16"), "ét");
    EXPECT_EQ(text({"\xFF\xFE\0\0\xE9\0\0\0", 8}, "utf-32"), "é");
    EXPECT_EQ(text({"\0\0\xFE\xFF\0\0\0\xE9", 8}, "utf-32"), "é");
  }
}

TEST(DecodeCharset, says_when_nobody_knows_it) {
  EXPECT_FALSE(decode_charset("abc", "x-no-such-thing"));
  EXPECT_FALSE(decode_charset("abc", ""));
}

TEST(DecodeCharset, counts_what_is_broken) {
  EXPECT_EQ(decode_charset("a\xFF\xFE!", "utf-8")->broken, 1U);
  const auto japanese = decode_charset("\x82\xA0\xFF\xFF!", "shift_jis");
  EXPECT_TRUE(is_valid_utf8(japanese->text));
  EXPECT_GE(japanese->broken, 1U);
}

TEST(DecodeCharset, gives_utf8_of_what_unicode_does_not_have) {
  const auto decoded = decode_charset("\x7F\x20\x20\x20", "UCS-4");
  EXPECT_TRUE(is_valid_utf8(decoded->text));
  EXPECT_GE(decoded->broken, 1U);
}

TEST(UndoubledUtf8, repairs_only_what_is_certain) {
  EXPECT_EQ(undoubled_utf8("Ã©tÃ© Ã\u00A0 la mer"), std::optional<std::string>("été à la mer"));
  EXPECT_EQ(undoubled_utf8("Lâ€™Ã©tÃ©"), std::optional<std::string>("L’été"));
  EXPECT_EQ(undoubled_utf8("« Ã© » au lieu de é"), std::nullopt);
  EXPECT_EQ(undoubled_utf8("été"), std::nullopt);
  EXPECT_EQ(undoubled_utf8("SÃO"), std::nullopt);
}

TEST(QuickDigester, equals_the_digest_of_the_whole) {
  QuickDigester digester;
  for (int i = 0; i < 1000; ++i) digester.add("pieces ");
  std::string whole;
  for (int i = 0; i < 1000; ++i) whole += "pieces ";
  EXPECT_EQ(digester.value(), quick_digest(whole));
}

TEST(AsciiPrefix, finds_the_first_other_byte) {
  EXPECT_EQ(ascii_prefix("0123456789é"), 10U);
  EXPECT_EQ(ascii_prefix("é0123456789", 2), 12U);
  EXPECT_TRUE(is_ascii(""));
  EXPECT_FALSE(is_ascii("01234567\xC3\xA9"));
}

}  // namespace
}  // namespace entregent
