// SPDX-License-Identifier: AGPL-3.0-or-later
// What the programs print, byte by byte: tests/data/golden holds commands and what they say (tests/transcript.h), in
// both languages and as JSON, on the demo world. ENTREGENT_ACCEPT=1 (`./dev accept`) writes the files anew from the
// commands in them. A new case is a line `$ entregent …` in a file, or a file.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <regex>

#include <gtest/gtest.h>

#include "db/connection.h"
#include "tests/temporary_folder.h"
#include "tests/transcript.h"

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(ENTREGENT_SOURCE_DIR) / "tests" / "data" / "golden";

/// Lea's folder, with the invented world in it and what she knows of it, in the states in which a transcript may begin.
class Lea {
 public:
  Lea() {
    fs::create_directories(home().parent_path());
    keep("empty");
    write_mails();
    make_older(folder_.path() / "letters");
    expect_done({"demo", (folder_.path() / "world").string()});
    make_older(folder_.path() / "world");
    keep("added");
    expect_done({"index", "--readers", "1"});
    keep("indexed");
    expect_done({"me", "--yes"});
    keep("confirmed");
  }

  [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

  void go_back_to(const std::string& state) const {
    const auto kept = folder_.path() / ".states" / state;
    if (!fs::exists(kept)) throw std::runtime_error("there is no state " + state);
    const auto stays = [](const fs::path& name) { return name == "world" || name == "letters" || name == ".states"; };
    std::vector<fs::path> gone;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
      if (!stays(entry.path().filename())) gone.push_back(entry.path());
    for (const auto& path : gone) fs::remove_all(path);
    fs::create_directories(home().parent_path());
    fs::copy(kept, home(), fs::copy_options::recursive);
  }

  /// `locale`: the language of her system.
  [[nodiscard]] Said ask(const Transcript::Command& command, const std::string& locale) const {
    std::vector<std::string> environment = command.environment();
    environment.insert(environment.end(), {"HOME=" + folder_.path().string(), "LC_ALL=" + locale, "LANGUAGE="});
    std::vector<std::string> words;
    for (const auto& word : command.arguments()) words.push_back(to_real(word, folder_.path()));
    auto said = run_program(command.program(), words, environment);
    said.out = from_real(std::move(said.out), folder_.path());
    said.err = from_real(std::move(said.err), folder_.path());
    return said;
  }

 private:
  [[nodiscard]] fs::path home() const { return folder_.path() / ".local" / "share" / "entregent"; }

  void keep(const std::string& state) const {
    const auto kept = folder_.path() / ".states" / state;
    fs::create_directories(kept);
    if (fs::exists(home())) fs::copy(home(), kept, fs::copy_options::recursive);
  }

  void expect_done(const std::vector<std::string>& words) const {
    const auto said = run_program("entregent", words, {"HOME=" + folder_.path().string()});
    if (said.status != 0) throw std::runtime_error(words.front() + ": " + said.out + said.err);
  }

  /// Beside the world, a folder of few mails: one that means harm to terminals, one that is broken, wide letters.
  void write_mails() const {
    const auto mail = [this](const std::string& name, const std::string& text) {
      fs::create_directories((folder_.path() / "letters" / name).parent_path());
      std::ofstream(folder_.path() / "letters" / name) << text;
    };
    mail("hostile.eml",
         "From: =?utf-8?q?Ann=1B[2J=E2=80=AEkcah=C2=9B31m?= <ann@mill.example>\nTo: lea@here.example\n"
         "Subject: =?utf-8?q?red=1B[31m=07=E2=81=A6?=\nMessage-ID: <1@mill.example>\n"
         "Date: Mon, 2 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
         "body \x1B]0;title\x07 end \xE2\x80\xAB right to left \xC2\x9B 2J\n");
    mail("wide.eml",
         "From: =?utf-8?q?=E7=94=B0=E4=B8=AD=E8=8A=B1=E5=AD=90?= <hanako@mill.example>\nTo: lea@here.example\n"
         "Subject: =?utf-8?q?=E6=B0=B4=E8=BB=8A=E3=81=AE=E4=BB=B6_a=CC=80_Lie=CC=80ge?=\nMessage-ID: <2@mill.example>\n"
         "Date: Tue, 3 Mar 2026 10:00:00 +0100\n\nThe wheel.\n");
    mail("undated.eml",
         "From: Ben Byron <ben@mill.example>\nTo: lea@here.example\nMessage-ID: <3@mill.example>\n\nNo date, no "
         "subject.\n");
    mail("noise.bin", std::string("\x00\x01\x02noise\xFF\xFE", 10));
  }

  TemporaryFolder folder_;
};

std::string content(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// As `diff -u` shows it.
std::string difference(const fs::path& recorded, const std::string& now) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "now";
  std::ofstream(file) << now;
  const std::string command =
      "diff -u --label recorded --label now '" + recorded.string() + "' '" + file.string() + "'";
  std::string text;
  std::FILE* pipe = ::popen(command.c_str(), "re");
  std::array<char, 4096> piece{};
  while (const auto size = std::fread(piece.data(), 1, piece.size(), pipe)) text.append(piece.data(), size);
  ::pclose(pipe);
  return text;
}

/// Valid by SQLite's parser, with the version at its top.
void expect_json(const std::string& line, const std::string& json) {
  const TemporaryFolder folder;
  db::Connection sqlite(folder.path() / "json.db", db::Connection::Mode::create);
  const auto row = sqlite.first("select json_valid($1)", json);
  ASSERT_TRUE(row && row->integer(0) == 1) << line << ": no JSON:\n" << json;
  const auto version = sqlite.first("select json_extract($1, '$.version')", json);
  EXPECT_EQ(version->integer(0), 1) << line;
}

/// What depends on the machine or on SQLite's version, and bars drawn while it runs: out of what is compared.
std::string without_machine(const std::string& text) {
  static const std::regex lock("Landlock [^,]*,|\"landlock\":[0-9]+");
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("░") != std::string::npos) continue;
    result += std::regex_replace(line, lock, "(Landlock)") + '\n';
  }
  return result;
}

class Golden : public testing::TestWithParam<std::string> {
 public:
  static void SetUpTestSuite() { lea_ = std::make_unique<Lea>(); }
  static void TearDownTestSuite() { lea_.reset(); }

 protected:
  static std::unique_ptr<Lea> lea_;
};
std::unique_ptr<Lea> Golden::lea_;

TEST_P(Golden, is_as_recorded) {
  const auto file = golden / (GetParam() + ".txt");
  const auto transcript = read_transcript(file);
  const std::string locale = GetParam().ends_with(".fr") ? "fr_FR.UTF-8" : "en_GB.UTF-8";
  lea_->go_back_to(transcript.home);
  std::string now = "# home: " + transcript.home + '\n';
  for (const auto& command : transcript.commands) {
    const auto said = lea_->ask(command, locale);
    if (command.json()) expect_json(command.line, said.out);
    now += recorded_text(command, said);
  }
  now = without_machine(now);
  if (std::getenv("ENTREGENT_ACCEPT") != nullptr) {
    std::ofstream(file) << now;
    GTEST_SKIP() << "recorded";
  }
  if (now != content(file))
    ADD_FAILURE() << "if this is as it should be, ./dev accept records it:\n" << difference(file, now);
}

std::vector<std::string> transcripts() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(golden))
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

INSTANTIATE_TEST_SUITE_P(transcript, Golden, testing::ValuesIn(transcripts()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace_if(
      name, [](char c) { return c == '.' || c == '-'; }, '_');
  return name;
});

}  // namespace
}  // namespace entregent::tests
