// SPDX-License-Identifier: AGPL-3.0-or-later
// An IMAP account through the whole program, against Debian's Dovecot.
#include <chrono>
#include <fstream>
#include <map>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "personal/store.h"
#include "tests/dovecot.h"
#include "tests/indexed_folders.h"
#include "tests/one_sentence.h"
#include "tests/program.h"

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view marie = "Marie Roux <marie@mail.example>";

std::string message(int number, std::string_view from = jean, std::string_view to = marie) {
  std::string text;
  const std::string id = std::to_string(number);
  for (const char c : letter(id, std::to_string(1 + number % 28) + " Mar", from, to, "palimpseste mot" + id))
    text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return text;
}

class ImapTest : public testing::Test {
 protected:
  void SetUp() override {
    password("correct horse");
    server_.add_folder("Envoy&AOk-s");
    server_.add_folder("Archive");
  }
  void password(std::string_view word) const { std::ofstream(folder_.path() / "word") << word << '\n'; }
  std::string home() const { return folder_.path() / "home"; }
  fs::path database() const { return personal::private_file(home()); }
  std::vector<std::string> variables() const { return {"SSL_CERT_FILE=" + server_.ca_file().string()}; }
  std::string url() const {
    return "imaps://" + server_.settings().user + "@127.0.0.1:" + std::to_string(server_.tls_port());
  }
  std::vector<std::string> words(std::vector<std::string> more) const {
    more.insert(more.begin(), {"--home", home()});
    return more;
  }
  Said say(const std::vector<std::string>& more) const { return run_program("entregent", words(more), variables()); }
  std::string done(const std::vector<std::string>& more) const {
    const auto said = say(more);
    EXPECT_EQ(said.status, 0) << more.front() << ": " << said.err;
    return said.out;
  }
  void add_source() const {
    done({"source", "add", url(), "--password-command", "cat '" + (folder_.path() / "word").string() + "'"});
  }

  /// How many messages the server has handed out since it was started: it says so where a session ends.
  int handed_out() {
    server_.stop();
    const std::string log = server_.log();
    server_.start();
    const std::regex counted("body_count=([0-9]+)");
    int sum = 0;
    for (std::sregex_iterator each(log.begin(), log.end(), counted), end; each != end; ++each)
      sum += std::stoi((*each)[1]);
    return sum;
  }
  /// The names of all message files, which hold their flags.
  std::map<std::string, std::uintmax_t> files() const {
    std::map<std::string, std::uintmax_t> result;
    for (const auto& entry : fs::recursive_directory_iterator(server_.maildir())) {
      const auto folder = entry.path().parent_path().filename();
      if (folder == "cur" || folder == "new") result[entry.path()] = entry.file_size();
    }
    return result;
  }
  std::int64_t items() const {
    personal::Store store(database());
    check_words(store);
    return store.db().number("select count(*) from item");
  }
  std::vector<std::string> answers() const {
    personal::Store store(database());
    return answers_of(store);
  }

  TemporaryFolder folder_;
  Dovecot server_;
};

TEST_F(ImapTest, answers_follow_the_account_and_nothing_there_changes) {
  const auto moved = server_.deliver("INBOX", message(1));
  const auto gone = server_.deliver("INBOX", message(2), "");
  server_.deliver("INBOX", message(3), "RS");
  server_.deliver("Envoy&AOk-s", message(4, marie, jean));
  const auto before = files();
  server_.start();
  add_source();
  EXPECT_THAT(done({"index"}), HasSubstr("4 new"));
  EXPECT_EQ(files(), before) << "no flag changed, nothing moved";
  EXPECT_EQ(handed_out(), 4);
  EXPECT_THAT(done({"who", "--json", "Dupont"}), HasSubstr("jean@acme.example"));
  EXPECT_THAT(done({"find", "mot2"}), HasSubstr("Sujet 2"));
  EXPECT_THAT(done({"me"}), HasSubstr("marie@mail.example")) << "by the folder for what was sent";

  // handed_out() starts it again, on the same ports.
  EXPECT_THAT(done({"index"}), HasSubstr("Nothing has changed"));
  EXPECT_EQ(handed_out(), 0);

  fs::rename(moved, server_.folder_path("Archive") / "cur" / moved.filename());
  fs::remove(gone);
  server_.deliver("INBOX", message(5));
  const auto moved_and_new = files();
  EXPECT_THAT(done({"index"}), HasSubstr("Read 2: 1 new, 0 changed, 1 known already, 1 gone."));
  EXPECT_EQ(handed_out(), 2);
  EXPECT_EQ(files(), moved_and_new);
  EXPECT_EQ(say({"find", "mot2"}).status, 1);
  EXPECT_THAT(done({"find", "mot1", "in:Archive"}), HasSubstr("Sujet 1"));
  EXPECT_EQ(items(), 4);
}

TEST_F(ImapTest, a_refusal_has_its_sentence_and_loses_nothing) {
  server_.deliver("INBOX", message(1));
  server_.start();
  expect_one_sentence(say({"source", "add", "imaps://marie:secret@127.0.0.1"}), 2, "password");
  EXPECT_FALSE(fs::exists(database()));
  add_source();
  done({"index"});
  EXPECT_THAT(done({"status"}), HasSubstr("1 of 1 source current"));

  password("wrong");
  expect_one_sentence(say({"index"}), 7, "password");
  EXPECT_THAT(done({"status"}), HasSubstr("0 of 1 source current"));
  EXPECT_THAT(done({"find", "palimpseste"}), HasSubstr("Sujet 1"));
  fs::remove(folder_.path() / "word");
  EXPECT_EQ(say({"index"}).status, 7);
  password("correct horse");
  done({"index"});

  // The certificate of another authority.
  const auto untrusted = run_program("entregent", words({"index"}));
  expect_one_sentence(untrusted, 5, "certificate");

  EXPECT_THAT(done({"source", "add", url(), "--certificate", server_.ca_file()}), HasSubstr("certificate was changed"));
  const auto trusted = run_program("entregent", words({"index"}));
  EXPECT_EQ(trusted.status, 0) << trusted.err;

  server_.stop();
  expect_one_sentence(say({"index"}), 8, "127.0.0.1");
  const auto away = done({"status"});
  EXPECT_THAT(away, HasSubstr("0 of 1 source current")) << away;
  EXPECT_THAT(away, Not(HasSubstr("read to its end"))) << away;
  EXPECT_THAT(done({"who", "Dupont"}), HasSubstr("0 of 1 source current"));
  EXPECT_EQ(items(), 1);
  server_.start();
  done({"index"});
  EXPECT_THAT(done({"status"}), HasSubstr("1 of 1 source current"));
}

TEST_F(ImapTest, a_killed_run_goes_on_where_it_was) {
  constexpr int many = 2500;
  for (int i = 0; i < many; ++i) server_.deliver("INBOX", message(i));
  server_.start();
  add_source();
  std::int64_t held = 0;
  int kills = 0;
  for (; kills < 3; ++kills) {
    Program run("entregent", words({"index"}), variables());
    const auto target = held + 300;
    while (!run.ends_within(std::chrono::milliseconds(2)) && held < target) {
      personal::Store store(database());
      held = store.db().number("select count(*) from item");
    }
    if (!run.at_work()) break;
    run.kill_group();
    run.wait();
    EXPECT_TRUE(run.group_is_gone());
    EXPECT_THAT(done({"status"}), HasSubstr("0 of 1 source current"));
    held = items();
  }
  ASSERT_GE(kills, 2) << "too fast to be killed";
  done({"index"});
  EXPECT_EQ(items(), many);
  // Each kill costs what was on its way: a batch of 200, and what the readers had in hand.
  EXPECT_LT(handed_out(), many + kills * 600);
  const auto resumed = answers();
  fs::remove_all(home());
  add_source();
  done({"index"});
  EXPECT_EQ(differences(resumed, answers()), "");
}

TEST_F(ImapTest, a_server_set_up_anew_is_read_anew) {
  for (int i = 1; i <= 5; ++i) server_.deliver("INBOX", message(i));
  server_.start();
  add_source();
  done({"index"});
  const auto before = answers();
  server_.stop();
  server_.renumber("INBOX", 4242);
  server_.start();
  EXPECT_THAT(done({"index"}), HasSubstr("Read 5:"));
  EXPECT_EQ(differences(answers(), before), "");
  EXPECT_THAT(done({"index"}), HasSubstr("Nothing has changed"));
}

}  // namespace
}  // namespace entregent::tests
