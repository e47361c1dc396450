// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/read_slice.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace entregent::reading {
namespace {

using readers::Format;

const std::string mail =
    "From: Ada <ada@post.example>\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nSubject: hello\n\nText.\n";
const std::string card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEMAIL:ada@post.example\r\nEND:VCARD\r\n";
const std::string from_line = "From ada@post.example Mon Nov  2 09:00:00 2026\n";

SliceBytes bytes_of(const std::string& content, std::uint64_t begin = 0) {
  return {.read_at =
              [&content](std::uint64_t offset, std::span<char> buffer) {
                const std::size_t count =
                    offset < content.size() ? content.copy(buffer.data(), buffer.size(), offset) : 0;
                return count;
              },
          .begin = begin,
          .end = content.size()};
}

Answer read(const SliceRequest& request, const std::string& content, std::uint64_t begin = 0) {
  return SliceReader(Settings{}).read(request, bytes_of(content, begin));
}

TEST(SliceReader, reads_a_part_of_a_file) {
  const Answer answer = read({.format = Format::mail}, "something before\n" + mail, 17);
  ASSERT_EQ(answer.items.size(), 1U);
  EXPECT_EQ(answer.items[0].title, "hello");
}

TEST(SliceReader, finds_the_format_by_itself) {
  EXPECT_EQ(read({}, mail).format, Format::mail);
  const Answer cards = read({}, card);
  EXPECT_EQ(cards.format, Format::vcard);
  ASSERT_EQ(cards.items.size(), 1U);
  EXPECT_EQ(cards.items[0].title, "Ada");
}

TEST(SliceReader, cuts_an_mbox_that_it_recognises) {
  const std::string box = from_line + mail + "\n" + from_line + mail;
  const Answer answer = read({}, box);
  EXPECT_EQ(answer.format, Format::mbox);
  ASSERT_EQ(answer.messages.size(), 2U);
  EXPECT_TRUE(answer.items.empty());
  EXPECT_TRUE(answer.finished);
  EXPECT_EQ(answer.resume_at, box.size());
  const readers::MboxSlice& second = answer.messages[1];
  const Answer message = read({.format = Format::mbox}, box, second.offset);
  ASSERT_EQ(message.items.size(), 1U);
  EXPECT_EQ(message.items[0].title, "hello");
}

TEST(SliceReader, gives_the_readers_own_refusal) {
  const Answer answer = read({.format = Format::vcard}, "no card");
  ASSERT_TRUE(answer.problem);
  EXPECT_EQ(answer.problem->kind, ProblemKind::refused);
  EXPECT_FALSE(answer.problem->error.message.empty());
}

TEST(SliceReader, refuses_cards_beyond_all_measure) {
  const SliceBytes endless{
      .read_at = [](std::uint64_t, std::span<char>) { return std::size_t{0}; }, .begin = 0, .end = 1ULL << 40};
  const Answer answer = SliceReader(Settings{}).read({.format = Format::calendar}, endless);
  ASSERT_TRUE(answer.problem);
  EXPECT_EQ(answer.problem->kind, ProblemKind::refused);
}

TEST(SliceReader, takes_the_hint_for_a_mail_without_date) {
  const Instant hint{std::chrono::seconds(1'700'000'000)};
  const Answer answer = read({.format = Format::mail, .date_hint = hint}, "From: ada@post.example\n\nText.\n");
  ASSERT_EQ(answer.items.size(), 1U);
  EXPECT_EQ(answer.items[0].happened_at, hint);
}

}  // namespace
}  // namespace entregent::reading
