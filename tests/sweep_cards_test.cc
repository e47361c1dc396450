// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads every contact card and calendar below the folder that the environment names in ENTREGENT_CORPORA, and says how
// many were read, with which notices and from which causes, and why others were refused. No file may crash, hang or
// give nothing without a reason.
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
#include "tests/sweep_report.h"

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

/// The lines between BEGIN and END of each event or card, each as one text; what is not ended goes to the file's end.
std::vector<std::string> blocks_of(const std::string& bytes, std::string_view kind) {
  std::vector<std::string> blocks;
  const std::string end = "end:" + std::string(kind.substr(kind.find(':') + 1));
  bool inside = false;
  for (const std::string& line : unfold(bytes)) {
    const std::string low = lower(line);
    if (low == kind) {
      inside = true;
      blocks.emplace_back();
    } else if (inside && low == end) {
      inside = false;
      blocks.back() += "\n" + low;
    } else if (inside) {
      blocks.back() += "\n" + line;
    }
  }
  return blocks;
}

bool has(const std::string& block, std::string_view property) {
  return lower(block).find("\n" + lower(std::string(property))) != std::string::npos;
}

/// What in the event or card led to the notice, as its bare lines tell.
std::string cause_of(Notice notice, const std::string& block) {
  switch (notice) {
    case Notice::date_missing:
      return has(block, "DTSTART") ? "a DTSTART that is no time" : "no DTSTART";
    case Notice::charset_guessed:
      return is_valid_utf8(block) ? "a charset named that does not fit" : "bytes that are no UTF-8";
    case Notice::malformed:
      if (block.empty()) return "nothing in it";
      if (!has(block, "end:")) return "its END is missing";
      if (has(block, "DTSTART") && (has(block, "DTEND") || has(block, "DURATION")))
        return "a start, end or length that is no time";
      return has(block, "DTSTART") ? "a DTSTART that is no time" : "nothing that can be used";
    default:
      return "as its name says";
  }
}

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
    const std::string name = cards ? "card file" : "calendar file";
    if (items) {
      report_.read(name);
      take_items(*items, cards ? "card" : "event", blocks_of(bytes, cards ? "begin:vcard" : "begin:vevent"));
    } else {
      report_.problem(name, items.error().message);
    }
    empty_ = false;
    EXPECT_TRUE(!items || !items->empty() || written == 0) << "dropped without a word: " << path;
    EXPECT_TRUE(items || written == 0) << "refused although it holds something: " << path;
    if (items) check(*items, path);
  }

  void report() const {
    report_.print();
    std::printf("slowest file %.3f s\n", slowest_);
  }
  [[nodiscard]] bool empty() const { return empty_; }

 private:
  void take_items(const std::vector<ExtractedItem>& items, const std::string& kind,
                  const std::vector<std::string>& blocks) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      report_.read(kind);
      // By its UID, as one event may stand in several blocks; else they come in the file's order.
      const auto named = std::find_if(blocks.begin(), blocks.end(), [&](const std::string& block) {
        return !items[i].identifier.empty() && block.find(items[i].identifier) != std::string::npos;
      });
      const std::string block = named != blocks.end() ? *named : i < blocks.size() ? blocks[i] : std::string();
      for (const Notice notice : items[i].notices) report_.notice(kind, notice, cause_of(notice, block));
    }
  }

  static void check(const std::vector<ExtractedItem>& items, const std::filesystem::path& path) {
    for (const ExtractedItem& item : items) {
      EXPECT_TRUE(is_valid_utf8(item.title)) << path;
      EXPECT_EQ(item.title.find("Ã©"), std::string::npos) << path;
      for (const Party& party : item.parties) EXPECT_TRUE(is_valid_utf8(party.name + party.address)) << path;
      for (const Occurrence& occurrence : item.occurrences) EXPECT_LE(occurrence.start, occurrence.end) << path;
    }
  }

  tests::SweepReport report_;
  bool empty_ = true;
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
