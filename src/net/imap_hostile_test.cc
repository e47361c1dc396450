// SPDX-License-Identifier: AGPL-3.0-or-later
// Servers that break the rules, or keep to those that Dovecot does not use.
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "net/imap_limits.h"
#include "net/imap_session.h"
#include "tests/fake_server.h"

namespace entregent::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::FakeConversation;
using tests::FakeServer;

constexpr std::string_view modest = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n";
constexpr std::string_view two_messages = "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 12] x\r\n";
const ImapFolder inbox{.name = "INBOX", .wire = "INBOX", .delimiter = "/"};

/// What the server says to a command that begins so, before its tagged OK. Where it begins with `TAG `, that is the
/// tagged line itself;
/// `+` asks for one more line.
using Answers = std::map<std::string, std::string>;

/// A server that greets, answers as told, says OK to the rest, and keeps what it heard, without tags.
class Scripted {
 public:
  explicit Scripted(std::string_view greeting, Answers answers = {})
      : greeting_(greeting),
        answers_(std::move(answers)),
        server_([this](FakeConversation& client) { talk(client); }) {}

  std::vector<std::string> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  std::uint16_t port() const { return server_.port(); }

 private:
  void talk(FakeConversation& client) {
    client.say(greeting_);
    for (std::string line = client.hear(); !line.empty(); line = client.hear()) {
      const auto space = std::min(line.find(' '), line.size());
      const std::string tag = line.substr(0, space), command = line.substr(std::min(space + 1, line.size()));
      keep(command);
      std::string answer = answer_to(command);
      while (answer.starts_with("+")) {
        if (!client.say(answer)) return;
        const std::string more = client.hear();
        keep(more);
        answer = answer_to(more);
      }
      if (!client.say(answer.starts_with("TAG ") ? tag + answer.substr(3) : answer + tag + " OK done\r\n")) return;
    }
  }

  void keep(const std::string& line) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(line);
  }

  std::string answer_to(const std::string& command) {
    for (const auto& [begin, answer] : answers_) {
      if (command.starts_with(begin)) return answer;
    }
    return command == "CAPABILITY" ? "* CAPABILITY IMAP4rev1\r\n" : "";
  }

  std::string greeting_;
  Answers answers_;
  std::mutex mutex_;
  std::vector<std::string> heard_;
  FakeServer server_;
};

ImapOptions in_the_clear() {
  ImapOptions options;
  options.unencrypted = Unencrypted::on_loopback;
  options.reply_timeout = milliseconds(20'000);
  return options;
}

template <class Server>
Result<ImapSession> opened(const Server& server, const ImapOptions& options = in_the_clear(),
                           std::string_view password = "secret-word") {
  return ImapSession::open({"127.0.0.1", server.port(), false, "marie"}, Secret(password), options);
}

struct Kept final : ImapSink {
  std::vector<std::string> log;
  bool begin(std::uint32_t uid, std::uint64_t size) override {
    log.push_back(std::to_string(uid) + "/" + std::to_string(size) + ":");
    return true;
  }
  bool append(std::string_view bytes) override {
    log.back() += bytes;
    return true;
  }
  bool end() override {
    log.back() += '.';
    return true;
  }
  void too_large(std::uint32_t uid, std::uint64_t) override { log.push_back(std::to_string(uid) + " too large"); }
};

TEST(ImapCommands, can_only_read) {
  EXPECT_THAT(std::vector<std::string_view>(imap_commands().begin(), imap_commands().end()),
              ElementsAre("CAPABILITY", "STARTTLS", "AUTHENTICATE PLAIN", "LOGIN", "ID", "ENABLE", "NAMESPACE", "LIST",
                          "EXAMINE", "UID SEARCH", "UID FETCH", "NOOP", "LOGOUT"));
}

TEST(ImapCommands, uses_what_a_server_offers) {
  Scripted server(
      "* OK hello\r\n",
      {{"CAPABILITY",
        "* CAPABILITY IMAP4rev1 ID NAMESPACE ENABLE QRESYNC CONDSTORE ESEARCH UTF8=ACCEPT X-GM-EXT-1 LIST-EXTENDED "
        "SPECIAL-USE AUTH=PLAIN\r\n"},
       {"AUTHENTICATE", "+ \r\n"},
       {"ENABLE", "* ENABLED QRESYNC UTF8=ACCEPT\r\n"},
       {"NAMESPACE", "* NAMESPACE ((\"\" \"/\")) ((\"Others/\" \"/\")) NIL\r\n"},
       {"LIST \"\" \"*\"", "* LIST (\\All) \"/\" \"Tous é & R&AOk-\"\r\n* LIST () \"/\" Others/paul\r\n"},
       {"EXAMINE", std::string(two_messages) + "* OK [HIGHESTMODSEQ 99] x\r\n"},
       {"UID SEARCH", "* ESEARCH (TAG \"E9\") UID ALL 10:11\r\n"},
       {"UID FETCH 1:*",
        "* 1 FETCH (UID 10 FLAGS (\\Seen) RFC822.SIZE 5 INTERNALDATE \"02-Mar-2026 10:00:00 +0100\" X-GM-MSGID "
        "18446744073709551615 "
        "X-GM-LABELS (\\Inbox \"Étiquette\"))\r\n* 2 FETCH (FLAGS () UID 11)\r\n"},
       {"UID FETCH 10", "* 1 FETCH (UID 10 BODY[] {5}\r\nhello)\r\n* 2 FETCH (UID 11 BODY[] \"a \\\"b\")\r\n"}});
  auto opening = opened(server);
  ASSERT_TRUE(opening) << opening.error().message;
  ImapSession session = *std::move(opening);
  const auto folders = session.folders();
  ASSERT_TRUE(folders);
  ASSERT_EQ(folders->size(), 2U);
  EXPECT_EQ(folders->at(0).name, "Tous é & R&AOk-") << "UTF8=ACCEPT is on: no UTF-7 any more";
  EXPECT_EQ(folders->at(0).use, FolderUse::all);
  EXPECT_EQ(folders->at(1).owner, FolderOwner::other_user);
  const auto mailbox = session.examine(folders->at(0), ImapKnown{7, 98});
  ASSERT_TRUE(mailbox);
  EXPECT_EQ(mailbox->highest_modseq, 99U);
  const auto uids = session.uids();
  ASSERT_TRUE(uids);
  EXPECT_THAT(*uids, ElementsAre(UidRange{10, 11}));
  const auto listed = session.list(1);
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), 1U) << "news of a flag is no message";
  EXPECT_EQ(listed->front().gmail_id, UINT64_MAX);
  EXPECT_THAT(listed->front().gmail_labels, ElementsAre("\\Inbox", "Étiquette"));
  Kept kept;
  ASSERT_TRUE(session.fetch(std::vector<std::uint32_t>{10, 11}, kept));
  EXPECT_THAT(kept.log, ElementsAre("10/5:hello.", "11/4:a \"b."));
  EXPECT_TRUE(session.noop());
  EXPECT_TRUE(session.logout());
  EXPECT_THAT(server.heard(),
              ElementsAre("CAPABILITY", "AUTHENTICATE PLAIN", "AG1hcmllAHNlY3JldC13b3Jk", "CAPABILITY",
                          "ID (\"name\" \"Entregent\")", "ENABLE QRESYNC UTF8=ACCEPT", "NAMESPACE",
                          "LIST \"\" \"*\" RETURN (SPECIAL-USE)", "LIST \"\" \"Others/*\" RETURN (SPECIAL-USE)",
                          "EXAMINE \"Tous é & R&AOk-\" (QRESYNC (7 98))", "UID SEARCH RETURN (ALL) ALL",
                          "UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE X-GM-MSGID X-GM-LABELS)",
                          "UID FETCH 10:11 (UID BODY.PEEK[])", "NOOP", "LOGOUT"));
}

TEST(ImapLogin, speaks_to_old_servers) {
  Scripted server("* OK hello\r\n",
                  {{"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n"}, {"LOGIN {", "+ go\r\n"}, {"marie {", "+ go\r\n"}});
  EXPECT_TRUE(opened(server, in_the_clear(), R"(a "quoted\ word)"));
  EXPECT_TRUE(opened(server, in_the_clear(), "clé"));
  EXPECT_THAT(server.heard(), ElementsAre("CAPABILITY", R"(LOGIN "marie" "a \"quoted\\ word")", "CAPABILITY",
                                          "CAPABILITY", "LOGIN {5}", "marie {4}", "clé", "CAPABILITY"));
}

TEST(ImapLogin, sends_no_password_in_the_clear) {
  ImapOptions strict = in_the_clear();
  strict.unencrypted = Unencrypted::refused;
  Scripted without(modest);
  Scripted preauth("* PREAUTH welcome\r\n");
  Scripted refusing("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] x\r\n", {{"STARTTLS", "TAG NO not today\r\n"}});
  for (Scripted* server : {&without, &preauth, &refusing}) {
    const auto session = opened(*server, strict);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::forbidden);
    for (const auto& line : server->heard()) EXPECT_EQ(line, "STARTTLS");
  }
}

TEST(ImapLogin, refuses_words_put_in_before_the_encryption) {
  ImapOptions strict = in_the_clear();
  strict.unencrypted = Unencrypted::refused;
  Scripted server("* OK [CAPABILITY IMAP4rev1 STARTTLS] x\r\n",
                  {{"STARTTLS", "TAG OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"}});
  const auto session = opened(server, strict);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::malformed);
}

TEST(ImapLogin, explains_a_server_without_passwords) {
  Scripted server("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2] x\r\n");
  const auto session = opened(server);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::unauthenticated);
  EXPECT_THAT(session.error().message, HasSubstr("accepts no password over IMAP"));
  EXPECT_THAT(server.heard(), IsEmpty());
}

TEST(ImapLogin, does_not_show_a_password_that_the_server_repeats) {
  for (const char* answer :
       {"TAG NO bad password secret-word\r\n", "TAG BAD secret-word?\r\n", "* BYE secret-word\r\n", "secret-word\r\n",
        "* NO secret-word\r\n* OK [ALERT] secret-word\r\nE1 NO secret-word\r\n"}) {
    Scripted server(modest, {{"AUTHENTICATE", answer}});
    const auto session = opened(server);
    ASSERT_FALSE(session) << answer;
    EXPECT_THAT(session.error().message + session.error().detail, Not(HasSubstr("secret")));
  }
}

TEST(ImapLogin, refuses_a_password_of_several_lines) {
  Scripted server(modest);
  const auto session = opened(server, in_the_clear(), "a\r\nE9 DELETE INBOX");
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::invalid);
  EXPECT_THAT(server.heard(), IsEmpty());
}

struct HostileCase {
  std::string_view name;
  std::string_view command;  ///< what is answered so; empty: the greeting
  std::string answer;
  ErrorCode code;
};
class HostileServer : public testing::TestWithParam<HostileCase> {};

/// Opens, lists, examines and fetches; the first error.
Result<Done> whole_run(const Scripted& server, std::uint64_t& received) {
  auto session = opened(server);
  if (!session) return session.error();
  const auto finish = [&](const auto& result) -> Result<Done> {
    received = session->bytes_received();
    if (!result) return result.error();
    return Done{};
  };
  if (auto done = finish(session->folders()); !done) return done;
  if (auto done = finish(session->examine(inbox)); !done) return done;
  if (auto done = finish(session->list(1)); !done) return done;
  if (auto done = finish(session->uids()); !done) return done;
  Kept kept;
  return finish(session->fetch(std::vector<std::uint32_t>{10, 11}, kept));
}

TEST_P(HostileServer, gives_a_clean_error_and_a_bounded_effort) {
  const auto& test = GetParam();
  Answers answers{{"EXAMINE", std::string(two_messages)}};
  if (!test.command.empty()) answers[std::string(test.command)] = test.answer;
  Scripted server(test.command.empty() ? std::string_view(test.answer) : modest, answers);
  std::uint64_t received = 0;
  const auto start = steady_clock::now();
  const auto done = whole_run(server, received);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, test.code) << done.error().message;
  if (!test.command.empty()) {
    EXPECT_TRUE(server.heard().back().starts_with(test.command)) << server.heard().back();
  }
  EXPECT_TRUE(is_valid_utf8(done.error().detail));
  EXPECT_EQ(done.error().detail.find('\x1b'), std::string::npos);
  EXPECT_LE(received, max_response_bytes + (1 << 20));
  EXPECT_LT(steady_clock::now() - start, milliseconds(15'000));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

const std::string endless(max_response_bytes + 1'000'000, 'a');

INSTANTIATE_TEST_SUITE_P(
    table, HostileServer,
    testing::Values(
        HostileCase{"endless_greeting", "", "* OK " + endless, ErrorCode::malformed},
        HostileCase{"bye_at_once", "", "* BYE Too many \x1b[31mconnections\xff\r\n", ErrorCode::unavailable},
        HostileCase{"web_server", "", "HTTP/1.1 400 Bad Request\r\n\r\n", ErrorCode::malformed},
        HostileCase{"no_text", "", "\r\n", ErrorCode::malformed},
        HostileCase{"tagged_greeting", "", "E1 OK hi\r\n", ErrorCode::malformed},
        HostileCase{"endless_line", "LIST", "* LIST () \"/\" " + endless, ErrorCode::malformed},
        HostileCase{"huge_literal", "LIST", "* LIST () \"/\" {9223372036854775807}\r\nx", ErrorCode::malformed},
        HostileCase{"huge_body", "UID FETCH 10:11", "* 1 FETCH (UID 10 BODY[] {18446744073709551615}\r\nx",
                    ErrorCode::malformed},
        HostileCase{"wrong_tag", "LIST", "TAG99 OK done\r\n", ErrorCode::malformed},
        HostileCase{"tag_of_the_past", "EXAMINE", "E1 OK done\r\n", ErrorCode::malformed},
        HostileCase{"bye", "EXAMINE", "* BYE \xff\x1b[2J good night\r\n", ErrorCode::unavailable},
        HostileCase{"bad", "EXAMINE", "TAG BAD \x1b[2J what?\r\n", ErrorCode::malformed},
        HostileCase{"parentheses", "UID FETCH 1:*", "* 1 FETCH (ENVELOPE " + std::string(1'000'000, '(') + "\r\n",
                    ErrorCode::malformed},
        HostileCase{"parentheses_in_list", "LIST", "* LIST " + std::string(1'000'000, '(') + "\r\n",
                    ErrorCode::malformed},
        HostileCase{"flood_of_remarks", "EXAMINE", repeated("* OK still here\r\n", max_untagged_responses + 1),
                    ErrorCode::malformed},
        HostileCase{"flood_of_messages", "UID FETCH 1:*",
                    repeated("* 1 FETCH (UID 10 RFC822.SIZE 1)\r\n", max_untagged_responses + 10),
                    ErrorCode::malformed},
        HostileCase{"flood_of_folders", "LIST", repeated("* LIST () \"/\" a\r\n", max_folders + 1),
                    ErrorCode::malformed},
        HostileCase{"many_flags", "UID FETCH 1:*", "* 1 FETCH (UID 10 FLAGS (" + repeated("a ", 100'000) + "))\r\n",
                    ErrorCode::malformed},
        HostileCase{"unasked_plus", "EXAMINE", "TAG +\r\n", ErrorCode::malformed},
        HostileCase{"folder_refused", "EXAMINE", "TAG NO \xff\x1b[2J\r\n", ErrorCode::unavailable},
        HostileCase{"folder_absent", "EXAMINE", "TAG NO [NONEXISTENT] x\r\n", ErrorCode::not_found},
        HostileCase{"folder_to_be_made", "EXAMINE", "TAG NO [TRYCREATE] x\r\n", ErrorCode::not_found},
        HostileCase{"folders_refused", "LIST", "* LIST () \"/\" a\r\nE3 NO [NONEXISTENT] x\r\n",
                    ErrorCode::unavailable},
        HostileCase{"messages_refused", "UID FETCH 1:*", "TAG NO [INUSE] x\r\n", ErrorCode::unavailable},
        HostileCase{"numbers_refused", "UID SEARCH", "TAG NO x\r\n", ErrorCode::unavailable}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ImapFetch, gives_on_only_what_was_asked_for_and_once) {
  Scripted server(modest, {{"EXAMINE", std::string(two_messages)},
                           {"UID FETCH 10:12",
                            "* 5 FETCH (UID 99 BODY[] {5}\r\nalien)\r\n"
                            "* 1 FETCH (BODY[] {4}\r\nlate UID 10)\r\n"
                            "* 1 FETCH (UID 10 BODY[] {5}\r\nagain)\r\n"
                            "* 2 FETCH (UID 11 BODY[] {3}\r\none BODY[] {3}\r\ntwo)\r\n"
                            "* 3 FETCH (UID 12 BODY[] NIL)\r\n"}});
  auto session = opened(server);
  ASSERT_TRUE(session);
  ASSERT_TRUE(session->examine(inbox));
  Kept kept;
  const auto report = session->fetch(std::vector<std::uint32_t>{10, 11, 12}, kept);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(kept.log, ElementsAre("10/4:late.", "11/3:one."));
  EXPECT_EQ(report->fetched, 2U);
  EXPECT_THAT(report->missing, ElementsAre(12));
}

TEST(ImapFetch, asks_one_by_one_where_the_server_stops_at_a_broken_message) {
  Scripted server(modest, {{"EXAMINE", std::string(two_messages)},
                           {"UID FETCH 10:12", "TAG NO [SERVERBUG] cannot read\r\n"},
                           {"UID FETCH 10 ", "* 1 FETCH (UID 10 BODY[] {1}\r\na)\r\n"},
                           {"UID FETCH 11 ", "TAG NO [SERVERBUG] cannot read\r\n"},
                           {"UID FETCH 12 ", "* 3 FETCH (UID 12 BODY[] {1}\r\nc)\r\n"}});
  auto session = opened(server);
  ASSERT_TRUE(session);
  ASSERT_TRUE(session->examine(inbox));
  Kept kept;
  const auto report = session->fetch(std::vector<std::uint32_t>{10, 11, 12}, kept);
  ASSERT_TRUE(report);
  EXPECT_THAT(kept.log, ElementsAre("10/1:a.", "12/1:c."));
  EXPECT_THAT(report->missing, ElementsAre(11));
}

TEST(ImapFolders, keeps_names_of_any_bytes) {
  Scripted server(
      modest, {{"LIST",
                "* LIST () \"/\" {7}\r\nb\xe9t\xff\"\\e\r\n* LIST () \"/\" \"a&b\"\r\n* LIST (\\Noselect) \"/\" x\r\n"
                "* LIST () \"/\" \"a&b\"\r\n"}});
  auto session = opened(server);
  ASSERT_TRUE(session);
  const auto folders = session->folders();
  ASSERT_TRUE(folders);
  ASSERT_EQ(folders->size(), 3U);
  EXPECT_TRUE(is_valid_utf8(folders->at(0).name));
  EXPECT_EQ(folders->at(0).wire, "b\xe9t\xff\"\\e");
  EXPECT_EQ(folders->at(1).name, "a&b");
  EXPECT_FALSE(folders->at(2).selectable);
  ASSERT_TRUE(session->examine(folders->at(0)));
  EXPECT_EQ(server.heard().back(), "EXAMINE \"b\xe9t\xff\\\"\\\\e\"");
}

TEST(ImapFolders, are_all_there_or_none) {
  Scripted server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n",
                  {{"CAPABILITY", "* CAPABILITY IMAP4rev1 NAMESPACE\r\n"}, {"NAMESPACE", "TAG NO [INUSE] x\r\n"}});
  auto session = opened(server);
  ASSERT_TRUE(session);
  const auto folders = session->folders();
  ASSERT_FALSE(folders);
  EXPECT_EQ(folders.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(session->is_open()) << "a refusal ends no session";
  EXPECT_TRUE(session->examine(inbox));
  EXPECT_TRUE(session->logout());
  EXPECT_FALSE(session->is_open());
}

TEST(ImapTime, gives_up_on_a_server_that_says_nothing) {
  const FakeServer server([](FakeConversation& client) { client.wait_for_end(); });
  ImapOptions options = in_the_clear();
  options.reply_timeout = milliseconds(50);
  const auto session = opened(server, options);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::unavailable);
  EXPECT_THAT(session.error().message, HasSubstr("does not answer"));
}

TEST(ImapTime, gives_up_on_a_server_that_sends_drop_by_drop) {
  const FakeServer server([](FakeConversation& client) {
    client.say("* OK ");
    for (int i = 0; i < 1000 && !client.gone_within(milliseconds(5)); ++i) client.say("a");
  });
  ImapOptions options = in_the_clear();
  options.reply_timeout = milliseconds(200);
  const auto session = opened(server, options);
  ASSERT_FALSE(session);
  EXPECT_THAT(session.error().message, HasSubstr("does not answer"));
}

TEST(ImapTime, gives_up_on_a_handshake_that_does_not_come) {
  const FakeServer server([](FakeConversation& client) { client.wait_for_end(); });
  ImapOptions options;
  options.connect_timeout = milliseconds(100);
  const auto session = ImapSession::open({"127.0.0.1", server.port(), true, "marie"}, Secret(), options);
  ASSERT_FALSE(session);
  EXPECT_THAT(session.error().message, HasSubstr("does not answer"));
}

TEST(ImapTime, stops_at_once_while_it_waits) {
  StopFlag stop;
  std::atomic<steady_clock::time_point> stopped{};
  const FakeServer server([&](FakeConversation& client) {
    client.say(modest);
    const std::string line = client.hear();
    client.say(line.substr(0, line.find(' ')) + " OK [CAPABILITY IMAP4rev1] in\r\n");
    client.hear();
    stopped = steady_clock::now();
    stop.stop();
    client.wait_for_end();
  });
  ImapOptions options = in_the_clear();
  options.stop = &stop;
  auto session = opened(server, options);
  ASSERT_TRUE(session);
  const auto mailbox = session->examine(inbox);
  EXPECT_LT(steady_clock::now() - stopped.load(), milliseconds(500));
  ASSERT_FALSE(mailbox);
  EXPECT_THAT(mailbox.error().message, HasSubstr("Stopped"));
}

TEST(ImapTime, does_not_begin_when_stopped_already) {
  StopFlag stop;
  stop.stop();
  ImapOptions options;
  options.stop = &stop;
  const auto start = steady_clock::now();
  for (const char* host : {"127.0.0.1", "mail.invalid"}) {
    const auto session = ImapSession::open({host, 1, true, "marie"}, Secret(), options);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::unavailable);
  }
  EXPECT_LT(steady_clock::now() - start, milliseconds(500));
}

TEST(ImapTime, says_when_a_host_is_unknown) {
  ImapOptions options;
  options.connect_timeout = milliseconds(2'000);
  const auto session = ImapSession::open({"mail.invalid", 993, true, "marie"}, Secret(), options);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::unavailable);
  EXPECT_EQ(session.error().detail, "mail.invalid");
}

}  // namespace
}  // namespace entregent::net
