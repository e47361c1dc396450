// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/query.h"

#include <gtest/gtest.h>

namespace entregent::personal {
namespace {

/// A query written out: groups separated by ` & `, their terms by ` | `.
std::string written(const Term& term) {
  std::string text = term.negative ? "-" : "";
  std::string words;
  for (const auto& word : term.words) words += (words.empty() ? "" : " ") + word;
  switch (term.kind) {
    case Term::Kind::word:
      return text + words;
    case Term::Kind::phrase:
      return text + '"' + words + '"';
    case Term::Kind::prefix:
      return text + words + '*';
    case Term::Kind::subject:
      return text + "subject(" + words + (term.is_prefix ? "*)" : ")");
    case Term::Kind::from:
      return text + "from(" + term.value + ")";
    case Term::Kind::to:
      return text + "to(" + term.value + ")";
    case Term::Kind::with:
      return text + "with(" + term.value + ")";
    case Term::Kind::before:
      return text + "before(" + iso_day(term.day) + ")";
    case Term::Kind::after:
      return text + "after(" + iso_day(term.day) + ")";
    case Term::Kind::in:
      return text + "in(" + term.value + ")";
    case Term::Kind::kind:
      return text + "kind(" + std::to_string(static_cast<int>(term.item_kind)) + ")";
    case Term::Kind::has_attachment:
      return text + "has()";
  }
  return "?";
}

std::string written(std::string_view text) {
  const auto query = parse_query(text);
  if (!query) return query.error().code == ErrorCode::invalid ? "invalid" : "other error";
  std::string result;
  for (const auto& group : query->groups) {
    if (!result.empty()) result += " & ";
    for (std::size_t i = 0; i < group.size(); ++i) result += (i == 0 ? "" : " | ") + written(group[i]);
  }
  return result;
}

struct QueryCase {
  std::string_view name, text, expected;
};
class ParseQuery : public testing::TestWithParam<QueryCase> {};
TEST_P(ParseQuery, reads) {
  EXPECT_EQ(written(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    table, ParseQuery,
    testing::Values(
        QueryCase{"words", "Audit  Été", "audit & ete"},
        QueryCase{"phrase", "\"lettre de mission\"", "\"lettre de mission\""},
        QueryCase{"one_word_quoted", "\"Audit\"", "\"audit\""}, QueryCase{"open_quote", "\"lettre de", "\"lettre de\""},
        QueryCase{"prefix", "aud*", "aud*"}, QueryCase{"star_alone", "*", "invalid"},
        QueryCase{"elision", "l'audit", "audit"}, QueryCase{"negative", "audit -facture", "audit & -facture"},
        QueryCase{"negative_phrase", "-\"lettre de\"", "-\"lettre de\""},
        QueryCase{"lone_dash", "audit - b", "invalid"},
        QueryCase{"either", "audit OR conseil facture", "audit | conseil & facture"},
        QueryCase{"either_of_three", "a1 OR b1 OR c1", "a1 | b1 | c1"},
        QueryCase{"french_either", "audit OU conseil", "audit | conseil"},
        QueryCase{"or_is_upper_case", "or noir", "or & noir"}, QueryCase{"or_first", "OR audit", "invalid"},
        QueryCase{"or_last", "audit OR", "invalid"}, QueryCase{"from", "from:durand", "from(durand)"},
        QueryCase{"from_quoted", "from:\"Jean Dupont\"", "from(Jean Dupont)"},
        QueryCase{"field_upper_case", "From:durand", "from(durand)"},
        QueryCase{"negative_field", "-from:durand", "-from(durand)"},
        QueryCase{"french_fields", "de:a à:b avec:c objet:d dans:e", "from(a) & to(b) & with(c) & subject(d) & in(e)"},
        QueryCase{"subject_prefix", "subject:aud*", "subject(aud*)"},
        QueryCase{"subject_phrase", "subject:\"lettre de\"", "subject(lettre de)"},
        QueryCase{"year", "before:2026", "before(2026-01-01)"},
        QueryCase{"month", "after:2026-03", "after(2026-03-01)"},
        QueryCase{"day", "apres:2024-02-29 avant:2026-03-09", "after(2024-02-29) & before(2026-03-09)"},
        QueryCase{"no_day", "before:2026-02-30", "invalid"}, QueryCase{"no_date", "before:hier", "invalid"},
        QueryCase{"kind", "kind:event", "kind(3)"}, QueryCase{"french_kind", "genre:réunion", "kind(3)"},
        QueryCase{"card", "kind:contact", "kind(2)"}, QueryCase{"no_kind", "kind:chose", "invalid"},
        QueryCase{"attachment", "has:attachment", "has()"}, QueryCase{"french_attachment", "contient:pièce", "has()"},
        QueryCase{"has_else", "has:money", "invalid"}, QueryCase{"nothing_after", "from:", "invalid"},
        QueryCase{"unknown_field_is_words", "ref:42", "\"ref 42\""},
        QueryCase{"url", "https://a.example/b", "\"https a example b\""}, QueryCase{"empty", "", "invalid"},
        QueryCase{"blank", " \t\n", "invalid"}, QueryCase{"signs", "?!", "invalid"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MarkedWords, are_those_of_positive_text_terms) {
  const auto query = parse_query("audit -facture from:durand conf* subject:devis");
  ASSERT_TRUE(query);
  EXPECT_EQ(marked_words(*query), (std::vector<std::string>{"audit", "conf*", "devis"}));
}

}  // namespace
}  // namespace entregent::personal
