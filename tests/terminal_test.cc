// SPDX-License-Identifier: AGPL-3.0-or-later
// What only happens on a terminal: bold, the width, the bar of an index run, Ctrl-C, questions.
#include "tests/terminal.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto escape = "\x1B";

class OnATerminal : public testing::Test {
 protected:
  void SetUp() override {
    if (!Terminal::is_to_be_had()) GTEST_SKIP() << "this machine gives no pseudo-terminal (/dev/pts)";
  }
  [[nodiscard]] std::vector<std::string> environment(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> settings{"HOME=" + folder_.path().string()};
    settings.insert(settings.end(), more.begin(), more.end());
    return settings;
  }
  [[nodiscard]] Said ask(const std::vector<std::string>& words) const {
    return run_program("entregent", words, environment());
  }
  void write_mails(int count) const {
    std::filesystem::create_directories(folder_.path() / "letters");
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      std::ofstream(folder_.path() / "letters" / (number + ".eml"))
          << "From: Ann Ackroyd <ann@mill.example>\nTo: Lea Martin <lea@here.example>\nDelivered-To: lea@here.example\n"
             "Date: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <" +
                 number + "@mill.example>\nSubject: Wheel " + number + "\n\nIt turns.\n";
    }
  }

  TemporaryFolder folder_;
};

TEST_F(OnATerminal, an_index_run_shows_its_bar_and_asks_once_who_i_am) {
  write_mails(300);
  EXPECT_EQ(ask({"source", "add", (folder_.path() / "letters").string()}).status, 0);
  Terminal first("entregent", {"index"}, environment());
  ASSERT_TRUE(first.wait_for("[Y/n] ")) << first.seen();
  EXPECT_THAT(first.seen(), HasSubstr("%"));
  EXPECT_THAT(first.seen(), HasSubstr("300 new"));
  EXPECT_THAT(first.seen(), HasSubstr("lea@here.example"));
  first.type("y\n");
  EXPECT_EQ(first.end(), 0);
  EXPECT_THAT(ask({"me"}).out, HasSubstr("✓ lea@here.example"));
  Terminal second("entregent", {"index"}, environment());
  EXPECT_EQ(second.end(), 0);
  EXPECT_THAT(second.seen(), Not(HasSubstr("[Y/n]")));
}

TEST_F(OnATerminal, ctrl_c_stops_an_index_run_which_says_so_and_goes_on_later) {
  write_mails(20000);  // a second of work at least, or the run may end before the key arrives
  EXPECT_EQ(ask({"source", "add", (folder_.path() / "letters").string()}).status, 0);
  Terminal run("entregent", {"index", "--readers", "1"}, environment());
  ASSERT_TRUE(run.wait_for("%")) << run.seen();
  const auto began = std::chrono::steady_clock::now();
  run.type("\x03");
  EXPECT_EQ(run.end(), 130);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
  EXPECT_THAT(run.seen(), HasSubstr("Stopped. What was read is kept; entregent index goes on from here."));
  EXPECT_EQ(ask({"who", "nobody"}).status, 1) << "answers go on";
  EXPECT_EQ(ask({"index"}).status, 0);
  EXPECT_THAT(ask({"status"}).out, HasSubstr("20,000 items"));
}

TEST_F(OnATerminal, style_width_and_the_wish_for_none) {
  write_mails(3);
  EXPECT_EQ(ask({"source", "add", (folder_.path() / "letters").string()}).status, 0);
  EXPECT_EQ(ask({"index"}).status, 0);
  Terminal bold("entregent", {"who", "ann"}, environment(), 50);
  EXPECT_EQ(bold.end(), 0);
  EXPECT_THAT(bold.seen(), HasSubstr(escape));
  EXPECT_THAT(bold.seen(), HasSubstr("2 Mar 2026  ← Wheel 2"));
  Terminal plain("entregent", {"who", "ann"}, environment({"NO_COLOR=1"}));
  EXPECT_EQ(plain.end(), 0);
  EXPECT_THAT(plain.seen(), Not(HasSubstr(escape)));
  EXPECT_THAT(ask({"who", "ann"}).out, Not(HasSubstr(escape)));
}

TEST_F(OnATerminal, forgetting_asks_and_no_is_no) {
  write_mails(3);
  EXPECT_EQ(ask({"source", "add", (folder_.path() / "letters").string()}).status, 0);
  EXPECT_EQ(ask({"index"}).status, 0);
  Terminal asked("entregent", {"forget", "ann@mill.example"}, environment());
  ASSERT_TRUE(asked.wait_for("[y/N] ")) << asked.seen();
  EXPECT_THAT(asked.seen(), HasSubstr("Forget Ann Ackroyd? 3 items go whole"));
  asked.type("\n");
  EXPECT_EQ(asked.end(), 2);
  EXPECT_EQ(ask({"who", "ann"}).status, 0);
}

}  // namespace
}  // namespace entregent::tests
