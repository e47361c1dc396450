// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is who, from files to persons: invented worlds whose truth is known are written, read by the real readers and
// resolved; what came out is held against the truth. Seed 4001 has two namesakes by initial in their family's company.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "db/connection.h"
#include "demo/world.h"
#include "tests/program.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {
namespace {

using Spelling = std::pair<std::string, std::string>;  // address, name

std::string squeezed(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space || (!result.empty() && result.back() != ' ')) result.push_back(space ? ' ' : c);
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

struct Found {
  std::map<Spelling, std::set<std::int64_t>> persons;  ///< several where an address was handed over
  std::int64_t humans = 0, questions = 0;
};

/// Writes, adds, indexes and reads back.
Found found_in(const std::filesystem::path& folder, const demo::Truth& truth) {
  const std::string home = folder / "home";
  for (const auto& source : truth.sources)
    EXPECT_EQ(run_program("entregent", {"--home", home, "source", "add", folder / "world" / source}).status, 0);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--home", home, "index"}, {"--home", home, "me", "--yes"}}) {
    const Said said = run_program("entregent", words);
    EXPECT_EQ(said.status, 0) << said.out << said.err;
  }
  Found found;
  db::Connection db(folder / "home" / "personal" / "owner.db", db::Connection::Mode::read_only);
  db.each("select handle, name, person from alias join identity on alias = id", [&](const db::Statement& row) {
    found.persons[{row.text(0), row.text(1)}].insert(row.integer(2));
  });
  found.humans = db.number("select count(*) from person where human");
  found.questions = db.number("select count(*) from question");
  return found;
}

/// Somebody's spellings that text can tie: no bare names, no addresses of which only a phone or card tells whose they
/// are, no addresses that several people had.
std::map<int, std::vector<Spelling>> tieable(const demo::Truth& truth) {
  std::map<int, std::vector<Spelling>> result;
  std::set<std::string> common;
  for (const auto& person : truth.persons)
    for (const auto& address : person.addresses)
      if (address.shared || address.handed_over) common.insert(lower(address.address));
  for (const auto& alias : truth.aliases) {
    const Spelling spelling{lower(alias.address), squeezed(alias.name)};
    if (alias.person < 0 || alias.nothing_in_common || alias.address.empty() || common.contains(spelling.first))
      continue;
    if (truth.persons[static_cast<std::size_t>(alias.person)].kind == demo::PersonKind::human)
      result[alias.person].push_back(spelling);
  }
  return result;
}

struct Figures {
  int pairs = 0, found = 0;
  std::vector<std::string> missed;  ///< one pair of each person that came out as several
};

Figures recall_of(const std::map<int, std::vector<Spelling>>& spellings, const Found& found) {
  Figures figures;
  for (const auto& [person, list] : spellings) {
    std::string missed;
    for (std::size_t i = 0; i < list.size(); ++i)
      for (std::size_t j = i + 1; j < list.size(); ++j) {
        const auto a = found.persons.find(list[i]), b = found.persons.find(list[j]);
        if (a == found.persons.end() || b == found.persons.end()) continue;
        ++figures.pairs;
        if (a->second == b->second)
          ++figures.found;
        else
          missed = fmt::format("{} <{}> | {} <{}>", list[i].second, list[i].first, list[j].second, list[j].first);
      }
    if (!missed.empty()) figures.missed.push_back(missed);
  }
  return figures;
}

/// Persons that hold spellings of more than one human.
std::vector<std::string> impure(const demo::Truth& truth, const Found& found) {
  std::map<std::int64_t, std::map<int, Spelling>> true_of;
  for (const auto& alias : truth.aliases) {
    const Spelling spelling{lower(alias.address), squeezed(alias.name)};
    const auto at = found.persons.find(spelling);
    if (alias.person < 0 || at == found.persons.end() || at->second.size() != 1) continue;
    if (truth.persons[static_cast<std::size_t>(alias.person)].kind == demo::PersonKind::human)
      true_of[*at->second.begin()].emplace(alias.person, spelling);
  }
  std::vector<std::string> result;
  for (const auto& [person, spellings] : true_of) {
    if (spellings.size() < 2) continue;
    std::string text;
    for (const auto& [who, spelling] : spellings)
      text += fmt::format("{}: {} <{}>  ", who, spelling.second, spelling.first);
    result.push_back(text);
  }
  return result;
}

class PeopleOfAWorld : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PeopleOfAWorld, come_out_as_they_are) {
  const TemporaryFolder folder;
  const demo::Truth truth = demo::write_world(
      folder.path() / "world", {.seed = GetParam(), .messages = 1000, .correspondents = 60, .marker = {}});
  const Found found = found_in(folder.path(), truth);
  const Figures figures = recall_of(tieable(truth), found);
  const auto wrong = impure(truth, found);
  const double recall = static_cast<double>(figures.found) / std::max(figures.pairs, 1);
  const double questions = 100.0 * static_cast<double>(found.questions) / static_cast<double>(found.humans);
  fmt::print("{} humans, {} impure, {} of {} pairs ({:.3f}), {:.1f} questions per 100 persons\n", found.humans,
             wrong.size(), figures.found, figures.pairs, recall, questions);
  EXPECT_GT(figures.pairs, 200);
  EXPECT_TRUE(wrong.empty()) << fmt::format("{}", fmt::join(wrong, "\n"));
  EXPECT_GE(recall, 0.9) << fmt::format("{}", fmt::join(figures.missed, "\n"));
  EXPECT_LE(questions, 12);
}

INSTANTIATE_TEST_SUITE_P(seeds, PeopleOfAWorld, testing::Values(1009, 2017, 4001));

}  // namespace
}  // namespace entregent::tests
