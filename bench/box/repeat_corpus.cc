// SPDX-License-Identifier: AGPL-3.0-or-later
// repeat_corpus --from MAILDIR --messages N --seed S --out MAILDIR: real messages again and again, each round with
// Message-IDs of its own (answers still name what they answer), a year later, and with other words in the same layout.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "arguments.h"
#include "latin.h"
#include "maildir.h"
#include "random.h"
#include "shuffle.h"

namespace entregent::bench {
namespace {

constexpr int days_a_round = 53 * 7;  // whole weeks: the day of the week stays right

struct Options {
  std::size_t messages = 10000;
  std::uint64_t seed = 1;
  std::string from, out;
};

std::optional<Options> read_options(int count, char** words) {
  const auto arguments = read_arguments(count, words, {"--messages", "--seed", "--from", "--out"});
  Options options;
  if (!arguments || !read_number(*arguments, "--messages", options.messages) ||
      !read_number(*arguments, "--seed", options.seed))
    return std::nullopt;
  options.from = read_text(*arguments, "--from");
  options.out = read_text(*arguments, "--out");
  const bool sound = options.messages > 0 && !options.from.empty() && !options.out.empty();
  return sound ? std::optional(options) : std::nullopt;
}

/// False unless the whole text is one number.
template <class Number>
bool read_digits(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

struct Original {
  std::int64_t at;  ///< of its file name
  std::string bytes;
};

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Original> read_maildir(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Original> originals;
  for (const std::filesystem::path& path : paths) {
    Original original{.at = 0, .bytes = bytes_of(path)};
    const std::string name = path.filename();
    std::from_chars(name.data(), name.data() + name.size(), original.at);
    originals.push_back(std::move(original));
  }
  std::stable_sort(originals.begin(), originals.end(),
                   [](const Original& a, const Original& b) { return a.at < b.at; });
  return originals;
}

/// Every `<left@right>` of an id header with the mark of this round.
std::string with_fresh_ids(std::string_view header, const std::string& mark) {
  std::string result;
  for (std::size_t i = 0; i < header.size(); ++i) {
    result += header[i];
    if (header[i] != '<') continue;
    const std::size_t end = header.find_first_of("<> \t\n", i + 1);
    const bool is_id = end != std::string_view::npos && header[end] == '>' &&
                       header.substr(i, end - i).find('@') != std::string_view::npos;
    if (is_id) result += mark;
  }
  return result;
}

/// `14 Oct 2008` anywhere in the header, moved by so many days.
std::string with_later_dates(std::string_view header, int days) {
  static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  std::string result(header);
  for (std::size_t month_at = 3; month_at + 9 <= result.size(); ++month_at) {
    const std::size_t month = months.find(result.substr(month_at, 3));
    if (month % 3 != 0 || result[month_at - 1] != ' ' || result[month_at + 3] != ' ') continue;
    const std::size_t day_at = result[month_at - 3] == ' ' || result[month_at - 3] == ',' ? month_at - 2 : month_at - 3;
    unsigned day = 0;
    int year = 0;
    if (!read_digits(std::string_view(result).substr(day_at, month_at - 1 - day_at), day)) continue;
    if (!read_digits(std::string_view(result).substr(month_at + 4, 4), year)) continue;
    const std::chrono::year_month_day old(
        std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month / 3 + 1)), std::chrono::day(day));
    if (!old.ok()) continue;
    const std::chrono::year_month_day moved(std::chrono::sys_days(old) + std::chrono::days(days));
    const std::string text =
        fmt::format("{} {} {}", static_cast<unsigned>(moved.day()),
                    months.substr((static_cast<unsigned>(moved.month()) - 1) * 3, 3), static_cast<int>(moved.year()));
    result.replace(day_at, month_at + 8 - day_at, text);
    return result;
  }
  return result;
}

bool starts_header(std::string_view line, std::string_view name) {
  return lower_ascii(line.substr(0, name.size())) == name;
}

std::string changed_header(std::string_view header, const std::string& mark, int days) {
  for (const char* name : {"message-id:", "in-reply-to:", "references:"})
    if (starts_header(header, name)) return with_fresh_ids(header, mark);
  for (const char* name : {"date:", "received:", "resent-date:", "delivery-date:"})
    if (starts_header(header, name)) return with_later_dates(header, days);
  return std::string(header);
}

std::string changed_headers(std::string_view headers, const std::string& mark, int days) {
  std::string result;
  while (!headers.empty()) {
    std::size_t end = headers.find('\n');
    while (end != std::string_view::npos && end + 1 < headers.size() &&
           (headers[end + 1] == ' ' || headers[end + 1] == '\t'))
      end = headers.find('\n', end + 1);
    const std::size_t size = end == std::string_view::npos ? headers.size() : end + 1;
    result += changed_header(headers.substr(0, size), mark, days);
    headers.remove_prefix(size);
  }
  return result;
}

void write_rounds(const Options& options) {
  const std::vector<Original> originals = read_maildir(options.from);
  Vocabulary vocabulary;
  for (const Original& original : originals)
    with_texts_changed(original.bytes, [&](std::string_view text, TextType type) {
      vocabulary.learn(text, type);
      return std::string();
    });
  if (vocabulary.empty()) throw std::runtime_error("no words in " + options.from);
  MaildirWriter maildir(options.out);
  for (std::size_t number = 0; number < options.messages; ++number) {
    const std::size_t round = number / originals.size();
    const Original& original = originals[number % originals.size()];
    const std::uint64_t seed = mix(options.seed, round);
    const std::string text = with_texts_changed(
        original.bytes, [&](std::string_view part, TextType type) { return shuffled(part, type, vocabulary, seed); });
    const auto [headers, body] = split_message(text);
    const int days = static_cast<int>(round) * days_a_round;
    const std::string mark = fmt::format("r{}.{:04x}.", round, seed & 0xffff);
    maildir.add("", original.at + std::int64_t{days} * 86400, static_cast<std::uint32_t>(number), false,
                changed_headers(headers, mark, days) + std::string(body));
  }
}

}  // namespace
}  // namespace entregent::bench

int main(int count, char** words) {
  const auto options = entregent::bench::read_options(count, words);
  if (!options) {
    std::cerr << "repeat_corpus --from MAILDIR --messages N --seed S --out MAILDIR\n";
    return 2;
  }
  try {
    entregent::bench::write_rounds(*options);
  } catch (const std::exception& error) {
    std::cerr << "repeat_corpus: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
