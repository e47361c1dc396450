// SPDX-License-Identifier: AGPL-3.0-or-later
// Bad input gets one clear sentence, a status of its own, and nothing is lost.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/connection.h"
#include "tests/one_sentence.h"
#include "tests/program.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Refusals : public testing::Test {
 protected:
  Said ask(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--home", home()});
    return run_program("entregent", words);
  }
  [[nodiscard]] std::string home() const { return folder_.path() / "home"; }
  [[nodiscard]] std::filesystem::path database() const { return folder_.path() / "home" / "personal" / "owner.db"; }
  void make_source() {
    std::filesystem::create_directories(folder_.path() / "mail");
    std::ofstream(folder_.path() / "mail" / "one.eml")
        << "From: Ann Ackroyd <ann@mill.example>\nTo: me@here.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n"
           "Message-ID: <1@mill.example>\nSubject: The wheel\n\nThe wheel turns.\n";
    EXPECT_EQ(ask({"source", "add", (folder_.path() / "mail").string()}).status, 0);
    EXPECT_EQ(ask({"index"}).status, 0);
  }

  TemporaryFolder folder_;
};

TEST_F(Refusals, nothing_there_yet) {
  expect_one_sentence(ask({"who", "Ann"}), 16, "source add");
  EXPECT_FALSE(std::filesystem::exists(home())) << "an answer makes no file";
}

TEST_F(Refusals, a_missing_path) {
  expect_one_sentence(ask({"source", "add", "/nowhere/at/all"}), 3, "/nowhere/at/all");
}

TEST_F(Refusals, what_is_no_source) {
  expect_one_sentence(ask({"source", "add", "ftp://host"}), 2, "ftp://host");
  expect_one_sentence(ask({"source", "remove", "7", "--yes"}), 16, "source add");
}

TEST_F(Refusals, a_certificate_that_is_none) {
  const auto add = [&](const std::string& place, const std::string& file) {
    return ask({"source", "add", place, "--certificate", file});
  };
  const auto file = (folder_.path() / "notes.txt").string();
  std::ofstream(file) << "The wheel turns.\n";
  expect_one_sentence(add("imaps://ann@mill.example", "/nowhere/at/all"), 3, "/nowhere/at/all");
  expect_one_sentence(add("imaps://ann@mill.example", file), 2, "no certificate");
  expect_one_sentence(add("imaps://ann@mill.example", folder_.path()), 2, "no certificate");
  expect_one_sentence(add(folder_.path(), file), 2, "IMAP account");
  EXPECT_FALSE(std::filesystem::exists(home()));
}

TEST_F(Refusals, a_source_within_another) {
  make_source();
  expect_one_sentence(ask({"source", "add", folder_.path().string()}), 4, "mail");
  expect_one_sentence(ask({"source", "add", (folder_.path() / "mail").string()}), 4, "already");
}

TEST_F(Refusals, mail_programs_whose_mail_is_there_already) {
  const auto add = [&] {
    return run_program("entregent", {"--home", home(), "source", "add"}, {"HOME=" + (folder_.path() / "me").string()});
  };
  const auto write = [&](const std::string& name) {
    const auto file = folder_.path() / "me" / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "some mail";
  };
  std::filesystem::create_directories(folder_.path() / "me");
  expect_one_sentence(add(), 3, "No mail program");
  write("Mail/inbox");
  EXPECT_EQ(add().status, 0);
  expect_one_sentence(add(), 4, "belongs to a source already");
  write(".thunderbird/x/Mail/Local Folders/Sent");
  const auto more = add();
  EXPECT_EQ(more.status, 0) << more.err;
  EXPECT_THAT(more.out, HasSubstr(".thunderbird/x/Mail"));
  EXPECT_THAT(more.out, Not(HasSubstr("me/Mail\n")));
}

TEST_F(Refusals, an_unknown_command_or_word) {
  expect_one_sentence(ask({"whom", "Ann"}), 2, "whom");
  make_source();
  expect_one_sentence(ask({"show", "abc"}), 2, "abc");
  expect_one_sentence(ask({"show", "4711"}), 3, "4711");
  expect_one_sentence(ask({"find", "before:yesterday"}), 2, "yesterday");
  expect_one_sentence(ask({"same", "ann@mill.example", "nobody@nowhere.example"}), 3, "nobody@nowhere.example");
  expect_one_sentence(ask({"undo"}), 3, "nothing");
}

TEST_F(Refusals, what_is_no_database) {
  std::filesystem::create_directories(database().parent_path());
  std::ofstream(database()) << std::string(8192, 'x');
  expect_one_sentence(ask({"who", "Ann"}), 11, "no database");
  EXPECT_EQ(std::filesystem::file_size(database()), 8192U) << "left as it was";
}

TEST_F(Refusals, another_programs_database) {
  std::filesystem::create_directories(database().parent_path());
  db::Connection(database(), db::Connection::Mode::create).script("create table theirs(a)");
  expect_one_sentence(ask({"index"}), 17, "another program");
}

TEST_F(Refusals, a_newer_schema) {
  make_source();
  db::Connection(database(), db::Connection::Mode::read_write)
      .script("insert into migration values ('9999_future.sql')");
  expect_one_sentence(ask({"who", "Ann"}), 13, "later version");
}

/// The only test that waits: for the ten seconds that a command gives whoever is writing.
TEST_F(Refusals, a_file_that_somebody_else_writes) {
  make_source();
  db::Connection other(database(), db::Connection::Mode::read_write);
  {
    const db::Transaction writing(other);
    EXPECT_EQ(ask({"who", "Ann"}).status, 0) << "answers wait for nobody";
    expect_one_sentence(ask({"me", "me@here.example", "--yes"}), 14, "busy");
  }
  EXPECT_EQ(ask({"me", "me@here.example", "--yes"}).status, 0);
  other.script("pragma locking_mode = exclusive; begin exclusive");
  expect_one_sentence(ask({"who", "Ann"}), 14, "busy");
}

TEST_F(Refusals, a_home_that_is_a_file) {
  std::ofstream(folder_.path() / "home") << "a file";
  expect_one_sentence(ask({"source", "add", folder_.path().string()}), 18, "its folder is a file");
  expect_one_sentence(ask({"who", "Ann"}), 18, "its folder is a file");
}

TEST_F(Refusals, a_full_disk) {
  make_source();
  for (int i = 0; i < 40; ++i) {
    std::ofstream file(folder_.path() / "mail" / ("more" + std::to_string(i) + ".eml"));
    file << "From: b@mill.example\nSubject: " << i << "\nMessage-ID: <m" << i << "@mill.example>\n\n";
    for (int j = 0; j < 4000; ++j) file << "word" << i * 4001 + j * 7919 % 10007 << ' ';
  }
  // A file may grow to 400 KiB only: what a full disk does to a write, this does too.
  const auto said = run_limited("entregent", {"--home", home(), "index"}, 400);
  expect_one_sentence(said, 10, "disk is full");
  EXPECT_EQ(ask({"who", "Ann"}).status, 0) << "what was there is there";
  EXPECT_EQ(ask({"index"}).status, 0);
  EXPECT_THAT(ask({"status"}).out, HasSubstr("41 items"));
}

TEST_F(Refusals, a_backup_that_is_none) {
  make_source();
  std::ofstream(folder_.path() / "false") << "no backup";
  expect_one_sentence(ask({"restore", (folder_.path() / "false").string(), "--yes"}), 6, "sound backup");
  EXPECT_EQ(ask({"backup", (folder_.path() / "copy").string()}).status, 0);
  expect_one_sentence(ask({"backup", (folder_.path() / "copy").string()}), 4, "already");
  EXPECT_EQ(ask({"restore", (folder_.path() / "copy").string(), "--yes"}).status, 0);
  EXPECT_THAT(ask({"who", "Ann"}).out, HasSubstr("ann@mill.example"));
}

TEST_F(Refusals, a_terminal_is_not_written_to_by_mail) {
  std::filesystem::create_directories(folder_.path() / "mail");
  std::ofstream(folder_.path() / "mail" / "one.eml")
      << "From: =?utf-8?q?Ann=1B[2J=E2=80=AEkcah?= <ann@mill.example>\nSubject: =?utf-8?q?red=1B[31m=07?=\nMessage-ID: "
         "<1@mill.example>\n"
         "Date: Mon, 2 Mar 2026 10:00:00 +0100\n\nbody \x1B]0;title\x07 end\n";
  EXPECT_EQ(ask({"source", "add", (folder_.path() / "mail").string()}).status, 0);
  EXPECT_EQ(ask({"index"}).status, 0);
  for (const auto& words : {std::vector<std::string>{"who", "ann"}, {"show", "1"}, {"find", "red"}, {"people"}}) {
    const auto said = ask(words);
    EXPECT_EQ(said.status, 0) << said.err;
    EXPECT_EQ(said.out.find('\x1B'), std::string::npos) << said.out;
    EXPECT_EQ(said.out.find('\x07'), std::string::npos);
    EXPECT_EQ(said.out.find("\xE2\x80\xAE"), std::string::npos);
  }
}

}  // namespace
}  // namespace entregent::tests
