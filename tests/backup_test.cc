// SPDX-License-Identifier: AGPL-3.0-or-later
// `backup` and `restore` as whole programs, while an index run is under way and after.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "personal/store.h"
#include "tests/answers.h"
#include "tests/big_box.h"
#include "tests/one_sentence.h"
#include "tests/program.h"

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr int messages = 4500;  ///< more than one batch of a run

class BackupTest : public testing::Test {
 protected:
  std::string home(const std::string& name = "home") const { return folder_.path() / name; }
  fs::path database(const std::string& name = "home") const { return personal::private_file(home(name)); }
  std::string mail() const { return folder_.path() / "mail"; }
  std::string at(const std::string& name) const { return folder_.path() / name; }

  Said say(std::vector<std::string> words, const std::string& name = "home") const {
    words.insert(words.begin(), {"--home", home(name)});
    return run_program("entregent", words);
  }
  void done(const std::vector<std::string>& words, const std::string& name = "home") const {
    const auto said = say(words, name);
    ASSERT_EQ(said.status, 0) << words.front() << ": " << said.err;
  }
  void make_box(int size) const {
    write_big_box(mail(), 0, size);
    done({"source", "add", mail()});
  }
  /// A sound file, with the answers of one moment: no item without its words, nobody's links to what is not there.
  static std::vector<std::string> sound_answers(const fs::path& file) {
    personal::Store store(file);
    auto& db = store.db();
    EXPECT_EQ(db.first("pragma integrity_check")->text(0), "ok");
    EXPECT_FALSE(db.first("select 1 from pragma_foreign_key_check"));
    check_words(store);
    EXPECT_EQ(db.number("select count(*) from item where id not in (select item from text)"), 0);
    EXPECT_EQ(db.number("select count(*) from item where id not in (select item from place where item not null)"), 0);
    EXPECT_EQ(db.number("select count(*) from link where item not in (select id from item)"), 0);
    EXPECT_EQ(db.number("select count(*) from identity where alias not in (select id from alias)"), 0);
    return answers_of(store);
  }
  bool has_begun() const {
    personal::Store store(database());
    return store.db().number("select count(*) from source where started_at not null") != 0;
  }
  bool is_running() const {
    personal::Store store(database());
    return store.db().number("select count(*) from source where started_at not null and finished_at is null") != 0;
  }

  TemporaryFolder folder_;
};

TEST_F(BackupTest, is_of_one_moment_whenever_it_is_made) {
  make_box(messages);
  fs::copy(home(), home("whole"), fs::copy_options::recursive);
  const auto begin = steady_clock::now();
  done({"index"}, "whole");
  const auto length = steady_clock::now() - begin;
  const auto whole = sound_answers(database("whole"));

  Program run("entregent", {"--home", home(), "index"});
  while (run.at_work() && !has_begun()) run.ends_within(milliseconds(1));
  std::mt19937 random(4);
  int copies = 0;
  constexpr int wanted = 6;
  for (; copies < wanted && !run.ends_within(length * (random() % 1000) / (1000 * wanted)); ++copies) {
    // Some while it goes on, some at a moment that lasts.
    if (copies % 2 == 0) run.pause();
    const auto copy = at("copy" + std::to_string(copies));
    done({"backup", copy});
    run.go_on();
  }
  EXPECT_EQ(run.wait().status, 0);
  ASSERT_GE(copies, 3) << "too few while it ran";
  EXPECT_EQ(differences(sound_answers(database()), whole), "") << "nothing of this disturbed the run";
  for (int i = 0; i < copies; ++i) {
    const auto name = "of" + std::to_string(i);
    EXPECT_FALSE(fs::exists(at("copy" + std::to_string(i) + "-wal")));
    sound_answers(at("copy" + std::to_string(i)));
    done({"restore", "--yes", at("copy" + std::to_string(i))}, name);
    EXPECT_LE(say({"people"}, name).status, 1) << "nobody, or somebody";
    if (i % 2 != 0) continue;
    done({"index"}, name);
    EXPECT_EQ(differences(sound_answers(database(name)), whole), "") << "a run goes on from a copy";
  }
}

TEST_F(BackupTest, stops_the_run_that_is_under_way_to_restore) {
  make_box(messages);
  done({"index"});
  const auto then = sound_answers(database());
  done({"backup", at("copy")});
  change_big_box(mail(), messages);
  Program run("entregent", {"--home", home(), "index"});
  while (run.at_work() && !is_running()) run.ends_within(milliseconds(1));
  const auto restored = say({"restore", "--yes", "--json", at("copy")});
  ASSERT_EQ(restored.status, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("\"stopped_run\":true"));
  EXPECT_EQ(run.wait().status, 130) << "as if Ctrl-C had been typed";
  EXPECT_EQ(differences(sound_answers(database()), then), "");
  done({"index"});
  EXPECT_NE(sound_answers(database()), then) << "and the next run reads what the mail has become";
}

TEST_F(BackupTest, brings_back_what_was) {
  make_box(200);
  done({"index"});
  const auto then = sound_answers(database());
  done({"backup", at("copy")});
  change_big_box(mail(), 200);
  done({"index"});
  const auto now = sound_answers(database());
  ASSERT_NE(now, then);
  done({"restore", "--yes", at("copy")});
  EXPECT_EQ(differences(sound_answers(database()), then), "");
  done({"restore", "--yes", database().string() + ".before-restore-1"});
  EXPECT_EQ(differences(sound_answers(database()), now), "");
  done({"restore", "--yes", at("copy")});
  done({"index"});
  EXPECT_EQ(differences(sound_answers(database()), now), "");
}

TEST_F(BackupTest, of_another_kind_is_refused_and_nothing_lost) {
  make_box(200);
  done({"index"});
  const auto before = sound_answers(database());
  done({"backup", at("copy")});
  std::ofstream(at("text")) << "no backup at all\n" << std::string(8192, '.');
  fs::create_directory(at("folder"));
  db::Connection(at("other"), db::Connection::Mode::create).script("create table t(a)");
  fs::copy_file(at("copy"), at("newer"));
  db::Connection(at("newer"), db::Connection::Mode::read_write).script("insert into migration values ('9999_x.sql')");
  fs::copy_file(at("copy"), at("cut"));
  fs::resize_file(at("cut"), fs::file_size(at("copy")) / 2);
  fs::copy_file(at("copy"), at("broken"));
  {
    std::fstream file(at("broken"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(at("copy")) / 8192 * 4096));
    file << std::string(4096 * 3, 'x');
  }
  fs::create_directory(at("empty_home"));
  std::ofstream(at("empty"));
  for (const char* name : {"text", "other", "cut", "broken", "empty"})
    expect_one_sentence(say({"restore", "--yes", at(name)}), 6, "no sound backup");
  expect_one_sentence(say({"restore", "--yes", at("newer")}), 4, "later version");
  expect_one_sentence(say({"restore", "--yes", at("folder")}), 3, "no file");
  expect_one_sentence(say({"restore", "--yes", at("nowhere")}), 3, "no file");
  expect_one_sentence(say({"restore", "--yes", database()}), 4, "itself");
  expect_one_sentence(say({"restore", at("copy")}), 2, "--yes");
  EXPECT_EQ(differences(sound_answers(database()), before), "");
  EXPECT_FALSE(fs::exists(database().string() + ".before-restore-1")) << "nothing was even begun";
}

TEST_F(BackupTest, replaces_a_damaged_file) {
  make_box(200);
  done({"index"});
  const auto before = sound_answers(database());
  done({"backup", at("copy")});
  fs::resize_file(database(), 5000);
  EXPECT_NE(say({"people"}).status, 0);
  done({"restore", "--yes", at("copy")});
  EXPECT_EQ(differences(sound_answers(database()), before), "");
  EXPECT_EQ(fs::file_size(database().string() + ".before-restore-1"), 5000U) << "kept as it was";
  std::ofstream(database()) << std::string(9000, 'x');
  done({"restore", "--yes", at("copy")});
  EXPECT_EQ(differences(sound_answers(database()), before), "");
}

TEST_F(BackupTest, on_a_full_disk_leaves_nothing_half_written) {
  make_box(200);
  done({"index"});
  expect_one_sentence(run_limited("entregent", {"--home", home(), "backup", at("copy")}, 100), 10, "disk is full");
  for (const auto& entry : fs::directory_iterator(folder_.path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with("copy")) << entry.path();
  done({"backup", at("copy")});
}

}  // namespace
}  // namespace entregent::tests
