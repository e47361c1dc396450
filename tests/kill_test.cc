// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole program, killed by SIGKILL at moments drawn over the length of its run: afterwards it answers as if it had
// never been interrupted.
#include <algorithm>
#include <chrono>
#include <functional>
#include <random>

#include <gtest/gtest.h>
#include <signal.h>

#include "personal/run_lock.h"
#include "personal/store.h"
#include "tests/answers.h"
#include "tests/big_box.h"
#include "tests/program.h"

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;
using Time = std::chrono::duration<double>;

constexpr int messages = 4500;  ///< more than one batch of a run
constexpr int kills = 25;       ///< on a first import, and as many on one with deletions
constexpr int live_at_least = 45;

class KillTest : public testing::Test {
 protected:
  fs::path home(std::string_view name) const { return folder_.path() / name; }
  fs::path database(std::string_view name) const { return personal::private_file(home(name)); }
  fs::path mail() const { return folder_.path() / "mail"; }

  /// What it printed; anything but success throws.
  std::string done(std::string_view name, std::vector<std::string> words) const {
    words.insert(words.begin(), {"--home", home(name)});
    auto said = run_program("entregent", words);
    if (said.status != 0) throw std::runtime_error(words[2] + " failed: " + said.err);
    return said.out;
  }
  void prepare(std::string_view name) const { done(name, {"source", "add", mail()}); }
  Time index(std::string_view name) const {
    const auto begin = steady_clock::now();
    done(name, {"index"});
    return steady_clock::now() - begin;
  }

  /// Everything that is asked of a private file: whole in itself, and what it answers.
  std::vector<std::string> answers(std::string_view name) const {
    personal::Store store(database(name));
    check_words(store);
    EXPECT_EQ(store.db().first("pragma integrity_check")->text(0), "ok");
    EXPECT_FALSE(store.db().first("select 1 from pragma_foreign_key_check"));
    return answers_of(store);
  }
  /// The same and what `entregent who --json` says of everybody, without the numbers of rows.
  std::vector<std::string> everybody(std::string_view name) const {
    auto result = answers(name);
    const auto told = told_of_everybody(database(name), [&](const std::string& handle) {
      return done(name, {"who", "--json", handle});
    });
    result.insert(result.end(), told.begin(), told.end());
    std::ranges::sort(result);
    return result;
  }

  /// Kills runs of `killed`, 25 times. `begin` makes it anew, as it was before the first of them; half of them begin
  /// there, the others go on from what the last one left. A run that ended before its moment is no kill: on a busy
  /// machine its length is not known before, so it is learnt and the moment is drawn again.
  void kill_many(Time length, const std::vector<std::string>& expected, const std::function<void()>& begin) {
    Time spent = length;
    for (int killed = 0, draws = 0; killed < kills; ++draws) {
      ASSERT_LT(draws, 4 * kills) << "the runs end before they can be killed";
      if (draw() < 0.5 || spent > 0.7 * length) {
        if (killed % 8 == 7) finish(expected);
        begin();
        spent = {};
      }
      const double part = (static_cast<double>(killed * 7 % kills) + draw()) / kills;  // each 25th of the length once
      const auto [hit, after] = kill_run(draws % 2 == 0, part * (length - spent));
      spent += after;
      if (hit) ++killed;
      if (!hit) length = std::min(length, spent);
    }
    finish(expected);
  }
  void finish(const std::vector<std::string>& expected) const {
    index("killed");
    EXPECT_EQ(differences(answers("killed"), expected), "");
  }

  struct Kill {
    bool hit = false;  ///< it was alive
    Time after{};
  };
  Kill kill_run(bool whole_group, Time moment) {
    // As a person starts it, or the writer by itself.
    Program program(whole_group ? "entregent" : "entregentd", {"--home", home("killed"), "index"});
    const auto begin = steady_clock::now();
    program.ends_within(std::chrono::duration_cast<std::chrono::nanoseconds>(moment));
    const bool writes = program.at_work() && !personal::RunLock(database("killed")).held();
    const Time after = steady_clock::now() - begin;
    if (whole_group) {
      program.kill_group();
    } else {
      program.kill_alone();
    }
    const bool hit = program.wait().status == 128 + SIGKILL;
    if (hit && writes) ++live_;
    EXPECT_TRUE(program.group_is_gone()) << "readers outlive their writer";
    EXPECT_TRUE(comes_free(database("killed"))) << "somebody holds the file still";
    return {hit, after};
  }

  /// The system takes a killed process down piece by piece: on some machines its locks go a moment after it.
  static bool comes_free(const fs::path& file) {
    constexpr int looks = 500;
    for (int i = 0; i < looks; ++i) {
      if (personal::RunLock(file).held()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  double draw() { return static_cast<double>(random_() % 1'000'000) / 1e6; }

  TemporaryFolder folder_;
  std::mt19937 random_{50};
  int live_ = 0;
};

TEST_F(KillTest, a_run_killed_at_any_moment_is_made_good_by_the_next) {
  write_big_box(mail(), 0, messages);
  prepare("whole");
  const auto first_import = index("whole");
  const auto first = answers("whole");
  kill_many(first_import, first, [&] {
    fs::remove_all(home("killed"));
    prepare("killed");
  });
  EXPECT_EQ(differences(everybody("killed"), everybody("whole")), "");

  // The same with deletions, moves, changes and new mail.
  fs::copy(home("whole"), home("before"), fs::copy_options::recursive);
  change_big_box(mail(), messages);
  const auto second_import = index("whole");
  const auto second = answers("whole");
  EXPECT_NE(second, first);
  kill_many(second_import, second, [&] {
    fs::remove_all(home("killed"));
    fs::copy(home("before"), home("killed"), fs::copy_options::recursive);
  });
  EXPECT_EQ(differences(everybody("killed"), everybody("whole")), "");
  EXPECT_GE(live_, live_at_least) << "of 50 kills so many hit a live writer";
  RecordProperty("live", live_);
  std::cout << "killed " << live_ << " live writers of " << 2 * kills << ", on imports of " << first_import.count()
            << " s and " << second_import.count() << " s\n";
}

}  // namespace
}  // namespace entregent::tests
