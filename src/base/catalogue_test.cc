// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/catalogue.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace entregent {
namespace {

using namespace std::string_literals;

std::string word(std::uint32_t value) {
  std::string bytes(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

/// A .mo file as msgfmt lays it out, rows in the order given.
std::string mo_of(const std::vector<std::pair<std::string, std::string>>& rows) {
  const auto count = static_cast<std::uint32_t>(rows.size());
  const std::uint32_t texts = 28;
  const std::uint32_t translations = texts + 8 * count;
  std::uint32_t offset = translations + 8 * count;
  std::string first, second, strings;
  for (const auto& [text, translation] : rows) {
    for (auto [table, value] : {std::pair{&first, &text}, std::pair{&second, &translation}}) {
      *table += word(static_cast<std::uint32_t>(value->size())) + word(offset);
      strings += *value + '\0';
      offset += static_cast<std::uint32_t>(value->size()) + 1;
    }
  }
  return word(0x950412de) + word(0) + word(count) + word(texts) + word(translations) + word(0) + word(28) + first +
         second + strings;
}

TEST(Catalogue, finds_what_was_written) {
  const auto bytes =
      mo_of({{"", "Project-Id-Version: x\n"}, {"Notes", "Notes (fr)"}, {"Mail", "Courriel"}, {"Later", ""}});
  const auto catalogue = Catalogue::read(bytes);
  ASSERT_TRUE(catalogue);
  ASSERT_NE(catalogue->find("Mail"), nullptr);
  EXPECT_EQ(catalogue->find("Mail")->translation, "Courriel");
  EXPECT_EQ(catalogue->find("Notes")->translation, "Notes (fr)");
  EXPECT_EQ(catalogue->find("Later"), nullptr) << "not translated yet";
  EXPECT_EQ(catalogue->find(""), nullptr) << "the header is no text";
  EXPECT_EQ(catalogue->find("mail"), nullptr);
  EXPECT_EQ(catalogue->entries().size(), 2u);
}

TEST(Catalogue, keeps_both_forms_of_a_plural) {
  const auto bytes = mo_of({{"one\0many"s, "un\0plusieurs"s}, {"half\0whole"s, "only one form"}});
  const auto catalogue = Catalogue::read(bytes);
  ASSERT_TRUE(catalogue);
  const auto* entry = catalogue->find("one");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->translation, "un");
  EXPECT_EQ(entry->many_text, "many");
  EXPECT_EQ(entry->many_translation, "plusieurs");
  EXPECT_EQ(catalogue->find("half"), nullptr) << "a plural without its second form would print nothing";
}

TEST(Catalogue, of_equal_texts_keeps_the_first) {
  const auto bytes = mo_of({{"a", "first"}, {"a", "second"}});
  EXPECT_EQ(Catalogue::read(bytes)->find("a")->translation, "first");
}

TEST(Catalogue, refuses_what_is_no_catalogue) {
  EXPECT_FALSE(Catalogue::read(""));
  EXPECT_FALSE(Catalogue::read(std::string(28, 'x')));
  auto version = mo_of({{"a", "b"}});
  version[6] = 1;
  EXPECT_FALSE(Catalogue::read(version)) << "a later major revision";
}

TEST(Catalogue, refuses_every_length_and_offset_that_leads_outside) {
  const auto good = mo_of({{"a", "b"}, {"c", "d"}});
  for (std::size_t at = 8; at + 4 <= 20; at += 4) {  // rows, texts, translations
    auto bad = good;
    bad.replace(at, 4, word(0xfffffff0));
    EXPECT_FALSE(Catalogue::read(bad)) << at;
  }
  for (std::size_t at = 28; at + 4 <= 60; at += 4) {  // each length and offset of both tables
    auto bad = good;
    bad.replace(at, 4, word(static_cast<std::uint32_t>(good.size()) + 1));
    EXPECT_FALSE(Catalogue::read(bad)) << at;
  }
}

TEST(Catalogue, refuses_a_file_cut_short_anywhere) {
  const auto good = mo_of({{"one\0many"s, "un\0plusieurs"s}, {"c", "d"}});
  for (std::size_t size = 0; size + 1 < good.size(); ++size) {  // the last byte is the end mark of the last string
    const std::string cut(good, 0, size);
    EXPECT_FALSE(Catalogue::read(cut)) << size;
  }
}

}  // namespace
}  // namespace entregent
