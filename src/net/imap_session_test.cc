// SPDX-License-Identifier: AGPL-3.0-or-later
// Against Debian's Dovecot; imap_hostile_test.cc has the servers that do not keep to the rules.
#include "net/imap_session.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/dovecot.h"

namespace entregent::net {
namespace {

using std::chrono::steady_clock;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::Dovecot;
using tests::DovecotSettings;

std::string message(int number, std::size_t body_bytes = 200) {
  return "From: paul@client.example\r\nTo: marie@mail.example\r\nSubject: Devis " + std::to_string(number) +
         "\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\nMessage-ID: <" + std::to_string(number) +
         "@client.example>\r\n\r\n" + std::string(body_bytes, 'x') + "\r\n";
}

ImapAddress address_of(const Dovecot& server) {
  return {"127.0.0.1", server.tls_port(), true, server.settings().user};
}
Secret password_of(const Dovecot& server) {
  return Secret(server.settings().password);
}

ImapOptions trusting(const Dovecot& server) {
  ImapOptions options;
  options.tls.ca_file = server.ca_file();
  return options;
}

ImapSession opened(const Dovecot& server, const ImapOptions& options) {
  auto session = ImapSession::open(address_of(server), password_of(server), options);
  if (!session) throw std::runtime_error(session.error().message + " " + session.error().detail);
  return *std::move(session);
}

const ImapFolder inbox{.name = "INBOX", .wire = "INBOX", .delimiter = "/"};

struct Kept final : ImapSink {
  std::map<std::uint32_t, std::string> messages;
  std::map<std::uint32_t, std::uint64_t> passed_over;
  std::uint32_t current = 0;
  std::uint64_t announced = 0;
  int ended = 0;
  std::function<bool()> on_append = [] { return true; };

  bool begin(std::uint32_t uid, std::uint64_t size) override {
    current = uid;
    announced = size;
    EXPECT_EQ(messages.count(uid), 0U);
    messages[uid].clear();
    return true;
  }
  bool append(std::string_view bytes) override {
    messages[current] += bytes;
    return on_append();
  }
  bool end() override {
    EXPECT_EQ(messages[current].size(), announced);
    ++ended;
    return true;
  }
  void too_large(std::uint32_t uid, std::uint64_t size) override { passed_over[uid] = size; }
};

std::vector<std::uint32_t> uids_of(const std::vector<ImapMessageInfo>& messages) {
  std::vector<std::uint32_t> uids;
  for (const auto& info : messages) uids.push_back(info.uid);
  return uids;
}

/// Every message file: its path, inode, size and times, and the times of its folder.
std::set<std::tuple<std::string, ino_t, off_t, std::int64_t, std::int64_t>> snapshot(
    const std::filesystem::path& maildir) {
  std::set<std::tuple<std::string, ino_t, off_t, std::int64_t, std::int64_t>> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(maildir)) {
    const auto folder = entry.is_directory() ? entry.path().filename() : entry.path().parent_path().filename();
    if (folder != "cur" && folder != "new") continue;
    struct stat status {};
    EXPECT_EQ(stat(entry.path().c_str(), &status), 0);
    files.emplace(entry.path(), status.st_ino, status.st_size,
                  status.st_mtim.tv_sec * 1'000'000'000L + status.st_mtim.tv_nsec,
                  status.st_ctim.tv_sec * 1'000'000'000L + status.st_ctim.tv_nsec);
  }
  return files;
}

TEST(ImapSession, lists_folders_with_accents_and_their_use) {
  Dovecot server;
  for (const char* name : {"Envoy&AOk-s", "Corbeille", "Clients/&AMk-t&AOk- 2025", "R&-D"}) server.add_folder(name);
  server.start();
  auto session = opened(server, trusting(server));
  const auto folders = session.folders();
  ASSERT_TRUE(folders) << folders.error().message;
  std::map<std::string, ImapFolder> by_name;
  for (const auto& folder : *folders) by_name[folder.name] = folder;
  EXPECT_EQ(by_name.size(), folders->size());
  EXPECT_EQ(by_name.at("INBOX").use, FolderUse::inbox);
  EXPECT_EQ(by_name.at("Envoyés").use, FolderUse::sent);
  EXPECT_EQ(by_name.at("Envoyés").wire, "Envoy&AOk-s");
  EXPECT_EQ(by_name.at("Corbeille").use, FolderUse::trash);
  EXPECT_EQ(by_name.at("R&D").use, FolderUse::none);
  EXPECT_EQ(by_name.at("Clients/Été 2025").delimiter, "/");
  EXPECT_EQ(by_name.at("INBOX").owner, FolderOwner::me);
  if (by_name.count("Clients") != 0) {
    EXPECT_FALSE(by_name.at("Clients").selectable);
  }
  EXPECT_TRUE(session.examine(by_name.at("Clients/Été 2025")));
  EXPECT_TRUE(session.logout());
}

TEST(ImapSession, changes_nothing_on_the_server) {
  Dovecot server;
  server.add_folder("Envoy&AOk-s");
  server.deliver("INBOX", message(1), "S");
  server.deliver("INBOX", message(2), "FRS");
  server.deliver("INBOX", message(3), "");  // still in `new`
  server.deliver("INBOX", message(4), "T");
  server.deliver("Envoy&AOk-s", message(5), "");
  const auto before = snapshot(server.maildir());
  server.start();
  std::vector<std::vector<std::uint8_t>> flags;
  for (int run = 0; run < 2; ++run) {
    auto session = opened(server, trusting(server));
    const auto folders = session.folders();
    ASSERT_TRUE(folders);
    for (const auto& folder : *folders) {
      const auto mailbox = session.examine(folder);
      ASSERT_TRUE(mailbox) << mailbox.error().message;
      const auto listed = session.list(1);
      ASSERT_TRUE(listed);
      Kept kept;
      const auto report = session.fetch(uids_of(*listed), kept);
      ASSERT_TRUE(report);
      EXPECT_EQ(report->fetched, listed->size());
      flags.emplace_back();
      for (const auto& info : *listed) flags.back().push_back(info.flags);
    }
    ASSERT_TRUE(session.noop());
    ASSERT_TRUE(session.logout());
  }
  ASSERT_EQ(flags.size() % 2, 0U);
  EXPECT_TRUE(std::equal(flags.begin(), flags.begin() + static_cast<long>(flags.size() / 2),
                         flags.begin() + static_cast<long>(flags.size() / 2), flags.end()));
  server.stop();
  EXPECT_EQ(snapshot(server.maildir()), before);
}

TEST(ImapSession, gives_size_date_flags_and_every_byte) {
  Dovecot server;
  const std::string text = message(1) + "caf\xe9 \xff\xfe binary {3}\r\n)\r\nE9 OK done\r\n";
  server.deliver("INBOX", text, "FRS");
  server.deliver("INBOX", "bare: lf\n\nbody\n", "");
  server.start();
  auto session = opened(server, trusting(server));
  const auto mailbox = session.examine(inbox);
  ASSERT_TRUE(mailbox);
  EXPECT_EQ(mailbox->exists, 2U);
  EXPECT_EQ(mailbox->uid_next, 3U);
  EXPECT_GT(mailbox->uid_validity, 0U);
  EXPECT_TRUE(mailbox->highest_modseq);
  const auto listed = session.list(1);
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ(listed->front().size, text.size());
  EXPECT_TRUE(listed->front().has(ImapFlag::seen) && listed->front().has(ImapFlag::answered) &&
              listed->front().has(ImapFlag::flagged));
  EXPECT_FALSE(listed->back().has(ImapFlag::seen));
  ASSERT_TRUE(listed->front().internal_date);
  EXPECT_THAT(iso_instant(*listed->front().internal_date), HasSubstr("T"));
  Kept kept;
  const auto report = session.fetch(uids_of(*listed), kept);
  ASSERT_TRUE(report);
  EXPECT_EQ(kept.messages.at(1), text);
  EXPECT_EQ(kept.messages.at(2), "bare: lf\r\n\r\nbody\r\n");
}

TEST(ImapSession, tells_what_is_new_gone_and_void) {
  Dovecot server;
  server.deliver("INBOX", message(1));
  const auto second = server.deliver("INBOX", message(2));
  server.deliver("INBOX", message(3));
  server.start();
  auto session = opened(server, trusting(server));
  const auto first_look = session.examine(inbox);
  ASSERT_TRUE(first_look && first_look->highest_modseq);
  const ImapKnown known{first_look->uid_validity, *first_look->highest_modseq};

  const auto unchanged = session.examine(inbox, known);
  ASSERT_TRUE(unchanged && unchanged->changes);
  EXPECT_EQ(unchanged->highest_modseq, first_look->highest_modseq);
  EXPECT_TRUE(unchanged->changes->vanished.empty() && unchanged->changes->changed.empty());

  std::filesystem::remove(second);
  server.deliver("INBOX", message(4));
  const auto changed = session.examine(inbox, known);
  ASSERT_TRUE(changed && changed->changes);
  EXPECT_EQ(changed->uid_validity, first_look->uid_validity);
  EXPECT_NE(changed->highest_modseq, first_look->highest_modseq);
  EXPECT_THAT(changed->changes->vanished, Contains(UidRange{2, 2}));
  EXPECT_THAT(uids_of(changed->changes->changed), ElementsAre(4));
  const auto uids = session.uids();
  ASSERT_TRUE(uids);
  EXPECT_THAT(*uids, ElementsAre(UidRange{1, 1}, UidRange{3, 4}));
  const auto news = session.list(4);
  ASSERT_TRUE(news);
  EXPECT_THAT(uids_of(*news), ElementsAre(4));
  const auto none = session.list(5);  // `5:*` also gives the last one, number 4
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
  ASSERT_TRUE(session.logout());

  server.stop();
  server.renumber("INBOX", first_look->uid_validity + 1);
  server.start();
  auto later = opened(server, trusting(server));
  const auto renumbered = later.examine(inbox, known);
  ASSERT_TRUE(renumbered);
  EXPECT_NE(renumbered->uid_validity, first_look->uid_validity);
  EXPECT_FALSE(renumbered->changes);
  EXPECT_EQ(renumbered->exists, 3U);
}

TEST(ImapSession, counts_messages_that_are_gone_or_too_large) {
  Dovecot server;
  server.deliver("INBOX", message(1));
  server.deliver("INBOX", message(2, 300'000));
  server.deliver("INBOX", message(3));
  server.start();
  ImapOptions options = trusting(server);
  options.max_message_bytes = 100'000;
  auto session = opened(server, options);
  ASSERT_TRUE(session.examine(inbox));
  Kept kept;
  const auto report = session.fetch(std::vector<std::uint32_t>{3, 99, 2, 1, 1, 0}, kept);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->fetched, 2U);
  EXPECT_EQ(report->too_large, 1U);
  EXPECT_THAT(report->missing, ElementsAre(99));
  EXPECT_GT(kept.passed_over.at(2), 300'000U);
  EXPECT_EQ(kept.messages.size(), 2U);
}

TEST(ImapSession, fetches_a_message_of_20_megabytes) {
  Dovecot server;
  const std::string large = message(1, 20 << 20);
  server.deliver("INBOX", large);
  server.start();
  auto session = opened(server, trusting(server));
  ASSERT_TRUE(session.examine(inbox));
  Kept kept;
  const auto report = session.fetch(std::vector<std::uint32_t>{1}, kept);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(kept.messages.at(1) == large);
}

TEST(ImapSession, lists_and_fetches_5000_messages) {
  constexpr std::size_t count = 5000;
  Dovecot server;
  for (std::size_t i = 1; i <= count; ++i) server.deliver("INBOX", message(static_cast<int>(i), 2'000));
  server.start();
  auto session = opened(server, trusting(server));
  ASSERT_TRUE(session.examine(inbox));
  const auto start = steady_clock::now();
  const auto listed = session.list(1);
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), count);
  const auto between = steady_clock::now();
  Kept kept;
  const auto report = session.fetch(uids_of(*listed), kept);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->fetched, count);
  EXPECT_EQ(kept.messages.size(), count);
  const std::chrono::duration<double> listing = between - start, fetching = steady_clock::now() - between;
  std::printf("%zu messages: listed %.0f/s, fetched %.0f/s\n", count, count / listing.count(),
              count / fetching.count());
}

TEST(ImapSession, refuses_a_wrong_password_without_repeating_it) {
  Dovecot server;
  server.start();
  const auto session =
      ImapSession::open(address_of(server), Secret(std::string_view("tr0ub4dor \xc3\xa9")), trusting(server));
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::unauthenticated);
  EXPECT_EQ((session.error().message + session.error().detail).find("tr0ub4dor"), std::string::npos);
}

TEST(ImapSession, refuses_certificates_that_it_cannot_trust_and_says_why) {
  const struct {
    DovecotSettings settings;
    bool with_ca_file = false;
    const char* why = "";
  } cases[] = {{{}, false, "signed by itself"},
               {{.certificate_signer = tests::Signer::authority}, false, "authority is unknown"},
               {{.certificate_host = "mail.example"}, true, "names another host"},
               {{.certificate_validity = tests::Validity::last_year}, true, "expired"}};
  for (const auto& test : cases) {
    Dovecot server(test.settings);
    server.start();
    ImapOptions options;
    if (test.with_ca_file) options.tls.ca_file = server.ca_file();
    const auto refused = ImapSession::open(address_of(server), password_of(server), options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    EXPECT_THAT(refused.error().message, HasSubstr(test.why));
    EXPECT_THAT(refused.error().detail, HasSubstr(server.certificate_sha256()));
    options.tls.fingerprint = server.certificate_sha256();
    EXPECT_TRUE(ImapSession::open(address_of(server), password_of(server), options)) << test.why;
    options.tls.fingerprint.front() = options.tls.fingerprint.front() == '0' ? '1' : '0';
    const auto other = ImapSession::open(address_of(server), password_of(server), options);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::forbidden);
    EXPECT_THAT(server.log(), testing::Not(HasSubstr("auth failed")));
  }
}

TEST(ImapSession, trusts_a_certificate_that_it_is_given_without_its_authority) {
  Dovecot server({.certificate_signer = tests::Signer::authority});
  server.start();
  const auto session = ImapSession::open(address_of(server), password_of(server), trusting(server));
  EXPECT_TRUE(session) << session.error().message;
}

TEST(ImapSession, refuses_trust_settings_of_no_use) {
  Dovecot server;
  server.start();
  for (const TlsOptions& tls :
       {TlsOptions{"/nonexistent.pem", ""}, TlsOptions{"", "abcd"}, TlsOptions{"", std::string(64, 'g')}}) {
    ImapOptions options;
    options.tls = tls;
    const auto session = ImapSession::open(address_of(server), password_of(server), options);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::invalid);
  }
}

TEST(ImapSession, encrypts_by_starttls) {
  Dovecot server;
  server.deliver("INBOX", message(1));
  server.start();
  ImapAddress address = address_of(server);
  address.tls = false;
  address.port = server.plain_port();
  const auto untrusted = ImapSession::open(address, password_of(server), {});
  ASSERT_FALSE(untrusted);
  EXPECT_EQ(untrusted.error().code, ErrorCode::forbidden);
  auto session = ImapSession::open(address, password_of(server), trusting(server));
  ASSERT_TRUE(session) << session.error().message;
  const auto mailbox = session->examine(inbox);
  ASSERT_TRUE(mailbox);
  EXPECT_EQ(mailbox->exists, 1U);
  EXPECT_THAT(server.log(), HasSubstr("TLS"));
}

TEST(ImapSession, does_not_speak_tls_with_a_plain_port_nor_plain_with_tls) {
  Dovecot server;
  server.start();
  ImapAddress swapped = address_of(server);
  swapped.port = server.plain_port();
  const auto tls = ImapSession::open(swapped, password_of(server), trusting(server));
  ASSERT_FALSE(tls);
  EXPECT_EQ(tls.error().code, ErrorCode::forbidden) << tls.error().message;
}

TEST(ImapSession, opens_other_folders_after_one_that_does_not_exist) {
  Dovecot server;
  server.start();
  auto session = opened(server, trusting(server));
  const auto missing = session.examine({.name = "Nowhere", .wire = "Nowhere", .delimiter = "/"});
  ASSERT_FALSE(missing);
  // Some versions say it by a code, others in words only; imap_hostile_test.cc tells these apart.
  EXPECT_THAT(missing.error().detail, HasSubstr("exist"));
  EXPECT_TRUE(session.is_open());
  EXPECT_FALSE(session.examine({.name = "a", .wire = "a\r\nE9 DELETE INBOX", .delimiter = "/"}));
  EXPECT_TRUE(session.examine(inbox));
  ASSERT_TRUE(session.logout());
  const auto closed = session.noop();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, ErrorCode::unavailable);
}

TEST(ImapSession, ends_cleanly_when_the_server_dies_in_the_middle) {
  Dovecot server;
  std::vector<std::uint32_t> uids;
  for (std::uint32_t i = 1; i <= 40; ++i) {
    server.deliver("INBOX", message(static_cast<int>(i), 1 << 20));
    uids.push_back(i);
  }
  server.start();
  auto session = opened(server, trusting(server));
  ASSERT_TRUE(session.examine(inbox));
  Kept kept;
  kept.on_append = [&] {
    server.kill();
    return true;
  };
  const auto report = session.fetch(uids, kept);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::unavailable);
  EXPECT_LT(kept.ended, 40);
  EXPECT_EQ(session.noop().error(), report.error());
  const auto again = ImapSession::open(address_of(server), password_of(server), trusting(server));
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, HasSubstr("refuses the connection"));
}

TEST(ImapSession, stops_at_once_in_the_middle) {
  Dovecot server;
  std::vector<std::uint32_t> uids;
  for (std::uint32_t i = 1; i <= 40; ++i) {
    server.deliver("INBOX", message(static_cast<int>(i), 1 << 20));
    uids.push_back(i);
  }
  server.start();
  StopFlag stop;
  ImapOptions options = trusting(server);
  options.stop = &stop;
  auto session = opened(server, options);
  ASSERT_TRUE(session.examine(inbox));
  Kept kept;
  steady_clock::time_point stopped;
  kept.on_append = [&] {
    if (kept.ended == 3 && !stop.stopped()) {
      stopped = steady_clock::now();
      stop.stop();
    }
    return true;
  };
  const auto report = session.fetch(uids, kept);
  EXPECT_LT(steady_clock::now() - stopped, std::chrono::milliseconds(500));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("Stopped"));
  EXPECT_LE(kept.ended, 4);
}

}  // namespace
}  // namespace entregent::net
