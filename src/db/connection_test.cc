// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/connection.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace entregent::db {
namespace {

class ConnectionTest : public testing::Test {
 protected:
  tests::TemporaryFolder folder_;
  Connection db_{folder_.path() / "a.db", Connection::Mode::create};
};

TEST_F(ConnectionTest, binds_and_reads_every_type) {
  db_.script("create table t(a, b, c, d, e)");
  db_.run("insert into t values ($1, $2, $3, $4, $5)", 7, "é", blob(std::string_view("\0x", 2)),
          std::optional<std::int64_t>{}, from_micros(5));
  const auto row = db_.first("select * from t");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->integer(0), 7);
  EXPECT_EQ(row->view(1), "é");
  EXPECT_EQ(row->view(2).size(), 2U);
  EXPECT_TRUE(row->is_null(3));
  EXPECT_EQ(row->instant(4), from_micros(5));
}

TEST_F(ConnectionTest, numbers_parameters_by_name_not_by_place) {
  const auto row = db_.first("select $2 || $1", "a", "b");
  EXPECT_EQ(row->view(0), "ba");
}

TEST_F(ConnectionTest, lends_a_second_statement_while_the_first_is_read) {
  db_.script("create table t(a); insert into t values (1), (2)");
  int seen = 0;
  constexpr std::string_view sql = "select a from t";
  db_.each(sql, [&](const Statement&) { db_.each(sql, [&](const Statement&) { ++seen; }); });
  EXPECT_EQ(seen, 4);
}

TEST_F(ConnectionTest, rolls_back_unless_committed) {
  db_.script("create table t(a)");
  {
    Transaction transaction(db_);
    db_.run("insert into t values (1)");
  }
  EXPECT_EQ(db_.number("select count(*) from t"), 0);
}

TEST_F(ConnectionTest, is_private) {
  const auto permissions = std::filesystem::status(db_.file()).permissions();
  EXPECT_EQ(permissions & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(ConnectionTest, says_what_is_no_database) {
  const auto other = folder_.path() / "mail.db";
  std::ofstream(other) << std::string(5000, 'x');
  try {
    Connection connection(other, Connection::Mode::read_write);
    FAIL() << "opened";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), Failure::Kind::not_a_database);
  }
}

TEST_F(ConnectionTest, finds_words_by_the_house_tokenizer) {
  std::vector<std::string> words;
  db_.define_tokenizer([&](std::string_view word) { words.emplace_back(word); });
  db_.script("create virtual table w using fts5(a, tokenize = 'entregent')");
  db_.run("insert into w values ($1)", "L'été de Mme Lefèvre");
  EXPECT_EQ(db_.number("select count(*) from w where w match $1", "lefevre"), 1);
  EXPECT_EQ(words, (std::vector<std::string>{"ete", "de", "mme", "lefevre"}));
}

TEST_F(ConnectionTest, copies_while_in_use) {
  db_.script("create table t(a); insert into t values (41)");
  db_.copy_to(folder_.path() / "copy.db");
  Connection copy(folder_.path() / "copy.db", Connection::Mode::read_only);
  EXPECT_EQ(copy.number("select a from t"), 41);
}

}  // namespace
}  // namespace entregent::db
