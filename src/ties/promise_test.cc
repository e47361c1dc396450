// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/promise.h"

#include <gtest/gtest.h>

namespace entregent::ties {
namespace {

const Day tuesday = *parse_iso_day("2026-11-24");

struct PromiseCase {
  std::string_view text, due;  // `due`: a day, `some day`, or empty where nothing is promised
};
class PromiseIn : public testing::TestWithParam<PromiseCase> {};

TEST_P(PromiseIn, is_found_with_its_day) {
  const auto found = promises_in(GetParam().text, tuesday);
  const std::string due = found.empty() ? "" : found.front().due ? iso_day(*found.front().due) : "some day";
  EXPECT_EQ(due, GetParam().due) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(table, PromiseIn,
                         testing::Values(PromiseCase{"Je vous envoie cela lundi.", "2026-11-30"},
                                         PromiseCase{"Je vous enverrai le devis d’ici vendredi.", "2026-11-27"},
                                         PromiseCase{"Je reviens vers vous rapidement.", "some day"},
                                         PromiseCase{"I'll get back to you by Friday!", "2026-11-27"},
                                         PromiseCase{"I’ll send it tomorrow, promised.", "2026-11-25"},
                                         PromiseCase{"I will call you on 1 December.", "2026-12-01"},
                                         PromiseCase{"Je le ferai demain matin.", "2026-11-25"},
                                         PromiseCase{"Je vous envoie ci-joint le devis.", ""},
                                         PromiseCase{"Je vous envoie le devis.", ""},
                                         PromiseCase{"Je serai absent lundi.", ""},
                                         PromiseCase{"Will you call me on Friday?", ""},
                                         PromiseCase{"I'll be out of office until Monday.", ""},
                                         PromiseCase{"The train leaves on Monday.", ""}),
                         [](const auto& test) { return "case_" + std::to_string(test.index); });

}  // namespace
}  // namespace entregent::ties
