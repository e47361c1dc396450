// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/backup.h"

#include <fstream>

#include <gmock/gmock.h>

#include "personal/coverage.h"
#include "personal/run_lock.h"
#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::mail;
using tests::noon;

readers::ExtractedItem letter(std::string_view id) {
  return mail(id).title(id).at("2026-01-01").from("a@x.example").text("mot");
}

TEST(Backup, comes_back_while_others_have_the_file_open) {
  tests::PrivateIndex index;
  index.add(letter("avant"));
  const auto copy = index.home.path() / "copy.db";
  index.writer.begin();  // a writer at work does not hinder it, and its half batch is not in it
  index.writer.put(letter("à moitié"), {.file = index.file("x")});
  {
    Store reader(index.store.file());
    ASSERT_TRUE(back_up(reader, copy));
  }
  index.writer.commit();
  index.add(letter("après"));
  EXPECT_THAT(index.find("mot"), SizeIs(3));
  const auto restored = restore(copy, index.store.file());
  ASSERT_TRUE(restored);
  EXPECT_THAT(index.find("mot"), ElementsAre("avant"));
  index.check_words();
  EXPECT_FALSE(restored->stopped_run);
  ASSERT_FALSE(restored->kept.empty());
  ASSERT_TRUE(restore(restored->kept, index.store.file()));
  EXPECT_THAT(index.find("mot"), SizeIs(3));
}

TEST(Backup, refuses_what_would_lose_something) {
  tests::PrivateIndex index;
  index.add(letter("avant"));
  const auto at = [&](const char* name) { return index.home.path() / name; };
  std::ofstream(at("text.txt")) << "not a database, but long enough to look at: " << std::string(4096, '.');
  db::Connection(at("other.db"), db::Connection::Mode::create).script("create table t(a)");
  EXPECT_EQ(back_up(index.store, at("text.txt")).error().code, ErrorCode::conflict);
  EXPECT_EQ(back_up(index.store, at("no/where.db")).error().code, ErrorCode::not_found);
  EXPECT_EQ(restore(at("absent.db"), index.store.file()).error().code, ErrorCode::not_found);
  EXPECT_EQ(restore(at("text.txt"), index.store.file()).error().code, ErrorCode::malformed);
  EXPECT_EQ(restore(at("other.db"), index.store.file()).error().code, ErrorCode::malformed);
  EXPECT_THAT(index.find("mot"), ElementsAre("avant"));
}

TEST(Backup, is_not_restored_under_somebody_who_does_not_end) {
  tests::PrivateIndex index;
  ASSERT_TRUE(back_up(index.store, index.home.path() / "copy.db"));
  const RunLock run(index.store.file());
  ASSERT_TRUE(run.held());
  const auto restored = restore(index.home.path() / "copy.db", index.store.file(), std::chrono::milliseconds(30));
  EXPECT_EQ(restored.error().code, ErrorCode::conflict);
}

TEST(Backup, restores_where_nothing_was) {
  tests::PrivateIndex index;
  index.add(letter("avant"));
  ASSERT_TRUE(back_up(index.store, index.home.path() / "copy.db"));
  const auto fresh = index.home.path() / "new" / "owner.db";
  const auto restored = restore(index.home.path() / "copy.db", fresh);
  ASSERT_TRUE(restored);
  EXPECT_TRUE(restored->kept.empty());
  Store store(fresh);
  EXPECT_EQ(store.db().number("select count(*) from item"), 1);
}

TEST(Coverage, says_what_is_current_unreadable_and_left_out) {
  tests::PrivateIndex index;
  const auto source = index.sources.find("/mail")->id;
  EXPECT_EQ(coverage(index.store).current, 0);
  index.sources.start(source, noon("2026-01-01"));
  EXPECT_TRUE(coverage(index.store).running);
  const auto files = index.add({letter("1"), letter("2")});
  index.sources.file_problem(index.file("bad"), "crashed", "");
  index.sources.place_problem({.file = files[0], .part = 7}, "refused", "no head");
  index.sources.skip_place({.file = files[1], .part = 9}, "draft");
  index.sources.finish(source, noon("2026-01-02"));
  const auto now = coverage(index.store);
  EXPECT_EQ(now.sources, 1);
  EXPECT_EQ(now.current, 1);
  EXPECT_FALSE(now.running);
  EXPECT_EQ(now.unreadable, 2);
  EXPECT_EQ(item_count(index.store), 2);
  const auto status = source_status(index.store);
  ASSERT_THAT(status, SizeIs(1));
  EXPECT_EQ(status[0].items, 2);
  EXPECT_EQ(status[0].files, 3);
  EXPECT_THAT(status[0].problems, SizeIs(2));
  EXPECT_THAT(status[0].skipped, SizeIs(1));
  index.sources.clear_problem({3});
  EXPECT_EQ(coverage(index.store).unreadable, 1);
}

TEST(Store, refuses_what_is_not_its_own) {
  tests::TemporaryFolder folder;
  EXPECT_THROW(Store(folder.path() / "absent.db"), db::Failure);
  db::Connection(folder.path() / "other.db", db::Connection::Mode::create).script("create table t(a)");
  EXPECT_THROW(Store(folder.path() / "other.db"), db::Failure);
}

}  // namespace
}  // namespace entregent::personal
