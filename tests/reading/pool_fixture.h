// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "reading/reader_pool.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {

/// Files made for a test and what entregent-read-attacks makes of them.
class PoolTest : public testing::Test {
 protected:
  static reading::Options options() {
    reading::Options options;
    options.program = ENTREGENT_ATTACKS;
    options.readers = 2;
    options.batch = 16;
    return options;
  }

  reading::FileHandle file(std::string_view content) {
    const std::string path = folder_.path() / std::to_string(++files_);
    std::ofstream(path, std::ios::binary) << content;
    return *reading::open_file(path);
  }

  reading::Slice slice(std::uint64_t id, std::string_view content) {
    return {.id = id, .file = file(content), .request = {.format = readers::Format::mail}};
  }

  static constexpr std::uint64_t innocents = 40;
  static constexpr std::uint64_t attacker = 20;

  /// `innocents` slices with an attack among them.
  std::vector<reading::Slice> slices_around(std::string_view attack) {
    std::vector<reading::Slice> slices;
    for (std::uint64_t id = 0; id <= innocents; ++id)
      slices.push_back(slice(id, id == attacker ? "!attack " + std::string(attack) : "mail " + std::to_string(id)));
    return slices;
  }

  static std::map<std::uint64_t, reading::Answer> run(reading::ReaderPool& pool, std::vector<reading::Slice> slices) {
    std::map<std::uint64_t, reading::Answer> answers;
    pool.submit(std::move(slices));
    while (pool.pending() > 0)
      for (reading::Answer& answer : pool.wait(std::chrono::seconds(1))) {
        EXPECT_FALSE(answers.contains(answer.id)) << "answered twice";
        answers[answer.id] = std::move(answer);
      }
    return answers;
  }

  static std::string text_of(const reading::Answer& answer) {
    std::string text;
    for (const auto& item : answer.items)
      for (const auto& section : item.texts) text += section.text;
    return text;
  }

  /// Every innocent slice came through, once, with its own text.
  static void expect_innocents(const std::map<std::uint64_t, reading::Answer>& answers) {
    ASSERT_EQ(answers.size(), innocents + 1);
    for (const auto& [id, answer] : answers) {
      if (id == attacker) continue;
      EXPECT_FALSE(answer.problem) << id;
      EXPECT_EQ(text_of(answer), "mail " + std::to_string(id));
    }
  }

 private:
  TemporaryFolder folder_;
  int files_ = 0;
};

}  // namespace entregent::tests
