// SPDX-License-Identifier: AGPL-3.0-or-later
// The demo world knows what is true: sums, dates, files, mails found by their words, and what could not be read are
// held against it. Its generator shares nothing with what is tested here.
#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "demo/world.h"
#include "personal/coverage.h"
#include "personal/dossier.h"
#include "personal/packed.h"
#include "personal/person_search.h"
#include "personal/sources.h"
#include "tests/program.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {
namespace {

struct World {
  TemporaryFolder folder;
  demo::Truth truth;
  std::unique_ptr<personal::Store> store;

  explicit World(std::uint64_t seed) {
    demo::WorldOptions options;
    options.seed = seed;
    options.messages = 1000;
    options.correspondents = 60;
    truth = demo::write_world(folder.path() / "world", options);
    const std::string home = folder.path() / "home";
    std::vector<std::string> add{"--home", home, "source", "add"};
    for (const auto& source : truth.sources) add.push_back(folder.path() / "world" / source);
    EXPECT_EQ(run_program("entregent", add).status, 0);
    const auto indexed = run_program("entregent", {"--home", home, "index"});
    EXPECT_EQ(indexed.status, 0) << indexed.err;
    std::vector<std::string> me{"--home", home, "me"};
    for (const auto& address : truth.persons[static_cast<std::size_t>(truth.me)].addresses)
      me.push_back(address.address);
    EXPECT_EQ(run_program("entregent", me).status, 0);
    store = std::make_unique<personal::Store>(personal::private_file(home));
  }

  /// Persons whose addresses all came to one person of ours, and nobody else's with them: on them every sum must be
  /// right. (Who is who has its own test.)
  std::map<int, personal::PersonId> settled() {
    std::map<std::string, std::set<std::int64_t>> ours;
    std::map<std::int64_t, std::set<int>> theirs;
    store->db().each("select alias.handle, identity.person from alias join identity on identity.alias = alias.id",
                     [&](const db::Statement& row) { ours[row.text(0)].insert(row.integer(1)); });
    for (const auto& person : truth.persons)
      for (const auto& address : person.addresses)
        for (const auto id : ours[lower(address.address)]) theirs[id].insert(person.id);
    std::map<int, personal::PersonId> result;
    for (const auto& person : truth.persons) {
      std::set<std::int64_t> ids;
      for (const auto& address : person.addresses) ids.merge(std::set<std::int64_t>(ours[lower(address.address)]));
      if (person.kind == demo::PersonKind::human && !person.me && ids.size() == 1 && theirs[*ids.begin()].size() == 1) {
        result.emplace(person.id, personal::PersonId{*ids.begin()});
      }
    }
    return result;
  }
};

class Answers : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Answers, give_the_true_sums) {
  World world(GetParam());
  const auto settled = world.settled();
  EXPECT_GE(settled.size(), 40U) << "of 60: too few to say anything";
  const Instant now = Instant{world.truth.last_day} + std::chrono::days(1);
  for (const auto& [id, person] : settled) {
    const auto& truth = world.truth.persons[static_cast<std::size_t>(id)];
    const auto dossier = personal::make_dossier(*world.store, person, now);
    SCOPED_TRACE(truth.name);
    EXPECT_EQ(dossier.incoming, truth.received);
    EXPECT_EQ(dossier.outgoing, truth.sent);
    EXPECT_EQ(dossier.automatic, truth.automatic);
    const auto seconds = [](const auto& at) {
      return at ? std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count() : 0;
    };
    EXPECT_EQ(seconds(dossier.first_at), seconds(truth.first));
    EXPECT_EQ(seconds(dossier.last_at), seconds(truth.last));
    if (truth.first) {
      EXPECT_EQ(dossier.last_direction == personal::Direction::outgoing, truth.last_was_me);
    }
    EXPECT_TRUE(dossier.direction_certain);
  }
}

std::int64_t count(const std::vector<personal::Dossier::ExchangedFile>& files, personal::Direction direction) {
  return std::ranges::count(files, direction, &personal::Dossier::ExchangedFile::direction);
}

/// Those that have begun and were not called off.
std::int64_t held_meetings(personal::Store& store, const personal::Dossier& dossier, Instant now) {
  return std::ranges::count_if(dossier.meetings, [&](const auto& meeting) {
    const auto row = store.db().first("select details from item where id = $1", meeting.item);
    const auto begun = [&](const readers::Occurrence& occurrence) { return occurrence.start < now; };
    return !meeting.cancelled && std::ranges::any_of(personal::unpack_details(row->view(0)).occurrences, begun);
  });
}

TEST_P(Answers, give_the_true_files_meetings_and_mentions) {
  World world(GetParam());
  const auto settled = world.settled();
  const Instant now = Instant{world.truth.last_day} + std::chrono::days(1);
  constexpr std::size_t all = 10'000;
  const personal::DossierLimits limits{.newest = all, .files = all, .meetings = all, .mentions = all, .in_common = all};
  std::map<int, int> mentioned;  // in other people's mail
  for (const auto& mail : world.truth.mails) {
    if (!mail.counted || mail.writer == world.truth.me) continue;
    for (const int id : mail.mentions) ++mentioned[id];
  }
  for (const auto& [id, person] : settled) {
    const auto& truth = world.truth.persons[static_cast<std::size_t>(id)];
    const auto dossier = personal::make_dossier(*world.store, person, now, limits);
    SCOPED_TRACE(truth.name);
    EXPECT_EQ(count(dossier.files, personal::Direction::incoming), truth.files_received + truth.files_in_winmail);
    EXPECT_EQ(count(dossier.files, personal::Direction::outgoing), truth.files_sent);
    EXPECT_EQ(held_meetings(*world.store, dossier, now), truth.meetings);
    EXPECT_EQ(dossier.on_lists, truth.through_lists);
    // Two of one name are mentioned together.
    if (truth.homonyms.empty()) {
      EXPECT_EQ(static_cast<int>(dossier.mentions.size()), mentioned[id]);
    }
    std::set<personal::PersonId> common;
    for (const auto& other : dossier.in_common) common.insert(other.person);
    for (const int other : truth.common) {
      const auto found = settled.find(other);
      if (found == settled.end()) continue;
      EXPECT_TRUE(common.contains(found->second)) << world.truth.persons[static_cast<std::size_t>(other)].name;
    }
  }
}

TEST_P(Answers, hold_every_mail_once) {
  World world(GetParam());
  auto& db = world.store->db();
  EXPECT_EQ(db.number("select count(*) from item where kind = 1"), world.truth.messages);
  const auto coverage = personal::coverage(*world.store);
  EXPECT_EQ(coverage.unreadable, static_cast<std::int64_t>(world.truth.unreadable.size()));
  EXPECT_EQ(coverage.current, static_cast<std::int64_t>(world.truth.sources.size()));
  db.run("insert into item_words(item_words, rank) values ('integrity-check', 1)");
}

TEST_P(Answers, find_everybody_by_name) {
  World world(GetParam());
  for (const auto& [id, person] : world.settled()) {
    const auto& truth = world.truth.persons[static_cast<std::size_t>(id)];
    if (!truth.homonyms.empty()) continue;
    const auto hits = personal::find_persons(*world.store, folded(truth.name));
    ASSERT_FALSE(hits.empty()) << truth.name;
    EXPECT_EQ(hits.front().person, person) << truth.name;
  }
}

INSTANTIATE_TEST_SUITE_P(seeds, Answers, testing::Values(11, 12, 13));

}  // namespace
}  // namespace entregent::tests
