// SPDX-License-Identifier: AGPL-3.0-or-later
// persons_bench [--people N] [--seeds A,B,…] [--wrong N] [--missed N] [--asked N]
// How well the private file knows who is who in generated boxes, with all that mail, cards, calendars, documents,
// exports and chats say. Everything in them is invented.
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "bench/persons/judge.h"

namespace entregent::bench {
namespace {

struct Wanted {
  std::size_t people = 1000, wrong = 0, missed = 0, asked = 0;
  std::vector<std::uint64_t> seeds{11, 23, 37, 53, 71};
};

void print(std::string_view title, const Verdict& verdict) {
  fmt::print(
      "{}: {} aliases, {} persons: impure {} ({:.2f} per 1 000), recall {:.4f} (with an address {:.4f}), questions {} "
      "({:.2f} per 100 persons, deserve a yes {:.2f}), homonym pairs {}: joined {}, asked {}; settled in {:.2f} s\n",
      title, verdict.aliases, verdict.persons, verdict.impure, verdict.impure_per_1000(), verdict.recall(),
      verdict.addressed_pairs > 0 ? verdict.addressed_right / verdict.addressed_pairs : 1, verdict.questions,
      verdict.questions_per_100(),
      verdict.questions > 0 ? static_cast<double>(verdict.deserved) / static_cast<double>(verdict.questions) : 1,
      verdict.homonyms, verdict.homonyms_joined, verdict.homonyms_asked, verdict.seconds);
}

void print_some(std::string_view title, std::span<const std::string> texts, std::size_t count) {
  for (const auto& text : texts.first(std::min(count, texts.size()))) fmt::print("  {}: {}\n", title, text);
}

Verdict judged(std::uint64_t seed, const Wanted& wanted, const std::filesystem::path& folder) {
  const Cast cast = make_cast(seed, wanted.people);
  const PersonsBox box = write_box(cast, seed);
  const auto file = folder / (std::to_string(seed) + ".db");
  personal::Store store(file, personal::Store::Create::yes);
  store.db().script("pragma synchronous = off");
  return judge_box(cast, box, store);
}

std::vector<std::uint64_t> numbers(std::string_view list) {
  std::vector<std::uint64_t> result;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    result.push_back(std::strtoull(std::string(list.substr(0, end)).c_str(), nullptr, 10));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return result;
}

Wanted wanted_of(std::span<char*> arguments) {
  Wanted wanted;
  for (std::size_t i = 1; i + 1 < arguments.size(); i += 2) {
    const std::string_view word = arguments[i];
    const auto number = std::strtoull(arguments[i + 1], nullptr, 10);
    if (word == "--people") wanted.people = std::max<std::size_t>(number, 50);
    if (word == "--seeds") wanted.seeds = numbers(arguments[i + 1]);
    if (word == "--wrong") wanted.wrong = number;
    if (word == "--missed") wanted.missed = number;
    if (word == "--asked") wanted.asked = number;
  }
  return wanted;
}

int run(std::span<char*> arguments) {
  const Wanted wanted = wanted_of(arguments);
  std::string name = (std::filesystem::temp_directory_path() / "persons_bench.XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  Verdict all;
  for (const auto seed : wanted.seeds) {
    const Verdict verdict = judged(seed, wanted, name);
    print(fmt::format("seed {}", seed), verdict);
    print_some("wrong", verdict.wrong, wanted.wrong);
    print_some("missed", verdict.missed, wanted.missed);
    print_some("asked", verdict.asked, wanted.asked);
    all.add(verdict);
  }
  print("all", all);
  std::filesystem::remove_all(name);
  return 0;
}

}  // namespace
}  // namespace entregent::bench

int main(int count, char** arguments) {
  return entregent::bench::run({arguments, static_cast<std::size_t>(count)});
}
