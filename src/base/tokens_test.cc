// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entregent {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Tokens, cuts_elisions) {
  EXPECT_THAT(tokens("L'audit d’Éric, jusqu'à qu'il n'aille"), ElementsAre("audit", "eric", "a", "il", "aille"));
  EXPECT_THAT(tokens("aujourd'hui O'Brien don't"), ElementsAre("aujourd", "hui", "o", "brien", "don", "t"));
  EXPECT_THAT(tokens("l'"), ElementsAre("l"));
}

TEST(Tokens, gives_compounds_in_parts) {
  EXPECT_THAT(tokens("jean-pierre.durand@acme.example"), ElementsAre("jean", "pierre", "durand", "acme", "example"));
  EXPECT_THAT(tokens("https://acme.example/a_b"), ElementsAre("https", "acme", "example", "a", "b"));
}

TEST(Tokens, keeps_names_of_techniques) {
  EXPECT_THAT(tokens("C++, C# et F#; S/4HANA"), ElementsAre("c++", "c#", "et", "f#", "s/4hana"));
  EXPECT_THAT(tokens("a+b 1/2 c++x"), ElementsAre("a", "b", "1", "2", "c", "x"));
}

TEST(Tokens, folds_and_joins_decomposed_letters) {
  EXPECT_THAT(tokens("Lefe\xCC\x80vre œuvre"), ElementsAre("lefevre", "oeuvre"));
  EXPECT_THAT(tokens("漢字 слово"), ElementsAre("漢", "字", "слово"));
}

TEST(Tokens, leaves_out_data) {
  EXPECT_THAT(tokens(std::string(65, 'x')), IsEmpty());
  EXPECT_THAT(tokens(std::string(64, 'x')), ElementsAre(std::string(64, 'x')));
  EXPECT_THAT(tokens("\xFF\xFE a"), ElementsAre("a"));
}

TEST(Tokens, says_where_words_stand) {
  struct Seen {
    std::string word;
    std::size_t begin, end;
  };
  std::vector<Seen> seen;
  tokenize("l'été", &seen, [](void* context, std::string_view word, std::size_t begin, std::size_t end) {
    static_cast<std::vector<Seen>*>(context)->push_back({std::string(word), begin, end});
    return true;
  });
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].word, "ete");
  EXPECT_EQ(seen[0].begin, 2U);
  EXPECT_EQ(seen[0].end, 7U);
}

TEST(Stemmer, knows_both_languages) {
  Stemmer stemmer;
  EXPECT_EQ(stemmer.stems("consultants").french, stemmer.stems("consultant").french);
  EXPECT_EQ(stemmer.stems("meetings").english, "meet");
}

}  // namespace
}  // namespace entregent
