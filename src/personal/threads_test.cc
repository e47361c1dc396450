// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/threads.h"

#include <algorithm>
#include <map>
#include <random>

#include <gmock/gmock.h>

#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using tests::mail;
using tests::noon;

struct SubjectCase {
  std::string_view name, title, bare;
  bool reply;
};
class BareSubject : public testing::TestWithParam<SubjectCase> {};
TEST_P(BareSubject, is_cut) {
  const auto subject = bare_subject(GetParam().title);
  EXPECT_EQ(subject.bare, GetParam().bare);
  EXPECT_EQ(subject.reply, GetParam().reply);
}
INSTANTIATE_TEST_SUITE_P(table, BareSubject,
                         testing::Values(SubjectCase{"plain", "Devis", "devis", false},
                                         SubjectCase{"reply", "Re: Devis", "devis", true},
                                         SubjectCase{"french", "RE : Devis", "devis", true},
                                         SubjectCase{"twice", "Re: RE: re: Devis", "devis", true},
                                         SubjectCase{"counted", "Re[2]: Devis", "devis", true},
                                         SubjectCase{"forward", "TR: Devis", "devis", false},
                                         SubjectCase{"forward_of_reply", "Fwd: Re: Devis", "devis", true},
                                         SubjectCase{"list", "[amis] Re: [amis] Devis", "devis", true},
                                         SubjectCase{"german", "AW: Devis", "devis", true},
                                         SubjectCase{"no_mark", "Réunion: lundi", "reunion: lundi", false},
                                         SubjectCase{"only_mark", "Re:", "", true}, SubjectCase{"empty", "", "", false},
                                         SubjectCase{"spaces", "  Re:   Deux   mots ", "deux mots", true}),
                         [](const auto& test) { return std::string(test.param.name); });

using Items = std::vector<readers::ExtractedItem>;

tests::ItemBuilder letter(std::string_view id, std::string_view day, std::string_view title = "Devis") {
  return mail(id).at(day).title(title).from("a@x.example").to("b@x.example");
}

/// Which of the mails are together, by their identifiers.
std::vector<std::vector<std::string>> groups(tests::PrivateIndex& index, const Items& items) {
  std::map<std::int64_t, std::vector<std::string>> by_thread;
  for (const auto& item : items) {
    const auto thread = index.thread(item.identifier);
    if (thread != 0) by_thread[thread].push_back(item.identifier);
  }
  std::vector<std::vector<std::string>> result;
  for (auto& [thread, names] : by_thread) {
    std::ranges::sort(names);
    result.push_back(names);
  }
  std::ranges::sort(result);
  return result;
}

std::vector<std::vector<std::string>> groups_of(const Items& items) {
  tests::PrivateIndex index;
  index.add(items);
  return groups(index, items);
}

using Groups = std::vector<std::vector<std::string>>;

TEST(Threads, answers_are_with_what_they_answer) {
  EXPECT_EQ(groups_of({letter("1", "2026-01-01"), letter("2", "2026-01-02", "Autre titre").answers("1"),
                       letter("3", "2026-01-03").answers("1").answers("2"), letter("4", "2026-01-04")}),
            (Groups{{"1", "2", "3"}, {"4"}}));
}

TEST(Threads, the_same_subject_alone_joins_nothing) {
  EXPECT_EQ(groups_of({letter("1", "2026-01-01"), letter("2", "2026-01-02")}), (Groups{{"1"}, {"2"}}));
}

TEST(Threads, a_missing_middle_still_joins) {
  EXPECT_EQ(groups_of({letter("1", "2026-01-01"), letter("3", "2026-01-03").answers("1").answers("2"),
                       letter("4", "2026-01-04").answers("2")}),
            (Groups{{"1", "3", "4"}}));
}

TEST(Threads, a_late_mail_joins_two_threads) {
  tests::PrivateIndex index;
  const Items items{letter("1", "2026-01-01"), letter("3", "2026-01-03").answers("2"),
                    letter("2", "2026-01-02").answers("1")};
  index.add(items[0]);
  index.add(items[1]);
  EXPECT_NE(index.thread("1"), index.thread("3"));
  index.add(items[2]);
  EXPECT_EQ(groups(index, items), (Groups{{"1", "2", "3"}}));
}

TEST(Threads, a_deletion_cuts_what_it_alone_joined) {
  tests::PrivateIndex index;
  const Items items{letter("1", "2026-01-01"), letter("2", "2026-01-02").answers("1"),
                    letter("3", "2026-01-03").answers("2"), letter("4", "2026-01-03").answers("1")};
  const auto files = index.add(items);
  EXPECT_EQ(groups(index, items), (Groups{{"1", "2", "3", "4"}}));
  index.drop(files[1]);
  EXPECT_EQ(groups(index, items), (Groups{{"1", "4"}, {"3"}}));
  index.add(items[1]);
  EXPECT_EQ(groups(index, items), (Groups{{"1", "2", "3", "4"}}));
}

Items orphans() {
  return {letter("1", "2026-01-01"), letter("2", "2026-01-05", "RE: Devis").from("b@x.example"),
          letter("3", "2026-01-07", "Devis"), letter("4", "2026-01-09", "Re: devis"),
          // Other people, too old, nothing before it.
          mail("5").at("2026-01-10").title("Re: Devis").from("c@y.example").to("d@y.example"),
          letter("6", "2026-09-01", "Re: Devis"), letter("7", "2025-12-01", "Re: Devis")};
}

TEST(Threads, a_reply_that_refers_to_nothing_joins_the_newest_before_it) {
  EXPECT_EQ(groups_of(orphans()), (Groups{{"1", "2"}, {"3", "4"}, {"5"}, {"6"}, {"7"}}));
}

TEST(Threads, the_order_of_import_does_not_matter) {
  auto items = orphans();
  items.push_back(letter("8", "2026-01-08", "Re: Devis").answers("4"));
  items.push_back(letter("9", "2026-01-06", "Re: Devis"));
  items.push_back(letter("10", "2026-01-06", "x").answers("99").answers("98"));
  items.push_back(letter("11", "2026-01-07", "y").answers("98"));
  items.push_back(letter("12", "2026-01-08", "z").answers("97").answers("99"));
  const auto expected = groups_of(items);
  std::mt19937 random(3);
  for (int round = 0; round < 8; ++round) {
    auto shuffled = items;
    std::ranges::shuffle(shuffled, random);
    tests::PrivateIndex index;
    const auto half = static_cast<std::ptrdiff_t>(shuffled.size() / 2);
    index.add(Items(shuffled.begin(), shuffled.begin() + half));
    index.add(Items(shuffled.begin() + half, shuffled.end()));
    EXPECT_EQ(groups(index, items), expected) << "round " << round;
  }
}

TEST(Threads, deletions_leave_what_was_never_imported) {
  const auto items = orphans();
  for (std::size_t gone = 0; gone < items.size(); ++gone) {
    auto rest = items;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(gone));
    tests::PrivateIndex index;
    const auto files = index.add(items);
    index.drop(files[gone]);
    EXPECT_EQ(groups(index, rest), groups_of(rest)) << "without " << items[gone].identifier;
  }
}

}  // namespace
}  // namespace entregent::personal
