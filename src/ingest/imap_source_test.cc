// SPDX-License-Identifier: AGPL-3.0-or-later
// Against Debian's Dovecot and with real reader processes.
#include "ingest/imap_source.h"

#include <map>

#include <gmock/gmock.h>

#include "personal/coverage.h"
#include "tests/dovecot.h"
#include "tests/indexed_folders.h"

namespace entregent::ingest {
namespace {

using testing::ElementsAre;
using testing::Pair;
using tests::Dovecot;
using tests::IndexedFolders;
using tests::letter;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view marie = "Marie Roux <marie@mail.example>";

std::string message(int number) {
  std::string text;
  for (const char c : letter(std::to_string(number), std::to_string(1 + number % 28) + " Mar", jean, marie))
    text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return text;
}

/// The names of all message files, which hold their flags.
std::map<std::string, std::uintmax_t> files_of(const Dovecot& server) {
  std::map<std::string, std::uintmax_t> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server.maildir())) {
    const auto folder = entry.path().parent_path().filename();
    if (folder == "cur" || folder == "new") files[entry.path()] = entry.file_size();
  }
  return files;
}

class ImapSourceTest : public testing::Test {
 protected:
  void add_source() {
    const net::ImapAddress address{"127.0.0.1", server_.tls_port(), true, server_.settings().user};
    ASSERT_TRUE(personal::Sources(disk_.store)
                    .add({.id = {}, .kind = "imap", .location = imap_url(address)}, disk_.clock.now()));
  }
  RunOutcome run(const Stopped& stopped = [] { return false; }) { return run_trusting(server_.ca_file(), stopped); }
  RunOutcome run_trusting(
      const std::string& authorities, const Stopped& stopped = [] { return false; }) {
    auto options = disk_.options();
    options.imap.tls.ca_file = authorities;
    options.password = [&](const personal::Source&) { return std::optional<net::Secret>(std::in_place, password_); };
    auto outcome = ingest::run(disk_.store, options, {}, stopped);
    if (!outcome) throw std::runtime_error(outcome.error().message);
    tests::check_words(disk_.store);
    return *std::move(outcome);
  }
  std::int64_t items() { return disk_.store.db().number("select count(*) from item"); }

  Dovecot server_;
  IndexedFolders disk_;
  std::string password_ = server_.settings().password;
};

TEST_F(ImapSourceTest, follows_what_comes_goes_and_moves_and_changes_nothing) {
  server_.add_folder("Envoy&AOk-s");
  server_.add_folder("Archive");
  server_.add_folder("Corbeille");
  server_.add_folder("Brouillons");
  const auto first_file = server_.deliver("INBOX", message(1), "S");
  const auto second_file = server_.deliver("INBOX", message(2), "");
  server_.deliver("INBOX", message(3), "DS");
  server_.deliver("Envoy&AOk-s", message(4), "S");
  server_.deliver("Corbeille", message(5), "S");
  server_.deliver("Brouillons", message(6), "S");
  const auto before = files_of(server_);
  server_.start();
  add_source();
  const auto first = run();
  ASSERT_FALSE(first.sources.at(0).error) << first.sources.at(0).error->message << server_.log();
  EXPECT_EQ(first.total.added, 3U);
  EXPECT_THAT(first.total.skipped, ElementsAre(Pair("draft", 2)));
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 4");
  EXPECT_EQ(disk_.store.db().number("select count(*) from item where flags & 8"), 1);
  EXPECT_EQ(files_of(server_), before) << "no flag changed, nothing moved";

  const auto quiet = run();
  EXPECT_TRUE(quiet.sources.at(0).complete);
  EXPECT_EQ(quiet.total.read, 0U);
  EXPECT_EQ(files_of(server_), before);

  const auto id = disk_.store.db().number("select id from item where title = 'Sujet 1'");
  std::filesystem::rename(first_file, server_.folder_path("Archive") / "cur" / first_file.filename());
  std::filesystem::remove(second_file);
  server_.deliver("INBOX", message(7));
  const auto changed = run();
  EXPECT_EQ(changed.total.added, 1U);
  EXPECT_EQ(changed.total.known, 1U);
  EXPECT_EQ(changed.total.gone, 1U);
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 4, Sujet 7");
  EXPECT_EQ(disk_.store.db().number("select id from item where title = 'Sujet 1'"), id);
}

TEST_F(ImapSourceTest, trusts_the_certificate_that_its_owner_names) {
  server_.deliver("INBOX", message(1));
  server_.start();
  add_source();
  const auto untrusted = run_trusting({});
  ASSERT_TRUE(untrusted.sources.at(0).error);
  EXPECT_EQ(untrusted.sources.at(0).error->code, ErrorCode::forbidden);
  personal::Sources sources(disk_.store);
  const auto source = sources.list().at(0).id;
  sources.set_certificate(source, server_.ca_file());
  EXPECT_EQ(run_trusting({}).total.added, 1U);
  // Another server's certificate is no reason to trust this one, whatever the system trusts.
  std::ofstream(disk_.home() / "other.pem") << tests::make_certificate("127.0.0.1").pem;
  sources.set_certificate(source, disk_.home() / "other.pem");
  const auto other = run_trusting(server_.ca_file());
  ASSERT_TRUE(other.sources.at(0).error);
  EXPECT_EQ(other.sources.at(0).error->code, ErrorCode::forbidden);
  EXPECT_EQ(items(), 1);
}

TEST_F(ImapSourceTest, another_uid_validity_reads_a_folder_anew) {
  for (int i = 1; i <= 5; ++i) server_.deliver("INBOX", message(i));
  server_.start();
  add_source();
  EXPECT_EQ(run().total.added, 5U);
  server_.stop();
  server_.renumber("INBOX", 4242);
  server_.start();
  const auto again = run();
  ASSERT_FALSE(again.sources.at(0).error);
  EXPECT_EQ(again.total.read, 5U);
  EXPECT_EQ(items(), 5);
  EXPECT_EQ(disk_.store.db().number("select count(*) from file"), 5);
  EXPECT_EQ(disk_.store.db().number("select uid_validity from folder"), 4242);
  EXPECT_EQ(run().total.read, 0U);
}

TEST_F(ImapSourceTest, goes_on_where_it_was_when_the_server_died_or_i_stopped) {
  constexpr int many = 300;
  for (int i = 0; i < many; ++i) server_.deliver("INBOX", message(i));
  server_.start();
  add_source();
  int asked = 0;
  bool killed = false;
  const auto cut = run([&] {
    if (++asked == 60) {
      server_.kill();
      killed = true;
    }
    return false;
  });
  ASSERT_TRUE(killed);
  const auto held = items();
  if (!cut.sources.at(0).complete) {
    ASSERT_TRUE(cut.sources.at(0).error);
    EXPECT_FALSE(personal::Sources(disk_.store).list().front().error.empty());
    EXPECT_EQ(personal::coverage(disk_.store).current, 0);
  }
  server_.start();
  asked = 0;
  const auto stopped = run([&] { return ++asked > 40; });
  EXPECT_TRUE(stopped.stopped);
  const auto last = run();
  ASSERT_FALSE(last.sources.at(0).error) << last.sources.at(0).error->message;
  EXPECT_EQ(static_cast<std::uint64_t>(held) + stopped.total.added + last.total.added, std::uint64_t{many});
  EXPECT_EQ(items(), many);
  EXPECT_EQ(personal::coverage(disk_.store).current, 1);
}

TEST_F(ImapSourceTest, a_wrong_password_or_an_absent_server_loses_nothing) {
  server_.deliver("INBOX", message(1));
  server_.start();
  add_source();
  run();
  password_ = "wrong";
  const auto wrong = run();
  ASSERT_TRUE(wrong.sources.at(0).error);
  EXPECT_EQ(wrong.sources.at(0).error->code, ErrorCode::unauthenticated);
  server_.stop();
  const auto absent = run();
  ASSERT_TRUE(absent.sources.at(0).error);
  EXPECT_EQ(absent.sources.at(0).error->code, ErrorCode::unavailable);
  EXPECT_EQ(items(), 1);
}

}  // namespace
}  // namespace entregent::ingest
