// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/migrations.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace entregent::db {
namespace {

constexpr std::array<base::EmbeddedFile, 2> files{
    {{"0001_a.sql", "create table a(x); insert into a values (1);"}, {"0002_b.sql", "alter table a add column y;"}}};
constexpr std::int32_t ours = 0x454E5452;

Failure::Kind kind_of_failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const Failure& failure) {
    return failure.kind();
  }
  throw std::logic_error("nothing failed");
}

TEST(Migrations, are_applied_once_and_after_a_copy) {
  const tests::TemporaryFolder folder;
  {
    Connection db(folder.path() / "p.db", Connection::Mode::create);
    migrate(db, std::span(files).first(1), ours);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "p.db.before-0001"));
    EXPECT_FALSE(is_current(db, files, ours));
  }
  Connection db(folder.path() / "p.db", Connection::Mode::read_write);
  migrate(db, files, ours);
  migrate(db, files, ours);
  EXPECT_TRUE(is_current(db, files, ours));
  EXPECT_EQ(db.number("select count(y) + count(*) from a"), 1);
  Connection copy(folder.path() / "p.db.before-0002", Connection::Mode::read_only);
  EXPECT_EQ(copy.number("select x from a"), 1);
}

TEST(Migrations, refuse_what_a_later_program_wrote) {
  const tests::TemporaryFolder folder;
  Connection db(folder.path() / "p.db", Connection::Mode::create);
  migrate(db, files, ours);
  EXPECT_EQ(kind_of_failure([&] { migrate(db, std::span(files).first(1), ours); }), Failure::Kind::newer_schema);
}

TEST(Migrations, refuse_another_programs_database) {
  const tests::TemporaryFolder folder;
  Connection db(folder.path() / "p.db", Connection::Mode::create);
  db.script("create table theirs(x)");
  EXPECT_EQ(kind_of_failure([&] { migrate(db, files, ours); }), Failure::Kind::foreign_schema);
}

}  // namespace
}  // namespace entregent::db
