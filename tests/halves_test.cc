// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole world whose newer half is imported first and then the older answers like both at once.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "demo/world.h"
#include "personal/store.h"
#include "tests/answers.h"
#include "tests/indexed_folders.h"
#include "tests/program.h"

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;

class HalvesTest : public testing::Test {
 protected:
  std::string home(std::string_view name) const { return folder_.path() / name; }
  std::string done(std::string_view name, std::vector<std::string> words) const {
    words.insert(words.begin(), {"--home", home(name)});
    const auto said = run_program("entregent", words);
    EXPECT_EQ(said.status, 0) << words[2] << ": " << said.err;
    return said.out;
  }

  /// What the library says of everything, and `entregent who --json` of everybody, without the numbers of rows.
  std::vector<std::string> everybody(std::string_view name) const {
    std::vector<std::string> result;
    {
      personal::Store store(personal::private_file(home(name)));
      check_words(store);
      result = answers_of(store);
    }
    const auto told = told_of_everybody(personal::private_file(home(name)), [&](const std::string& handle) {
      return done(name, {"who", "--json", handle});
    });
    EXPECT_GT(told.size(), 50U);
    result.insert(result.end(), told.begin(), told.end());
    std::ranges::sort(result);
    return result;
  }

  TemporaryFolder folder_;
};

/// Each message file of the world (Maildir, EML) that is older than the day goes away, and later comes back; mbox files
/// are cut in two at a `From ` line.
class Halves {
 public:
  Halves(const fs::path& world, const fs::path& aside) : world_(world), aside_(aside) {
    for (const auto& entry : fs::recursive_directory_iterator(world_))
      if (entry.is_regular_file()) files_.push_back(entry.path());
    std::ranges::sort(files_);
  }
  void take_older_away() {
    for (const auto& file : files_) {
      const std::string bytes = content(file);
      if (bytes.starts_with("From ")) {
        cut(file, bytes);
      } else if (year_of(bytes) < middle_) {
        put_aside(file, bytes);
        fs::remove(file);
      }
    }
  }
  void bring_back() const {
    for (const auto& file : taken_) {
      fs::create_directories(file.parent_path());
      fs::copy_file(aside_ / file.lexically_relative(world_), file, fs::copy_options::overwrite_existing);
    }
  }
  std::size_t taken() const { return taken_.size(); }

 private:
  static std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// Of its Date line; what has none is new.
  static int year_of(const std::string& bytes) {
    static const std::regex date("\nDate: [^\n]*(20[0-9][0-9]) ");
    std::smatch found;
    const std::string head = "\n" + bytes.substr(0, 4000);
    return std::regex_search(head, found, date) ? std::stoi(found[1]) : 9999;
  }
  void put_aside(const fs::path& file, const std::string& bytes) {
    const auto target = aside_ / file.lexically_relative(world_);
    fs::create_directories(target.parent_path());
    std::ofstream(target, std::ios::binary) << bytes;
    taken_.push_back(file);
  }
  /// The second half of an mbox only.
  void cut(const fs::path& file, const std::string& bytes) {
    const auto middle = bytes.find("\n\nFrom ", bytes.size() / 2);
    if (middle == std::string::npos) return;
    put_aside(file, bytes);
    std::ofstream(file, std::ios::binary) << bytes.substr(middle + 2);
  }

  static constexpr int middle_ = 2026;
  fs::path world_, aside_;
  std::vector<fs::path> files_, taken_;
};

TEST_F(HalvesTest, the_newer_half_first_then_the_older_is_as_both_at_once) {
  demo::WorldOptions options;
  options.seed = 21;
  options.messages = 1500;
  options.correspondents = 80;
  const auto world = folder_.path() / "world";
  const auto truth = demo::write_world(world, options);
  Halves halves(world, folder_.path() / "aside");
  std::vector<std::string> add{"source", "add"};
  for (const auto& source : truth.sources) add.push_back(world / source);
  std::vector<std::string> me{"me"};
  for (const auto& address : truth.persons[static_cast<std::size_t>(truth.me)].addresses) me.push_back(address.address);

  done("at_once", add);
  done("at_once", {"index"});
  done("at_once", me);
  const auto at_once = everybody("at_once");

  halves.take_older_away();
  ASSERT_GT(halves.taken(), 10U);
  done("halves", add);
  done("halves", {"index"});
  personal::Store store(personal::private_file(home("halves")));
  const auto first = store.db().number("select count(*) from item");
  halves.bring_back();
  done("halves", {"index"});
  const auto all = store.db().number("select count(*) from item");
  EXPECT_GT(first, all / 4);
  EXPECT_LT(first, all * 3 / 4);
  done("halves", me);
  EXPECT_EQ(differences(everybody("halves"), at_once), "");
}

/// More exchanges in one second than are shown, and more mentions than were once looked at.
TEST_F(HalvesTest, what_came_in_one_second_is_told_in_one_order) {
  IndexedFolders disk;
  const auto put = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      const std::string id = std::to_string(i);
      disk.write("e" + id + ".eml", letter("e" + id, "2 Mar", "Jean Tarvenec <jean@acme.example>",
                                           "Anne Roux <anne@roux.example>", "Bonjour"));
      disk.write("m" + id + ".eml",
                 letter("m" + id, i % 2 == 0 ? "3 Mar" : "4 Feb", "Paul Morvan <paul" + id + "@acme.example>",
                        "Anne Roux <anne@roux.example>", "J'ai vu Jean Tarvenec"));
    }
  };
  const auto answer = [&](const char* name) {
    done(name, {"me", "anne@roux.example"});
    const std::regex numbers("\"(person|item)\":[0-9]+,?");
    return std::regex_replace(done(name, {"who", "--json", "jean@acme.example"}), numbers, "");
  };
  put(150, 300);
  done("halves", {"source", "add", disk.mail()});
  done("halves", {"index"});
  put(0, 150);
  done("halves", {"index"});
  done("at_once", {"source", "add", disk.mail()});
  done("at_once", {"index"});
  EXPECT_EQ(answer("halves"), answer("at_once"));
}

}  // namespace
}  // namespace entregent::tests
