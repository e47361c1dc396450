// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/persons.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "personal/me.h"
#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using readers::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::card;
using tests::mail;
using tests::noon;

std::vector<std::string> handles(const std::vector<MyAddress>& addresses) {
  std::vector<std::string> result;
  for (const auto& address : addresses) result.push_back(address.handle + (address.confirmed ? "!" : ""));
  return result;
}

TEST(Me, is_proposed_from_what_was_sent_and_delivered) {
  tests::PrivateIndex index;
  std::vector<readers::ExtractedItem> items;
  for (int i = 0; i < 4; ++i) {
    items.push_back(mail("s" + std::to_string(i))
                        .at(noon("2026-01-01", i))
                        .from("Anne Roux <Anne@New.example>")
                        .to("b@y.example")
                        .sent());
    items.push_back(mail("d" + std::to_string(i))
                        .at(noon("2019-01-01", i))
                        .from("b@y.example")
                        .with(Role::delivered_to, "anne@old.example"));
  }
  items.push_back(mail("r").from("robot@new.example").sent().robot());
  items.push_back(mail("i1").from("contact@new.example").sent());
  items.push_back(mail("i2").from("contact@new.example").sent());
  items.push_back(mail("o").from("c@y.example").with(Role::delivered_to, "forwarder@y.example"));
  index.add(items);
  propose_me(index.store);
  EXPECT_THAT(handles(my_addresses(index.store)), ElementsAre("anne@new.example", "anne@old.example"));
  const auto mine = me(index.store);
  EXPECT_FALSE(mine.confirmed);
  EXPECT_TRUE(mine.is(index.alias("anne@old.example")));
  EXPECT_FALSE(mine.is(index.alias("b@y.example")));
}

TEST(Me, confirmed_means_these_and_no_others) {
  tests::PrivateIndex index;
  index.add({mail("1").from("anne@new.example").to("b@y.example").sent().at("2026-01-01"),
             mail("2").from("b@y.example").to("Anne <anne@old.example>").at("2019-02-03")});
  index.me({"Anne@OLD.example"});
  EXPECT_THAT(handles(my_addresses(index.store)), ElementsAre("anne@old.example!", "anne@new.example"));
  const auto mine = me(index.store);
  EXPECT_TRUE(mine.confirmed);
  EXPECT_FALSE(mine.is(index.alias("anne@new.example")));
  const auto first = my_addresses(index.store).front();
  EXPECT_THAT(first.names, ElementsAre("Anne"));
  EXPECT_EQ(first.first_at, noon("2019-02-03"));
  index.me({"anne@old.example", "anne@new.example"});
  EXPECT_EQ(index.person("anne@old.example"), index.person("anne@new.example"));
}

/// Two who bear one common name: asked, not joined.
class Decisions : public testing::Test {
 protected:
  void SetUp() override {
    index_.add({mail("1").from("Jean Martin <jm1@acme.example>").to("me@x.example").at("2026-01-01"),
                mail("2").from("Jean Martin <jmartin@post.example>").to("me@x.example").at("2026-01-02"),
                mail("3").from("Zoé Quillivic <zoe@acme.example>").to("me@x.example").at("2026-01-03")});
    a_ = index_.alias("jm1@acme.example");
    b_ = index_.alias("jmartin@post.example");
    c_ = index_.alias("zoe@acme.example");
  }
  PersonId person(AliasId alias) { return *person_of(index_.store, alias, *parse_iso_day("2026-01-01")); }

  tests::PrivateIndex index_;
  AliasId a_, b_, c_;
};

TEST_F(Decisions, a_common_name_is_asked) {
  EXPECT_NE(person(a_), person(b_));
  const auto asked = questions(index_.store);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].name_a, "Jean Martin <jm1@acme.example>");
  EXPECT_EQ(asked[0].name_b, "Jean Martin <jmartin@post.example>");
  EXPECT_EQ(asked[0].person_a, person(a_));
  EXPECT_FALSE(stored_reasons(asked[0].reasons).empty());
}

TEST_F(Decisions, same_joins_and_is_not_asked_again) {
  decide(index_.store, a_, b_, true, noon("2026-02-01"));
  EXPECT_EQ(person(a_), person(b_));
  EXPECT_THAT(questions(index_.store), IsEmpty());
  EXPECT_EQ(members(index_.store, person(a_)).size(), 2U);
}

TEST_F(Decisions, different_is_not_asked_again_and_both_can_be_undone) {
  decide(index_.store, a_, b_, false, noon("2026-02-01"));
  EXPECT_THAT(questions(index_.store), IsEmpty());
  decide(index_.store, a_, b_, true, noon("2026-02-02"));
  EXPECT_EQ(person(a_), person(b_));
  const auto last = undo_decision(index_.store);
  ASSERT_TRUE(last);
  EXPECT_TRUE(last->same);
  EXPECT_NE(person(a_), person(b_));
  EXPECT_THAT(questions(index_.store), IsEmpty());
  EXPECT_TRUE(undo_decision(index_.store));
  EXPECT_EQ(questions(index_.store).size(), 1U);
  EXPECT_FALSE(undo_decision(index_.store));
}

TEST_F(Decisions, a_decision_waits_for_an_alias_that_is_gone_for_a_while) {
  const auto file = index_.add(mail("4").from("Ewen Le Bihan <ewen@acme.example>").at("2026-01-04"));
  const auto ewen = index_.alias("ewen@acme.example");
  decide(index_.store, c_, ewen, true, noon("2026-02-01"));
  EXPECT_EQ(person(c_), person(ewen));
  index_.drop(file);
  EXPECT_EQ(members(index_.store, person(c_)).size(), 1U);
  index_.add(mail("5").from("Ewen Le Bihan <ewen@acme.example>").at("2026-01-05"));
  EXPECT_EQ(person(c_), person(ewen));
}

TEST_F(Decisions, a_note_sits_with_its_alias_through_merge_and_split) {
  write_note(index_.store, b_, "préfère le train", noon("2026-02-01"));
  EXPECT_THAT(index_.dossier("jmartin@post.example").notes, ElementsAre("préfère le train"));
  EXPECT_THAT(index_.dossier("jm1@acme.example").notes, IsEmpty());
  decide(index_.store, a_, b_, true, noon("2026-02-02"));
  EXPECT_THAT(index_.dossier("jm1@acme.example").notes, ElementsAre("préfère le train"));
  undo_decision(index_.store);
  EXPECT_THAT(index_.dossier("jm1@acme.example").notes, IsEmpty());
  EXPECT_THAT(index_.dossier("jmartin@post.example").notes, ElementsAre("préfère le train"));
}

// The address without a name was seen first, then handed on: it is the smallest alias of two persons at once.
TEST(Persons, an_address_handed_on_belongs_to_each_in_their_time) {
  tests::PrivateIndex index;
  std::vector<readers::ExtractedItem> items;
  const std::string shared = "cellule.nord@acme.example";
  const auto add = [&](std::string_view name, std::string_view day, int seconds) {
    const std::string from = name.empty() ? shared : std::string(name) + " <" + shared + ">";
    items.push_back(
        mail(std::string(day) + std::to_string(seconds)).at(noon(day, seconds)).from(from).to("me@x.example"));
  };
  add("", "2020-01-10", 1);
  add("Sophie Tarvenec", "2020-01-01", 0);
  add("Sophie Tarvenec", "2020-06-01", 0);
  add("Julien Brulis", "2021-01-01", 0);
  add("Julien Brulis", "2021-06-01", 0);
  add("", "2021-05-01", 2);
  index.add(items);
  const auto sophie = index.person(shared, "Sophie Tarvenec");
  const auto julien = index.person(shared, "Julien Brulis");
  ASSERT_NE(sophie, julien);
  const AliasId bare{index.store.db().number("select id from alias where handle = $1 and name = ''", shared)};
  EXPECT_EQ(person_of(index.store, bare, *parse_iso_day("2020-02-01")), sophie);
  EXPECT_EQ(person_of(index.store, bare, *parse_iso_day("2021-05-01")), julien);
  EXPECT_EQ(make_dossier(index.store, sophie, noon("2026-01-01")).incoming, 3);
  EXPECT_EQ(make_dossier(index.store, julien, noon("2026-01-01")).incoming, 3);
}

TEST(Persons, a_card_joins_the_addresses_that_it_holds) {
  tests::PrivateIndex index;
  index.add({mail("1").from("Jean Martin <jm1@acme.example>").at("2026-01-01"),
             mail("2").from("Jean Martin <jmartin@post.example>").at("2026-01-01"),
             card("c")
                 .title("Jean Martin")
                 .with(Role::card, "Jean Martin <jm1@acme.example>")
                 .with(Role::card, "Jean Martin <jmartin@post.example>")});
  EXPECT_EQ(index.person("jm1@acme.example"), index.person("jmartin@post.example"));
}

/// Two addresses under one common name.
class Namesakes : public testing::Test {
 protected:
  const std::string work_ = "Jean Martin <jm1@acme.example>", home_ = "Jean Martin <jmartin@post.example>",
                    me_ = "me@x.example";
  bool one() { return index_.person("jm1@acme.example") == index_.person("jmartin@post.example"); }
  tests::PrivateIndex index_;
};

TEST_F(Namesakes, are_one_where_the_one_answers_for_the_other) {
  index_.add({mail("1").from(me_).to(work_).at("2026-01-01"),
              mail("2").from(home_).to(me_).answers("other").at("2026-01-02")});
  EXPECT_FALSE(one());
  index_.add(mail("3").from(home_).to(me_).answers("1").at("2026-01-03"));
  EXPECT_TRUE(one());
}

TEST_F(Namesakes, are_one_where_they_write_with_the_same_people) {
  index_.add({mail("1").from(work_).to(me_).cc("a@acme.example").cc("b@acme.example").at("2026-01-01"),
              mail("2").from(home_).to(me_).cc("a@acme.example").at("2026-01-02")});
  index_.me({me_});
  EXPECT_FALSE(one());
  index_.add(mail("3").from(home_).to("b@acme.example").cc(me_).cc("c@acme.example").at("2026-01-03"));
  index_.add(mail("4").from(work_).to("c@acme.example").cc(me_).at("2026-01-04"));
  EXPECT_TRUE(one());
}

TEST_F(Namesakes, are_one_who_sends_copies_home) {
  index_.add(mail("1").from(work_).to(home_).cc("a@acme.example").at("2026-01-01"));
  EXPECT_FALSE(one()) << "somebody else was meant";
  index_.add(mail("2").from(work_).to(home_).cc(me_).at("2026-01-02"));
  index_.me({me_});
  EXPECT_TRUE(one());
}

TEST_F(Namesakes, are_two_who_answer_each_other) {
  const std::string zoe = "Zoé Quillivic <zoe@acme.example>", quillivic = "Zoé Quillivic <zq@post.example>";
  index_.add(mail("1").from(zoe).to(quillivic).at("2026-01-01"));
  const auto are_one = [&] { return index_.person("zoe@acme.example") == index_.person("zq@post.example"); };
  EXPECT_TRUE(are_one());
  index_.add(mail("2").from(quillivic).to(zoe).answers("1").at("2026-01-02"));
  EXPECT_TRUE(are_one()) << "once may be a mistake";
  index_.add(mail("3").from(zoe).to(quillivic).answers("2").at("2026-01-03"));
  EXPECT_FALSE(are_one());
}

TEST(Persons, with_two_birthdays_are_two) {
  const auto born = [](std::string_view day) {
    tests::PrivateIndex index;
    index.add(
        {card("1").with(Role::card, "Zoé Quillivic <zoe@acme.example>").fact(readers::FactKind::birthday, "1970-03-02"),
         card("2").with(Role::card, "Zoé Quillivic <zq@post.example>").fact(readers::FactKind::birthday, day)});
    return index.person("zoe@acme.example") == index.person("zq@post.example");
  };
  EXPECT_TRUE(born("1970-03-02"));
  EXPECT_TRUE(born("--03-02"));
  EXPECT_FALSE(born("1982-09-30"));
}

TEST(Persons, who_made_a_document_is_who_sends_it_under_that_name) {
  tests::PrivateIndex index;
  index.add({mail("1").from("Jean Martin <jm1@acme.example>").with(Role::author, "jmartin").at("2026-01-01"),
             mail("2").from("Jean Martin <jm1@acme.example>").with(Role::author, "Jean Martin").at("2026-01-02"),
             mail("3").from("Zoé Quillivic <zoe@acme.example>").with(Role::author, "Utilisateur").at("2026-01-03")});
  const auto count = [&](std::string_view handle) { return members(index.store, index.person(handle)).size(); };
  EXPECT_EQ(count("jm1@acme.example"), 3U);
  EXPECT_EQ(count("zoe@acme.example"), 1U);
}

TEST(Persons, an_export_ties_by_the_employer_and_a_chat_by_the_number) {
  tests::PrivateIndex index;
  index.add({mail("1")
                 .from("Jean Martin <jm1@acme.example>")
                 .fact(readers::FactKind::phone, "06 55 01 00 01")
                 .at("2026-01-01"),
             card("2").with(Role::card, "Jean Martin").fact(readers::FactKind::company, "Acme Conseil"),
             card("3").with(Role::card, "Jean Martin").fact(readers::FactKind::company, "Autre SA"),
             tests::ItemBuilder(readers::ItemKind::chat).identifier("4").from("+33 6 55 01 00 01").text("Bonjour")});
  std::vector<std::string> names;
  for (const auto& member : members(index.store, index.person("jm1@acme.example"))) names.push_back(member.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("Jean Martin", "Jean Martin", "+33 6 55 01 00 01"));
}

TEST(Persons, the_name_shown_is_the_one_that_i_use) {
  tests::PrivateIndex index;
  const auto shown = [&] { return shown_name(index.store, index.person("zq@acme.example")); };
  index.add({mail("1").from("ZOÉ QUILLIVIC <zq@acme.example>").to("me@x.example").at("2026-01-01"),
             mail("2").from("ZOÉ QUILLIVIC <zq@acme.example>").to("me@x.example").at("2026-01-02"),
             mail("3").from("Zoé Quillivic <zq@acme.example>").to("me@x.example").at("2026-01-03")});
  index.me({"me@x.example"});
  EXPECT_EQ(shown(), "Zoé Quillivic");
  index.add(mail("4").from("me@x.example").to("Zouzou <zq@acme.example>").at("2025-01-03"));
  EXPECT_EQ(shown(), "Zouzou");
  index.add(mail("5").from("me@x.example").to("Zoé Q. <zq@acme.example>").at("2025-02-03"));
  EXPECT_EQ(shown(), "Zoé Q.");
}

TEST(Persons, a_bare_address_hides_no_name) {
  std::vector<readers::ExtractedItem> items{
      mail("1").from("zq@acme.example").to("me@x.example").at("2024-01-01"),
      mail("2").from("me@x.example").to("zq@acme.example").at("2024-01-02"),
      mail("3").from("Zoé Quillivic <zq@acme.example>").to("me@x.example").at("2025-01-03"),
      mail("4").from("me@x.example").to("zq@acme.example").at("2026-01-04"),
      // An address is no name, though it stands where names do.
      mail("5").from("me@x.example").to("zq@acme.example <zq@acme.example>").at("2026-01-05"),
      mail("6").from("me@x.example").to("zoe@old.example <zq@acme.example>").at("2026-01-06")};
  for (int round = 0; round < 2; ++round) {
    tests::PrivateIndex index;
    index.add(items);
    index.me({"me@x.example"});
    EXPECT_EQ(index.person("zq@acme.example", "Zoé Quillivic"), index.person("zq@acme.example"));
    EXPECT_EQ(shown_name(index.store, index.person("zq@acme.example")), "Zoé Quillivic");
    EXPECT_THAT(index.who("quillivic"), ElementsAre("Zoé Quillivic"));
    EXPECT_EQ(index.dossier("zq@acme.example").outgoing, 4);
    std::ranges::reverse(items);
  }
}

TEST(Persons, of_names_seen_equally_often_the_order_of_import_chooses_none) {
  const readers::ExtractedItem one = mail("1").from("Zoé Quillivic <zq@acme.example>").at("2026-01-01");
  const readers::ExtractedItem two = mail("2").from("Zoe Quillivic <zq@acme.example>").at("2026-01-02");
  tests::PrivateIndex forth;
  tests::PrivateIndex back;
  forth.add({one, two});
  back.add({two, one});
  EXPECT_EQ(shown_name(forth.store, forth.person("zq@acme.example")),
            shown_name(back.store, back.person("zq@acme.example")));
}

}  // namespace
}  // namespace entregent::personal
