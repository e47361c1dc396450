// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/snippet.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace entregent::personal {
namespace {

using readers::TextKind;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> marked(const Snippet& snippet) {
  std::vector<std::string> result;
  for (const auto& [begin, end] : snippet.marks) result.push_back(snippet.text.substr(begin, end - begin));
  return result;
}

Snippet of(const Texts& texts, const std::vector<std::string>& words) {
  std::vector<WordForms> wanted;
  for (const auto& word : words) wanted.push_back({word});
  return make_snippet(texts, wanted);
}

TEST(Snippet, marks_words_as_they_are_written) {
  const auto snippet = of({.sections = {{TextKind::fresh, "Après l'Été,\n\n  les FACTURES"}}}, {"ete", "fact*"});
  EXPECT_EQ(snippet.text, "Après l'Été, les FACTURES");
  EXPECT_THAT(marked(snippet), ElementsAre("Été", "FACTURES"));
  EXPECT_EQ(snippet.where, MatchedIn::fresh);
}

TEST(Snippet, finds_words_in_any_line_of_a_long_text) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "une ligne sans rien, SANS\n";
  const auto found = [&](const std::string& line, const std::vector<std::string>& words) {
    return marked(of({.sections = {{TextKind::fresh, text + line + "\n" + text}}}, words));
  };
  EXPECT_THAT(found("Un AUDIT.", {"audit"}), ElementsAre("AUDIT"));
  EXPECT_THAT(found("de l'Àudit", {"audit"}), ElementsAre("Àudit"));
  EXPECT_THAT(found("\xC5\x92uvre", {"oeuvre"}), ElementsAre("\xC5\x92uvre"));
  EXPECT_THAT(found("du C++ et du S/4HANA", {"c++", "s/4hana"}), ElementsAre("C++", "S/4HANA"));
  EXPECT_THAT(found("factures", {"fact*"}), ElementsAre("factures"));
  EXPECT_THAT(found("auditeur", {"audit"}), IsEmpty());
  const std::vector<WordForms> forms{{"audits", "audit", "auditer"}};
  EXPECT_THAT(marked(make_snippet({.sections = {{TextKind::fresh, text + "AUDITER"}}}, forms)), ElementsAre("AUDITER"));
}

TEST(Snippet, prefers_the_stretch_with_the_most_words) {
  const std::string far(400, ' ');
  const auto snippet =
      of({.sections = {{TextKind::fresh, "audit seul." + far + "x. Ici audit et facture ensemble. " + far + "y"}}},
         {"audit", "facture"});
  EXPECT_THAT(marked(snippet), ElementsAre("audit", "facture"));
}

TEST(Snippet, own_words_win_over_quoted_ones_and_these_over_names) {
  const Texts texts{.title = "rien",
                    .people = "audit@x.example",
                    .file_names = {},
                    .sections = {{TextKind::quoted, "audit cité"}, {TextKind::fresh, "mon audit"}}};
  EXPECT_EQ(of(texts, {"audit"}).where, MatchedIn::fresh);
  EXPECT_EQ(of({.title = {}, .people = "audit@x.example", .file_names = {}, .sections = {{TextKind::quoted, "audit"}}},
               {"audit"})
                .where,
            MatchedIn::quoted);
  EXPECT_EQ(of({.title = {}, .people = "audit@x.example", .file_names = {}, .sections = {}}, {"audit"}).where,
            MatchedIn::people);
  EXPECT_EQ(
      of({.title = "audit", .people = "audit@x.example", .file_names = "audit.pdf", .sections = {}}, {"audit"}).where,
      MatchedIn::title);
  EXPECT_EQ(of({.title = {}, .people = {}, .file_names = "audit.pdf", .sections = {}}, {"audit"}).where,
            MatchedIn::attachment);
}

TEST(Snippet, is_cut_between_characters_with_dots) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "ééé ";
  text += "audit ";
  for (int i = 0; i < 100; ++i) text += "ééé ";
  const auto snippet = of({.sections = {{TextKind::fresh, text}}}, {"audit"});
  EXPECT_THAT(snippet.text, StartsWith("… "));
  EXPECT_THAT(snippet.text, EndsWith(" …"));
  EXPECT_THAT(marked(snippet), ElementsAre("audit"));
  EXPECT_LE(snippet.text.size(), 180U);
  EXPECT_TRUE(is_valid_utf8(snippet.text));
}

TEST(Snippet, one_long_word_is_no_trouble) {
  const auto snippet =
      of({.sections = {{TextKind::fresh, std::string(60, 'x') + " audit " + std::string(300, 'y')}}}, {"audit"});
  EXPECT_THAT(marked(snippet), ElementsAre("audit"));
}

TEST(Snippet, words_before_the_best_stretch_are_marked_too) {
  const auto snippet =
      of({.sections = {{TextKind::fresh, "audit " + std::string(100, '.') + " un audit puis la facture"}}},
         {"audit", "facture"});
  EXPECT_THAT(marked(snippet), testing::Contains("facture"));
}

TEST(Snippet, nothing_matches) {
  const auto snippet = of({.title = "a"}, {"b"});
  EXPECT_EQ(snippet.where, MatchedIn::nothing);
  EXPECT_THAT(snippet.text, IsEmpty());
}

}  // namespace
}  // namespace entregent::personal
