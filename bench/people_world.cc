// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bench/people_world.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <random>
#include <sstream>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace entregent::bench {
namespace {

using people::Alias;

constexpr std::array<std::string_view, 40> syllables{
    "ba",  "bre", "cal", "dor", "fen", "gar", "hel", "jou", "ker", "lan", "mer", "nol", "pra", "quil",
    "ros", "sav", "ter", "vau", "wen", "zel", "bo",  "chi", "del", "es",  "fro", "gui", "her", "in",
    "ka",  "lu",  "mon", "nes", "ol",  "pe",  "ri",  "so",  "tan", "vi",  "ya",  "zou"};
constexpr std::array<std::string_view, 30> given_names{
    "Jean",      "Marie",   "Pierre",  "Anne",     "Thomas",   "Sophie",    "Nicolas",  "Julie",
    "Michel",    "Claire",  "Robert",  "William",  "Frederic", "Sebastien", "Emmanuel", "Elizabeth",
    "Christine", "Olivier", "Patrick", "Isabelle", "David",    "Laura",     "Hans",     "Petra",
    "Carlos",    "Lucia",   "Rahul",   "Priya",    "Wei",      "Yuki"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> short_names{{{"Frederic", "Fred"},
                                                                                    {"Sebastien", "Seb"},
                                                                                    {"Emmanuel", "Manu"},
                                                                                    {"Elizabeth", "Liz"},
                                                                                    {"Robert", "Bob"},
                                                                                    {"William", "Bill"},
                                                                                    {"Nicolas", "Nico"},
                                                                                    {"Christine", "Chris"}}};
constexpr std::array<std::string_view, 16> common_surnames{"Martin", "Bernard", "Dubois", "Petit", "Durand", "Smith",
                                                           "Jones",  "Muller",  "Garcia", "Singh", "Kumar",  "Wang",
                                                           "Kim",    "Nguyen",  "Silva",  "Rossi"};
constexpr std::array<std::string_view, 6> free_mail{"gmail.com", "orange.fr",   "free.fr",
                                                    "yahoo.fr",  "outlook.com", "gmx.de"};

struct Human {
  std::string given, middle, surname;
  std::string site;
};

class Inventor {
 public:
  explicit Inventor(std::uint64_t seed) : random_(seed) {}

  World world(std::size_t size) {
    sites_ = size / 40 + 10;
    names_ = size * 2 + 2000;
    while (world_.aliases.size() < size) household();
    return std::move(world_);
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(double share) { return static_cast<double>(random_() >> 11U) * 0x1.0p-53 < share; }

  template <std::size_t size>
  std::string pick(const std::array<std::string_view, size>& list) {
    return std::string(list[below(size)]);
  }

  /// The n-th made word; low numbers are drawn often.
  static std::string made_word(std::size_t number) {
    std::string word;
    for (std::size_t left = number * 7919 + 41; left > 0; left /= syllables.size())
      word += syllables[left % syllables.size()];
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  }

  std::size_t skewed(std::size_t limit) {
    const double u = static_cast<double>(random_() >> 11U) * 0x1.0p-53;
    return static_cast<std::size_t>(std::pow(u, 2.2) * static_cast<double>(limit));
  }

  std::string given() { return chance(0.5) ? pick(given_names) : made_word(skewed(400) + 5000000); }
  std::string surname() { return chance(0.12) ? pick(common_surnames) : made_word(skewed(names_)); }

  /// One to three people of one surname, who sometimes share an address.
  void household() {
    const std::size_t people = chance(0.06) ? 2 + below(2) : 1;
    const std::string name = surname();
    ++household_;
    const std::string shared = lower(name) + std::to_string(household_) + "@" + pick(free_mail);
    for (std::size_t i = 0; i < people; ++i) {
      Human human{.given = given(),
                  .middle = chance(0.1) ? given() : "",
                  .surname = name,
                  .site = lower(made_word(below(sites_) + 900000)) + ".fr"};
      if (people > 1 && i > 0 && human.given == last_given_) continue;
      last_given_ = human.given;
      ++person_;
      const std::size_t count = 1 + below(3) + (chance(0.2) ? below(4) : 0);
      for (std::size_t k = 0; k < count; ++k) add_alias(human);
      if (people > 1 && chance(0.5)) add(full(human), shared);
    }
  }

  /// A domain of the family's name: the first household that wants it has it.
  std::string family_site(const Human& human) {
    std::string site = lower(human.surname) + ".fr";
    return sites_taken_.try_emplace(site, household_).first->second == household_ ? site : human.site;
  }

  static std::string lower(std::string_view text) {
    std::string result;
    for (const char c : text)
      if (c != ' ' && c != '-') result.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    return result;
  }
  static std::string upper(std::string_view text) {
    std::string result;
    for (const char c : text) result.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    return result;
  }
  static std::string full(const Human& human) { return human.given + " " + human.surname; }

  std::string spelled(const Human& human) {
    switch (below(12)) {
      case 0:
        return upper(human.surname) + " " + human.given;
      case 1:
        return human.surname + ", " + human.given;
      case 2:
        return human.given.substr(0, 1) + ". " + human.surname;
      case 3:
        return human.middle.empty() ? full(human) : human.given + " " + human.middle + " " + human.surname;
      case 4:
        for (const auto& [whole, shorter] : short_names)
          if (human.given == whole) return std::string(shorter) + " " + human.surname;
        return full(human);
      case 5:
        return with_typo(human);
      case 6:
        return chance(0.5) ? human.given : "";
      default:
        return full(human);
    }
  }

  std::string with_typo(const Human& human) {
    std::string name = human.surname;
    if (name.size() >= 6) name.erase(2 + below(name.size() - 3), 1);
    return human.given + " " + name;
  }

  std::string local_part(const Human& human) {
    const std::string given = lower(human.given), name = lower(human.surname);
    switch (below(7)) {
      case 0:
        return given.substr(0, 1) + name;
      case 1:
        return given.substr(0, 1) + "." + name;
      case 2:
        return name + "." + given;
      case 3:
        return given + name;
      case 4:
        return given + std::to_string(10 + below(90));
      default:
        return given + "." + name;
    }
  }

  void add_alias(const Human& human) {
    const double kind = static_cast<double>(below(100));
    const std::string site = kind < 55 ? human.site : kind < 65 ? family_site(human) : pick(free_mail);
    const std::string local =
        kind >= 65 ? local_part(human) + (chance(0.5) ? std::to_string(below(1000)) : "") : local_part(human);
    add(spelled(human), own_address(local, site));
  }

  /// Nobody gets an address that another person has: a provider would not give it.
  std::string own_address(const std::string& local, const std::string& site) {
    std::string address = local + "@" + site;
    for (std::size_t number = 2; !owners_.try_emplace(address, person_).second && owners_[address] != person_; ++number)
      address = local + std::to_string(number) + "@" + site;
    return address;
  }

  void add(std::string name, std::string address) {
    const auto first = std::chrono::sys_days{std::chrono::year{2015} / 1 / 1} + std::chrono::days(below(3000));
    world_.aliases.push_back({.id = static_cast<std::int64_t>(world_.aliases.size()) + 1,
                              .name = std::move(name),
                              .address = std::move(address),
                              .phones = {},
                              .organisations = {},
                              .seen = 1,
                              .first_day = first,
                              .last_day = first + std::chrono::days(below(900))});
    world_.truth.push_back(std::to_string(person_));
  }

  std::mt19937_64 random_;
  World world_;
  std::unordered_map<std::string, std::size_t> owners_, sites_taken_;
  std::size_t household_ = 0, person_ = 0, sites_ = 0, names_ = 0;
  std::string last_given_;
};

Day day_of(const std::string& seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds{std::chrono::seconds{std::strtoll(seconds.c_str(), nullptr, 10)}});
}

}  // namespace

World invented_world(std::size_t size, std::uint64_t seed) {
  return Inventor(seed).world(size);
}

World read_world(const std::string& file) {
  World world;
  std::ifstream input(file);
  std::string line;
  std::getline(input, line);
  while (std::getline(input, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::array<std::string, 6> cells;
    std::istringstream row(line);
    for (auto& cell : cells) std::getline(row, cell, '\t');
    if (cells[2].empty()) continue;
    world.aliases.push_back({.id = static_cast<std::int64_t>(world.aliases.size()) + 1,
                             .name = cells[0],
                             .address = cells[1],
                             .phones = {},
                             .organisations = {},
                             .seen = static_cast<std::uint32_t>(std::strtoul(cells[3].c_str(), nullptr, 10)),
                             .first_day = day_of(cells[4]),
                             .last_day = day_of(cells[5])});
    world.truth.push_back(cells[2]);
  }
  return world;
}

}  // namespace entregent::bench
