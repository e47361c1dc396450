// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/wire.h"

#include <gtest/gtest.h>

namespace entregent::reading::wire {
namespace {

using readers::ExtractedItem;

constexpr std::size_t plenty = 64u << 20;

Instant at(std::int64_t seconds) {
  return Instant{std::chrono::seconds(seconds)};
}

ExtractedItem invitation() {
  ExtractedItem item;
  item.kind = readers::ItemKind::event;
  item.identifier = "meeting@calendar.example";
  item.content_hash.fill(7);
  item.title = "Déjeuner";
  item.location = "Lyon";
  item.sequence = -3;
  item.occurrences = {{.start = at(1000), .end = at(4600), .all_day = false},
                      {.start = at(86400), .end = at(172800), .all_day = true}};
  item.marks.cancelled = true;
  item.notices = {readers::Notice::zone_unknown};
  return item;
}

/// With something in every member.
ExtractedItem full_mail() {
  ExtractedItem item;
  item.kind = readers::ItemKind::mail;
  item.identifier = "1@post.example";
  for (std::uint8_t i = 0; i < 16; ++i) item.content_hash[i] = static_cast<std::uint8_t>(250 + i);
  item.happened_at = Instant{std::chrono::microseconds(-1234567)};
  item.title = "Été à Zürich €";
  item.parties = {{.role = readers::Role::from, .name = "Élodie", .address = "elodie@post.example"},
                  {.role = readers::Role::card, .name = "", .address = ""}};
  item.facts = {{.kind = readers::FactKind::phone, .value = "+33 1 23 45 67 89", .detail = "work"}};
  item.texts = {{.kind = readers::TextKind::fresh, .text = std::string(300, 'a')},
                {.kind = readers::TextKind::signature, .text = "E."}};
  item.attachments = {{.name = "plan.pdf", .media_type = "application/pdf", .bytes = 1u << 30}};
  item.references = {"0@post.example", "00@post.example"};
  item.labels = {"Sent"};
  item.list_id = "list.post.example";
  item.marks = {.list = true, .robot = false, .draft = true, .spam_or_trash = false, .sent_by_me = true};
  item.notices = {readers::Notice::sender_missing, readers::Notice::malformed};
  item.inside = {invitation()};
  return item;
}

Answer full_answer() {
  Answer answer{.id = 42, .format = readers::Format::mail};
  answer.items = {full_mail(), ExtractedItem{}};
  answer.messages = {{.offset = 0, .length = 300, .fingerprint = {1, 2, 3}, .envelope_date = at(77)},
                     {.offset = 300, .length = 1u << 31, .fingerprint = {}, .envelope_date = std::nullopt}};
  answer.resume_at = 1ULL << 40;
  answer.finished = false;
  return answer;
}

std::string encoded(const Answer& answer) {
  std::string bytes;
  append_answer(bytes, answer);
  return bytes;
}

Decoded decoded(std::string_view bytes, std::size_t memory = plenty) {
  Answer answer;
  return decode_answer(bytes, memory, answer);
}

TEST(WireAnswer, comes_back_whole) {
  Answer answer{.id = 42};
  ASSERT_EQ(decode_answer(encoded(full_answer()), plenty, answer), Decoded::yes);
  EXPECT_EQ(answer, full_answer());
}

TEST(WireAnswer, carries_problems_of_every_kind) {
  for (std::uint8_t kind = 1; kind <= static_cast<std::uint8_t>(ProblemKind::not_a_file); ++kind) {
    Answer sent{.format = readers::Format::calendar};
    sent.problem =
        Problem{.kind = static_cast<ProblemKind>(kind), .error = {ErrorCode::conflict, "There is no {0}.", "début"}};
    Answer received;
    ASSERT_EQ(decode_answer(encoded(sent), plenty, received), Decoded::yes);
    EXPECT_EQ(received, sent);
  }
}

TEST(WireAnswer, is_refused_when_cut_anywhere) {
  const std::string bytes = encoded(full_answer());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    ASSERT_NE(decoded(std::string_view(bytes).substr(0, size)), Decoded::yes) << size;
}

TEST(WireAnswer, is_refused_with_anything_behind_it) {
  EXPECT_EQ(decoded(encoded(full_answer()) + '\0'), Decoded::malformed);
}

TEST(WireAnswer, stands_every_changed_byte_and_is_written_one_way_only) {
  const std::string bytes = encoded(full_answer());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char value : {'\x00', '\x01', '\x7F', '\x80', '\xFF'}) {
      std::string changed = bytes;
      changed[i] = value;
      Answer answer;
      const bool taken = decode_answer(changed, plenty, answer) == Decoded::yes;
      ASSERT_TRUE(!taken || encoded(answer) == changed) << i;
    }
  }
}

TEST(WireAnswer, may_not_take_more_memory_than_allowed) {
  const std::string bytes = encoded(full_answer());
  EXPECT_EQ(decoded(bytes, 1000), Decoded::too_large);
  EXPECT_EQ(decoded(bytes, 20'000), Decoded::yes);
}

/// Counts cost nothing to write: memory must not follow them.
TEST(WireAnswer, with_many_small_parts_is_measured_by_what_they_become) {
  Answer answer;
  answer.items.resize(50'000);
  const std::string bytes = encoded(answer);
  EXPECT_LT(bytes.size(), 3u << 20);
  EXPECT_EQ(decoded(bytes, 4u << 20), Decoded::too_large);
}

struct BadItem {
  const char* name;
  void (*spoil)(ExtractedItem&);
};

class WireItem : public testing::TestWithParam<BadItem> {};

TEST_P(WireItem, is_refused) {
  Answer answer = full_answer();
  ASSERT_EQ(decoded(encoded(answer)), Decoded::yes);
  GetParam().spoil(answer.items.front());
  EXPECT_EQ(decoded(encoded(answer)), Decoded::malformed);
}

const BadItem bad_items[] = {
    {"kind_zero", [](ExtractedItem& item) { item.kind = readers::ItemKind{0}; }},
    {"kind_unknown", [](ExtractedItem& item) { item.kind = readers::ItemKind{6}; }},
    {"role_unknown", [](ExtractedItem& item) { item.parties[0].role = readers::Role{13}; }},
    {"fact_unknown", [](ExtractedItem& item) { item.facts[0].kind = readers::FactKind{13}; }},
    {"text_kind_unknown", [](ExtractedItem& item) { item.texts[0].kind = readers::TextKind{5}; }},
    {"notice_unknown", [](ExtractedItem& item) { item.notices = {readers::Notice{11}}; }},
    {"notices_twice",
     [](ExtractedItem& item) {
       item.notices = {readers::Notice::encrypted, readers::Notice::encrypted};
     }},
    {"notices_unsorted",
     [](ExtractedItem& item) {
       item.notices = {readers::Notice::encrypted, readers::Notice::date_missing};
     }},
    {"title_broken", [](ExtractedItem& item) { item.title = "caf\xE9"; }},
    {"name_with_nul", [](ExtractedItem& item) { item.parties[0].name.push_back('\0'); }},
    {"title_too_long", [](ExtractedItem& item) { item.title.assign(100'000, 'x'); }},
    {"text_too_long", [](ExtractedItem& item) { item.texts[0].text.assign(5u << 20, 'x'); }},
    {"too_many_parties", [](ExtractedItem& item) { item.parties.resize(2001, item.parties[0]); }},
    {"too_many_occurrences", [](ExtractedItem& item) { item.occurrences.resize(1001); }},
    {"inside_broken", [](ExtractedItem& item) { item.inside[0].location = "\xFF"; }},
};

INSTANTIATE_TEST_SUITE_P(bad, WireItem, testing::ValuesIn(bad_items),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(WireItem, is_nested_once_only) {
  Answer deep;
  deep.items = {full_mail()};
  deep.items[0].inside[0].inside = {invitation()};
  Answer received;
  ASSERT_EQ(decode_answer(encoded(deep), plenty, received), Decoded::yes);
  EXPECT_TRUE(received.items[0].inside[0].inside.empty());
}

TEST(WireItem, has_moments_of_years_that_can_be_written) {
  Answer sent;
  sent.items.resize(2);
  sent.items[0].happened_at = Instant::min();
  sent.items[1].happened_at = Instant::max();
  Answer received;
  ASSERT_EQ(decode_answer(encoded(sent), plenty, received), Decoded::yes);
  EXPECT_EQ(iso_instant(*received.items[0].happened_at), "0000-01-01T00:00:00Z");
  EXPECT_EQ(iso_instant(*received.items[1].happened_at), "9999-12-31T00:00:00Z");
}

TEST(WireProblem, has_no_control_characters_for_a_terminal) {
  Answer sent;
  sent.problem = Problem{.kind = ProblemKind::refused, .error = {ErrorCode::malformed, "\x1B[2J", ""}};
  EXPECT_EQ(decoded(encoded(sent)), Decoded::malformed);
}

TEST(WireBatch, comes_back_whole) {
  const Batch batch{.number = 7,
                    .entries = {{.file = 1,
                                 .request = {.offset = 1ULL << 40,
                                             .bytes = 99,
                                             .format = readers::Format::mbox,
                                             .split = true,
                                             .date_hint = at(-5)}},
                                {.file = 0, .request = {}}}};
  const auto received = decode_batch(encode_batch(batch), 2);
  ASSERT_TRUE(received);
  EXPECT_EQ(received->number, 7U);
  ASSERT_EQ(received->entries.size(), 2U);
  EXPECT_EQ(received->entries[0].request, batch.entries[0].request);
  EXPECT_EQ(received->entries[0].file, 1U);
  EXPECT_EQ(received->entries[1].request, SliceRequest{});
}

TEST(WireBatch, is_refused_when_cut_or_without_its_descriptors) {
  const auto bytes = encode_batch({.number = 7, .entries = {{.file = 1, .request = {}}}});
  EXPECT_FALSE(decode_batch(bytes, 1));
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode_batch(std::span(bytes).first(size), 2));
}

TEST(WireLockState, comes_back_whole) {
  const LockState state{.unlocked_build = false, .landlock = 7, .seccomp = true, .resource_limits = true};
  EXPECT_EQ(decode_lock_state(encode_lock_state(state)), state);
  EXPECT_FALSE(decode_lock_state(""));
  EXPECT_FALSE(decode_lock_state(encode_lock_state(state) + "x"));
}

TEST(WireHeader, comes_back_whole) {
  const Header header{.body_bytes = 0xFFFFFFFF, .batch = 3, .index = 249};
  const auto bytes = encode_header(header);
  EXPECT_EQ(decode_header({bytes.data(), bytes.size()}), header);
}

}  // namespace
}  // namespace entregent::reading::wire
