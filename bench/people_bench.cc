// SPDX-License-Identifier: AGPL-3.0-or-later
// people_bench [--wrong N] [--missed N] [--asked N] [--seed S] FILE… | --synthetic N
// How well resolve() groups aliases whose truth is known. Names are printed on the terminal only; nothing is written.
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/core.h>

#include "bench/people_world.h"

namespace entregent::bench {
namespace {

using people::Merge;
using people::Person;
using people::Question;
using people::Reason;
using people::Resolution;

struct Shown {
  std::size_t wrong = 50, missed = 0, asked = 0;
};

std::string_view name_of(Reason::Kind kind) {
  static constexpr std::array<std::string_view, Reason::kinds> names{
      "decided",       "same address",      "same name",   "rare name",
      "name order",    "initials",          "nickname",    "typo",
      "local part",    "own domain",        "same card",   "reply-to",
      "same phone",    "same organisation", "common name", "different given name",
      "answers other", "successor",         "answers for", "same circle",
      "same document", "other surname",     "own copy",    "only bearer"};
  return names[static_cast<std::size_t>(kind)];
}

std::string text_of(const std::vector<Reason>& reasons) {
  std::string text;
  for (const auto& reason : reasons)
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", name_of(reason.kind),
                        reason.words.empty() ? "" : " (" + reason.words + ")");
  return text;
}

double pairs_of(double count) {
  return count * (count - 1) / 2;
}

double part(double some, double all) {
  return all > 0 ? some / all : 1;
}

class Report {
 public:
  Report(const World& world, const Resolution& resolution, Shown shown)
      : world_(world), resolution_(resolution), shown_(shown) {}

  void print(std::string_view title, double seconds, double cpu) {
    count();
    const double precision = part(right_, found_), recall = part(right_, true_);
    fmt::print("{}: {} aliases, {} true pairs\n", title, world_.aliases.size(), true_);
    fmt::print("  precision {:.4f}  recall {:.4f}  F1 {:.4f}  wrong pairs {}\n", precision, recall,
               2 * precision * recall / (precision + recall), found_ - right_);
    fmt::print("  persons {}  impure {} ({:.2f} per 1 000)\n", resolution_.persons.size(), impure_,
               1000 * part(static_cast<double>(impure_), static_cast<double>(resolution_.persons.size())));
    const double questions = static_cast<double>(resolution_.questions.size());
    fmt::print("  questions {} ({:.2f} per 100 persons), deserve a yes {} ({:.2f})\n", resolution_.questions.size(),
               100 * part(questions, static_cast<double>(resolution_.persons.size())), deserved_,
               part(static_cast<double>(deserved_), questions));
    fmt::print("  time {:.3f} s, of one processor {:.3f} s ({:.0f} aliases/s)\n", seconds, cpu,
               static_cast<double>(world_.aliases.size()) / seconds);
    print_wrong();
    print_missed();
    print_asked();
  }

 private:
  std::size_t index(std::int64_t id) const { return static_cast<std::size_t>(id) - 1; }
  const std::string& truth(std::int64_t id) const { return world_.truth[index(id)]; }
  std::string shown(std::int64_t id) const {
    return fmt::format("{} <{}>", world_.aliases[index(id)].name, world_.aliases[index(id)].address);
  }

  void count() {
    std::unordered_map<std::string_view, double> sizes;
    for (const auto& person : world_.truth) ++sizes[person];
    for (const auto& [person, size] : sizes) true_ += pairs_of(size);
    for (const auto& person : resolution_.persons) {
      std::unordered_map<std::string_view, double> parts;
      for (const auto& member : person.members) ++parts[truth(member.alias)];
      found_ += pairs_of(static_cast<double>(person.members.size()));
      for (const auto& [name, size] : parts) right_ += pairs_of(size);
      if (parts.size() > 1) ++impure_;
    }
    for (const auto& question : resolution_.questions) deserved_ += truth(question.a) == truth(question.b) ? 1 : 0;
  }

  void print_wrong() const {
    std::size_t left = shown_.wrong;
    for (const auto& person : resolution_.persons)
      for (std::size_t i = 0; i < person.members.size(); ++i)
        for (std::size_t j = i + 1; j < person.members.size(); ++j) {
          const auto a = person.members[i].alias, b = person.members[j].alias;
          if (truth(a) == truth(b) || left == 0) continue;
          --left;
          fmt::print("  wrong: {}  |  {}\n", shown(a), shown(b));
          for (const auto& merge : person.merges)
            if (truth(merge.a) != truth(merge.b))
              fmt::print("      joined by {} | {}: {:.4f} {}\n", shown(merge.a), shown(merge.b), merge.probability,
                         text_of(merge.reasons));
        }
  }

  void print_missed() const {
    if (shown_.missed == 0) return;
    std::map<std::string, std::map<std::size_t, std::vector<std::int64_t>>> groups;
    for (std::size_t i = 0; i < resolution_.persons.size(); ++i)
      for (const auto& member : resolution_.persons[i].members) groups[truth(member.alias)][i].push_back(member.alias);
    std::size_t left = shown_.missed;
    for (const auto& [person, parts] : groups) {
      if (parts.size() < 2 || left == 0) continue;
      --left;
      fmt::print("  missed:\n");
      for (const auto& [index, ids] : parts)
        for (const auto id : ids) fmt::print("    {} {}\n", id == ids.front() ? "-" : " ", shown(id));
    }
  }

  void print_asked() const {
    for (std::size_t i = 0; i < std::min(shown_.asked, resolution_.questions.size()); ++i) {
      const Question& question = resolution_.questions[i];
      fmt::print("  asked ({}): {}  |  {}: {:.3f} {}\n", truth(question.a) == truth(question.b) ? "yes" : "no",
                 shown(question.a), shown(question.b), question.probability, text_of(question.reasons));
    }
  }

  const World& world_;
  const Resolution& resolution_;
  Shown shown_;
  double true_ = 0, found_ = 0, right_ = 0;
  std::size_t impure_ = 0, deserved_ = 0;
};

void measure(std::string_view title, const World& world, Shown shown) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cpu_begin = std::clock();
  const Resolution resolution = people::resolve(world.aliases, {}, {});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
  Report(world, resolution, shown).print(title, seconds.count(), cpu);
}

int run(std::span<char*> arguments) {
  Shown shown;
  std::uint64_t seed = 1;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    const auto number = [&] { return i + 1 < arguments.size() ? std::strtoull(arguments[++i], nullptr, 10) : 0; };
    if (word == "--wrong")
      shown.wrong = number();
    else if (word == "--missed")
      shown.missed = number();
    else if (word == "--asked")
      shown.asked = number();
    else if (word == "--seed")
      seed = number();
    else if (word == "--synthetic")
      measure("synthetic", invented_world(number(), seed), shown);
    else {
      const World world = read_world(std::string(word));
      if (world.aliases.empty()) {
        fmt::print(stderr, "people_bench: nothing to read in {}\n", word);
        return 1;
      }
      measure(word.substr(word.rfind('/') + 1), world, shown);
    }
  }
  return 0;
}

}  // namespace
}  // namespace entregent::bench

int main(int count, char** arguments) {
  return entregent::bench::run({arguments, static_cast<std::size_t>(count)});
}
