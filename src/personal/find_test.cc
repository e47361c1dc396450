// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/find.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using readers::FactKind;
using readers::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::card;
using tests::event;
using tests::mail;
using tests::noon;

class FindTest : public testing::Test {
 protected:
  void SetUp() override {
    index_.add({
        mail("1")
            .title("Un")
            .at("2026-01-01")
            .from("Jean Dupont <jean@acme.example>")
            .to("me@x.example")
            .text("La lettre de mission pour l'audit"),
        mail("2")
            .title("Deux")
            .at("2026-02-01")
            .from("me@x.example")
            .to("Jean Dupont <jean@acme.example>")
            .text("Les audits, une mission, sans lettre"),
        mail("3")
            .title("Trois audits")
            .at("2026-03-01")
            .from("Zoé Quillivic <zoe@post.example>")
            .cc("jean@acme.example")
            .text("Facture jointe")
            .file("Facture-mars.pdf"),
        mail("4").title("Quatre").undated().from("zoe@post.example").text("Auditeur"),
        event("5")
            .title("Cinq")
            .occurs(noon("2026-04-01"))
            .with(Role::organizer, "zoe@post.example")
            .with(Role::attendee, "jean@acme.example")
            .location("Salle Bréhat"),
        card("6")
            .title("Six")
            .with(Role::card, "Zoé Quillivic <zoe@post.example>")
            .fact(FactKind::company, "Atelier Kerlann"),
        mail("7")
            .title("Sept")
            .at("2026-05-01")
            .from("amis@list.example")
            .list("amis.list.example")
            .text("signature seule", readers::TextKind::signature),
    });
    index_.me({"me@x.example"});
  }
  tests::PrivateIndex index_;
};

struct FindCase {
  std::string_view name, query;
  std::vector<std::string> expected;
};
class FindTable : public FindTest, public testing::WithParamInterface<FindCase> {};
TEST_P(FindTable, finds) {
  EXPECT_EQ(index_.find(GetParam().query), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    table, FindTable,
    testing::Values(
        FindCase{"word_by_its_stem", "audit", {"Trois audits", "Deux", "Un"}},
        FindCase{"two_words", "audit lettre", {"Deux", "Un"}}, FindCase{"phrase", "\"lettre de mission\"", {"Un"}},
        FindCase{"prefix", "audi*", {"Trois audits", "Deux", "Un", "Quatre"}},
        FindCase{"accents", "FACTURÉ", {"Trois audits"}}, FindCase{"not", "audit -lettre", {"Trois audits"}},
        FindCase{"only_not", "-audi* -kind:event -kind:contact", {"Sept"}},
        FindCase{"either", "facture OR lettre", {"Trois audits", "Deux", "Un"}},
        FindCase{"either_with_field", "from:zoe OR lettre", {"Cinq", "Trois audits", "Deux", "Un", "Quatre", "Six"}},
        FindCase{"either_with_not", "-from:zoe OR facture kind:mail", {"Sept", "Trois audits", "Deux", "Un"}},
        FindCase{"from", "from:dupont", {"Un"}}, FindCase{"to", "to:dupont kind:mail", {"Trois audits", "Deux"}},
        FindCase{"with", "with:dupont", {"Cinq", "Trois audits", "Deux", "Un"}},
        FindCase{"from_me", "from:me", {"Deux"}}, FindCase{"domain", "from:@acme.example", {"Un"}},
        FindCase{"not_from", "audit -from:me", {"Trois audits", "Un"}}, FindCase{"nobody", "from:nemo", {}},
        FindCase{"subject", "subject:audit", {"Trois audits"}},
        FindCase{"subject_prefix", "subject:aud*", {"Trois audits"}}, FindCase{"before", "before:2026-02", {"Un"}},
        FindCase{"before_is_without_its_day", "audit before:2026-02-01", {"Un"}},
        FindCase{"after_is_with_its_day", "audit after:2026-02-01", {"Trois audits", "Deux"}},
        FindCase{"between", "after:2026-02 before:2026-03", {"Deux"}}, FindCase{"kind", "kind:event", {"Cinq"}},
        FindCase{"card_by_company", "kerlann", {"Six"}}, FindCase{"attachment", "has:attachment", {"Trois audits"}},
        FindCase{"file_name", "\"facture mars\"", {"Trois audits"}}, FindCase{"place", "brehat", {"Cinq"}},
        FindCase{"in_list", "in:amis", {"Sept"}},
        FindCase{"in_source", "in:/mail audit", {"Trois audits", "Deux", "Un"}},
        FindCase{"in_nothing", "in:elsewhere audit", {}}, FindCase{"signature", "seule", {"Sept"}},
        FindCase{"person_words", "quillivic kind:mail", {"Trois audits"}},
        FindCase{"quotes_inside", "lettre\"de mission\"", {"Un"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(FindTest, says_where_it_matched) {
  const auto findings = find(index_.store, *parse_query("lettre"));
  ASSERT_THAT(findings.found, SizeIs(2));
  const auto& found = findings.found.back();
  EXPECT_EQ(found.author, "Jean Dupont");
  EXPECT_EQ(found.at, noon("2026-01-01"));
  EXPECT_EQ(found.snippet.where, MatchedIn::fresh);
  ASSERT_THAT(found.snippet.marks, SizeIs(1));
  const auto [begin, end] = found.snippet.marks[0];
  EXPECT_EQ(found.snippet.text.substr(begin, end - begin), "lettre");
  EXPECT_EQ(findings.coverage.sources, 1);
}

TEST(Find, quoted_text_is_left_out_where_the_original_is_found) {
  tests::PrivateIndex index;
  index.add(
      {mail("1").title("Original").at("2026-01-01").from("a@x.example").to("b@x.example").text("le mot rare zinzolin"),
       mail("2")
           .title("Re: Original")
           .at("2026-01-02")
           .from("b@x.example")
           .to("a@x.example")
           .text("oui")
           .quoted("> le mot rare zinzolin")
           .answers("1"),
       mail("3")
           .title("Re: Original")
           .at("2026-01-03")
           .from("b@x.example")
           .text("zinzolin, encore")
           .quoted("> zinzolin")
           .answers("2"),
       mail("4").title("Perdu").at("2026-01-04").from("b@x.example").text("non").quoted("> zinzolin d'un autre fil")});
  EXPECT_THAT(index.find("zinzolin"), ElementsAre("Perdu", "Re: Original", "Original"));
  EXPECT_THAT(index.find("zinzolin", {.with_quoted = true}), SizeIs(4));
  // Where the original itself does not fit, what quotes it is all there is.
  EXPECT_THAT(index.find("zinzolin from:b@x.example before:2026-01-03"), ElementsAre("Re: Original"));
}

TEST(Find, newest_first_whatever_came_when_and_says_if_there_is_more) {
  std::vector<readers::ExtractedItem> items;
  for (int i = 0; i < 60; ++i) {
    items.push_back(mail(std::to_string(i))
                        .title(std::to_string(i))
                        .at(noon("2026-01-01", i * 3600))
                        .from("a@x.example")
                        .text("mot"));
  }
  std::vector<std::string> expected;
  for (int i = 59; i >= 40; --i) expected.push_back(std::to_string(i));
  const auto newer_first = [&](bool turned) {
    tests::PrivateIndex index;
    const std::vector older(items.begin(), items.begin() + 30);
    const std::vector newer(items.begin() + 30, items.end());
    index.add(turned ? newer : older);
    index.add(turned ? older : newer);
    const auto findings = find(index.store, *parse_query("mot"));
    EXPECT_TRUE(findings.more);
    EXPECT_FALSE(find(index.store, *parse_query("mot"), {.limit = 60}).more);
    EXPECT_THAT(find(index.store, *parse_query("mot"), {.limit = 0}).found, SizeIs(60));
    return index.find("mot");
  };
  EXPECT_EQ(newer_first(false), expected);
  EXPECT_EQ(newer_first(true), expected);
}

TEST(Find, many_hits_are_found_by_pages_as_by_walking) {
  constexpr int count = 2600;  // three pages of dates
  std::vector<readers::ExtractedItem> items;
  for (int i = 0; i < count; ++i) {
    const int hour = i * 997 % count;  // each once, in an order that no id follows
    auto item =
        mail(std::to_string(i)).title(std::to_string(hour)).at(noon("2020-01-01", hour * 3600)).from("a@x.example");
    // Some that quote alone: of an item that is here, and of none.
    if (i % 3 == 1) {
      item.text("oui").quoted("> mot").answers(i % 2 == 0 ? std::to_string(i - 1) : "elsewhere");
    } else {
      item.text(i % 5 == 0 ? "rien" : "mot");
    }
    items.push_back(item);
  }
  tests::PrivateIndex index;
  index.add(items);
  for (const auto* query : {"mot", "mot from:a@x.example", "-rien", "kind:mail", "mot before:2020-03-01"}) {
    const auto titles = [&](std::size_t many) { return index.find(query, {.limit = 50, .many = many}); };
    const auto walked = titles(count);
    EXPECT_THAT(walked, SizeIs(50)) << query;
    EXPECT_EQ(titles(10), walked) << query;
    EXPECT_EQ(titles(0), walked) << query;
    EXPECT_TRUE(std::ranges::is_sorted(walked, std::greater<>(), [](const auto& title) { return std::stoi(title); }));
  }
}

TEST(Find, what_came_in_one_second_is_in_the_same_order_after_any_import) {
  std::vector<readers::ExtractedItem> items;
  for (int i = 0; i < 10; ++i)
    items.push_back(mail(std::to_string(i)).title(std::to_string(i)).at("2026-01-01").from("a@x.example").text("mot"));
  tests::PrivateIndex forth;
  forth.add(items);
  std::ranges::reverse(items);
  tests::PrivateIndex back;
  back.add(items);
  EXPECT_EQ(forth.find("mot"), back.find("mot"));
}

TEST(Find, more_quoted_hits_than_the_limit_do_not_hide_an_older_original) {
  tests::PrivateIndex index;
  std::vector<readers::ExtractedItem> items{
      mail("0").title("Original").at("2026-01-01").from("a@x.example").text("zinzolin")};
  for (int i = 1; i <= 80; ++i)
    items.push_back(mail(std::to_string(i))
                        .title("Re: Original")
                        .at(noon("2026-01-02", i))
                        .from("a@x.example")
                        .text("oui")
                        .quoted("> zinzolin")
                        .answers("0"));
  index.add(items);
  EXPECT_THAT(index.find("zinzolin", {.limit = 5}), ElementsAre("Original"));
}

TEST(Find, an_empty_index_answers) {
  tests::PrivateIndex index;
  EXPECT_THAT(index.find("rien"), IsEmpty());
  EXPECT_THAT(index.find("-rien"), IsEmpty());
}

}  // namespace
}  // namespace entregent::personal
