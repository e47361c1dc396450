// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/resolve.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "people/parallel.h"

namespace entregent::people {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

Day day(int number) {
  return Day{std::chrono::days(15000 + number)};
}

Alias alias(std::int64_t id, std::string name, std::string address, int first = -1, int last = -1) {
  Alias result{.id = id, .name = std::move(name), .address = std::move(address), .phones = {}, .organisations = {}};
  if (first >= 0) result.first_day = day(first);
  if (last >= 0) result.last_day = day(last);
  return result;
}

using Groups = std::set<std::set<std::int64_t>>;

Groups groups(const Resolution& resolution) {
  Groups result;
  for (const auto& person : resolution.persons) {
    std::set<std::int64_t> members;
    for (const auto& member : person.members) members.insert(member.alias);
    result.insert(members);
  }
  return result;
}

Groups grouped(const std::vector<Alias>& aliases, const std::vector<Evidence>& evidence = {},
               const std::vector<Decision>& decisions = {}) {
  return groups(resolve(aliases, evidence, decisions));
}

bool asks(const Resolution& resolution, std::int64_t a, std::int64_t b) {
  return std::any_of(resolution.questions.begin(), resolution.questions.end(), [&](const Question& question) {
    return std::minmax(question.a, question.b) == std::minmax(a, b);
  });
}

/// Everything that a caller sees, as text.
std::string text(const Resolution& resolution) {
  std::string result;
  const auto add = [&](auto number) { result += std::to_string(number) + ' '; };
  const auto add_reasons = [&](const std::vector<Reason>& reasons) {
    for (const auto& reason : reasons) result += std::to_string(static_cast<int>(reason.kind)) + reason.words + ',';
  };
  for (const auto& person : resolution.persons) {
    for (const auto& member : person.members)
      add(member.alias), add(member.from_day.time_since_epoch().count()), add(member.to_day.time_since_epoch().count());
    for (const auto& merge : person.merges)
      add(merge.a), add(merge.b), add(merge.probability), add_reasons(merge.reasons);
    result += person.human ? "human\n" : "no human\n";
  }
  for (const auto& question : resolution.questions)
    add(question.a), add(question.b), add(question.probability), add_reasons(question.reasons);
  return result;
}

struct PairCase {
  std::string_view title;
  std::string name_a, address_a, name_b, address_b;
  enum class Outcome { merged, asked, apart } outcome;
};

class TwoAliases : public testing::TestWithParam<PairCase> {};

TEST_P(TwoAliases, come_out_as) {
  const auto& test = GetParam();
  const Resolution resolution =
      resolve(std::vector{alias(1, test.name_a, test.address_a), alias(2, test.name_b, test.address_b)}, {}, {});
  const auto outcome = resolution.persons.size() == 1 ? PairCase::Outcome::merged
                       : resolution.questions.empty() ? PairCase::Outcome::apart
                                                      : PairCase::Outcome::asked;
  EXPECT_EQ(outcome, test.outcome) << text(resolution);
}

constexpr auto merged = PairCase::Outcome::merged, asked = PairCase::Outcome::asked, apart = PairCase::Outcome::apart;

INSTANTIATE_TEST_SUITE_P(
    table, TwoAliases,
    testing::Values(
        PairCase{"same_address", "Sophie Tarvenec", "st@acme.example", "S. Tarvenec", "ST@acme.example", merged},
        PairCase{"same_address_without_name", "Sophie Tarvenec", "st@acme.example", "", "st@acme.example", merged},
        PairCase{"tag", "Sophie Tarvenec", "st@acme.example", "", "st+list@acme.example", merged},
        PairCase{"rare_name", "Sophie Tarvenec", "st@acme.example", "TARVENEC Sophie", "so77@gmail.com", merged},
        PairCase{"common_name", "Jean Martin", "jm@acme.example", "Jean Martin", "j55@gmail.com", asked},
        PairCase{"common_name_elsewhere", "Marie Dupont", "marie@acme.example", "Marie Dupont", "md@other.example",
                 asked},
        PairCase{"common_compound", "François-Xavier Bernard", "fx@acme.example", "François-Xavier Bernard",
                 "bernard@other.example", asked},
        PairCase{"common_in_a_local_part", "Antoine Bernard", "x1@acme.example", "", "antoine.bernard@other.example",
                 asked},
        PairCase{"initial_in_a_family_company", "J. Tarvenec", "j.tarvenec@tarvenec-et-fils.fr", "J. Tarvenec",
                 "julien@tarvenec-et-fils.fr", asked},
        PairCase{"company_of_ones_own", "Sophie Tarvenec", "sophie@tarvenec-conseil.fr", "S. Tarvenec", "q12@gmail.com",
                 merged},
        PairCase{"one_word", "Sophie", "st@acme.example", "Sophie", "so77@gmail.com", apart},
        PairCase{"one_rare_word", "Tarvenec", "q12@acme.example", "Tarvenec", "x77@gmail.com", asked},
        PairCase{"bare_names", "Sophie Tarvenec", "", "Sophie Tarvenec", "", merged},
        PairCase{"bare_name_and_address", "Sophie Tarvenec", "st@acme.example", "Sophie Tarvenec", "", merged},
        PairCase{"common_bare_name", "Jean Martin", "jm@acme.example", "Jean Martin", "", apart},
        PairCase{"bare_given_name", "Sophie Tarvenec", "st@acme.example", "Sophie", "", apart},
        PairCase{"bare_name_of_two", "Sophie Tarvenec", "st@acme.example", "Sophie et Jean Tarvenec", "", apart},
        PairCase{"numbered_by_the_host", "Sophie Tarvenec", "tarvenec@acme.example", "Sophie Tarvenec",
                 "tarvenec2@acme.example", asked},
        PairCase{"contact_of_somebody", "Sophie Tarvenec", "contact.sophie@tarvenec.fr", "Sophie Tarvenec",
                 "so77@gmail.com", merged},
        PairCase{"contact_of_a_place", "Sophie Tarvenec", "contact.nord@tarvenec.fr", "Sophie Tarvenec",
                 "so77@gmail.com", apart},
        PairCase{"nickname", "Fred Tarvenec", "ft@acme.example", "Frédéric Tarvenec", "q12@gmail.com", merged},
        PairCase{"siblings", "Sophie Tarvenec", "st@acme.example", "Julien Tarvenec", "jt@gmail.com", apart},
        PairCase{"typo_alone", "Sophie Tarvenec", "st@acme.example", "Sophie Tarvnec", "q12@gmail.com", asked},
        PairCase{"typo_in_one_company", "Sophie Tarvenec", "st@acme.example", "Sophie Tarvnec", "sophie@acme.example",
                 merged},
        PairCase{"made_from_name", "Sophie Tarvenec", "st@acme.example", "", "sophietarvenec@gmail.com", merged},
        PairCase{"made_with_initial", "Sophie Tarvenec", "st@acme.example", "", "starvenec@gmail.com", merged},
        PairCase{"common_initial", "Jean Martin", "x1@acme.example", "", "jmartin@gmail.com", asked},
        PairCase{"own_domain", "Jean-Pierre Tarvenec", "x1@acme.example", "", "jp@tarvenec.fr", merged},
        PairCase{"rare_handle", "Sophie Tarvenec", "nightowl4711@gmail.com", "nightowl4711", "st@acme.example", merged},
        PairCase{"family_mailbox", "Sophie Tarvenec", "tarvenec@orange.fr", "Julien Tarvenec", "tarvenec@orange.fr",
                 apart},
        PairCase{"assistant", "Sophie Tarvenec", "st@acme.example", "Julien Brulis", "st@acme.example", apart},
        PairCase{"changed_surname", "Sophie Tarvenec", "sophie@acme.example", "Sophie Brulis", "sophie@acme.example",
                 merged},
        PairCase{"pseudonym", "Sophie Tarvenec", "st@acme.example", "Velvet Comet", "st@acme.example", merged},
        PairCase{"role", "Sophie Tarvenec", "contact@acme.example", "Julien Brulis", "contact@acme.example", apart},
        PairCase{"role_and_person", "Sophie Tarvenec", "contact@acme.example", "Sophie Tarvenec", "st@acme.example",
                 apart},
        PairCase{"no_name_at_all", "", "a@acme.example", "", "b@acme.example", apart},
        PairCase{"nobody_twice", "unknown", "a1@acme.example", "unknown", "b1@gmail.com", apart}),
    [](const auto& test) { return std::string(test.param.title); });

TEST(InParts, does_each_thing_once_and_tells_of_failures) {
  for (const std::size_t parts : {1U, 2U, 3U, 7U}) {
    std::vector<int> done(100, 0);
    in_parts(done.size(), parts, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) ++done[i];
    });
    EXPECT_EQ(done, std::vector<int>(100, 1));
    EXPECT_THROW(in_parts(100, parts,
                          [&](std::size_t part, std::size_t, std::size_t) {
                            if (part + 1 == parts) throw std::length_error("last");
                          }),
                 std::length_error);
  }
}

TEST(Resolve, takes_an_empty_box) {
  const Resolution nothing = resolve({}, {}, {});
  EXPECT_THAT(nothing.persons, IsEmpty());
  EXPECT_THAT(nothing.questions, IsEmpty());
}

TEST(Resolve, says_why) {
  const Resolution resolution =
      resolve(std::vector{alias(1, "Sophie Tarvenec", "st@acme.example"), alias(2, "Sophie Tarvenec", "q12@gmail.com")},
              {}, {});
  ASSERT_THAT(resolution.persons, SizeIs(1));
  ASSERT_THAT(resolution.persons[0].merges, SizeIs(1));
  EXPECT_THAT(resolution.persons[0].merges[0].reasons, Contains(Field(&Reason::kind, Reason::Kind::rare_name)));
  EXPECT_THAT(resolution.persons[0].merges[0].reasons, Contains(Field(&Reason::words, "sophie tarvenec")));
  EXPECT_GE(resolution.persons[0].merges[0].probability, Options{}.merge_from);
}

TEST(Resolve, a_role_or_robot_is_no_human_and_transmits_nothing) {
  std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "forum@lists.example"),
                             alias(2, "Julien Brulis", "forum@lists.example"), alias(3, "", "noreply@acme.example"),
                             alias(4, "Sophie Tarvenec", "st@acme.example")};
  aliases[0].list_or_robot = aliases[1].list_or_robot = true;
  const Resolution resolution = resolve(aliases, {}, {});
  EXPECT_THAT(resolution.persons, SizeIs(4));
  for (const auto& person : resolution.persons) EXPECT_EQ(person.human, person.members[0].alias == 4);
}

TEST(Veto, two_given_names_do_not_meet_through_an_initial) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "s1@acme.example"),
                                   alias(2, "S. Tarvenec", "s2@brulis.example"),
                                   alias(3, "Simone Tarvenec", "s3@gmail.com")};
  for (const auto& group : grouped(aliases)) EXPECT_FALSE(group.contains(1) && group.contains(3));
}

TEST(Veto, a_card_of_two_people_is_asked_about) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "s1@acme.example"),
                                   alias(2, "Julien Tarvenec", "s2@gmail.com")};
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::same_card}}), SizeIs(2));
}

TEST(Veto, who_answer_each_other_are_two) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "s1@acme.example"),
                                   alias(2, "Sophie Tarvenec", "s2@gmail.com")};
  EXPECT_THAT(grouped(aliases), SizeIs(1));
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::answers_other}}), SizeIs(2));
  EXPECT_THAT(grouped(aliases, {{.a = 2, .b = 1, .kind = EvidenceKind::two_birthdays}}), SizeIs(2));
}

TEST(Veto, holds_between_groups_not_only_between_the_two) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "s1@acme.example"),
                                   alias(2, "Sophie Tarvenec", "s2@gmail.com"),
                                   alias(3, "Sophie Tarvenec", "s2@gmail.com")};
  EXPECT_FALSE(grouped(aliases, {{.a = 1, .b = 3, .kind = EvidenceKind::two_birthdays}}).contains({1, 2, 3}));
}

TEST(EvidenceOf, cards_and_mail_join_what_names_do_not) {
  const std::vector<Alias> aliases{alias(1, "Jean Martin", "jm@acme.example"), alias(2, "", "q12@gmail.com"),
                                   alias(3, "Tarvenec", "")};
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::same_card}}),
              Contains(std::set<std::int64_t>{1, 2}));
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::forwarded_alias}}),
              Contains(std::set<std::int64_t>{1, 2}));
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::reply_to}}), SizeIs(3));
  EXPECT_TRUE(
      asks(resolve(aliases, std::vector<Evidence>{{.a = 1, .b = 2, .kind = EvidenceKind::reply_to}}, {}), 1, 2));
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::reply_to, .times = 12}}),
              Contains(std::set<std::int64_t>{1, 2}));
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 99, .kind = EvidenceKind::same_card}}), SizeIs(3));
}

TEST(EvidenceOf, a_phone_helps_a_common_name) {
  std::vector<Alias> aliases{alias(1, "Jean Martin", "jm@acme.example"), alias(2, "Jean Martin", "q12@gmail.com"),
                             alias(3, "Marie Martin", "mm@gmail.com")};
  for (auto& each : aliases) each.phones = {"+33100000001"};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 2}, {3}}));
}

TEST(EvidenceOf, habits_join_a_common_name_but_not_another_name) {
  const std::vector<Alias> aliases{alias(1, "Jean Martin", "jm@acme.example"), alias(2, "Jean Martin", "q12@gmail.com"),
                                   alias(3, "Sophie Tarvenec", "st@acme.example")};
  for (const auto kind : {EvidenceKind::answers_for, EvidenceKind::same_circle, EvidenceKind::same_document})
    EXPECT_EQ(
        grouped(aliases, {{.a = 1, .b = 2, .kind = kind, .times = 4}, {.a = 1, .b = 3, .kind = kind, .times = 20}}),
        (Groups{{1, 2}, {3}}));
  EXPECT_THAT(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::same_circle, .times = 4},
                                {.a = 1, .b = 2, .kind = EvidenceKind::answers_other}}),
              SizeIs(3));
}

TEST(EvidenceOf, a_login_in_a_document_is_whose_name_it_is_made_of) {
  const std::vector<Alias> aliases{alias(1, "Jean Martin", "jm@acme.example"), alias(2, "jmartin", ""),
                                   alias(3, "sdurand", "")};
  EXPECT_EQ(grouped(aliases, {{.a = 1, .b = 2, .kind = EvidenceKind::same_document},
                              {.a = 1, .b = 3, .kind = EvidenceKind::same_document}}),
            (Groups{{1, 2}, {3}}));
}

TEST(EvidenceOf, a_number_alone_is_who_has_it) {
  std::vector<Alias> aliases{alias(1, "Jean Martin", "jm@acme.example"), alias(2, "", ""),
                             alias(3, "Marie Martin", "mm@gmail.com")};
  aliases[0].phones = aliases[1].phones = {"+33639980001"};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 2}, {3}}));
  aliases[2].phones = {"+33639980001"};
  EXPECT_THAT(grouped(aliases), SizeIs(3));
}

TEST(EvidenceOf, one_phone_and_another_surname_is_a_question) {
  std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "st@acme.example"), alias(2, "Sophie Brulis", "sb@gmail.com")};
  EXPECT_THAT(resolve(aliases, {}, {}).questions, IsEmpty());
  for (auto& each : aliases) each.phones = {"+33639980001"};
  EXPECT_THAT(grouped(aliases), SizeIs(2));
  EXPECT_TRUE(asks(resolve(aliases, {}, {}), 1, 2));
}

TEST(BareName, goes_to_nobody_where_two_bear_it) {
  std::vector<Alias> aliases{alias(1, "Sophie Petit", "st@acme.example"), alias(2, "Sophie Petit", "so@other.example"),
                             alias(3, "Sophie Petit", "")};
  aliases[0].phones = {"+33639980001"};
  aliases[1].phones = {"+33639980002"};
  aliases[0].organisations = {"Acme"};
  aliases[1].organisations = {"The Other"};
  EXPECT_EQ(grouped(aliases), (Groups{{1}, {2}, {3}}));
  aliases[2].organisations = {"Acme"};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 3}, {2}}));
}

TEST(BareName, joins_as_many_as_there_are) {
  std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "st@acme.example")};
  for (std::int64_t id = 2; id < 90; ++id) aliases.push_back(alias(id, "TARVENEC Sophie", ""));
  EXPECT_THAT(grouped(aliases), SizeIs(1));
}

TEST(OnlyBearer, is_one_person_at_the_office_and_at_home) {
  std::vector<Alias> aliases{alias(1, "Sophie Petit", "st@acme.example", 0, 300),
                             alias(2, "Sophie Petit", "so77@gmail.com", 10, 300)};
  EXPECT_THAT(grouped(aliases), SizeIs(2));
  for (auto& each : aliases) each.acquainted = true;
  EXPECT_THAT(grouped(aliases), SizeIs(1));
  auto later = aliases, meanwhile = aliases;
  later.push_back(alias(3, "Sophie Petit", "sp@other.example", 400, 700));
  meanwhile.push_back(alias(3, "Sophie Petit", "sp@other.example", 100, 700));
  later.back().acquainted = meanwhile.back().acquainted = true;
  EXPECT_THAT(grouped(later), SizeIs(1)) << "changed the company";
  EXPECT_THAT(grouped(meanwhile), SizeIs(3)) << "two offices at one time";
  EXPECT_EQ(groups(resolve(aliases, {}, std::vector<Decision>{{.a = 1, .b = 2, .same = false}})), (Groups{{1}, {2}}));
}

TEST(BareName, of_somebody_the_owner_writes_with_may_be_common) {
  std::vector<Alias> aliases{alias(1, "Sophie Petit", "st@acme.example"), alias(2, "Sophie Petit", "")};
  aliases[0].acquainted = true;
  EXPECT_THAT(grouped(aliases), SizeIs(1));
  aliases[1].organisations = {"The Other"};
  EXPECT_THAT(grouped(aliases), SizeIs(2)) << "works elsewhere";
}

TEST(SharedMailbox, of_a_function_is_a_successor_where_the_surname_changes) {
  EXPECT_THAT(grouped({alias(1, "Thierry Richard", "achats.nord@acme.example", 0, 100),
                       alias(2, "Thierry Petit", "achats.nord@acme.example", 200, 300)}),
              SizeIs(2));
  EXPECT_THAT(grouped({alias(1, "Thierry Richard", "thierry@acme.example", 0, 100),
                       alias(2, "Thierry Petit", "thierry@acme.example", 200, 300)}),
              SizeIs(1));
}

TEST(Provider, is_known_by_the_many_who_share_no_employer) {
  std::vector<Alias> aliases{alias(1, "Sophie Petit", "sophie@box.example"),
                             alias(2, "Sophie Petit", "sp@box.example")};
  for (std::int64_t id = 3; id < 30; ++id)
    aliases.push_back(alias(id, "", "a" + std::to_string(id) + (id < 15 ? "@box.example" : "@firm.example")));
  EXPECT_TRUE(grouped(aliases).contains({1, 2})) << "two addresses of one site";
  for (auto& each : aliases)
    if (each.address.ends_with("firm.example")) each.organisations = {"The Firm"};
  EXPECT_FALSE(grouped(aliases).contains({1, 2})) << "where it gives mailboxes to everybody";
}

TEST(SeveralNames, on_one_card_join_nobody) {
  const std::vector<Alias> aliases{
      alias(1, "Sophie Tarvenec", "st@acme.example"), alias(2, "Julien Tarvenec", "jt@gmail.com"),
      alias(3, "Sophie et Julien Tarvenec", "st@acme.example"), alias(4, "Sophie et Julien Tarvenec", "jt@gmail.com")};
  EXPECT_EQ(grouped(aliases, {{.a = 3, .b = 4, .kind = EvidenceKind::same_card}}), (Groups{{1, 3}, {2, 4}}));
}

TEST(FamilyCompany, keeps_apart_who_differ_by_a_second_given_name) {
  std::vector<Alias> aliases{alias(1, "Jean Tarvenec", "j.tarvenec@tarvenec-et-fils.fr"),
                             alias(2, "Jean-Pierre Tarvenec", "jeanpierre@tarvenec-et-fils.fr")};
  for (auto& each : aliases) each.phones = {"+33639980001"};
  EXPECT_THAT(grouped(aliases), SizeIs(2));
}

TEST(Decided, is_stronger_than_any_score) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "st@acme.example"),
                                   alias(2, "Sophie Tarvenec", "st@acme.example"),
                                   alias(3, "Julien Brulis", "jb@gmail.com")};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 2}, {3}}));
  EXPECT_EQ(grouped(aliases, {}, {{.a = 1, .b = 2, .same = false}}), (Groups{{1}, {2}, {3}}));
  EXPECT_EQ(grouped(aliases, {}, {{.a = 1, .b = 3, .same = true}}), (Groups{{1, 2, 3}}));
}

TEST(Decided, the_newest_wins) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "st@acme.example"),
                                   alias(2, "Julien Brulis", "jb@gmail.com")};
  EXPECT_EQ(grouped(aliases, {}, {{.a = 1, .b = 2, .same = true}, {.a = 2, .b = 1, .same = false}}),
            (Groups{{1}, {2}}));
  EXPECT_EQ(grouped(aliases, {}, {{.a = 1, .b = 2, .same = false}, {.a = 2, .b = 1, .same = true}}), (Groups{{1, 2}}));
}

TEST(Decided, a_no_is_not_reached_around_through_others) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "s1@acme.example"),
                                   alias(2, "Sophie Tarvenec", "s2@gmail.com"),
                                   alias(3, "Sophie Tarvenec", "s3@orange.fr")};
  const auto result = grouped(aliases, {}, {{.a = 1, .b = 3, .same = false}});
  for (const auto& group : result) EXPECT_FALSE(group.contains(1) && group.contains(3));
  EXPECT_THAT(result, SizeIs(2));
}

TEST(Decided, nothing_is_asked_twice) {
  const std::vector<Alias> aliases{alias(1, "Jean Martin", "s1@acme.example"), alias(2, "Jean Martin", "s2@gmail.com")};
  EXPECT_TRUE(asks(resolve(aliases, {}, {}), 1, 2));
  EXPECT_THAT(resolve(aliases, {}, std::vector<Decision>{{.a = 1, .b = 2, .same = false}}).questions, IsEmpty());
  EXPECT_THAT(resolve(aliases, {}, std::vector<Decision>{{.a = 1, .b = 2, .same = true}}).questions, IsEmpty());
}

TEST(Successor, gets_the_address_from_the_day_it_is_theirs) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "direction1@acme.example", 0, 100),
                                   alias(2, "Julien Brulis", "direction1@acme.example", 200, 300),
                                   alias(3, "", "direction1@acme.example", 10, 290),
                                   alias(4, "", "Direction1@acme.example", 220, 290)};
  std::vector<Alias> named = aliases;
  for (auto& each : named) each.address = "cellule.nord@acme.example";
  const Resolution resolution = resolve(named, {}, {});
  ASSERT_THAT(resolution.persons, SizeIs(2));
  EXPECT_THAT(resolution.persons[0].members, ElementsAre(Field(&Membership::alias, 1), Field(&Membership::alias, 3)));
  EXPECT_THAT(resolution.persons[1].members,
              ElementsAre(Field(&Membership::alias, 2), Field(&Membership::alias, 3), Field(&Membership::alias, 4)));
  EXPECT_EQ(resolution.persons[0].members[1].to_day, day(199));
  EXPECT_EQ(resolution.persons[1].members[1].from_day, day(200));
  EXPECT_EQ(resolution.persons[1].members[2].from_day, Day::min());
  EXPECT_THAT(resolution.persons[1].merges.front().reasons, Contains(Field(&Reason::kind, Reason::Kind::successor)));
  EXPECT_EQ(groups(resolve(named, {}, std::vector<Decision>{{.a = 1, .b = 3, .same = true}})),
            (Groups{{1, 3}, {2, 4}}));
}

TEST(SharedMailbox, is_two_persons_and_the_bare_alias_its_owners) {
  const std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "sophie.tarvenec@orange.fr", 0, 300),
                                   alias(2, "Julien Tarvenec", "sophie.tarvenec@orange.fr", 20, 280),
                                   alias(3, "", "sophie.tarvenec@orange.fr", 0, 300),
                                   alias(4, "Sophie", "sophie.tarvenec@orange.fr", 0, 300)};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 3, 4}, {2}}));
}

TEST(SharedMailbox, gives_a_compound_given_name_to_the_one_who_has_it) {
  const std::vector<Alias> aliases{alias(1, "Jean-Luc Tarvenec", "chez.tarvenec@orange.fr", 0, 300),
                                   alias(2, "Sophie Tarvenec", "chez.tarvenec@orange.fr", 20, 280),
                                   alias(3, "Jean-Luc", "chez.tarvenec@orange.fr", 0, 300)};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 3}, {2}}));
}

TEST(SharedMailbox, knows_a_short_form_beside_the_initial) {
  const std::vector<Alias> aliases{alias(1, "Abdelkader Tarvenec", "atarvenec@orange.fr"),
                                   alias(2, "A. Tarvenec", "atarvenec@orange.fr"),
                                   alias(3, "Kader Tarvenec", "atarvenec@orange.fr")};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 2, 3}}));
}

TEST(Places, that_differ_make_a_shared_name_a_question) {
  std::vector<Alias> aliases{
      alias(1, "Tonio Lefèvre", "antoine@acme.example"), alias(2, "Antoine Lefèvre", "antoine@acme.example"),
      alias(3, "Tonio Lefèvre", "antoine-lefevre@other.example"), alias(4, "", "antoine-lefevre@other.example")};
  aliases[1].phones = {"+33639980001"};
  aliases[3].phones = {"+33639980002"};
  const Resolution resolution = resolve(aliases, {}, {});
  EXPECT_EQ(groups(resolution), (Groups{{1, 2}, {3, 4}}));
  EXPECT_THAT(resolution.questions, SizeIs(1));
}

TEST(Places, that_differ_leave_a_rare_name_one_person) {
  std::vector<Alias> aliases{alias(1, "Sophie Tarvenec", "st@acme.example"),
                             alias(2, "Sophie Tarvenec", "sophie@other.example")};
  aliases[0].organisations = {"Acme"};
  aliases[1].organisations = {"The Other"};
  aliases[0].phones = {"+33639980001"};
  aliases[1].phones = {"+33639980002"};
  EXPECT_EQ(grouped(aliases), (Groups{{1, 2}}));
}

TEST(Places, are_the_same_however_they_are_written) {
  std::vector<Alias> aliases{alias(1, "Sophie Petit", "st@acme.example"),
                             alias(2, "Sophie Petit", "sophie@other.example")};
  aliases[0].organisations = {"Hôtel des Deux Rives"};
  aliases[1].organisations = {"HOTEL DES DEUX-RIVES"};
  const Resolution resolution = resolve(aliases, {}, {});
  ASSERT_EQ(groups(resolution), (Groups{{1, 2}}));
  EXPECT_THAT(resolution.persons[0].merges[0].reasons, Contains(Field(&Reason::kind, Reason::Kind::same_organisation)));
}

/// A box of variants of a few dozen invented people, with some common names among them.
std::vector<Alias> box(std::mt19937& random, std::size_t people) {
  static constexpr std::array<const char*, 8> given{"Sophie", "Jean",   "Frederic", "Marie",
                                                    "Robert", "Wolmar", "Julien",   "Anne"};
  static constexpr std::array<const char*, 8> surnames{"Tarvenec", "Martin",   "Brulis", "Dupont",
                                                       "Ormelle",  "Kervadec", "Zolnay", "Petit"};
  std::vector<Alias> aliases;
  const auto add = [&](const std::string& name, const std::string& address) {
    const int first = static_cast<int>(random() % 400);
    aliases.push_back(alias(static_cast<std::int64_t>(aliases.size()) + 1, name, address, first,
                            first + static_cast<int>(random() % 200)));
  };
  for (std::size_t i = 0; i < people; ++i) {
    const std::string first = given[random() % given.size()], last = surnames[random() % surnames.size()];
    const std::string local = first + "." + last + (random() % 3 == 0 ? std::to_string(random() % 5) : "");
    add(first + " " + last, local + "@acme.example");
    if (random() % 2 == 0) add(last + ", " + first, local + "@gmail.com");
    if (random() % 3 == 0) add("", local + "@acme.example");
    if (random() % 4 == 0) add(first, first.substr(0, 1) + last + "@orange.fr");
    if (random() % 4 == 0) add(first.substr(0, 1) + ". " + last, "");
    if (random() % 9 == 0) add("Wolmar Zolnay", local + "@acme.example");
  }
  return aliases;
}

TEST(Resolve, does_not_depend_on_the_order_of_its_input) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::vector<Alias> aliases = box(random, 25);
    std::vector<Evidence> evidence;
    for (int i = 0; i < 6; ++i)
      evidence.push_back({.a = static_cast<std::int64_t>(random() % aliases.size()) + 1,
                          .b = static_cast<std::int64_t>(random() % aliases.size()) + 1,
                          .kind = static_cast<EvidenceKind>(1 + random() % 6)});
    const std::string first = text(resolve(aliases, evidence, {}));
    std::shuffle(aliases.begin(), aliases.end(), random);
    std::shuffle(evidence.begin(), evidence.end(), random);
    EXPECT_EQ(text(resolve(aliases, evidence, {})), first);
  }
}

TEST(Resolve, every_alias_is_somebodys) {
  std::mt19937 random(11);
  for (int round = 0; round < 20; ++round) {
    const std::vector<Alias> aliases = box(random, 30);
    const Resolution resolution = resolve(aliases, {}, {});
    std::map<std::int64_t, int> seen;
    for (const auto& person : resolution.persons) {
      EXPECT_GE(person.merges.size() + 1, person.members.size());
      for (const auto& member : person.members) ++seen[member.alias];
    }
    EXPECT_THAT(seen, SizeIs(aliases.size()));
  }
}

/// The model of undo: decisions come and go in any order, the aliases stay. With none left all is as it was; while they
/// stand, the last word on each pair that no other decision touches holds.
TEST(Resolve, undoing_all_decisions_gives_back_the_first_state) {
  std::mt19937 random(13);
  const std::vector<Alias> aliases = box(random, 8);
  const std::string first = text(resolve(aliases, {}, {}));
  for (int round = 0; round < 1000; ++round) {
    std::vector<Decision> decisions;
    for (int step = 0; step < 8; ++step) {
      if (!decisions.empty() && random() % 3 == 0) {
        decisions.erase(decisions.begin() + static_cast<std::ptrdiff_t>(random() % decisions.size()));
        continue;
      }
      const auto any = [&] { return static_cast<std::int64_t>(random() % aliases.size()) + 1; };
      decisions.push_back({.a = any(), .b = any(), .same = random() % 2 == 0});
      const Decision last = decisions.back();
      if (last.a == last.b || step % 4 != 0) continue;
      bool together = false;
      for (const auto& group : groups(resolve(aliases, {}, decisions)))
        together = together || (group.contains(last.a) && group.contains(last.b));
      ASSERT_EQ(together, last.same);
    }
    while (!decisions.empty())
      decisions.erase(decisions.begin() + static_cast<std::ptrdiff_t>(random() % decisions.size()));
    if (round % 50 == 0) {
      ASSERT_EQ(text(resolve(aliases, {}, decisions)), first);
    }
  }
}

}  // namespace
}  // namespace entregent::people
