// SPDX-License-Identifier: AGPL-3.0-or-later
// mbox files, read by real reader processes.
#include "ingest/mbox_file.h"

#include <gmock/gmock.h>

#include "personal/coverage.h"
#include "tests/indexed_folders.h"

namespace entregent::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using tests::in_mbox;
using tests::IndexedFolders;
using tests::letter;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view anne = "Anne Roux <anne@x.example>";

std::string message(int number, std::string_view extra = {}, std::string_view body = "Bonjour") {
  return in_mbox(letter(std::to_string(number), std::to_string(number) + " Mar", jean, anne, body, extra));
}
std::string messages(const std::vector<int>& numbers) {
  std::string text;
  for (const int number : numbers) text += message(number);
  return text;
}

class MboxTest : public testing::Test {
 protected:
  Counts run() { return disk_.run().total; }
  IndexedFolders disk_;
};

TEST_F(MboxTest, only_what_is_appended_is_read) {
  disk_.write("Inbox", messages({1, 2, 3}));
  disk_.add_source(disk_.mail());
  EXPECT_EQ(run().added, 3U);
  EXPECT_EQ(run().read, 0U);
  disk_.write("Inbox", messages({1, 2, 3, 4}));
  const auto more = run();
  EXPECT_EQ(more.read, 1U);
  EXPECT_EQ(more.added, 1U);
  EXPECT_EQ(more.gone, 0U);
  disk_.expect_like_new();
}

TEST_F(MboxTest, a_message_deleted_in_the_middle_costs_no_reading) {
  disk_.write("Inbox", messages({1, 2, 3, 4, 5}));
  disk_.add_source(disk_.mail());
  run();
  disk_.write("Inbox", messages({1, 3, 4, 5}));
  const auto less = run();
  EXPECT_EQ(less.read, 0U);
  EXPECT_EQ(less.gone, 1U);
  disk_.expect_like_new();
  disk_.write("Inbox", messages({5, 4, 9, 1}));
  const auto turned = run();
  EXPECT_EQ(turned.read, 1U);
  EXPECT_EQ(turned.gone, 1U);
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 4, Sujet 5, Sujet 9");
  disk_.expect_like_new();
}

TEST_F(MboxTest, one_message_twice_is_one_item_in_two_places) {
  disk_.write("Inbox", messages({1, 2, 1}));
  disk_.add_source(disk_.mail());
  EXPECT_EQ(run().added, 2U);
  disk_.write("Inbox", messages({2, 1}));
  EXPECT_EQ(run().gone, 0U);
  disk_.expect_like_new();
}

TEST_F(MboxTest, another_file_in_its_place_is_followed) {
  disk_.write("Inbox", messages({1, 2, 3}));
  disk_.add_source(disk_.mail());
  run();
  disk_.write("Inbox", messages({7, 8}));
  const auto other = run();
  EXPECT_EQ(other.added, 2U);
  EXPECT_EQ(other.gone, 3U);
  disk_.expect_like_new();
}

TEST_F(MboxTest, an_emptied_or_removed_file_holds_nothing_any_more) {
  disk_.write("Inbox", messages({1, 2, 3}));
  disk_.write("Other", messages({4, 5}));
  disk_.add_source(disk_.mail());
  run();
  disk_.write("Inbox", "");
  disk_.remove("Other");
  EXPECT_EQ(run().gone, 5U);
  EXPECT_EQ(disk_.titles(), "");
  disk_.expect_like_new();
  disk_.write("Inbox", messages({1}));
  EXPECT_EQ(run().added, 1U);
  disk_.expect_like_new();
}

TEST_F(MboxTest, a_byte_order_mark_or_blank_lines_hide_no_mail) {
  disk_.write("marked", "\xEF\xBB\xBF" + messages({1, 2}));
  disk_.write("blank", "\r\n\n" + messages({3, 4}));
  disk_.add_source(disk_.mail());
  const auto first = run();
  EXPECT_EQ(first.added, 4U);
  EXPECT_THAT(first.skipped, IsEmpty());
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 3, Sujet 4");
  EXPECT_EQ(run().read, 0U);
  disk_.write("marked", "\xEF\xBB\xBF" + messages({1, 2, 5}));
  EXPECT_EQ(run().read, 1U);
  disk_.expect_like_new();
}

TEST_F(MboxTest, one_that_gets_a_blank_first_line_is_the_same) {
  disk_.write("Inbox", messages({1, 2, 3}));
  disk_.add_source(disk_.mail());
  run();
  const auto before = disk_.store.db().number("select max(id) from item");
  disk_.write("Inbox", "\n" + messages({1, 2, 3}));
  const auto second = run();
  EXPECT_EQ(second.gone, 0U);
  EXPECT_LE(second.read, 1U);
  EXPECT_EQ(disk_.store.db().number("select max(id) from item"), before);
  disk_.expect_like_new();
}

TEST_F(MboxTest, a_message_that_the_disk_refused_is_tried_again) {
  disk_.write("Inbox", message(1) + message(2, {}, "!disk fault") + message(3));
  disk_.add_source(disk_.mail());
  disk_.reader_program = ENTREGENT_ATTACKS;
  EXPECT_THAT(run().unreadable_why, ElementsAre(Pair("unreadable", 1)));
  EXPECT_THAT(run().unreadable_why, ElementsAre(Pair("unreadable", 1)));
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 1);
  disk_.reader_program = ENTREGENT_BUILD_DIR "/entregent-read";
  EXPECT_EQ(run().read, 1U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
  EXPECT_EQ(run().read, 0U);
}

TEST_F(MboxTest, a_known_message_that_the_disk_refuses_stays) {
  disk_.write("Inbox", message(1) + message(2, {}, "!disk fault") + message(3));
  disk_.add_source(disk_.mail());
  run();
  disk_.store.db().run(
      "update place set fingerprint = null where part = (select max(part) from place where part <> "
      "(select max(part) from place))");
  disk_.store.db().run("update file set mtime = -1");
  disk_.reader_program = ENTREGENT_ATTACKS;
  for (int again = 0; again < 2; ++again) {
    const auto broken = run();
    EXPECT_EQ(broken.gone, 0U);
    EXPECT_EQ(broken.unreadable, 1U);
    EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 3");
  }
  disk_.reader_program = ENTREGENT_BUILD_DIR "/entregent-read";
  EXPECT_EQ(run().read, 1U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
  disk_.expect_like_new();
}

TEST_F(MboxTest, a_reader_that_does_not_get_on_ends_nothing_but_itself) {
  const auto first = message(1, {}, "!stand still");
  disk_.write("Inbox", first + messages({2, 3}));
  disk_.add_source(disk_.mail());
  run();
  disk_.write("Inbox", message(3) + first);
  disk_.reader_program = ENTREGENT_ATTACKS;
  const auto stuck = run();
  EXPECT_EQ(stuck.gone, 0U);
  EXPECT_EQ(stuck.unreadable, 1U);
  disk_.reader_program = ENTREGENT_BUILD_DIR "/entregent-read";
  EXPECT_EQ(run().gone, 1U);
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 3");
  disk_.expect_like_new();
}

/// Rewritten in its place, then grown, at each moment when the run asks whether to stop: whatever was read by then, the
/// next run has it right.
TEST_F(MboxTest, one_rewritten_while_it_is_read_is_right_in_the_end) {
  disk_.write("Inbox", messages({1, 2, 3, 4}));
  disk_.add_source(disk_.mail());
  auto at = std::filesystem::file_time_type::clock::now();
  const auto rewrite = [&](const std::vector<int>& numbers) {
    disk_.write("Inbox", messages(numbers));
    std::filesystem::last_write_time(disk_.mail() / "Inbox", at += std::chrono::seconds(5));
  };
  for (int moment = 1; moment < 14; ++moment) {
    const int number = 1 + moment % 4 * 6;
    rewrite({number, number + 1, number + 2, number + 3});
    int asked = 0;
    disk_.run([&] {
      if (++asked == moment) rewrite({number + 3, number + 5, number + 1, number});
      return false;
    });
    run();
    disk_.expect_like_new();
  }
}

TEST_F(MboxTest, a_single_mail_may_become_an_mbox_and_be_one_again) {
  const auto single = letter("9", "9 Mar", jean, anne);
  disk_.write("box", single);
  disk_.add_source(disk_.mail());
  run();
  disk_.write("box", messages({1, 2}));
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  disk_.write("box", single);
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 9");
  disk_.expect_like_new();
}

TEST_F(MboxTest, a_second_takeout_with_the_same_messages_is_not_read_again) {
  disk_.write("takeout-1/All mail.mbox", messages({1, 2, 3}));
  disk_.add_source(disk_.mail());
  run();
  disk_.write("takeout-2/All mail.mbox", messages({2, 3, 4}));
  const auto second = run();
  EXPECT_EQ(second.read, 1U);
  EXPECT_EQ(second.added, 1U);
  EXPECT_EQ(second.known, 2U);
  disk_.expect_like_new();
  disk_.remove("takeout-1");
  const auto third = run();
  EXPECT_EQ(third.read, 0U);
  EXPECT_EQ(third.gone, 1U);
  EXPECT_EQ(disk_.titles(), "Sujet 2, Sujet 3, Sujet 4");
  disk_.expect_like_new();
}

std::string takeout(int number, std::string_view labels) {
  return "From 17900000000000000" + std::to_string(number) + "@xxx Fri May 01 10:00:00 +0000 2026\n" +
         letter(std::to_string(number), std::to_string(number) + " Mar", jean, anne, "Bonjour",
                "X-GM-THRID: 17900000000000000\nX-Gmail-Labels: " + std::string(labels) + "\n") +
         "\n";
}

TEST_F(MboxTest, a_takeout_leaves_out_spam_and_trash_and_tells_what_i_sent) {
  const std::string box = takeout(1, "Inbox,Opened") + takeout(2, "Spam,Unread") + takeout(3, "Trash") +
                          takeout(4, "=?UTF-8?Q?Messages_envoy=C3=A9s?=") + takeout(5, "Corbeille,Important") +
                          takeout(6, "Drafts") + takeout(7, "Archived,\"Clients, Spam et autres\"");
  disk_.write("Takeout/Mail/All mail Including Spam and Trash.mbox", box);
  disk_.add_source(disk_.mail());
  const auto first = run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 4, Sujet 7");
  EXPECT_THAT(first.skipped, ElementsAre(Pair("draft", 1), Pair("spam_or_trash", 3)));
  EXPECT_EQ(disk_.store.db().number("select count(*) from item where flags & 8"), 1);
  EXPECT_EQ(disk_.store.db().number("select count(*) from item where flags & 8 and title = 'Sujet 4'"), 1);

  // The next one holds all of it again, in another order, and one mail more.
  disk_.write("Takeout 2/Mail/All mail Including Spam and Trash.mbox", takeout(8, "Inbox") + box);
  const auto second = run();
  EXPECT_EQ(second.read, 1U) << "what was left out before is not read again either";
  EXPECT_EQ(second.added, 1U);
  EXPECT_EQ(second.known, 3U);
  EXPECT_THAT(second.skipped, ElementsAre(Pair("draft", 1), Pair("spam_or_trash", 3)));
  EXPECT_EQ(run().read, 0U);
  disk_.expect_like_new();
  disk_.remove("Takeout");
  const auto third = run();
  EXPECT_EQ(third.read, 0U);
  EXPECT_EQ(third.gone, 0U);
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 4, Sujet 7, Sujet 8");
  EXPECT_EQ(disk_.store.db().number("select count(*) from item where flags & 8"), 1);
  disk_.expect_like_new();
}

TEST_F(MboxTest, what_lay_in_the_trash_is_no_reason_to_leave_it_out_elsewhere) {
  disk_.write("Corbeille", messages({1}));
  disk_.add_source(disk_.mail());
  run();
  EXPECT_EQ(disk_.titles(), "");
  disk_.write("Inbox", messages({1}));
  EXPECT_EQ(run().added, 1U);
  disk_.expect_like_new();
}

TEST_F(MboxTest, labels_that_changed_are_a_change) {
  disk_.write("a.mbox", message(1, "X-Gmail-Labels: Inbox\n") + message(2, "X-Gmail-Labels: Spam\n"));
  disk_.add_source(disk_.mail());
  EXPECT_THAT(run().skipped, ElementsAre(Pair("spam_or_trash", 1)));
  disk_.write("a.mbox", message(1, "X-Gmail-Labels: Sent\n") + message(2, "X-Gmail-Labels: Inbox\n"));
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  EXPECT_EQ(disk_.store.db().number("select count(*) from item where flags & 8"), 1);
  disk_.expect_like_new();
}

TEST_F(MboxTest, the_same_message_in_the_trash_too_does_not_leave) {
  // Read in the order of names: what lies in the trash is met first.
  disk_.write("Corbeille", messages({1, 2}));
  disk_.write("Inbox", messages({1, 3}));
  disk_.write("Spam", messages({3}));
  disk_.write("Zent", messages({3}));
  disk_.add_source(disk_.mail());
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 3");
  disk_.remove("Inbox");
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 3");
  disk_.expect_like_new();
}

TEST_F(MboxTest, what_one_source_leaves_out_another_may_hold) {
  disk_.write("one/box", messages({1, 2}));
  disk_.write("two/box", messages({1, 2}));
  disk_.add_source(disk_.mail() / "one", {.addresses = {"jean@acme.example"}});
  const auto two = disk_.add_source(disk_.mail() / "two");
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  personal::Sources(disk_.store).set_except(two, {.addresses = {"jean@acme.example"}});
  EXPECT_EQ(run().gone, 2U);
  EXPECT_EQ(disk_.titles(), "");
  personal::Sources(disk_.store).set_except(two, {});
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  disk_.expect_like_new();
}

std::string invitation(int number) {
  return in_mbox(letter(std::to_string(number), std::to_string(number) + " Mar", jean, anne,
                        "--b\nContent-Type: text/plain\n\nVenez\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n"
                        "VERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:shared\nDTSTAMP:20260101T000000Z\nSEQUENCE:" +
                            std::to_string(number) + "\nSUMMARY:Version " + std::to_string(number) +
                            "\nDTSTART:20260505T100000Z\nORGANIZER:mailto:jean@acme.example\nEND:VEVENT\n"
                            "END:VCALENDAR\n--b--",
                        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"));
}

TEST_F(MboxTest, when_the_newest_invitation_goes_the_one_before_holds_again) {
  disk_.write("Inbox", invitation(1) + message(5) + invitation(2));
  disk_.add_source(disk_.mail());
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 5, Version 2");
  disk_.write("Inbox", message(5) + invitation(1));
  run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 5, Version 1");
  disk_.expect_like_new();
}

TEST_F(MboxTest, a_run_cut_off_in_a_growing_and_shrinking_file_goes_on) {
  std::vector<int> numbers;
  for (int i = 1; i <= 28; ++i) numbers.push_back(i);
  disk_.write("Inbox", messages(numbers));
  disk_.add_source(disk_.mail());
  // Each time another stretch of it is there, and the run is cut off a little later.
  for (int round = 0; round < 9; ++round) {
    std::vector<int> some;
    for (const int number : numbers)
      if ((number + round) % 5 != 0) some.push_back(number);
    if (round % 2 == 1) std::ranges::reverse(some);
    disk_.write("Inbox", messages(some));
    int asked = 0;
    disk_.run([&] { return ++asked > 5 + round * 9; });
  }
  run();
  disk_.expect_like_new();
  EXPECT_EQ(disk_.store.db().number("select count(*) from place where part < 0"), 0);
}

}  // namespace
}  // namespace entregent::ingest
