// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/person_search.h"

#include <gmock/gmock.h>

#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using tests::mail;
using tests::noon;

class PersonSearch : public testing::Test {
 protected:
  void SetUp() override {
    index_.add({from("Jean-Pierre Dupont <jpdupont@acme.example>"), from("Frédéric Lefèvre <f.lefevre@post.example>"),
                from("Zoé Quillivic <zoe@atelier.example>"), from("Jean Martin <jean.martin@acme.example>"),
                from("Jean Martin <jm@other.example>"), from("Jean Martin <jm@other.example>"),
                from("contact@acme.example")});
  }
  readers::ExtractedItem from(std::string_view who) {
    ++made_;
    return mail(std::to_string(made_)).at(noon("2026-01-01", made_)).from(who).to("me@x.example");
  }
  int made_ = 0;
  tests::PrivateIndex index_;
};

struct SearchCase {
  std::string_view name, query, expected;
};
class SearchTable : public PersonSearch, public testing::WithParamInterface<SearchCase> {};
TEST_P(SearchTable, finds_first) {
  const auto names = index_.who(GetParam().query);
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names.front(), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(table, SearchTable,
                         testing::Values(SearchCase{"full", "Frédéric Lefèvre", "Frédéric Lefèvre"},
                                         SearchCase{"without_accents", "frederic lefevre", "Frédéric Lefèvre"},
                                         SearchCase{"reversed", "LEFEVRE Frédéric", "Frédéric Lefèvre"},
                                         SearchCase{"surname", "quillivic", "Zoé Quillivic"},
                                         SearchCase{"prefix", "quil", "Zoé Quillivic"},
                                         SearchCase{"given_prefix", "zoé qui", "Zoé Quillivic"},
                                         SearchCase{"initials", "jpd", "Jean-Pierre Dupont"},
                                         SearchCase{"initial_and_name", "f lefevre", "Frédéric Lefèvre"},
                                         SearchCase{"compound_in_two", "jean pierre dupont", "Jean-Pierre Dupont"},
                                         SearchCase{"nickname", "fred lefevre", "Frédéric Lefèvre"},
                                         SearchCase{"one_typo", "quilivic", "Zoé Quillivic"},
                                         SearchCase{"swapped_letters", "lefevre frederci", "Frédéric Lefèvre"},
                                         SearchCase{"address", "zoe@atelier.example", "Zoé Quillivic"},
                                         SearchCase{"address_upper_case", " ZOE@Atelier.example ", "Zoé Quillivic"},
                                         SearchCase{"address_beginning", "f.lefevre@", "Frédéric Lefèvre"},
                                         SearchCase{"local_part", "jpdupont", "Jean-Pierre Dupont"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(PersonSearch, a_typo_counts_only_where_nothing_fits_without) {
  index_.add(from("Zoé Quilivic <other@x.example>"));
  EXPECT_THAT(index_.who("quilivic"), ElementsAre("Zoé Quilivic"));
}

TEST_F(PersonSearch, homonyms_stay_two_the_closer_one_first) {
  const auto hits = find_persons(index_.store, "jean martin");
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].person, index_.person("jm@other.example"));
  EXPECT_EQ(hits[1].person, index_.person("jean.martin@acme.example"));
}

TEST_F(PersonSearch, finds_nobody_for_nonsense) {
  for (const auto* query : {"xyzzy plugh", "", "  ", "@", "%", "\xF0\x9F\x99\x82"})
    EXPECT_THAT(index_.who(query), IsEmpty()) << query;
}

TEST_F(PersonSearch, everybody_by_the_last_exchange) {
  const auto all = all_persons(index_.store, 100);
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i - 1].last_at, all[i].last_at);
  for (const auto& hit : all) EXPECT_NE(hit.person, index_.person("contact@acme.example"));
  EXPECT_EQ(all_persons(index_.store, 2).size(), 2U);
}

}  // namespace
}  // namespace entregent::personal
