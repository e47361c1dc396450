// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/today.h"

#include <gmock/gmock.h>

#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using tests::event;
using tests::mail;
using tests::noon;

constexpr std::string_view me = "Anne Roux <anne@roux.example>";
constexpr std::string_view zoe = "Zoé Quillivic <zoe@brumes.example>";
const Day tuesday = *parse_iso_day("2026-11-24");

DayBounds bounds(Day day) {
  return {.day = day, .begin = Instant(day), .end = Instant(day + std::chrono::days(1))};
}

class TodayTest : public testing::Test {
 protected:
  TodayTest() { add({mail("first").from(me).to("anne@maison.example").at("2024-01-01")}); }

  void add(const std::vector<readers::ExtractedItem>& items) {
    index_.add(items);
    index_.me({"anne@roux.example", "anne@maison.example"});
  }
  void ask(std::string_view id = "q") {
    add({mail(id).title("Atelier").from(zoe).to(me).at("2026-11-20").text("Seriez-vous libre mardi ?")});
  }
  Today today(Day day = tuesday) { return make_today(index_.store, bounds(day), noon(iso_day(day))); }
  void settle(const LineKey& key, Verdict verdict, std::optional<Day> until = std::nullopt) {
    settle_line(index_.store, key, verdict, noon("2026-11-24"), until);
  }
  /// An exchange both ways each ten days from the first of January 2026 on, `count` of each.
  void write_with(std::string_view who, int count, Day first = *parse_iso_day("2026-01-01")) {
    std::vector<readers::ExtractedItem> items;
    for (int i = 0; i < count; ++i) {
      const auto day = iso_day(first + std::chrono::days(10 * i));
      const std::string id = std::string(who) + std::to_string(i);
      items.push_back(mail(id).title("Suivi").from(who).to(me).at(day).text("Bien reçu, merci."));
      items.push_back(mail(id + "r").title("Suivi").from(me).to(who).at(noon(day, 60)).text("Entendu."));
    }
    add(items);
  }
  std::vector<std::string> revived(Day day = tuesday) {
    std::vector<std::string> names;
    for (const auto& tie : today(day).revive) names.push_back(tie.who.name);
    return names;
  }

  tests::PrivateIndex index_;
};

TEST_F(TodayTest, a_question_to_me_alone_wants_an_answer) {
  ask();
  const auto replies = today().replies;
  ASSERT_THAT(replies, SizeIs(1));
  EXPECT_EQ(replies[0].who.name, "Zoé Quillivic");
  EXPECT_EQ(replies[0].asks, "Seriez-vous libre mardi ?");
}

TEST_F(TodayTest, an_answer_from_any_of_my_addresses_is_one) {
  ask();
  add({mail("a").from("anne@maison.example").to(zoe).at("2026-11-21").answers("q").text("Oui.")});
  EXPECT_THAT(today().replies, IsEmpty());
}

TEST_F(TodayTest, whoever_was_met_since_was_answered) {
  ask();
  write_met(index_.store, index_.alias("zoe@brumes.example"), *parse_iso_day("2026-11-22"), "");
  EXPECT_THAT(today().replies, IsEmpty());
  undo_last(index_.store, noon("2026-11-24"));
  EXPECT_THAT(today().replies, SizeIs(1));
  add({event("e")
           .title("Café")
           .with(readers::Role::organizer, zoe)
           .with(readers::Role::attendee, me)
           .occurs(noon("2026-11-23"))});
  EXPECT_THAT(today().replies, IsEmpty());
}

TEST_F(TodayTest, nothing_is_owed_to_lists_robots_crowds_and_copies) {
  const auto question = [](std::string_view id) {
    return mail(id).title(id).from(zoe).at("2026-11-20").text("Seriez-vous libre mardi ?");
  };
  add({question("list").to(me).list("x.list.example"), question("robot").to(me).robot(),
       question("copy").to("jean@acme.example").cc(me),
       question("crowd").to(me).to("a@x.example").to("b@x.example").to("c@x.example"),
       mail("old").title("old").from(zoe).to(me).at("2026-05-20").text("Seriez-vous libre mardi ?"),
       mail("thanks").title("thanks").from(zoe).to(me).at("2026-11-20").text("Merci, à bientôt !")});
  EXPECT_THAT(today().replies, IsEmpty());
}

TEST_F(TodayTest, what_is_not_owed_stays_so_and_what_is_put_off_comes_back) {
  ask();
  const auto key = today().replies.at(0).key;
  settle(key, Verdict::later, tuesday + std::chrono::days(7));
  EXPECT_THAT(today().replies, IsEmpty());
  EXPECT_THAT(today(tuesday + std::chrono::days(7)).replies, SizeIs(1));
  settle(key, Verdict::not_owed);
  EXPECT_THAT(today(tuesday + std::chrono::days(8)).replies, IsEmpty());
  ASSERT_TRUE(undo_last(index_.store, noon("2026-11-24")));
  ASSERT_TRUE(undo_last(index_.store, noon("2026-11-24")));
  EXPECT_THAT(today().replies, SizeIs(1));
  settle(key, Verdict::never);
  ask("another");
  EXPECT_THAT(today().replies, IsEmpty());
}

TEST_F(TodayTest, between_two_each_may_wait_for_the_other) {
  ask();
  const auto owing = [&] {
    return owing_between_us(index_.store, Settled(index_.store), index_.person("zoe@brumes.example"),
                            noon("2026-11-24"), tuesday);
  };
  ASSERT_TRUE(owing().by_me);
  EXPECT_FALSE(owing().by_them);
  add({mail("a").from(me).to(zoe).at("2026-11-21").answers("q").text("Oui. Venez-vous avec Jean ?")});
  EXPECT_FALSE(owing().by_me);
  const auto now = owing();
  ASSERT_TRUE(now.by_them);
  EXPECT_EQ(now.by_them->asks, "Venez-vous avec Jean ?");
}

TEST_F(TodayTest, a_promise_enters_only_with_a_yes) {
  add({mail("p").from(me).to(zoe).at("2026-11-23").text("Merci. Je vous envoie le devis vendredi.")});
  const auto first = today();
  ASSERT_THAT(first.proposals, SizeIs(1));
  EXPECT_THAT(first.due, IsEmpty());
  const auto& proposal = first.proposals[0];
  EXPECT_EQ(proposal.sentence, "Je vous envoie le devis vendredi.");
  EXPECT_EQ(proposal.due, *parse_iso_day("2026-11-27"));
  write_promise(index_.store, proposal.key.alias, proposal.sentence, proposal.due, noon("2026-11-24"),
                proposal.key.item_key);
  const auto second = today();
  EXPECT_THAT(second.proposals, IsEmpty());
  ASSERT_THAT(second.due, SizeIs(1));
  settle(second.due[0].key, Verdict::done);
  EXPECT_THAT(today().due, IsEmpty());
  EXPECT_TRUE(index_.dossier("zoe@brumes.example").promises.at(0).kept);
}

TEST_F(TodayTest, a_tie_that_drifts_is_to_be_revived) {
  write_with(zoe, 30);  // until 18 October: silent for 37 days where 10 are usual
  EXPECT_THAT(revived(), ElementsAre("Zoé Quillivic"));
  EXPECT_THAT(revived(*parse_iso_day("2026-10-25")), IsEmpty());
  const auto tie = today().revive.at(0);
  EXPECT_NEAR(tie.state.usual_gap, 10, 0.1);
  EXPECT_EQ(tie.last_title, "Suivi");
}

TEST_F(TodayTest, any_exchange_that_is_told_moves_the_next_date) {
  write_with(zoe, 30);
  const auto alias = index_.alias("zoe@brumes.example");
  write_met(index_.store, alias, *parse_iso_day("2026-11-20"), "");
  EXPECT_THAT(revived(), IsEmpty());
  undo_last(index_.store, noon("2026-11-24"));
  write_note(index_.store, alias, "appelée", noon("2026-11-20"));
  EXPECT_THAT(revived(), IsEmpty());
  undo_last(index_.store, noon("2026-11-24"));
  add({mail("new").from(me).to(zoe).at("2026-11-20").text("Bonjour.")});
  EXPECT_THAT(revived(), IsEmpty());
}

TEST_F(TodayTest, at_most_five_a_week_and_one_of_an_organisation) {
  for (const char* who : {"A Un <a@un.example>", "B Deux <b@deux.example>", "C Trois <c@trois.example>",
                          "D Quatre <d@quatre.example>", "E Cinq <e@cinq.example>", "F Six <f@six.example>"})
    write_with(who, 30);
  write_with("G Un <g@un.example>", 29);
  const auto first = today().revive;
  EXPECT_THAT(first, SizeIs(5));
  EXPECT_LE(std::ranges::count_if(revived(), [](const auto& name) { return name.ends_with("Un"); }), 1);
}

TEST_F(TodayTest, of_sleeping_ties_at_most_two_that_were_strong) {
  for (const char* who : {"A Un <a@un.example>", "B Deux <b@deux.example>", "C Trois <c@trois.example>"})
    write_with(who, 20, *parse_iso_day("2025-01-01"));
  write_with("D Quatre <d@quatre.example>", 3, *parse_iso_day("2025-01-01"));
  EXPECT_THAT(revived(), SizeIs(2));
}

TEST_F(TodayTest, keeps_its_five_for_the_week_and_proposes_others_after_it) {
  write_with(zoe, 30);
  const auto first = today().revive;
  remember_suggested(index_.store, first, tuesday);
  EXPECT_THAT(revived(tuesday + std::chrono::days(2)), ElementsAre("Zoé Quillivic"));
  EXPECT_THAT(revived(tuesday + std::chrono::days(7)), IsEmpty());
  EXPECT_THAT(revived(tuesday + std::chrono::days(28)), ElementsAre("Zoé Quillivic"));
  settle(first.at(0).key, Verdict::never);
  EXPECT_THAT(revived(tuesday + std::chrono::days(28)), IsEmpty());
}

TEST_F(TodayTest, tells_of_whom_one_meets) {
  add({mail("z")
           .title("Devis")
           .from(zoe)
           .to(me)
           .at("2026-11-02")
           .text("Bien à vous")
           .fact(readers::FactKind::company, "Brumes"),
       event("e")
           .title("Point")
           .location("Brest")
           .with(readers::Role::attendee, zoe)
           .with(readers::Role::organizer, me)
           .occurs(noon("2026-11-24")),
       event("f").title("Demain").with(readers::Role::attendee, zoe).occurs(noon("2026-11-25"))});
  const auto meetings = today().meetings;
  ASSERT_THAT(meetings, SizeIs(1));
  EXPECT_EQ(meetings[0].title, "Point");
  ASSERT_THAT(meetings[0].briefs, SizeIs(1));
  EXPECT_EQ(meetings[0].briefs[0].position, "Brumes");
  ASSERT_TRUE(meetings[0].briefs[0].last);
  EXPECT_EQ(meetings[0].briefs[0].last->title, "Devis");
}

TEST_F(TodayTest, what_was_counted_moves_with_a_merge) {
  write_with(zoe, 5);
  write_with("Jean Tarvenec <jean@acme.example>", 7);
  const auto count = [&](std::string_view handle) { return tie_of(index_.store, index_.person(handle)).incoming; };
  EXPECT_EQ(count("zoe@brumes.example"), 5);
  decide(index_.store, index_.alias("zoe@brumes.example"), index_.alias("jean@acme.example"), true, noon("2026-11-24"));
  EXPECT_EQ(count("zoe@brumes.example"), 12);
  undo_last(index_.store, noon("2026-11-24"));
  EXPECT_EQ(count("zoe@brumes.example"), 5);
}

}  // namespace
}  // namespace entregent::personal
