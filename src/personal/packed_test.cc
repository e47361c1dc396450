// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/packed.h"

#include <limits>

#include <gtest/gtest.h>

#include "db/failure.h"
#include "tests/items.h"

namespace entregent::personal {
namespace {

using readers::Role;
using readers::TextKind;

Details full_details() {
  Details details;
  details.content_hash = {0, 1, 2, 253, 254, 255};
  details.references = {0, -1, 1, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  details.replies = true;
  details.identified = true;
  details.attachments = {{"devis.pdf", "application/pdf", std::numeric_limits<std::uint64_t>::max()}, {"", "", 0}};
  details.occurrences = {{tests::noon("1969-12-31"), tests::noon("2026-03-02"), true},
                         {tests::noon("2026-03-02"), tests::noon("2026-03-01"), false}};
  details.labels = {"Clients", "Étiquette à moi"};
  details.list_id = "amis.list.example";
  details.location = "Salle 2";
  details.sequence = -7;
  details.text_bytes = 1234567;
  return details;
}

Texts full_texts() {
  return {.title = "Devis",
          .people = "Jean <jean@acme.example>",
          .file_names = "a.pdf\nb.pdf",
          .sections = {{TextKind::fresh, "Bonjour"}, {TextKind::quoted, "> hier"}, {TextKind::fresh, "Merci"}}};
}

/// Every shorter beginning must be refused or give something else, never be read beyond its end.
template <class Unpack>
void expect_prefixes_refused(const std::string& bytes, Unpack&& unpack, std::size_t shortest_whole) {
  for (std::size_t size = 0; size < shortest_whole; ++size) {
    EXPECT_THROW(unpack(std::string(bytes, 0, size)), db::Failure) << size << " bytes of " << bytes.size();
  }
}

TEST(Packed, parties_come_back) {
  const std::vector<PartyLink> parties{{Role::from, 1}, {Role::to, 127}, {Role::card, 128}, {Role::cc, 1LL << 60}};
  EXPECT_EQ(unpack_parties(pack_parties(parties)), parties);
  EXPECT_TRUE(unpack_parties(pack_parties({})).empty());
}

TEST(Packed, details_come_back) {
  EXPECT_EQ(unpack_details(pack_details(full_details())), full_details());
  EXPECT_EQ(unpack_details(pack_details({})), Details{});
}

TEST(Packed, texts_come_back) {
  EXPECT_EQ(unpack_texts(pack_texts(full_texts())), full_texts());
  EXPECT_EQ(unpack_texts(pack_texts({})), Texts{});
}

TEST(Packed, cut_off_details_are_corrupt) {
  const auto bytes = pack_details(full_details());
  expect_prefixes_refused(
      bytes, [](const std::string& part) { return unpack_details(part); }, bytes.size());
}

TEST(Packed, a_cut_off_number_or_text_is_corrupt) {
  EXPECT_THROW(unpack_parties("\x01"), db::Failure);
  EXPECT_THROW(unpack_parties("\x01\x80"), db::Failure);
  const auto bytes = pack_texts(full_texts());
  EXPECT_THROW(unpack_texts(bytes.substr(0, bytes.size() - 1)), db::Failure);
}

TEST(Packed, a_count_beyond_the_bytes_asks_for_no_memory) {
  std::string bytes(16, '\0');
  bytes += "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";  // 2^63 - 1 references
  EXPECT_THROW(unpack_details(bytes), db::Failure);
}

TEST(Packed, a_number_of_more_than_64_bits_is_corrupt) {
  EXPECT_THROW(unpack_parties("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), db::Failure);
}

TEST(Texts, columns_hold_what_full_text_indexes) {
  const Texts texts = full_texts();
  EXPECT_EQ(texts.column("title"), "Devis");
  EXPECT_EQ(texts.column("people"), "Jean <jean@acme.example>");
  EXPECT_EQ(texts.column("fresh"), "Bonjour\nMerci");
  EXPECT_EQ(texts.column("quoted"), "> hier");
  EXPECT_EQ(texts.column("signature"), "");
  EXPECT_EQ(texts.column("attachment"), "a.pdf\nb.pdf");
}

}  // namespace
}  // namespace entregent::personal
