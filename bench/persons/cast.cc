// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bench/persons/cast.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "bench/box/latin.h"
#include "bench/box/word_list.h"

namespace entregent::bench {

std::string slug(std::string_view text) {
  std::string result;
  for (const char byte : lower_ascii(without_accents(text)))
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) result += byte;
  return result;
}

namespace {

constexpr std::uint64_t cast_purpose = 31;
const std::vector<std::string> providers{"courriel.example", "freemail.example", "boite.example", "inbox.example",
                                         "gmail.com",        "orange.fr",        "outlook.com",   "free.fr"};
const std::unordered_map<std::string, std::string> short_names{
    {"Frédéric", "Fred"},     {"Sébastien", "Seb"}, {"Guillaume", "Guigui"}, {"Christophe", "Chris"},
    {"Stéphane", "Steph"},    {"Nicolas", "Nico"},  {"Alexandre", "Alex"},   {"Isabelle", "Isa"},
    {"Véronique", "Véro"},    {"Christine", "Cri"}, {"Michael", "Mike"},     {"William", "Bill"},
    {"Robert", "Bob"},        {"Richard", "Rick"},  {"Jennifer", "Jen"},     {"Susan", "Sue"},
    {"Christopher", "Chris"}, {"Matthew", "Matt"},  {"Deborah", "Debbie"},   {"Nicholas", "Nick"},
    {"Jean-Pierre", "JP"},    {"Jean-Marc", "JM"},  {"Anthony", "Tony"},     {"Elizabeth", "Liz"}};

struct Pool {
  std::vector<std::string> given, surnames, titles;
};

Pool pool_of(Language language) {
  const std::string suffix = language == Language::french ? "-french" : "-english";
  return {listed_words("names.txt", "given" + suffix), listed_words("names.txt", "surname" + suffix),
          listed_phrases("names.txt", "title" + suffix)};
}

class Casting {
 public:
  Casting(std::uint64_t seed, std::size_t people, const Shares& shares)
      : random_(seed, cast_purpose, people),
        people_(people),
        shares_(shares),
        pools_{pool_of(Language::french), pool_of(Language::english)},
        company_words_(listed_words("names.txt", "company")) {}

  Cast make() {
    make_companies();
    add_owner();
    repeat(shares_.couples, [&] { add_couple(); });
    repeat(shares_.fathers, [&] { add_father_and_son(); });
    repeat(shares_.brides, [&] { add_bride(); });
    repeat(shares_.successors, [&] { add_succession(); });
    while (cast_.humans.size() < people_) add_anybody();
    repeat(shares_.homonyms, [&] { add_homonym(); });
    repeat(shares_.assistants, [&] { add_assistant(); });
    repeat(shares_.strangers, [&] { add_stranger(); });
    return std::move(cast_);
  }

 private:
  template <class Make>
  void repeat(double share, Make make_one) {
    for (double left = share * static_cast<double>(people_); left >= 1 || random_.chance(left); left -= 1) make_one();
  }

  const Pool& pool(Language language) const { return pools_[static_cast<std::size_t>(language)]; }

  std::string phone(Language language, bool mobile) {
    const std::size_t number = 1000 + phones_++ * 7919 % 9000000;
    const std::size_t a = number / 10000 % 100, b = number / 100 % 100, c = number % 100, d = number / 1000000;
    if (language == Language::french)
      return fmt::format("+33 {} {:02} {:02} {:02} {:02}", mobile ? 6 : 4, 50 + d, a, b, c);
    return fmt::format("+44 {}{:02} {:02}{:02}{:02}", mobile ? 77 : 16, 30 + d, a, b, c);
  }

  void make_companies() {
    for (std::size_t i = 0; i < people_ / 9 + 4; ++i) {
      const Language language = random_.chance(0.6) ? Language::french : Language::english;
      const std::string stem = capitalised(built_word(language, random_)), activity = random_.pick(company_words_);
      cast_.companies.push_back({.name = stem + " " + activity,
                                 .host = fmt::format("{}{}.example", slug(stem), i),
                                 .switchboard = phone(language, false),
                                 .pattern = random_.below(4)});
      cast_.circles.emplace_back();
    }
  }

  int company() {
    // Few are large.
    const double u = random_.uniform();
    return static_cast<int>(u * u * static_cast<double>(cast_.companies.size()));
  }

  void add_owner() {
    Human owner{.given = "Hélène", .surname = "Vasselin", .title = "Consultante", .mobile = "+33 6 55 01 07 33"};
    owner.accounts = {{.address = "helene.vasselin@courriel.example", .kind = AccountKind::home, .name = owner.name()},
                      {.address = "contact.helene@vasselin.example", .name = owner.name()}};
    enter(std::move(owner), new_circle());
  }

  int new_circle() {
    cast_.circles.emplace_back();
    return static_cast<int>(cast_.circles.size()) - 1;
  }

  int enter(Human human, int circle) {
    human.id = static_cast<int>(cast_.humans.size());
    human.circle = circle;
    cast_.circles[static_cast<std::size_t>(circle)].push_back(human.id);
    cast_.humans.push_back(std::move(human));
    return static_cast<int>(cast_.humans.size()) - 1;
  }

  std::string family_name(Language language) {
    // Half of a country bears names that many bear; the commonest ones come first in the list.
    const auto& listed = pool(language).surnames;
    if (random_.chance(0.45))
      return listed[static_cast<std::size_t>(random_.uniform() * random_.uniform() *
                                             static_cast<double>(listed.size()))];
    return capitalised(built_word(language, random_));
  }

  Human somebody() {
    const Language language = random_.chance(0.6) ? Language::french : Language::english;
    Human human{.language = language};
    do {
      human.given = random_.pick(pool(language).given);
      human.surname = family_name(language);
      if (random_.chance(0.04)) human.surname += "-" + random_.pick(pool(language).surnames);
    } while (!names_.insert(slug(human.name())).second);
    describe(human);
    return human;
  }

  void describe(Human& human) {
    human.title = random_.pick(pool(human.language).titles);
    human.mobile = phone(human.language, true);
    human.birthday =
        fmt::format("{}-{:02}-{:02}", 1950 + random_.below(50), 1 + random_.below(12), 1 + random_.below(28));
  }

  std::string local_at(const Human& human, const std::string& surname, std::size_t pattern) const {
    const std::string given = slug(human.given), last = slug(surname);
    if (pattern == 0) return given + "." + last;
    if (pattern == 1) return given.substr(0, 1) + last;
    if (pattern == 2) return last + "." + given;
    return given;
  }

  std::string own_address(const std::string& local, const std::string& host) {
    std::string address = local + "@" + host;
    for (int number = 2; !addresses_.insert(address).second; ++number)
      address = fmt::format("{}{}@{}", local, number, host);
    return address;
  }

  /// At home people take their name with digits, a nickname, or something that says nothing.
  std::string home_local(const Human& human) {
    const std::string given = slug(human.given), surname = slug(human.surname);
    const std::string digits = std::to_string(random_.chance(0.5) ? 1950 + random_.below(55) : random_.below(100));
    switch (random_.below(10)) {
      case 0:
      case 1:
        return given + "." + surname;
      case 2:
        return given + "." + surname + digits;
      case 3:
        return given.substr(0, 1) + surname + digits;
      case 4:
        return surname + "." + given;
      case 5:
        return given + surname;
      case 6:
        return given + digits;
      case 7:
        return slug(built_word(human.language, random_)) + digits;
      case 8:
        return surname + digits;
      default:
        return given + "_" + surname;
    }
  }

  void spell(Account& account, const Human& human, const std::string& surname) {
    account.name = own_name(human, surname, account);
    const std::size_t ways = random_.below(3);
    for (std::size_t i = 0; i < ways; ++i) account.seen_as.push_back(spelled(human, surname, account.company, random_));
  }

  std::string own_name(const Human& human, const std::string& surname, const Account& account) {
    const std::string full = human.given + " " + surname;
    if (account.kind == AccountKind::work) {
      if (random_.chance(0.1)) return upper_letters(surname) + " " + human.given;
      if (random_.chance(0.05)) return surname + ", " + human.given;
      return full;
    }
    const double u = random_.uniform();
    if (u < 0.7) return full;
    if (u < 0.78) return without_accents(full);
    if (u < 0.84) return human.given;
    if (u < 0.90) return lower_ascii(without_accents(full));
    if (u < 0.93) return "";
    const auto nickname = short_names.find(human.given);
    return nickname == short_names.end() ? full : nickname->second + " " + surname;
  }

  Account work_account(const Human& human, const std::string& surname, int company, int from, int to) {
    const Company& firm = cast_.companies[static_cast<std::size_t>(company)];
    Account account{.address = own_address(local_at(human, surname, firm.pattern), firm.host),
                    .from_day = from,
                    .to_day = to,
                    .company = firm.name,
                    .direct_line = random_.chance(0.6) ? phone(human.language, false) : firm.switchboard};
    account.signs = random_.chance(0.85);
    spell(account, human, surname);
    return account;
  }

  Account home_account(const Human& human) {
    Account account{.address = own_address(home_local(human), random_.pick(providers)), .kind = AccountKind::home};
    account.signs = random_.chance(0.3);
    spell(account, human, human.surname);
    return account;
  }

  void add_anybody() {
    Human human = somebody();
    const double kind = random_.uniform();
    if (kind < 0.7) {
      const int firm = company();
      employ(human, firm);
      enter(std::move(human), firm);
    } else if (kind < 0.85) {
      Account own = work_account(human, human.surname, company(), 0, last_box_day);
      own.company = human.surname + (human.language == Language::french ? " Conseil" : " Consulting");
      own.address = own_address(random_.chance(0.5) ? slug(human.given) : "contact." + slug(human.given),
                                slug(human.surname) + (random_.chance(0.5) ? ".fr" : "-conseil.example"));
      own.direct_line = phone(human.language, false);
      human.accounts.push_back(std::move(own));
      if (random_.chance(0.4)) human.accounts.push_back(home_account(human));
      enter(std::move(human), friends());
    } else {
      human.accounts.push_back(home_account(human));
      if (random_.chance(0.25)) human.accounts.push_back(home_account(human));
      enter(std::move(human), friends());
    }
  }

  int friends() {
    if (friends_ < 0 || random_.chance(0.15)) friends_ = new_circle();
    return friends_;
  }

  void employ(Human& human, int firm) {
    if (random_.chance(0.2)) {
      const int moved = 200 + static_cast<int>(random_.below(1000));
      int next = company();
      while (next == firm) next = company();
      human.accounts.push_back(work_account(human, human.surname, firm, 0, moved));
      human.accounts.push_back(work_account(human, human.surname, next, moved + 1, last_box_day));
      human.traps.emplace_back("new job");
    } else {
      human.accounts.push_back(work_account(human, human.surname, firm, 0, last_box_day));
    }
    if (random_.chance(0.45)) {
      human.accounts.push_back(home_account(human));
      if (random_.chance(0.06)) human.accounts.back().reply_to = static_cast<int>(human.accounts.size()) - 2;
    }
  }

  /// Two, one mailbox; some have another of their own.
  void add_couple() {
    Human one = somebody(), other = somebody();
    if (random_.chance(0.75)) other.surname = one.surname;
    other.language = one.language;
    one.landline = other.landline = phone(one.language, false);
    const int circle = friends();
    const std::array<std::string, 4> locals{"famille." + slug(one.surname), slug(one.given) + "." + slug(other.given),
                                            slug(one.given) + "." + slug(one.surname), slug(one.surname)};
    const std::string address = own_address(locals[random_.below(4)], random_.pick(providers));
    for (Human* each : {&one, &other}) {
      Account shared{.address = address, .kind = AccountKind::shared, .name = each->name()};
      if (random_.chance(0.4)) shared.seen_as.push_back(each->given);
      shared.seen_as.emplace_back();
      each->accounts.push_back(std::move(shared));
      if (random_.chance(0.6)) each->accounts.push_back(home_account(*each));
      each->traps.emplace_back("shared mailbox");
    }
    const int first = enter(std::move(one), circle);
    cast_.couples.emplace_back(first, enter(std::move(other), circle));
  }

  void add_father_and_son() {
    Human father = somebody(), son = somebody();
    son.surname = father.surname;
    son.language = father.language;
    const auto& given = pool(father.language).given;
    for (int i = 0; i < 200 && random_.chance(0.97); ++i) {
      son.given = random_.pick(given);
      if (son.given != father.given && son.given[0] == father.given[0]) break;
    }
    if (random_.chance(0.15)) son.given = father.given + "-" + random_.pick(given);
    if (son.given == father.given) son.given = given[given[0] == father.given ? 1 : 0];
    father.landline = son.landline = phone(father.language, false);
    const std::string firm = father.surname + " & fils", host = slug(father.surname) + "-et-fils.example";
    const int circle = new_circle();
    for (Human* each : {&father, &son}) {
      const std::string local =
          each == &father ? slug(each->given).substr(0, 1) + "." + slug(each->surname) : slug(each->given);
      Account account{.address = own_address(local, host), .company = firm, .direct_line = father.landline};
      spell(account, *each, each->surname);
      if (random_.chance(0.5)) account.seen_as.push_back(each->given.substr(0, 1) + ". " + each->surname);
      each->accounts.push_back(std::move(account));
      if (random_.chance(0.5)) each->accounts.push_back(home_account(*each));
      each->traps.emplace_back("family");
    }
    const int first = enter(std::move(father), circle);
    cast_.fathers.emplace_back(first, enter(std::move(son), circle));
  }

  /// Another surname from some day on; at work a new address, the same at home.
  void add_bride() {
    Human bride = somebody();
    bride.former_surname = bride.surname;
    const std::string after = family_name(bride.language);
    const int firm = company(), day = 300 + static_cast<int>(random_.below(900));
    bride.accounts.push_back(work_account(bride, bride.former_surname, firm, 0, day));
    if (random_.chance(0.6)) bride.accounts.push_back(home_account(bride));
    bride.surname = random_.chance(0.4) ? bride.former_surname + "-" + after : after;
    bride.accounts.push_back(work_account(bride, bride.surname, firm, day + 1, last_box_day));
    bride.accounts.back().direct_line = bride.accounts.front().direct_line;
    // For some weeks she writes under the new name from the old address, as her colleagues do.
    if (random_.chance(0.5)) bride.accounts.front().seen_as.push_back(bride.name());
    bride.traps.emplace_back("name change");
    enter(std::move(bride), firm);
  }

  /// One address and one desk, two holders one after the other.
  void add_succession() {
    Human before = somebody(), after = somebody();
    const int firm = company(), day = 400 + static_cast<int>(random_.below(600));
    const Company& at = cast_.companies[static_cast<std::size_t>(firm)];
    static const std::vector<std::string> desks{"controle.gestion", "direction.qualite", "achats.nord", "dsi.reseau",
                                                "head.office"};
    const std::string address = own_address(random_.pick(desks), at.host), line = phone(before.language, false);
    for (Human* each : {&before, &after}) {
      Account desk{.address = address, .kind = AccountKind::function, .company = at.name, .direct_line = line};
      (each == &before ? desk.to_day : desk.from_day) = each == &before ? day : day + 1;
      spell(desk, *each, each->surname);
      desk.name = each->name();
      each->accounts.push_back(std::move(desk));
      if (random_.chance(0.7)) each->accounts.push_back(home_account(*each));
      each->traps.emplace_back("successor");
    }
    const int first = enter(std::move(before), firm);
    cast_.successions.emplace_back(first, enter(std::move(after), firm));
  }

  /// Most often of a name that many have.
  int somebody_to_share_a_name() {
    int other = 0;
    for (int i = 0; i < 60; ++i) {
      other = 1 + static_cast<int>(random_.below(people_ - 1));
      const Human& namesake = cast_.humans[static_cast<std::size_t>(other)];
      const auto& listed = pool(namesake.language).surnames;
      const bool common = std::find(listed.begin(), listed.end(), namesake.surname) != listed.end();
      if (namesake.traps.empty() && (common || random_.chance(0.05))) break;
    }
    return other;
  }

  /// Somebody who has the name of another.
  void add_homonym() {
    Human human = somebody();
    const int other = somebody_to_share_a_name();
    Human& namesake = cast_.humans[static_cast<std::size_t>(other)];
    human.given = namesake.given;
    human.surname = namesake.surname;
    human.language = namesake.language;
    human.traps.emplace_back("homonym");
    namesake.traps.emplace_back("homonym");
    const int firm = company();
    employ(human, firm);
    cast_.homonyms.emplace_back(other, enter(std::move(human), firm));
  }

  /// Named somewhere, never written to.
  void add_stranger() {
    Human stranger = somebody();
    if (random_.chance(shares_.homonyms)) {
      const Human& namesake = cast_.humans[static_cast<std::size_t>(somebody_to_share_a_name())];
      stranger.given = namesake.given;
      stranger.surname = namesake.surname;
      stranger.traps.emplace_back("stranger's homonym");
    }
    cast_.employers.emplace_back(static_cast<int>(cast_.humans.size()), company());
    enter(std::move(stranger), new_circle());
  }

  void add_assistant() {
    const int boss = 1 + static_cast<int>(random_.below(cast_.humans.size() - 1));
    Human& chief = cast_.humans[static_cast<std::size_t>(boss)];
    if (chief.assistant >= 0 || chief.accounts.front().kind != AccountKind::work || !chief.traps.empty()) return;
    const int firm = chief.circle;
    if (static_cast<std::size_t>(firm) >= cast_.companies.size()) return;
    Human assistant = somebody();
    employ(assistant, firm);
    assistant.traps.emplace_back("assistant");
    chief.traps.emplace_back("assistant writes");
    const int id = enter(std::move(assistant), firm);
    cast_.humans[static_cast<std::size_t>(boss)].assistant = id;
  }

  Random random_;
  std::size_t people_;
  Shares shares_;
  std::array<Pool, 2> pools_;
  std::vector<std::string> company_words_;
  std::unordered_set<std::string> names_, addresses_;
  std::size_t phones_ = 0;
  int friends_ = -1;
  Cast cast_;
};

}  // namespace

std::string spelled(const Human& human, const std::string& surname, const std::string& company, Random& random) {
  const std::string full = human.given + " " + surname;
  const auto nickname = short_names.find(human.given);
  switch (random.below(14)) {
    case 0:
      return without_accents(full);
    case 1:
      return surname + ", " + human.given;
    case 2:
      return upper_letters(surname) + " " + human.given;
    case 3:
      return without_accents(human.given).substr(0, 1) + ". " + surname;
    case 4:
      return lower_ascii(full);
    case 5:
      return company.empty() ? full : full + " (" + company + ")";
    case 6:
    case 7:
      return "";
    case 8:
      return human.given;
    case 9:
      return surname + " " + human.given;
    case 10:
      return nickname == short_names.end() ? full : nickname->second + " " + surname;
    case 11: {
      std::string typed = full;
      if (typed.size() > 9 && random.chance(0.3)) std::swap(typed[typed.size() - 3], typed[typed.size() - 4]);
      return is_ascii(full) ? typed : full;
    }
    default:
      return full;
  }
}

Cast make_cast(std::uint64_t seed, std::size_t people, const Shares& shares) {
  return Casting(seed, people, shares).make();
}

}  // namespace entregent::bench
