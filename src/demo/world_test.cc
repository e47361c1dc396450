// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/world.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace entregent::demo {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Every file below the folder, by its path.
std::map<std::string, std::string> files_below(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = bytes_of(entry.path());
  }
  return files;
}

/// FNV-1a over names and contents.
std::uint64_t digest_of(const std::map<std::string, std::string>& files) {
  std::uint64_t digest = 0xCBF29CE484222325U;
  const auto take = [&](std::string_view bytes) {
    for (const char c : bytes) digest = (digest ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  };
  for (const auto& [path, bytes] : files) {
    take(path);
    take(bytes);
  }
  return digest;
}

/// The usual world, written once for all tests that only look at it.
struct Usual {
  tests::TemporaryFolder folder;
  Truth truth = write_world(folder.path());
  std::map<std::string, std::string> files = files_below(folder.path());
};
const Usual& usual() {
  static const Usual written;
  return written;
}

TEST(World, is_the_same_for_a_seed) {
  const tests::TemporaryFolder one, other;
  WorldOptions options;
  options.messages = 1000;
  options.correspondents = 70;
  write_world(one.path(), options);
  write_world(other.path(), options);
  const auto first = digest_of(files_below(one.path()));
  EXPECT_EQ(first, digest_of(files_below(other.path())));
  write_world(other.path(), options);
  EXPECT_EQ(first, digest_of(files_below(other.path()))) << "written over an older one";
  options.seed = 2;
  write_world(other.path(), options);
  EXPECT_NE(first, digest_of(files_below(other.path())));
}

class Seeds : public testing::TestWithParam<int> {};
TEST_P(Seeds, keep_the_promises) {
  const tests::TemporaryFolder folder;
  WorldOptions options;
  options.seed = static_cast<std::uint64_t>(GetParam());
  options.messages = 1400;
  options.correspondents = 100;
  const Truth truth = write_world(folder.path(), options);
  EXPECT_NEAR(truth.messages + truth.skipped_messages, options.messages, options.messages / 50.0);
  for (const std::string& trap : traps()) EXPECT_TRUE(truth.traps.contains(trap)) << trap;
  const auto humans = std::count_if(truth.persons.begin(), truth.persons.end(),
                                    [](const auto& person) { return person.kind == PersonKind::human && !person.me; });
  EXPECT_EQ(humans, options.correspondents);
  const TruePerson* best = find_person(truth, truth.best_known);
  ASSERT_NE(best, nullptr);
  EXPECT_TRUE(best->homonyms.empty());
  for (const TruePerson& person : truth.persons) {
    if (person.me || person.kind != PersonKind::human) continue;
    EXPECT_GT(person.received, 0) << person.name;
    EXPECT_GT(person.sent, 0) << person.name;
    EXPECT_LE(person.mentions, best->mentions) << person.name;
    EXPECT_LE(person.meetings, best->meetings) << person.name;
    EXPECT_LE(person.files_received + person.files_sent, best->files_received + best->files_sent) << person.name;
  }
  EXPECT_GE(best->received, 25);
  EXPECT_GE(best->sent, 25);
}
INSTANTIATE_TEST_SUITE_P(several, Seeds, testing::Values(1, 2, 3, 77, 123456), testing::PrintToStringParamName());

TEST(World, gives_everybody_two_to_six_aliases) {
  std::map<int, int> mail_aliases;
  for (const TrueAlias& alias : usual().truth.aliases) ++mail_aliases[alias.person];
  int wide = 0;
  for (const TruePerson& person : usual().truth.persons) {
    if (person.me || person.kind != PersonKind::human) continue;
    EXPECT_GE(mail_aliases[person.id], 2) << person.name;
    // Cards may add up to three more.
    EXPECT_LE(mail_aliases[person.id], 9) << person.name;
    if (mail_aliases[person.id] >= 4) ++wide;
  }
  EXPECT_GT(wide, 60);
}

TEST(World, lays_every_mail_where_the_truth_says) {
  std::map<std::string, std::set<std::string>> places;
  for (const TrueMail& mail : usual().truth.mails) {
    ASSERT_FALSE(mail.places.empty());
    for (const std::string& place : mail.places) {
      const auto found = usual().files.find(place);
      ASSERT_NE(found, usual().files.end()) << place;
      if (place.starts_with("sources/Maildir/") && !mail.message_id.empty()) {
        EXPECT_THAT(found->second, testing::HasSubstr("<" + mail.message_id + ">"));
      }
    }
  }
}

/// Lines that begin a mail in a mbox.
int from_lines(const std::string& mbox) {
  int count = mbox.starts_with("From ") ? 1 : 0;
  for (std::size_t found = mbox.find("\nFrom "); found != std::string::npos; found = mbox.find("\nFrom ", found + 1))
    ++count;
  return count;
}

TEST(World, writes_no_mail_that_the_truth_does_not_know) {
  std::map<std::string, int> wanted;
  int in_maildir = 0;
  for (const TrueMail& mail : usual().truth.mails) {
    for (const std::string& place : mail.places) {
      ++wanted[place];
      if (place.starts_with("sources/Maildir/")) ++in_maildir;
    }
  }
  int found_in_maildir = -1;  // one of them is noise
  for (const auto& [path, bytes] : usual().files) {
    if (path.find("/cur/") != std::string::npos || path.find("/new/") != std::string::npos) ++found_in_maildir;
    if (wanted.contains(path) && !path.starts_with("sources/Maildir/")) {
      EXPECT_EQ(from_lines(bytes), wanted[path]) << path;
    }
  }
  EXPECT_EQ(found_in_maildir, in_maildir);
}

int occurrences(const std::string& text, std::string_view what) {
  int count = 0;
  for (std::size_t found = text.find(what); found != std::string::npos; found = text.find(what, found + what.size()))
    ++count;
  return count;
}

TEST(World, writes_the_cards_and_events_it_counts) {
  int cards = 0, events = 0;
  for (const auto& [path, bytes] : usual().files) {
    if (path.starts_with("sources/contacts/")) cards += occurrences(bytes, "BEGIN:VCARD\r\n");
    if (path.starts_with("sources/calendars/"))
      events += occurrences(bytes, "BEGIN:VEVENT\r\n") - occurrences(bytes, "\r\nRECURRENCE-ID");
  }
  EXPECT_EQ(cards, usual().truth.cards);
  EXPECT_GE(cards, 100);
  // Events called off may have gone from the calendar.
  EXPECT_LE(events, usual().truth.events);
  EXPECT_GE(events, usual().truth.events * 9 / 10);
}

TEST(World, names_what_is_unreadable) {
  EXPECT_EQ(usual().truth.unreadable.size(), 3U);
  for (const std::string& path : usual().truth.unreadable) EXPECT_TRUE(usual().files.contains(path)) << path;
  EXPECT_TRUE(usual().files.contains("truth.json"));
}

TEST(World, knows_only_example_addresses) {
  for (const TrueAlias& alias : usual().truth.aliases) {
    if (!alias.address.empty()) {
      EXPECT_THAT(alias.address, testing::EndsWith(".example"));
    }
  }
}

TEST(World, abandons_one_of_her_addresses) {
  const TruePerson& she = usual().truth.persons[static_cast<std::size_t>(usual().truth.me)];
  EXPECT_TRUE(she.me);
  ASSERT_EQ(she.addresses.size(), 3U);
  const auto left = std::chrono::time_point_cast<std::chrono::seconds>(she.addresses[0].last + std::chrono::days{1});
  EXPECT_LT(she.addresses[0].last, usual().truth.last_day);
  for (const TrueMail& mail : usual().truth.mails) {
    for (const std::string& place : mail.places) {
      if (place.starts_with("sources/Mail/")) {
        EXPECT_LT(mail.when, left);
      }
    }
  }
}

TEST(World, ends_on_its_last_day) {
  const Moment end = usual().truth.last_day + std::chrono::days{1};
  for (const TrueMail& mail : usual().truth.mails) {
    EXPECT_LT(mail.when, end) << mail.subject;
    EXPECT_GE(mail.when, Moment(usual().truth.first_day) - std::chrono::days{1}) << mail.subject;
  }
}

/// Counted again from the list of mails, which is made apart from the persons' counters.
TEST(World, counts_the_same_both_ways) {
  const Truth& truth = usual().truth;
  std::map<int, int> received, sent, mentions;
  for (const TrueMail& mail : truth.mails) {
    if (!mail.counted) continue;
    for (const int id : mail.mentions) ++mentions[id];
    if (mail.automatic || mail.list) continue;
    if (mail.writer != truth.me) {
      ++received[mail.writer];
      continue;
    }
    std::set<int> readers(mail.to.begin(), mail.to.end());
    readers.insert(mail.cc.begin(), mail.cc.end());
    for (const int id : readers) ++sent[id];
  }
  for (const TruePerson& person : truth.persons) {
    EXPECT_EQ(person.received, received[person.id]) << person.name;
    EXPECT_EQ(person.sent, sent[person.id]) << person.name;
    EXPECT_EQ(person.mentions, mentions[person.id]) << person.name;
    EXPECT_EQ(person.first.has_value(), received[person.id] + sent[person.id] > 0) << person.name;
  }
}

TEST(World, knows_who_holds_a_shared_address) {
  const Truth& truth = usual().truth;
  int couples = 0, successions = 0, undecidable = 0;
  for (const TruePerson& person : truth.persons) {
    for (const TrueAddress& address : person.addresses) {
      if (address.shared) ++couples;
    }
    if (!person.successor) continue;
    ++successions;
    const TruePerson& next = truth.persons[static_cast<std::size_t>(*person.successor)];
    EXPECT_EQ(person.addresses[0].address, next.addresses[0].address);
    EXPECT_LT(person.addresses[0].last, next.addresses[0].first);
  }
  for (const TrueAlias& alias : truth.aliases) undecidable += alias.person < 0 ? 1 : 0;
  EXPECT_GE(couples, 2);
  EXPECT_GE(successions, 1);
  EXPECT_GE(undecidable, 1);
  EXPECT_LE(undecidable, 12);
}

TEST(World, asks_questions_with_both_answers) {
  int yes = 0, no = 0;
  for (const TrueQuestion& question : usual().truth.questions) ++(question.same ? yes : no);
  EXPECT_GE(yes, 3);
  EXPECT_GE(no, 3);
}

TEST(World, carries_a_marker_everywhere) {
  const tests::TemporaryFolder folder;
  WorldOptions options;
  options.messages = 1000;
  options.correspondents = 60;
  options.marker = "qzxw";
  const Truth truth = write_world(folder.path(), options);
  for (const TrueAlias& alias : truth.aliases) {
    if (!alias.address.empty()) {
      EXPECT_THAT(alias.address, testing::HasSubstr("qzxw"));
    }
  }
  for (const TruePerson& person : truth.persons) EXPECT_THAT(person.name, testing::HasSubstr("qzxw"));
  for (const TrueMail& mail : truth.mails) {
    EXPECT_THAT(mail.subject, testing::HasSubstr("qzxw"));
    for (const std::string& file : mail.files) EXPECT_THAT(file, testing::HasSubstr("qzxw"));
  }
}

}  // namespace
}  // namespace entregent::demo
