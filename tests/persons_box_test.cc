// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is who with all that a box says, on small generated boxes whose people are known: homonyms, couples with one
// mailbox, father and son, assistants, a married name, a successor. persons_bench judges larger ones.
#include <gtest/gtest.h>

#include "bench/persons/judge.h"
#include "personal/persons.h"
#include "tests/temporary_folder.h"

namespace entregent::bench {
namespace {

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += text + '\n';
  return all;
}

class GeneratedBox : public testing::TestWithParam<std::uint64_t> {
 protected:
  GeneratedBox() { store_.db().script("pragma synchronous = off"); }

  /// Rare things often, as the box is small.
  const Cast cast_ = make_cast(GetParam(), 150,
                               {.homonyms = 0.01,
                                .couples = 0.02,
                                .fathers = 0.01,
                                .assistants = 0.02,
                                .brides = 0.02,
                                .successors = 0.01,
                                .strangers = 0.3});
  tests::TemporaryFolder folder_;
  personal::Store store_{folder_.path() / "owner.db", personal::Store::Create::yes};
};

TEST_P(GeneratedBox, comes_out_as_its_people_are) {
  const Verdict verdict = judge_box(cast_, write_box(cast_, GetParam(), 6), store_);
  EXPECT_GT(verdict.aliases, 400U);
  EXPECT_LE(verdict.impure, 1U) << lines(verdict.wrong);
  EXPECT_GE(verdict.recall(), 0.9) << lines(verdict.missed);
  EXPECT_LE(verdict.questions_per_100(), 10) << lines(verdict.asked);
  EXPECT_GE(verdict.homonyms, 1U);

  // The owner's word stands against all of it, and can be taken back.
  const auto asked = personal::questions(store_);
  ASSERT_FALSE(asked.empty());
  const auto [a, b] = std::pair(asked[0].a, asked[0].b);
  const auto one = [&] { return personal::person_of(store_, a, Day{}) == personal::person_of(store_, b, Day{}); };
  personal::decide(store_, a, b, true, Instant{});
  EXPECT_TRUE(one());
  personal::decide(store_, a, b, false, Instant{});
  EXPECT_FALSE(one());
  personal::undo_decision(store_);
  EXPECT_TRUE(one());
  personal::undo_decision(store_);
  EXPECT_EQ(personal::questions(store_).size(), asked.size());
}

INSTANTIATE_TEST_SUITE_P(seeds, GeneratedBox, testing::Values(5, 19, 29));

}  // namespace
}  // namespace entregent::bench
