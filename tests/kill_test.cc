// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole program, killed by SIGKILL at moments drawn over the length of its run: afterwards it answers as if it had
// never been interrupted.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>
#include <regex>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "personal/run_lock.h"
#include "personal/store.h"
#include "tests/answers.h"
#include "tests/big_box.h"
#include "tests/temporary_folder.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace entregent {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr int kills = 25;  ///< on a first import, and as many on one with deletions
constexpr int live_at_least = 45;

class KillTest : public testing::Test {
 protected:
  fs::path home(std::string_view name) const { return folder_.path() / name; }
  fs::path database(std::string_view name) const { return personal::private_file(home(name)); }
  fs::path mail() const { return folder_.path() / "mail"; }

  pid_t start(const std::vector<std::string>& words, const fs::path& output) {
    std::vector<std::string> all{ENTREGENT_BUILD_DIR "/" + words.front()};
    all.insert(all.end(), words.begin() + 1, words.end());
    std::vector<char*> arguments;
    for (auto& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, (output.string() + ".errors").c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    pid_t child = -1;
    const int error = posix_spawn(&child, all.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot start " + all.front());
    return child;
  }

  /// What it printed; anything but success throws.
  std::string done(const std::vector<std::string>& words) {
    const auto output = folder_.path() / "output";
    const pid_t child = start(words, output);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error(words.front() + " failed: " + read(output.string() + ".errors"));
    return read(output);
  }
  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::vector<std::string> index_words(std::string_view name) const {
    return {"entregentd", "--home", home(name), "index", "--readers", "1"};
  }
  void prepare(std::string_view name) { done({"entregent", "--home", home(name), "source", "add", mail()}); }
  steady_clock::duration index(std::string_view name) {
    const auto begin = steady_clock::now();
    done(index_words(name));
    return steady_clock::now() - begin;
  }

  /// Starts a run and kills it `after` so long. True if it was then at work on the file.
  bool kill_run(std::string_view name, steady_clock::duration after) {
    const pid_t child = start(index_words(name), folder_.path() / "killed");
    std::this_thread::sleep_for(after);  // the moment is what is tested
    const bool live = ::waitpid(child, nullptr, WNOHANG) == 0 && !personal::RunLock(database(name)).held();
    if (live) ::kill(child, SIGKILL);
    if (live) ::waitpid(child, nullptr, 0);
    if (!live) finish(child);
    return live;
  }
  static void finish(pid_t child) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }

  /// What `entregent who --json` says of everybody, without the numbers of rows.
  std::vector<std::string> everybody(std::string_view name) {
    std::vector<std::string> handles;
    personal::Store store(database(name));
    tests::check_words(store);
    store.db().each("select distinct handle from alias where handle != '' order by handle",
                    [&](const db::Statement& row) { handles.push_back(row.text(0)); });
    const std::regex numbers("\"(person|item)\":[0-9]+,?");
    std::vector<std::string> answers = tests::answers_of(store);
    for (std::size_t i = 0; i < handles.size(); i += asked_every)
      answers.push_back(
          std::regex_replace(done({"entregent", "--home", home(name), "who", "--json", handles[i]}), numbers, ""));
    std::ranges::sort(answers);
    return answers;
  }

  /// answers_of() asks the library of everybody; the program itself is asked of one in so many.
  static constexpr std::size_t asked_every = 5;
  tests::TemporaryFolder folder_;
};

TEST_F(KillTest, a_run_killed_at_any_moment_is_made_good_by_the_next) {
  tests::write_big_box(mail(), 0, 3000);
  prepare("whole");
  const auto first_import = index("whole");
  const auto expected_first = everybody("whole");
  prepare("killed");
  std::mt19937 random(50);
  int live = 0;
  int attempts = 0;
  const auto kill_many = [&](steady_clock::duration length, auto&& again) {
    for (int i = 0; i < kills; ++i, ++attempts) {
      again(i);
      const double share = (i + static_cast<double>(random() % 1000) / 1000) / kills;
      if (kill_run("killed", std::chrono::duration_cast<steady_clock::duration>(length * share * 0.95))) ++live;
    }
  };
  // Each killed run leaves less for the next: every fifth begins with an empty file again.
  kill_many(first_import, [&](int i) {
    if (i % 5 != 0) return;
    fs::remove_all(home("killed"));
    prepare("killed");
  });
  index("killed");
  EXPECT_EQ(tests::differences(everybody("killed"), expected_first), "");

  // The same with deletions, changes and new mail.
  fs::copy(home("whole"), home("before"), fs::copy_options::recursive);
  tests::change_big_box(mail(), 3000);
  const auto second_import = index("whole");
  const auto expected_second = everybody("whole");
  EXPECT_NE(expected_second, expected_first);
  kill_many(second_import, [&](int i) {
    if (i % 5 != 0) return;
    fs::remove_all(home("killed"));
    fs::copy(home("before"), home("killed"), fs::copy_options::recursive);
  });
  index("killed");
  EXPECT_EQ(tests::differences(everybody("killed"), expected_second), "");
  EXPECT_GE(live, live_at_least) << "of " << attempts << " a live writer was hit";
  RecordProperty("live", live);
}

}  // namespace
}  // namespace entregent
