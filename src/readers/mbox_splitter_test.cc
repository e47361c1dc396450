// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mbox_splitter.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

ReadAt source(const std::string& bytes) {
  return [&bytes](std::uint64_t offset, std::span<char> buffer) -> std::size_t {
    if (offset >= bytes.size()) return 0;
    const std::size_t count = std::min(buffer.size(), bytes.size() - static_cast<std::size_t>(offset));
    std::copy_n(bytes.data() + offset, count, buffer.data());
    return count;
  };
}

std::vector<std::string> messages(const std::string& bytes) {
  std::vector<std::string> result;
  const MboxStretch stretch = split_mbox(source(bytes));
  EXPECT_TRUE(stretch.finished);
  EXPECT_EQ(stretch.next, bytes.size());
  for (const MboxSlice& slice : stretch.messages) result.push_back(bytes.substr(slice.offset, slice.length));
  return result;
}

constexpr std::string_view from = "From jean@nord.example Mon Jan  5 10:20:30 2015\n";
std::string message(std::string_view subject, std::string_view body) {
  return std::string(from) + "Subject: " + std::string(subject) + "\n\n" + std::string(body) + "\n\n";
}

TEST(SplitMbox, cuts_at_each_message) {
  const std::string a = message("a", "one"), b = message("b", "two");
  EXPECT_EQ(messages(a + b), (std::vector<std::string>{a, b}));
  EXPECT_TRUE(messages("").empty());
}

TEST(SplitMbox, gives_the_date_of_the_envelope) {
  const std::string bytes = message("a", "one");
  EXPECT_EQ(iso_instant(*split_mbox(source(bytes)).messages[0].envelope_date), "2015-01-05T10:20:30Z");
}

struct TrapCase {
  std::string_view test_name, body;
  std::size_t expected;
};

class MboxTraps : public testing::TestWithParam<TrapCase> {};

TEST_P(MboxTraps, lose_and_invent_nothing) {
  EXPECT_EQ(messages(message("a", GetParam().body) + message("b", "end")).size(), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, MboxTraps,
    testing::Values(
        TrapCase{"prose", "words\n\nFrom Paris with love\nSubject: no", 2},
        TrapCase{"no_blank_line", "words\nFrom jean@nord.example Mon Jan  5 10:20:30 2015\nSubject: no", 2},
        TrapCase{"no_header_behind", "words\n\nFrom jean@nord.example Mon Jan  5 10:20:30 2015\nand words", 2},
        TrapCase{"quoted", "words\n\n>From jean@nord.example Mon Jan  5 10:20:30 2015\nSubject: no", 2},
        TrapCase{"takeout", "words\n\nFrom 1490000000000000001@xxx Mon Jan 05 10:20:30 +0000 2015\nX-GM-THRID: 1\n\nx",
                 3},
        TrapCase{"crlf", "words\r\n\r\nFrom - Mon Jan 05 10:20:30 2015\r\nX-Mozilla-Status: 0001\r\n\r\nx\r\n", 3},
        TrapCase{"quoted_envelope_behind",
                 "words\n\nFrom jean@nord.example Mon Jan  5 10:20:30 2015\n>From paul Mon Jan  5 10:20:30 "
                 "2015\nSubject: yes\n\nx",
                 3}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(SplitMbox, believes_a_content_length_that_leads_to_a_message) {
  const std::string body = "words\n\n" + message("inside", "not quoted");
  const std::string a = std::string(from) + "Content-Length: " + std::to_string(body.size()) + "\n\n" + body + "\n";
  const std::string b = message("b", "two");
  EXPECT_EQ(messages(a + b), (std::vector<std::string>{a, b}));
  EXPECT_EQ(messages(a), std::vector<std::string>{a});
}

TEST(SplitMbox, believes_no_other_content_length) {
  for (const std::string_view length : {"3", "99999", "18446744073709551615", "-1", "x", "0"}) {
    const std::string a = std::string(from) + "Content-Length: " + std::string(length) + "\n\none two three\n\n";
    const std::string b = message("b", "two");
    EXPECT_EQ(messages(a + b), (std::vector<std::string>{a, b})) << length;
  }
}

TEST(SplitMbox, keeps_what_stands_before_the_first_message) {
  const std::string a = message("a", "one");
  EXPECT_EQ(messages("\n\n" + a), std::vector<std::string>{"\n\n" + a});
  EXPECT_EQ(messages("noise\n\n" + a), (std::vector<std::string>{"noise\n\n", a}));
  EXPECT_EQ(messages("no mbox at all"), std::vector<std::string>{"no mbox at all"});
}

TEST(SplitMbox, knows_a_message_again_when_others_are_appended) {
  std::string bytes = std::string(from) + "Subject: a\n\none\n";
  const Digest before = split_mbox(source(bytes)).messages[0].fingerprint;
  EXPECT_EQ(before, quick_digest(std::string_view(bytes).substr(0, bytes.size() - 1)));
  bytes += "\n" + message("b", "two");
  EXPECT_EQ(split_mbox(source(bytes)).messages[0].fingerprint, before);
}

TEST(SplitMbox, goes_on_where_it_stopped) {
  std::string bytes;
  for (int i = 0; i < 50; ++i) bytes += message(std::to_string(i), std::string(static_cast<std::size_t>(i) * 7, 'x'));
  const auto whole = split_mbox(source(bytes)).messages;
  std::vector<MboxSlice> pieces;
  std::uint64_t at = 0;
  for (bool finished = false; !finished;) {
    const MboxStretch stretch = split_mbox(source(bytes), at, {.messages = 7});
    EXPECT_LE(stretch.messages.size(), 7U);
    pieces.insert(pieces.end(), stretch.messages.begin(), stretch.messages.end());
    at = stretch.next;
    finished = stretch.finished;
  }
  EXPECT_EQ(pieces, whole);
  EXPECT_EQ(split_mbox(source(bytes), 0, {.bytes = 1}).messages.size(), 1U);
}

/// Messages around and beyond the size of the window, so that lines lie across its edge in many ways.
TEST(SplitMbox, is_the_same_at_every_edge_of_its_window) {
  std::string bytes;
  std::vector<std::string> expected;
  for (std::size_t size :
       {(1u << 20) - 100, (1u << 20) - 60, 1u << 20, (3u << 20) + 17, 10u, (1u << 19) + 1, (1u << 19) - 50}) {
    std::string body;
    while (body.size() < size) body += "a line of words\n\n";
    body.resize(size);
    expected.push_back(message("x", body));
    bytes += expected.back();
  }
  EXPECT_TRUE(messages(bytes) == expected);
}

/// A Takeout has up to 50 GB. The file here is made while it is read, so that nobody holds it whole.
TEST(SplitMbox, asks_for_a_mebibyte_at_a_time_and_for_each_byte_once) {
  constexpr std::size_t size = 40u << 20;
  std::string line = "one of many lines of a large message, which are all the same to us\n";
  std::size_t largest = 0, read = 0;
  const std::string first = message("large", "");
  const MboxStretch stretch = split_mbox([&](std::uint64_t offset, std::span<char> buffer) -> std::size_t {
    if (offset >= size) return 0;
    const std::size_t count = std::min(buffer.size(), size - static_cast<std::size_t>(offset));
    for (std::size_t i = 0; i < count; i += line.size())
      std::copy_n(line.data(), std::min(line.size(), count - i), buffer.data() + i);
    if (offset == 0) std::copy(first.begin(), first.end(), buffer.begin());
    largest = std::max(largest, buffer.size());
    read += count;
    return count;
  });
  EXPECT_TRUE(stretch.finished);
  ASSERT_EQ(stretch.messages.size(), 1U);
  EXPECT_EQ(stretch.messages[0].length, size);
  EXPECT_LE(largest, 1u << 20);
  EXPECT_EQ(read, size);
}

TEST(SplitMbox, counts_beyond_four_gibibytes) {
  constexpr std::uint64_t far = std::uint64_t{50} << 30;
  const std::string body = "words\n\n" + message("inside", "not quoted");
  const std::string a = std::string(from) + "Content-Length: " + std::to_string(body.size()) + "\n\n" + body + "\n";
  const std::string bytes = a + message("b", "two");
  const ReadAt near = source(bytes);
  const MboxStretch stretch =
      split_mbox([&](std::uint64_t offset, std::span<char> buffer) { return near(offset - far, buffer); }, far);
  ASSERT_EQ(stretch.messages.size(), 2U);
  EXPECT_EQ(stretch.messages[0].offset, far);
  EXPECT_EQ(stretch.messages[1].offset, far + a.size());
  EXPECT_EQ(stretch.next, far + bytes.size());
}

}  // namespace
}  // namespace entregent::readers
