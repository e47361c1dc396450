// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "ingest/run.h"
#include "tests/answers.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {

/// A mail as a program writes it. `extra` are further header lines.
inline std::string letter(std::string_view id, std::string_view day, std::string_view from, std::string_view to,
                          std::string_view body = "Bonjour", std::string_view extra = {}) {
  return "From: " + std::string(from) + "\nTo: " + std::string(to) + "\nSubject: Sujet " + std::string(id) +
         "\nDate: " + std::string(day) + " 2026 10:00:00 +0000\nMessage-ID: <" + std::string(id) + "@x.example>\n" +
         std::string(extra) + "\n" + std::string(body) + "\n";
}
inline std::string in_mbox(std::string_view message) {
  return "From - Fri May  1 10:00:00 2026\n" + std::string(message) + "\n";
}

/// Folders on the disk, a private file, and real reader processes between them.
class IndexedFolders {
 public:
  IndexedFolders() { std::filesystem::create_directories(mail()); }

  std::filesystem::path mail() const { return folder_.path() / "mail"; }
  std::filesystem::path database() const { return folder_.path() / "private" / "owner.db"; }
  std::filesystem::path home() const { return folder_.path(); }

  void write(const std::filesystem::path& name, std::string_view bytes) {
    const auto path = mail() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  /// A Maildir is known by its two folders.
  void make_maildir(const std::filesystem::path& name) {
    for (const char* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(mail() / name / part);
  }
  void remove(const std::filesystem::path& name) { std::filesystem::remove_all(mail() / name); }
  void move(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::create_directories((mail() / to).parent_path());
    std::filesystem::rename(mail() / from, mail() / to);
  }
  /// All folders seem to have been changed an hour ago: their stamps are trusted.
  void let_time_pass() {
    namespace fs = std::filesystem;
    const auto then = fs::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto& entry : fs::recursive_directory_iterator(mail()))
      if (entry.is_directory() && fs::last_write_time(entry.path()) > then) fs::last_write_time(entry.path(), then);
  }

  personal::SourceId add_source(const std::filesystem::path& path, const personal::Except& except = {}) {
    const auto id = personal::Sources(store).add(
        {.id = {}, .kind = "folder", .location = path.string(), .except = except, .password_command = {}}, clock.now());
    if (!id) throw std::runtime_error(id.error().message);
    return *id;
  }
  ingest::RunOptions options() const {
    ingest::RunOptions options;
    options.intake.reader_program = reader_program;
    options.intake.readers = 1;
    options.clock = &clock;
    return options;
  }
  ingest::RunOutcome run(const ingest::Stopped& stopped = [] { return false; }) {
    auto outcome = ingest::run(store, options(), {}, stopped);
    if (!outcome) throw std::runtime_error(outcome.error().message);
    check_words(store);
    return *std::move(outcome);
  }
  std::vector<std::string> answers() { return answers_of(store); }
  /// A new index of the same sources would answer the same.
  void expect_like_new() {
    personal::Store fresh(home() / "fresh" / (std::to_string(++fresh_) + ".db"), personal::Store::Create::yes);
    for (const auto& source : personal::Sources(store).list())
      ASSERT_TRUE(personal::Sources(fresh).add(source, clock.now()));
    ASSERT_TRUE(ingest::run(fresh, options(), {}, [] { return false; }));
    EXPECT_EQ(differences(answers(), answers_of(fresh)), "");
  }
  /// The subjects of all items, oldest first.
  std::string titles() {
    std::string text;
    store.db().each("select title from item order by happened_at, title",
                    [&](const db::Statement& row) { text += (text.empty() ? "" : ", ") + row.text(0); });
    return text;
  }

 private:
  TemporaryFolder folder_;
  int fresh_ = 0;

 public:
  std::string reader_program = ENTREGENT_BUILD_DIR "/entregent-read";
  FixedClock clock{*parse_iso_day("2026-11-20")};
  personal::Store store{database(), personal::Store::Create::yes};
};

}  // namespace entregent::tests
