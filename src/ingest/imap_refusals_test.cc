// SPDX-License-Identifier: AGPL-3.0-or-later
// Against a mail server that refuses, breaks off and keeps back what Dovecot never would; with real reader processes.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>

#include <gmock/gmock.h>

#include "ingest/imap_source.h"
#include "net/imap_parser.h"
#include "personal/coverage.h"
#include "tests/fake_server.h"
#include "tests/indexed_folders.h"

namespace entregent::ingest {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;
using tests::FakeConversation;
using tests::FakeServer;
using tests::IndexedFolders;
using tests::letter;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view marie = "Marie Roux <marie@mail.example>";

std::string message(std::uint32_t number, std::size_t extra_bytes = 0) {
  return letter(std::to_string(number), std::to_string(1 + number % 28) + " Mar", jean, marie,
                "Bonjour" + std::string(extra_bytes, '\n'));
}

/// Folders of an account, and how its server misbehaves. Every member function may be called from any thread.
class Account {
 public:
  Account() : server_([this](FakeConversation& client) { talk(client); }) {}
  std::string url() const { return net::imap_url({"127.0.0.1", server_.port(), false, "marie"}); }

  void put(const std::string& folder, std::uint32_t uid, std::string text) {
    const std::lock_guard lock(mutex_);
    folders_[folder][uid] = std::move(text);
    ++modseq_;
  }
  void remove(const std::string& folder, std::uint32_t uid) {
    const std::lock_guard lock(mutex_);
    folders_[folder].erase(uid);
    ++modseq_;
  }
  /// As Gmail does it: every message lies in the folder All, and a folder is a label.
  void label(std::uint32_t uid, const std::string& labels) {
    const std::lock_guard lock(mutex_);
    labels_[uid] = labels;
    ++modseq_;
  }
  /// Something else than messages has changed everywhere.
  void touch() {
    const std::lock_guard lock(mutex_);
    ++modseq_;
  }
  /// To a command that begins so it says this before its OK; what begins with `TAG` stands for its OK.
  void instead(const std::string& command, const std::string& answer) {
    const std::lock_guard lock(mutex_);
    instead_[command] = answer;
  }
  void behave() {
    const std::lock_guard lock(mutex_);
    instead_.clear();
    kept_back_.clear();
    hang_up_before_ = 0;
  }
  /// A NIL for its text.
  void keep_back(std::uint32_t uid) {
    const std::lock_guard lock(mutex_);
    kept_back_.insert(uid);
  }
  void hang_up_before(std::uint32_t uid) {
    const std::lock_guard lock(mutex_);
    hang_up_before_ = uid;
  }
  /// Done while the client waits: before each answer, and before each text of a message.
  void meanwhile(std::function<void()> act) {
    const std::lock_guard lock(mutex_);
    meanwhile_ = std::move(act);
  }

 private:
  void talk(FakeConversation& client) {
    client.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR CONDSTORE NAMESPACE] ready\r\n");
    for (std::string line = client.hear(); !line.empty(); line = client.hear()) {
      const auto space = line.find(' ');
      const std::string tag = line.substr(0, space), command = line.substr(space + 1);
      const std::lock_guard lock(mutex_);
      wait();
      std::string end = tag + " OK done\r\n";
      if (const auto told = told_instead(command)) {
        if (told->starts_with("TAG")) end = tag + told->substr(3);
        if (!told->starts_with("TAG")) client.say(*told);
      } else if (!answer(client, command)) {
        return;
      }
      client.say(end);
    }
  }
  void wait() const {
    if (meanwhile_) meanwhile_();
  }
  std::optional<std::string> told_instead(const std::string& command) const {
    for (const auto& [begin, told] : instead_)
      if (command.starts_with(begin)) return told;
    return std::nullopt;
  }
  /// False: hangs up.
  bool answer(FakeConversation& client, const std::string& command) {
    const std::string more = labels_.empty() ? "" : " X-GM-EXT-1";
    if (command == "CAPABILITY") client.say("* CAPABILITY IMAP4rev1 CONDSTORE NAMESPACE" + more + "\r\n");
    if (command == "NAMESPACE") client.say("* NAMESPACE ((\"\" \"/\")) ((\"Others/\" \"/\")) NIL\r\n");
    if (command == "LIST \"\" \"*\"")
      for (const auto& [name, messages] : folders_)
        client.say(std::string("* LIST (") + (name == "All" ? "\\All" : "") + ") \"/\" \"" + name + "\"\r\n");
    if (command.starts_with("EXAMINE")) examine(client, command.substr(9, command.find('"', 9) - 9));
    if (command == "UID SEARCH ALL") client.say("* SEARCH" + all_uids() + "\r\n");
    if (command.starts_with("UID FETCH 1:* ")) list(client);
    if (command.ends_with("(UID BODY.PEEK[])")) return give(client, command);
    return true;
  }
  void examine(FakeConversation& client, const std::string& name) {
    open_ = &folders_[name];
    client.say("* " + std::to_string(open_->size()) + " EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 999] x\r\n" +
               "* OK [HIGHESTMODSEQ " + std::to_string(modseq_) + "] x\r\n");
  }
  std::string all_uids() const {
    std::string text;
    for (const auto& [uid, message] : *open_) text += " " + std::to_string(uid);
    return text;
  }
  void list(FakeConversation& client) const {
    for (const auto& [uid, text] : *open_) {
      const auto labels = labels_.find(uid);
      client.say("* 1 FETCH (UID " + std::to_string(uid) + " FLAGS () RFC822.SIZE " + std::to_string(text.size()) +
                 (labels == labels_.end() ? "" : " X-GM-LABELS (" + labels->second + ")") + ")\r\n");
    }
  }
  bool give(FakeConversation& client, const std::string& command) const {
    const auto wanted = net::parse_uid_set(command.substr(10, command.find(' ', 10) - 10));
    for (const auto& range : *wanted) {
      for (auto at = open_->lower_bound(range.first); at != open_->upper_bound(range.last); ++at) {
        if (at->first == hang_up_before_) return false;
        wait();
        const bool given = !kept_back_.contains(at->first);
        const std::string text = given ? "{" + std::to_string(at->second.size()) + "}\r\n" + at->second : "NIL";
        if (!client.say("* 1 FETCH (UID " + std::to_string(at->first) + " BODY[] " + text + ")\r\n")) return false;
      }
    }
    return true;
  }

  using Messages = std::map<std::uint32_t, std::string>;
  std::mutex mutex_;
  std::map<std::string, Messages> folders_{{"INBOX", {}}};  ///< this and all below under mutex_
  Messages* open_ = nullptr;
  std::uint64_t modseq_ = 1;
  std::map<std::string, std::string> instead_;
  std::map<std::uint32_t, std::string> labels_;
  std::set<std::uint32_t> kept_back_;
  std::uint32_t hang_up_before_ = 0;
  std::function<void()> meanwhile_;
  FakeServer server_;
};

class ImapRefusals : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(
        personal::Sources(disk_.store).add({.id = {}, .kind = "imap", .location = account_.url()}, disk_.clock.now()));
  }
  RunOutcome run() {
    auto options = disk_.options();
    options.intake.bytes_in_memory = bytes_in_memory_;
    options.imap.unencrypted = net::Unencrypted::on_loopback;
    options.password = [](const personal::Source&) { return std::optional<net::Secret>(std::in_place, "word"); };
    auto outcome = ingest::run(disk_.store, options, {}, [] { return false; });
    if (!outcome) throw std::runtime_error(outcome.error().message);
    tests::check_words(disk_.store);
    return *std::move(outcome);
  }
  /// The run says so and nothing is called current.
  void expect_unavailable(const std::string& part) {
    const auto outcome = run();
    const auto& source = outcome.sources.at(0);
    ASSERT_TRUE(source.error) << part;
    EXPECT_EQ(source.error->code, ErrorCode::unavailable);
    EXPECT_THAT(source.error->message + source.error->detail, HasSubstr(part));
    EXPECT_FALSE(source.complete);
    EXPECT_EQ(outcome.total.gone, 0U);
    EXPECT_EQ(personal::coverage(disk_.store).current, 0);
  }
  void expect_complete() {
    const auto outcome = run();
    EXPECT_FALSE(outcome.sources.at(0).error) << outcome.sources.at(0).error->message;
    EXPECT_TRUE(outcome.sources.at(0).complete);
  }
  std::int64_t number(std::string_view sql) { return disk_.store.db().number(sql); }

  std::uint64_t bytes_in_memory_ = IntakeOptions().bytes_in_memory;
  IndexedFolders disk_;
  Account account_;
};

TEST_F(ImapRefusals, a_server_that_lists_nothing_has_not_lost_everything) {
  account_.put("INBOX", 1, message(1));
  account_.put("Clients", 2, message(2));
  expect_complete();
  for (const char* command : {"LIST", "NAMESPACE"}) {
    account_.instead(command, "TAG NO [SERVERBUG] disk on fire\r\n");
    expect_unavailable("disk on fire");
    account_.instead(command, "TAG NO [NONEXISTENT] disk on fire\r\n");
    expect_unavailable("disk on fire");
    account_.behave();
  }
  account_.instead("LIST", "");
  expect_unavailable("shows no folder");
  account_.instead("LIST", "* LIST (\\Noselect) \"/\" Clients\r\n");
  expect_unavailable("shows no folder");
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  account_.instead("LIST", "* LIST () \"/\" INBOX\r\n");
  expect_complete();
  EXPECT_EQ(disk_.titles(), "Sujet 1") << "a folder that is not listed among others is gone";
}

TEST_F(ImapRefusals, what_bears_an_excepted_label_is_not_even_fetched) {
  for (std::uint32_t uid = 1; uid <= 6; ++uid) account_.put("All", uid, message(uid));
  account_.put("Priv&AOk-", 2, message(2));
  account_.label(1, "\\Inbox Clients");
  account_.label(2, "\"Priv&AOk-\"");
  account_.label(3, "\\Inbox \"Priv&AOk-/Famille\"");
  account_.label(4, "\"Priv&AOk-e\"");
  account_.label(5, "");
  account_.label(6, "\\Sent");
  for (const std::uint32_t uid : {2U, 3U}) account_.keep_back(uid);  // asked for, they would be problems
  personal::Sources sources(disk_.store);
  const auto source = sources.list().at(0).id;
  sources.set_except(source, {.folders = {"Privé"}});
  expect_complete();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 4, Sujet 5, Sujet 6");
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
  // A label is given to one and taken from another.
  account_.behave();
  account_.label(1, "\"priv&AOk-\"");
  account_.label(3, "\\Inbox");
  expect_complete();
  EXPECT_EQ(disk_.titles(), "Sujet 3, Sujet 4, Sujet 5, Sujet 6");
  sources.set_except(source, {.folders = {"INBOX"}});
  expect_complete();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 4, Sujet 5, Sujet 6");
}

TEST_F(ImapRefusals, a_search_that_forgets_most_messages_drops_none) {
  for (std::uint32_t uid = 1; uid <= 4; ++uid) account_.put("INBOX", uid, message(uid));
  expect_complete();
  account_.touch();
  for (const char* found : {"", "* SEARCH\r\n", "* SEARCH 3\r\n"}) {
    account_.instead("UID SEARCH", found);
    expect_unavailable("only some of the messages");
  }
  EXPECT_EQ(number("select count(*) from item"), 4);
  account_.behave();
  account_.remove("INBOX", 4);
  expect_complete();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 3");
}

TEST_F(ImapRefusals, a_refused_folder_stays_and_the_others_are_read) {
  account_.put("Clients", 1, message(1));
  expect_complete();
  account_.put("Clients", 2, message(2));
  account_.put("INBOX", 3, message(3));
  for (const char* command : {"EXAMINE \"Clients\"", "UID SEARCH", "UID FETCH 1:*"}) {
    account_.behave();
    account_.instead(command, "TAG NO [INUSE] come back later\r\n");
    expect_unavailable("come back later");
    EXPECT_GE(number("select count(*) from item where title = 'Sujet 1'"), 1) << command;
  }
  account_.behave();
  account_.put("INBOX", 4, message(4));
  account_.instead("EXAMINE \"Clients\"", "TAG NO [NOPERM] not for you\r\n");
  expect_unavailable("not for you");
  EXPECT_EQ(number("select count(*) from item where title in ('Sujet 3', 'Sujet 4')"), 2) << disk_.titles();
  account_.behave();
  expect_complete();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 3, Sujet 4");
  account_.touch();
  account_.instead("EXAMINE \"Clients\"", "TAG NO [NONEXISTENT] gone since it was listed\r\n");
  expect_complete();
}

TEST_F(ImapRefusals, a_message_not_given_has_a_problem_and_is_asked_for_again) {
  for (std::uint32_t uid = 1; uid <= 3; ++uid) account_.put("INBOX", uid, message(uid));
  account_.keep_back(2);
  const auto first = run();
  EXPECT_TRUE(first.sources.at(0).complete);
  EXPECT_EQ(first.total.added, 2U);
  EXPECT_THAT(first.total.unreadable_why, Contains(Pair("unreadable", 1)));
  EXPECT_EQ(number("select count(*) from file where problem = 'unreadable' and name = '2'"), 1);
  EXPECT_EQ(run().total.unreadable, 1U) << "though the server says that nothing has changed";
  account_.behave();
  const auto given = run();
  EXPECT_EQ(given.total.added, 1U);
  EXPECT_EQ(number("select count(*) from file where problem is not null"), 0);
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2, Sujet 3");
  EXPECT_EQ(run().total.read, 0U);
}

TEST_F(ImapRefusals, a_message_gone_since_it_was_listed_is_no_problem) {
  account_.put("INBOX", 1, message(1));
  account_.put("INBOX", 2, message(2));
  account_.keep_back(2);
  account_.instead("UID SEARCH", "* SEARCH 1\r\n");
  const auto outcome = run();
  EXPECT_TRUE(outcome.sources.at(0).complete);
  EXPECT_EQ(outcome.total.unreadable, 0U);
  EXPECT_EQ(number("select count(*) from file"), 1);
}

TEST_F(ImapRefusals, what_came_before_the_server_hung_up_is_kept) {
  for (std::uint32_t uid = 1; uid <= 40; ++uid) account_.put("INBOX", uid, message(uid));
  account_.hang_up_before(31);
  disk_.write("one.eml", message(900));
  disk_.add_source(disk_.mail());
  const auto cut = run();
  EXPECT_EQ(cut.sources.at(0).error->code, ErrorCode::unavailable);
  EXPECT_EQ(cut.sources.at(0).counts.added, 30U) << "counted where they belong, not with the next source";
  EXPECT_EQ(cut.sources.at(1).counts.added, 1U);
  account_.behave();
  EXPECT_EQ(run().sources.at(0).counts.added, 10U);
  EXPECT_EQ(number("select count(*) from item"), 41);
}

/// Messages of this process that lie in memory.
int messages_in_memory() {
  int count = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    if (std::filesystem::read_symlink(entry.path(), gone).string().starts_with("/memfd:message")) ++count;
  return count;
}

TEST_F(ImapRefusals, messages_on_their_way_take_no_more_memory_than_they_may) {
  constexpr std::size_t size = 40'000;
  for (std::uint32_t uid = 1; uid <= 30; ++uid) account_.put("INBOX", uid, message(uid, size));
  std::atomic<int> most = 0;
  account_.meanwhile([&] { most = std::max(most.load(), messages_in_memory()); });
  bytes_in_memory_ = 100'000;
  expect_complete();
  account_.meanwhile({});
  EXPECT_EQ(number("select count(*) from item"), 30);
  EXPECT_GE(most, 1);
  EXPECT_LE(most, 3) << "two that fit, and one whose descriptor is about to be closed";
}

TEST_F(ImapRefusals, nobody_waits_for_us_while_we_wait_for_the_server) {
  for (std::uint32_t uid = 1; uid <= 12; ++uid) account_.put("INBOX", uid, message(uid, 40'000));
  bytes_in_memory_ = 100'000;
  std::atomic<int> written = 0;
  // Waits for as long as `same`, `me` or `undo` would, then throws, which ends the test program.
  account_.meanwhile([&] {
    personal::Store other(disk_.database());
    const db::Transaction transaction(other.db());
    ++written;
  });
  expect_complete();
  account_.meanwhile({});
  EXPECT_EQ(number("select count(*) from item"), 12);
  EXPECT_GT(written, 12);
}

/// Gmail's labels are folders too: one mail lies in each of its labels, and in the one that holds all.
TEST_F(ImapRefusals, a_mail_that_gmail_shows_in_many_folders_is_fetched_once) {
  const std::string all = "[Gmail]/Tous les messages";
  for (std::uint32_t uid = 1; uid <= 3; ++uid) account_.put(all, uid, message(uid));
  account_.put("INBOX", 11, message(1));
  account_.put("Clients", 12, message(1));
  account_.put("[Gmail]/Messages envoyes", 13, message(2));
  account_.instead("LIST \"\" \"*\"", "* LIST () \"/\" INBOX\r\n* LIST () \"/\" Clients\r\n* LIST (\\All) \"/\" \"" +
                                          all + "\"\r\n* LIST (\\Sent) \"/\" \"[Gmail]/Messages envoyes\"\r\n");
  account_.instead("UID FETCH 1:*",
                   "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 200 X-GM-MSGID 1 X-GM-LABELS (\\Inbox Clients))\r\n"
                   "* 2 FETCH (UID 2 FLAGS () RFC822.SIZE 200 X-GM-MSGID 2 X-GM-LABELS (\\Sent))\r\n"
                   "* 3 FETCH (UID 3 FLAGS () RFC822.SIZE 200 X-GM-MSGID 3 X-GM-LABELS (\\Draft))\r\n");
  const auto outcome = run();
  EXPECT_TRUE(outcome.sources.at(0).complete);
  EXPECT_EQ(outcome.total.read, 3U) << "not six";
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  EXPECT_EQ(number("select count(*) from folder"), 1);
  EXPECT_EQ(number("select count(*) from item where flags & 8 and title = 'Sujet 2'"), 1) << "by Gmail's label";
  EXPECT_EQ(number("select count(*) from item where flags & 8"), 1);
  EXPECT_THAT(outcome.total.skipped, Contains(Pair("draft", 1)));
}

/// Where no folder holds all, the copies are one item all the same.
TEST_F(ImapRefusals, a_mail_in_many_folders_is_one_item_with_its_places) {
  for (const char* folder : {"INBOX", "Clients", "Sent"}) account_.put(folder, 7, message(1));
  const auto outcome = run();
  EXPECT_EQ(outcome.total.read, 3U);
  EXPECT_EQ(outcome.total.added, 1U);
  EXPECT_EQ(number("select count(*) from item"), 1);
  EXPECT_EQ(number("select count(*) from place where item is not null"), 3);
  account_.remove("INBOX", 7);
  EXPECT_EQ(run().total.gone, 0U);
}

TEST_F(ImapRefusals, what_another_sent_is_not_mine) {
  account_.put("Sent", 1, message(1));
  account_.put("Others/boss/Sent", 2, message(2));
  expect_complete();
  EXPECT_EQ(number("select count(*) from item"), 2);
  EXPECT_EQ(number("select count(*) from item where title = 'Sujet 1' and flags & 8"), 1);
  EXPECT_EQ(number("select count(*) from item where title = 'Sujet 2' and flags & 8"), 0);
}

}  // namespace
}  // namespace entregent::ingest
