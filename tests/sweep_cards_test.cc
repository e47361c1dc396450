// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads every contact card and calendar below the folder that the environment names in ENTREGENT_CORPORA, and lists the
// outcome of each file: how many items, with which notices, or why it was refused. No file may crash, hang or give
// nothing without a reason.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "base/text.h"
#include "readers/calendar_reader.h"
#include "readers/content_line.h"
#include "readers/format.h"
#include "readers/vcard_reader.h"

namespace entregent::readers {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// By what the file begins with, else by its suffix: fuzzed samples begin with anything.
Format format_of(const std::filesystem::path& path, const std::string& bytes) {
  const Format format = detect(std::string_view{bytes}.substr(0, detect_bytes));
  if (format == Format::vcard || format == Format::calendar) return format;
  const std::string suffix = lower(path.extension().string());
  constexpr std::array<std::string_view, 4> calendars{".ics", ".vcs", ".ical", ".ifb"};
  if (suffix == ".vcf" || suffix == ".vcard") return Format::vcard;
  return std::find(calendars.begin(), calendars.end(), suffix) == calendars.end() ? Format::unknown : Format::calendar;
}

std::size_t count_begins(const std::string& bytes, std::string_view what) {
  std::size_t count = 0;
  for (const std::string& line : unfold(bytes)) count += lower(line) == what ? 1U : 0U;
  return count;
}

constexpr std::array<const char*, 11> notice_names{
    "",          "sender missing",    "date missing", "date repaired", "empty", "encrypted", "charset guessed",
    "truncated", "recurrence capped", "zone unknown", "malformed"};

class Sweep {
 public:
  void take(const std::filesystem::path& path) {
    const std::string bytes = content(path);
    const Format format = format_of(path, bytes);
    if (format == Format::unknown) return;
    const bool cards = format == Format::vcard;
    const auto begin = std::chrono::steady_clock::now();
    const auto items = cards ? read_vcards(bytes) : read_calendar(bytes);
    const auto spent = std::chrono::steady_clock::now() - begin;
    slowest_ = std::max(slowest_, std::chrono::duration<double>(spent).count());
    const std::size_t written = count_begins(bytes, cards ? "begin:vcard" : "begin:vevent");
    std::string outcome = items ? std::to_string(items->size()) + " items" : "problem: " + items.error().message;
    if (items) outcome += notices_of(*items);
    std::printf("%-8s %4zu written, %s: %s\n", cards ? "card" : "calendar", written, outcome.c_str(),
                path.filename().c_str());
    ++outcomes_[std::string(cards ? "card" : "calendar") + (items ? " read" : " problem: " + items.error().message)];
    EXPECT_TRUE(!items || !items->empty() || written == 0) << "dropped without a word: " << path;
    EXPECT_TRUE(items || written == 0) << "refused although it holds something: " << path;
    if (items) check(*items, path);
  }

  void report() const {
    for (const auto& [outcome, count] : outcomes_) std::printf("%s: %d files\n", outcome.c_str(), count);
    std::printf("slowest file %.3f s\n", slowest_);
  }
  [[nodiscard]] bool empty() const { return outcomes_.empty(); }

 private:
  static std::string notices_of(const std::vector<ExtractedItem>& items) {
    std::map<std::string, int> counts;
    for (const ExtractedItem& item : items)
      for (const Notice notice : item.notices) ++counts[notice_names.at(static_cast<std::size_t>(notice))];
    std::string text;
    for (const auto& [name, count] : counts) text += ", " + std::to_string(count) + " " + name;
    return text;
  }

  static void check(const std::vector<ExtractedItem>& items, const std::filesystem::path& path) {
    for (const ExtractedItem& item : items) {
      EXPECT_TRUE(is_valid_utf8(item.title)) << path;
      EXPECT_EQ(item.title.find("Ã©"), std::string::npos) << path;
      for (const Party& party : item.parties) EXPECT_TRUE(is_valid_utf8(party.name + party.address)) << path;
      for (const Occurrence& occurrence : item.occurrences) EXPECT_LE(occurrence.start, occurrence.end) << path;
    }
  }

  std::map<std::string, int> outcomes_;
  double slowest_ = 0;
};

TEST(SweepCards, each_file_is_read_or_refused_with_a_reason) {
  const char* corpora = std::getenv("ENTREGENT_CORPORA");
  if (corpora == nullptr) GTEST_SKIP() << "ENTREGENT_CORPORA names no folder";
  Sweep sweep;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpora))
    if (entry.is_regular_file()) sweep.take(entry.path());
  sweep.report();
  EXPECT_FALSE(sweep.empty()) << "no card and no calendar there";
}

}  // namespace
}  // namespace entregent::readers
