// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/dossier.h"

#include <gmock/gmock.h>

#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using readers::FactKind;
using readers::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::card;
using tests::event;
using tests::mail;
using tests::noon;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view zoe = "Zoé Quillivic <zoe@post.example>";
constexpr std::string_view mine = "Anne Roux <anne@x.example>";

class DossierTest : public testing::Test {
 protected:
  void add(std::vector<readers::ExtractedItem> items) {
    index_.add(items);
    index_.me({"anne@x.example"});
  }
  Dossier jeans(const DossierLimits& limits = {}) { return index_.dossier("jean@acme.example", limits); }
  tests::PrivateIndex index_;
};

TEST_F(DossierTest, counts_each_mail_once_by_its_direction) {
  add({mail("1").title("reçu").at("2026-01-01").from(jean).to(mine).cc("Jean D <jean@acme.example>"),
       mail("2").title("envoyé").at("2026-01-02").from(mine).to(jean).cc(jean),
       mail("3").title("liste").at("2026-01-03").from(jean).to("amis@list.example").list("amis.list.example"),
       mail("4").title("entre autres").at("2026-01-04").from(zoe).to(jean).to(mine),
       mail("5").title("en copie").at("2026-01-05").from(mine).to(zoe).cc(jean),
       mail("6").title("sans date").undated().from(jean).to(mine),
       mail("7").title("ailleurs").at("2026-01-07").from(zoe).to(mine),
       mail("8").title("réponse").at("2026-01-01").from(zoe).to(mine).with(Role::reply_to, jean)});
  const auto dossier = jeans();
  EXPECT_EQ(dossier.incoming, 2);
  EXPECT_EQ(dossier.outgoing, 2);
  EXPECT_EQ(dossier.on_lists, 1);
  EXPECT_EQ(dossier.between_others, 1);
  EXPECT_EQ(dossier.first_at, noon("2026-01-01"));
  EXPECT_EQ(dossier.last_at, noon("2026-01-05"));
  EXPECT_EQ(dossier.last_direction, Direction::outgoing);
  EXPECT_TRUE(dossier.direction_certain);
  EXPECT_FALSE(dossier.is_me);
  std::vector<std::string> titles;
  for (const auto& exchange : dossier.newest) titles.push_back(exchange.title);
  EXPECT_THAT(titles, ElementsAre("en copie", "liste", "envoyé", "reçu", "sans date"));
  EXPECT_THAT(jeans({.newest = 2}).newest, SizeIs(2));
  EXPECT_TRUE(index_.dossier("anne@x.example").is_me);
}

TEST_F(DossierTest, months_are_without_gaps) {
  add({mail("1").at("2025-11-30").from(jean).to(mine), mail("2").at("2026-02-01").from(mine).to(jean),
       mail("3").at("2026-02-02").from(jean).to(mine)});
  std::vector<std::tuple<unsigned, std::int64_t, std::int64_t>> months;
  for (const auto& month : jeans().months)
    months.emplace_back(static_cast<unsigned>(month.month.month()), month.incoming, month.outgoing);
  EXPECT_THAT(months,
              ElementsAre(std::tuple{11U, 1, 0}, std::tuple{12U, 0, 0}, std::tuple{1U, 0, 0}, std::tuple{2U, 1, 1}));
}

TEST_F(DossierTest, until_i_am_confirmed_directions_are_uncertain) {
  index_.add(mail("1").at("2026-01-01").from(jean).to(mine));
  EXPECT_FALSE(jeans().direction_certain);
}

TEST_F(DossierTest, files_go_both_ways_and_not_between_others) {
  add({mail("1").at("2026-01-01").from(jean).to(mine).file("contrat.pdf").file("annexe.pdf"),
       mail("2").at("2026-01-02").from(mine).to(jean).file("devis.pdf"),
       mail("3").at("2026-01-03").from(zoe).to(jean).file("autre.pdf"),
       mail("4").at("2026-01-04").from(jean).to(mine).file("")});
  const auto dossier = jeans();
  ASSERT_THAT(dossier.files, SizeIs(3));
  EXPECT_EQ(dossier.files_total, 3);
  EXPECT_EQ(dossier.files[0].file.name, "devis.pdf");
  EXPECT_EQ(dossier.files[0].direction, Direction::outgoing);
  EXPECT_EQ(dossier.files[1].file.name, "annexe.pdf");
  EXPECT_EQ(dossier.files[1].direction, Direction::incoming);
  EXPECT_THAT(jeans({.files = 1}).files, SizeIs(1));
}

TEST_F(DossierTest, meetings_come_once_with_how_often_and_where) {
  add({event("e1")
           .title("Point")
           .occurs(noon("2026-01-05"))
           .occurs(noon("2026-01-12"))
           .occurs(noon("2026-01-19"))
           .location("Quimper")
           .with(Role::organizer, mine)
           .with(Role::attendee, jean),
       event("e2").title("Atelier").occurs(noon("2026-02-05")).with(Role::organizer, jean).with(Role::attendee, mine),
       event("e3").title("Sans lui").occurs(noon("2026-03-05")).with(Role::organizer, zoe)});
  const auto dossier = jeans();
  EXPECT_EQ(dossier.meetings_total, 2);
  ASSERT_THAT(dossier.meetings, SizeIs(2));
  EXPECT_EQ(dossier.meetings[0].title, "Atelier");
  EXPECT_EQ(dossier.meetings[1].times, 3);
  EXPECT_EQ(dossier.meetings[1].location, "Quimper");
  EXPECT_EQ(dossier.meetings[1].when.start, noon("2026-01-19"));
}

TEST_F(DossierTest, mentions_are_full_names_in_mail_of_others_in_either_order) {
  add({mail("0").at("2026-01-01").from(jean).to(mine),
       mail("1").title("Un").at("2026-01-02").from(zoe).to(mine).text("J'ai vu Jean Dupont hier"),
       mail("2").title("Deux").at("2026-01-03").from(zoe).to(mine).text("M. DUPONT Jean sera là"),
       mail("3").title("Trois").at("2026-01-04").from(zoe).to(mine).text("Jean ou Dupont"),
       mail("4").title("Quatre").at("2026-01-05").from(zoe).to(mine).cc(jean).text("Jean Dupont en copie"),
       mail("5").title("Cinq").at("2026-01-06").from(mine).to(zoe).text("Jean Dupont, par moi"),
       mail("6").title("Six").at("2026-01-07").from(zoe).to(mine).text("oui").quoted("> Jean Dupont")});
  const auto dossier = jeans();
  std::vector<std::string> titles;
  for (const auto& mention : dossier.mentions) titles.push_back(mention.title);
  EXPECT_THAT(titles, ElementsAre("Deux", "Un"));
  EXPECT_EQ(dossier.mentions[1].by, "Zoé Quillivic");
  EXPECT_THAT(dossier.mentions[1].snippet, HasSubstr("Jean Dupont"));
}

TEST_F(DossierTest, a_given_name_or_an_initial_is_no_mention) {
  const std::string helene = "Marie-Hélène <mh@acme.example>";
  add({mail("0").at("2026-01-01").from(helene).to(mine),
       mail("1").at("2026-01-01").from("M. Nédélec <mh@acme.example>").to(mine),
       mail("2").at("2026-01-02").from(zoe).to(mine).text("Marie-Hélène Le Goff et M. Nédélec viendront")});
  EXPECT_THAT(index_.dossier("mh@acme.example").mentions, IsEmpty());
  add({mail("3").at("2026-01-03").from("Marie-Hélène Le Goff <mh@acme.example>").to(mine)});
  EXPECT_THAT(index_.dossier("mh@acme.example").mentions, SizeIs(1));
}

TEST_F(DossierTest, people_in_common_are_those_of_our_exchanges) {
  add({mail("1").at("2026-01-01").from(jean).to(mine).cc(zoe),
       mail("2").at("2026-01-02").from(mine).to(jean).cc(zoe).cc("Yann Kermarrec <yann@post.example>"),
       mail("3")
           .at("2026-01-03")
           .from(jean)
           .to("amis@list.example")
           .cc("Loin <loin@post.example>")
           .list("amis.list.example"),
       mail("4").at("2026-01-04").from(zoe).to(jean).cc("Autre <autre@post.example>"),
       mail("5").at("2026-01-05").from(jean).to(mine).cc("contact@acme.example")});
  std::vector<std::pair<std::string, std::int64_t>> common;
  for (const auto& each : jeans().in_common) common.emplace_back(each.name, each.items);
  EXPECT_THAT(common, ElementsAre(std::pair{"Zoé Quillivic", 2}, std::pair{"Yann Kermarrec", 1}));
}

TEST_F(DossierTest, people_equally_in_common_do_not_depend_on_the_import) {
  const std::vector<readers::ExtractedItem> items{
      mail("1").at("2026-01-01").from(jean).to(mine).cc("b@post.example").cc("c@post.example"),
      mail("2").at("2026-01-02").from("d@post.example").to("c@post.example").cc("a@post.example"),
      mail("3").at("2026-01-03").from(jean).to(mine).cc("a@post.example").cc("d@post.example")};
  const auto names = [](tests::PrivateIndex& index) {
    index.me({"anne@x.example"});
    std::vector<std::string> result;
    for (const auto& common : index.dossier("jean@acme.example", {.in_common = 3}).in_common)
      result.push_back(common.name);
    return result;
  };
  tests::PrivateIndex forth;
  forth.add({items[0], items[1], items[2]});
  tests::PrivateIndex back;
  back.add({items[2], items[1], items[0]});
  EXPECT_EQ(names(forth), names(back));
}

TEST_F(DossierTest, what_is_said_is_told_once_by_its_newest_source) {
  add({card("c")
           .title("Jean Dupont")
           .at("2020-01-01")
           .with(Role::card, jean)
           .fact(FactKind::company, "ACME")
           .fact(FactKind::title, "Directeur")
           .fact(FactKind::phone, "+33100000000", "work"),
       mail("1")
           .at("2026-01-01")
           .from("J. Dupont <jean@acme.example>")
           .to(mine)
           .fact(FactKind::company, "Acme")
           .fact(FactKind::title, "Associé"),
       mail("2").at("2024-01-01").from(jean).to(mine).fact(FactKind::title, "Associé")});
  const auto dossier = jeans();
  std::vector<std::pair<std::string, bool>> said;
  for (const auto& each : dossier.said) said.emplace_back(each.value, each.on_card);
  EXPECT_THAT(said, ElementsAre(std::pair{"+33100000000", true}, std::pair{"Acme", false}, std::pair{"Associé", false},
                                std::pair{"Directeur", true}));
  EXPECT_EQ(dossier.said[2].at, noon("2026-01-01"));
}

TEST_F(DossierTest, names_and_addresses_have_their_counts_and_days) {
  add({mail("1").at("2025-01-01").from("Jean Dupont <jean@acme.example>").to(mine),
       mail("2").at("2026-01-01").from("DUPONT Jean <jean@acme.example>").to(mine),
       mail("3").at("2026-01-02").from("DUPONT Jean <jean@acme.example>").to(mine)});
  const auto dossier = jeans();
  ASSERT_THAT(dossier.names, SizeIs(2));
  EXPECT_EQ(dossier.names[0].name, "DUPONT Jean");
  EXPECT_EQ(dossier.names[0].seen, 2);
  ASSERT_THAT(dossier.addresses, SizeIs(1));
  EXPECT_EQ(dossier.addresses[0].seen, 3);
  EXPECT_EQ(dossier.addresses[0].first_at, noon("2025-01-01"));
  EXPECT_EQ(dossier.addresses[0].last_at, noon("2026-01-02"));
}

}  // namespace
}  // namespace entregent::personal
