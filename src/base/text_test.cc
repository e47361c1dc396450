// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/text.h"

#include <gtest/gtest.h>

namespace entregent {
namespace {

TEST(Folded, drops_case_and_marks) {
  EXPECT_EQ(folded("Lefèvre"), "lefevre");
  EXPECT_EQ(folded("Lefe\xCC\x80vre"), "lefevre") << "decomposed";
  EXPECT_EQ(folded("ŒUVRE Cæsar Straße Łódź Ørsted"), "oeuvre caesar strasse lodz orsted");
  EXPECT_EQ(folded("Ⅳ ﬁn ½"), "iv fin 1⁄2");
  EXPECT_EQ(folded("Ελλάς"), "ελλασ");
}

TEST(Repaired, replaces_each_broken_run_once) {
  EXPECT_EQ(repaired_utf8("a\xC3"), "a\xEF\xBF\xBD");
  EXPECT_EQ(repaired_utf8(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(repaired_utf8("été"), "été");
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80")) << "a surrogate";
  EXPECT_FALSE(is_valid_utf8("\xC0\x80")) << "overlong";
}

TEST(Prefix, never_cuts_a_character) {
  EXPECT_EQ(utf8_prefix("é", 1), "");
  EXPECT_EQ(utf8_prefix("aé", 2), "a");
  EXPECT_EQ(utf8_prefix("aé", 3), "aé");
}

TEST(Latin, writes_other_scripts) {
  EXPECT_EQ(latin("Иван Петров"), "ivan petrov");
  EXPECT_EQ(latin("Émile"), "emile");
}

TEST(Squeezed, makes_one_space) {
  EXPECT_EQ(squeezed(" a \t\n b\xC2\xA0"
                     "c "),
            "a b c");
  EXPECT_EQ(trimmed("\xE2\x80\x8B x \xEF\xBB\xBF"), "x");
}

}  // namespace
}  // namespace entregent
