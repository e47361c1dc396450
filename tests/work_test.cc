// SPDX-License-Identifier: AGPL-3.0-or-later
// Work counters instead of clocks (docs/architecture.md): what `who`, `find` and an index run without change do on the
// demo world, in the release build with one reader. Statements must be exactly as recorded, pages read and allocations
// at most 5 % more.
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/program.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {
namespace {

const std::string record = std::string(ENTREGENT_SOURCE_DIR) + "/tests/data/work_counts.txt";

struct Work {
  std::int64_t statements = 0, pages = 0, allocations = 0;
};

Work work_of(const Said& said) {
  Work work;
  const auto begin = said.err.find("statements ");
  if (begin == std::string::npos ||
      std::sscanf(said.err.c_str() + begin, "statements %ld, pages read %ld, allocations %ld", &work.statements,
                  &work.pages, &work.allocations) != 3) {
    ADD_FAILURE() << "no counters: " << said.err << said.out;
  }
  return work;
}

std::map<std::string, Work> recorded() {
  std::map<std::string, Work> result;
  std::ifstream file(record);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    Work work;
    if (line.starts_with('#') || !(words >> name >> work.statements >> work.pages >> work.allocations)) continue;
    result[name] = work;
  }
  return result;
}

std::map<std::string, Work> measured(const std::string& home) {
  const auto ask = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"--home", home, "--stats"});
    return work_of(run_program("entregent", words));
  };
  return {{"index_without_change", ask({"index", "--readers", "1"})},
          {"who_by_name", ask({"who", "Brossolin"})},
          {"find_word", ask({"find", "réunion"})},
          {"find_phrase_from", ask({"find", "from:brossolin", "\"bonne journée\""})}};
}

TEST(Work, is_as_recorded) {
  const TemporaryFolder folder;
  const std::string home = folder.path() / "home";
  ASSERT_EQ(run_program("entregent", {"--home", home, "demo", (folder.path() / "world").string()}).status, 0);
  make_older(folder.path() / "world");
  const auto first = run_program("entregent", {"--home", home, "index", "--readers", "1"});
  ASSERT_EQ(first.status, 0) << first.out << first.err;
  const auto now = measured(home);
  if (std::getenv("ENTREGENT_ACCEPT") != nullptr) {
    std::ofstream file(record);
    file << "# What tests/work_test.cc allows: name, statements (exactly), pages read and allocations (5 % more at "
            "most)\n";
    for (const auto& [name, work] : now)
      file << fmt::format("{} {} {} {}\n", name, work.statements, work.pages, work.allocations);
    GTEST_SKIP() << "recorded";
  }
  const auto before = recorded();
  for (const auto& [name, work] : now) {
    ASSERT_TRUE(before.contains(name)) << name << " has no record: run with ENTREGENT_ACCEPT=1";
    EXPECT_EQ(work.statements, before.at(name).statements) << name;
    EXPECT_LE(work.pages, before.at(name).pages + before.at(name).pages / 20) << name;
    EXPECT_LE(work.allocations, before.at(name).allocations + before.at(name).allocations / 20) << name;
  }
}

}  // namespace
}  // namespace entregent::tests
