// SPDX-License-Identifier: AGPL-3.0-or-later
#include "world.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "latin.h"
#include "word_list.h"

namespace entregent::bench {

namespace {

constexpr std::size_t messages_per_correspondent = 35;
constexpr double homonyms = 0.005;
constexpr std::uint64_t people_purpose = 11, list_purpose = 12, robot_purpose = 13;

struct Names {
  std::vector<std::string> given, surnames, titles;
};

Names names_of(Language language) {
  const std::string suffix = language == Language::french ? "-french" : "-english";
  return {listed_words("names.txt", "given" + suffix), listed_words("names.txt", "surname" + suffix),
          listed_phrases("names.txt", "title" + suffix)};
}

/// Letters and digits of a name, for a host or a local part.
std::string slug(std::string_view text) {
  std::string result;
  for (const char byte : lower_ascii(without_accents(text)))
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) result += byte;
  return result;
}

class WorldMaker {
 public:
  WorldMaker(std::uint64_t seed, std::size_t messages)
      : seed_(seed),
        messages_(messages),
        names_{names_of(Language::french), names_of(Language::english)},
        company_words_(listed_words("names.txt", "company")) {}

  World make() {
    add_owner();
    const std::size_t people = std::max<std::size_t>(20, messages_ / messages_per_correspondent);
    for (std::size_t i = 0; i < people; ++i) add_correspondent(i);
    for (std::size_t i = 0; i < 10 + messages_ / 5000; ++i) add_robot(i);
    for (std::size_t i = 0; i < 3 + messages_ / 20000; ++i) add_list(i);
    return std::move(world_);
  }

 private:
  const Names& names(Language language) const { return names_[static_cast<std::size_t>(language)]; }

  std::uint32_t add_spelling(std::uint32_t party, std::string name, std::string address) {
    std::vector<std::uint32_t>& own = world_.parties[party].spellings;
    for (const std::uint32_t known : own)
      if (world_.spellings[known].name == name && world_.spellings[known].address == address) return known;
    world_.spellings.push_back({std::move(name), std::move(address), party});
    own.push_back(static_cast<std::uint32_t>(world_.spellings.size() - 1));
    return own.back();
  }

  std::uint32_t add_party(Party party) {
    world_.parties.push_back(std::move(party));
    return static_cast<std::uint32_t>(world_.parties.size() - 1);
  }

  void add_owner() {
    const std::uint32_t owner = add_party({.id = "owner",
                                           .given = "Hélène",
                                           .surname = "Vasselin",
                                           .company = "Vasselin Conseil",
                                           .title = "Consultante indépendante",
                                           .phone = "+33 6 55 01 07 33",
                                           .host = "vasselin.example"});
    world_.owner_sends_from = {add_spelling(owner, "Helene Vasselin", "hvasselin@ancien-employeur.example"),
                               add_spelling(owner, "Hélène Vasselin", "helene.vasselin@courriel.example"),
                               add_spelling(owner, "Hélène Vasselin", "contact.helene@vasselin.example")};
    add_spelling(owner, "VASSELIN Hélène", "helene.vasselin@courriel.example");
    add_spelling(owner, "", "helene.vasselin@courriel.example");
  }

  /// A name that nobody has yet: those who share one are drawn on purpose.
  void name_somebody(Party& person, Random& random) {
    const Names& pool = names(person.language);
    do {
      person.given = random.pick(pool.given);
      const bool listed = random.chance(0.3);
      person.surname = listed ? random.pick(pool.surnames) : capitalised(built_word(person.language, random));
      if (random.chance(0.05)) person.surname += "-" + random.pick(pool.surnames);
    } while (!taken_names_.insert(slug(person.given + " " + person.surname)).second);
  }

  /// The name of somebody else, for one person in two hundred.
  bool share_a_name(Party& person, Random& random) {
    if (world_.correspondents.empty() || !random.chance(homonyms)) return false;
    const Party& other = world_.parties[random.pick(world_.correspondents)];
    person.given = other.given;
    person.surname = other.surname;
    person.language = other.language;
    return true;
  }

  void add_correspondent(std::size_t index) {
    Random random(seed_, people_purpose, index);
    Party person{.id = fmt::format("p{:06}", index + 1)};
    person.language = random.chance(0.5) ? Language::french : Language::english;
    const bool is_homonym = share_a_name(person, random);
    if (!is_homonym) name_somebody(person, random);
    const std::string stem = capitalised(built_word(person.language, random));
    const std::string activity = random.pick(company_words_);
    person.company = stem + " " + activity;
    person.title = random.pick(names(person.language).titles);
    person.phone = person.language == Language::french
                       ? fmt::format("+33 1 99 00 {:02} {:02}", random.below(100), random.below(100))
                       : fmt::format("+44 1632 96{:04}", random.below(10000));
    person.host = slug(stem) + "-" + slug(activity) + ".example";
    const std::uint32_t party = add_party(std::move(person));
    world_.correspondents.push_back(party);
    add_spellings(party, random);
  }

  std::string local_part(const Party& person, std::size_t pattern, std::size_t number) const {
    const std::string given = slug(person.given), surname = slug(person.surname);
    switch (pattern) {
      case 0:
        return given + "." + surname;
      case 1:
        return given.substr(0, 1) + surname;
      case 2:
        return surname + "." + given;
      case 3:
        return given + "_" + surname + std::to_string(number);
      case 4:
        return given + std::to_string(number) + surname.substr(0, 3);
      default:
        return surname.substr(0, 5) + std::to_string(number);
    }
  }

  /// At the office first, then at providers where the number keeps homonyms apart.
  std::vector<std::string> addresses(const Party& person, std::uint32_t party, Random& random) const {
    static const std::vector<std::string> providers{"courriel.example", "freemail.example", "boite.example",
                                                    "inbox.example"};
    std::vector<std::string> result{local_part(person, random.below(3), 0) + "@" + person.host};
    const std::size_t count = std::min<std::size_t>(random.geometric(1.5), 4);
    while (result.size() < count)
      result.push_back(local_part(person, 3 + random.below(3), 100 + party) + "@" + random.pick(providers));
    return result;
  }

  static std::string other_name(const Party& person, std::size_t variant) {
    switch (variant) {
      case 0:
        return without_accents(person.given + " " + person.surname);
      case 1:
        return person.surname + ", " + person.given;
      case 2:
        return upper_letters(person.surname) + " " + person.given;
      case 3:
        return without_accents(person.given).substr(0, 1) + ". " + person.surname;
      case 4:
        return lower_ascii(person.given + " " + person.surname);
      case 5:
        return person.given + " " + person.surname + " (" + person.company + ")";
      case 6:
        return "";
      default:
        return person.given;
    }
  }

  void add_spellings(std::uint32_t party, Random& random) {
    const Party person = world_.parties[party];
    for (const std::string& address : addresses(person, party, random)) {
      add_spelling(party, person.given + " " + person.surname, address);
      if (random.chance(0.6)) add_spelling(party, other_name(person, random.below(8)), address);
      if (random.chance(0.2)) add_spelling(party, other_name(person, random.below(8)), address);
    }
  }

  void add_robot(std::size_t index) {
    Random random(seed_, robot_purpose, index);
    static const std::vector<std::string> locals{"newsletter", "noreply", "notifications", "info",
                                                 "no-reply",   "alertes", "billing"};
    const Language language = random.chance(0.5) ? Language::french : Language::english;
    const std::string stem = built_word(language, random);
    const std::string host = slug(stem) + std::to_string(index) + ".example";
    const std::uint32_t party = add_party(
        {.id = fmt::format("robot{:04}", index + 1), .language = language, .company = capitalised(stem), .host = host});
    add_spelling(party, capitalised(stem), random.pick(locals) + "@" + host);
    world_.robots.push_back(party);
  }

  void add_list(std::size_t index) {
    Random random(seed_, list_purpose, index);
    const Language language = index % 3 == 0 ? Language::french : Language::english;
    const std::string name = slug(built_word(language, random)) + (random.chance(0.5) ? "-dev" : "-users");
    const std::string address = name + "@lists.example";
    const std::uint32_t party = add_party(
        {.id = fmt::format("list{:04}", index + 1), .language = language, .company = name, .host = "lists.example"});
    add_spelling(party, random.chance(0.5) ? name : "", address);
    MailList list{.party = party, .name = name, .address = address, .language = language};
    const std::size_t size = std::min(world_.correspondents.size(), random.between(15, 300));
    for (std::size_t i = 0; i < size; ++i) list.subscribers.push_back(random.pick(world_.correspondents));
    world_.lists.push_back(std::move(list));
  }

  std::uint64_t seed_;
  std::size_t messages_;
  std::array<Names, 2> names_;
  std::vector<std::string> company_words_;
  std::unordered_set<std::string> taken_names_;
  World world_;
};

}  // namespace

World make_world(std::uint64_t seed, std::size_t messages) {
  return WorldMaker(seed, messages).make();
}

std::uint32_t draw_spelling(const Party& party, Random& random) {
  if (random.chance(0.7)) return party.spellings.front();
  return random.pick(party.spellings);
}

}  // namespace entregent::bench
