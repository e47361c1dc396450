// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/zip_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/limits.h"
#include "tests/archive_of.h"

namespace entregent::readers {
namespace {

using tests::archive_of;

TEST(ZipArchiveTest, gives_what_lies_in_it) {
  const std::string bytes = archive_of({{"a.txt", "Bonjour"}, {"notes/d\xC3\xA9j\xC3\xA0.txt", "vu"}});
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive);
  ASSERT_EQ(archive->entries().size(), 2u);
  EXPECT_EQ(archive->entries()[1].name, "notes/d\xC3\xA9j\xC3\xA0.txt");
  EXPECT_TRUE(archive->holds("a.txt"));
  EXPECT_EQ(*archive->read("a.txt", 100), "Bonjour");
  EXPECT_EQ(archive->read("a.txt", 6).error().code, ErrorCode::malformed);
  EXPECT_EQ(archive->read("b.txt", 100).error().code, ErrorCode::not_found);
}

TEST(ZipArchiveTest, bytes_that_are_none_are_refused) {
  EXPECT_FALSE(ZipArchive::open(""));
  EXPECT_FALSE(ZipArchive::open("PK\x03\x04 and no more"));
  const std::string bytes = archive_of({{"a.txt", std::string(10'000, 'a')}});
  EXPECT_FALSE(ZipArchive::open(std::string_view(bytes).substr(0, bytes.size() - 30)));
}

TEST(ZipArchiveTest, a_bomb_is_stopped_whatever_it_claims) {
  std::vector<std::pair<std::string, std::string>> files;
  const std::string zeros(limits::archive_bytes / 4, '\0');
  for (int i = 0; i < 6; ++i) files.emplace_back(std::to_string(i), zeros);
  const std::string bytes = archive_of(files);
  ASSERT_LT(bytes.size(), 4u << 20);
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive);
  int read = 0;
  for (int i = 0; i < 6; ++i) read += archive->read(std::to_string(i), zeros.size()) ? 1 : 0;
  EXPECT_EQ(read, 4);
}

}  // namespace
}  // namespace entregent::readers
