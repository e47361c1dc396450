// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/people_of_the_world.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "demo/names.h"
#include "demo/spellings.h"

namespace entregent::demo {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// Makes the cast person by person; keeps what must not be given twice.
class Casting {
 public:
  Casting(const WorldOptions& options, Random& random) : random_(random) {
    cast_.last_day = options.last_day;
    cast_.first_day = options.last_day - days{1095};
    cast_.old_address_left = cast_.first_day + days{400};
    cast_.marker = options.marker;
    humans_wanted_ = std::max(60, std::min(options.correspondents, options.messages / 8));
  }

  Cast make() {
    add_her();
    for (std::size_t index = 0; index < companies().size(); ++index) cast_.circles.emplace_back();
    const int sets = std::max(1, humans_wanted_ / 60);
    for (int set = 0; set < sets; ++set) add_traps();
    while (static_cast<int>(cast_.humans.size()) < humans_wanted_) add_anybody();
    rank_by_weight();
    add_machines();
    return std::move(cast_);
  }

 private:
  Person& person(int id) { return cast_.persons[static_cast<std::size_t>(id)]; }
  std::string marked(std::string_view text) const { return std::string(text) + cast_.marker; }
  std::string marked_domain(std::string_view domain) const {
    return cast_.marker.empty() ? std::string(domain) : cast_.marker + "-" + std::string(domain);
  }

  int add(Person person) {
    const int id = static_cast<int>(cast_.persons.size());
    person.truth.id = id;
    cast_.persons.push_back(std::move(person));
    return id;
  }

  void add_her() {
    Person she = named("Hélène", "Vasseur", "Léna", true);
    she.truth.me = true;
    she.truth.company = marked("Vasseur Conseil");
    she.truth.title = "Consultante en audit interne";
    she.truth.phone = "+33 6 39 98 00 17";
    she.former_company = marked("Cabinet Orme & Associés");
    she.program = Program::thunderbird;
    she.city = "Lyon";
    const auto local = lower(without_accents(she.family));
    she.truth.addresses = {{.address = "h." + local + "@" + marked_domain("cabinet-orme.example"),
                            .first = cast_.first_day,
                            .last = cast_.old_address_left},
                           {.address = "helene@" + marked_domain("vasseur-conseil.example"),
                            .first = cast_.first_day + days{345},
                            .last = cast_.last_day},
                           {.address = "helene." + local + "@" + marked_domain("courriel.example"),
                            .first = cast_.first_day,
                            .last = cast_.last_day}};
    const std::string& name = she.truth.name;
    she.spellings = {{.name = upper(she.family) + " " + she.given, .address = 0, .own = true},
                     {.name = name, .address = 1, .own = true},
                     {.name = name, .address = 2, .own = true},
                     {.name = without_accents(name), .address = 0},
                     {.name = she.family + ", " + she.given, .address = 0},
                     {.name = "", .address = 1},
                     {.name = "H. " + she.family, .address = 1},
                     {.name = she.family + " Hélène", .address = 1},
                     {.name = name + " (" + she.truth.company + ")", .address = 1},
                     {.name = "", .address = 2},
                     {.name = marked("Léna"), .address = 2},
                     {.name = without_accents(name), .address = 2}};
    add(std::move(she));
  }

  Person named(std::string_view given, std::string_view family, std::string_view nickname, bool woman) {
    Person made;
    made.given = marked(given);
    made.family = marked(family);
    made.nickname = nickname.empty() ? "" : marked(nickname);
    made.woman = woman;
    made.city = "Lyon";
    made.truth.name = made.given + " " + made.family;
    return made;
  }

  /// Somebody whose name nobody else has.
  Person somebody(Language language) {
    for (;;) {
      const bool woman = random_.chance(50);
      const bool french = language == Language::french;
      const auto& given =
          random_.pick(french ? (woman ? french_women() : french_men()) : (woman ? english_women() : english_men()));
      const auto family = random_.pick(french ? french_families() : english_families());
      Person made = named(given.name, family, given.nickname, woman);
      made.language = language;
      if (taken_.insert(made.truth.name).second || taken_.size() > 12000) return made;
    }
  }

  void choose_habits(Person& made) {
    if (made.language == Language::french) {
      made.program = random_.pick(
          std::to_array({Program::outlook_french, Program::outlook_french, Program::gmail_french, Program::thunderbird,
                         Program::apple_french, Program::webmail, Program::old_outlook, Program::mutt}));
    } else {
      made.program = random_.pick(std::to_array({Program::outlook_english, Program::outlook_english,
                                                 Program::gmail_english, Program::apple_english, Program::mutt}));
    }
    switch (made.program) {
      case Program::old_outlook:
        made.charset = Charset::windows1252;
        break;
      case Program::outlook_french:
      case Program::outlook_english:
        made.charset = random_.pick(std::to_array({Charset::utf8, Charset::latin1, Charset::windows1252}));
        break;
      case Program::webmail:
        made.charset = random_.chance(50) ? Charset::latin9 : Charset::utf8;
        break;
      case Program::thunderbird:
      case Program::mutt:
        made.charset = random_.pick(std::to_array({Charset::utf8, Charset::utf8, Charset::latin9, Charset::latin1}));
        break;
      default:
        made.charset = Charset::utf8;
    }
    made.word = random_.chance(60) ? Word::q : Word::b;
    made.signs_with_dashes =
        made.program == Program::thunderbird || made.program == Program::mutt || random_.chance(30);
    if (made.language == Language::english) made.zone = random_.chance(60) ? Zone::london : Zone::new_york;
  }

  std::string new_phone(Language language) {
    const int number = ++phones_;
    if (language == Language::english) return fmt::format("+44 20 7946 {:04}", number % 1000);
    // The ranges that the French regulator keeps for fiction.
    const auto range = std::to_array<std::string_view>({"6 39 98", "1 99 00", "2 61 91", "3 53 01", "4 65 71",
                                                        "5 36 49"})[static_cast<std::size_t>(number / 9000 % 6)];
    return fmt::format("+33 {} {:02} {:02}", range, (number * 7919 % 10000) / 100, number * 7919 % 100);
  }

  void employ(Person& made, int company) {
    const CompanyName& firm = companies()[static_cast<std::size_t>(company)];
    made.truth.company = marked(firm.name);
    made.truth.title = random_.pick(made.language == Language::french ? titles(made.woman) : english_titles());
    made.truth.phone = new_phone(made.language);
    made.circle = company;
    made.city = firm.city;
    add_address(made, work_local_part(made, firm.pattern), firm.domain, cast_.first_day, cast_.last_day);
  }

  /// The address is made unique by a number, as hosts do.
  void add_address(Person& made, const std::string& local, std::string_view domain, sys_days first, sys_days last) {
    std::string address = local + "@" + marked_domain(domain);
    for (int number = 2; !addresses_.insert(address).second; ++number)
      address = fmt::format("{}{}@{}", local, number, marked_domain(domain));
    made.truth.addresses.push_back({.address = address, .first = first, .last = last});
  }

  int enter(Person made) {
    choose_habits(made);
    const int circle = made.circle;
    const int id = add(std::move(made));
    cast_.humans.push_back(id);
    cast_.circles[static_cast<std::size_t>(circle)].push_back(id);
    return id;
  }

  int french_company() {
    for (;;) {
      const auto index = random_.below(companies().size());
      if (!companies()[index].english) return static_cast<int>(index);
    }
  }
  int english_company() {
    for (;;) {
      const auto index = random_.below(companies().size());
      if (companies()[index].english) return static_cast<int>(index);
    }
  }
  int new_circle() {
    cast_.circles.emplace_back();
    return static_cast<int>(cast_.circles.size()) - 1;
  }

  int add_employee(Person made) {
    employ(made, made.language == Language::french ? french_company() : english_company());
    more_addresses(made);
    spell_out(made, random_);
    return enter(std::move(made));
  }

  /// A private address, another job, or something that says nothing of the name.
  void more_addresses(Person& made) {
    const int drawn = random_.between(1, 100);
    if (drawn <= 40) {
      add_address(made, private_local_part(made, random_), random_.pick(mail_hosts()), cast_.first_day, cast_.last_day);
    } else if (drawn <= 52) {
      const int company = made.language == Language::french ? french_company() : english_company();
      const CompanyName& firm = companies()[static_cast<std::size_t>(company)];
      const sys_days moved = cast_.first_day + days{random_.between(350, 800)};
      made.truth.addresses[0].last = moved;
      made.former_company = made.truth.company;
      made.truth.company = marked(firm.name);
      add_address(made, work_local_part(made, firm.pattern), firm.domain, moved + days{1}, cast_.last_day);
      made.truth.traps.emplace_back("new job");
    } else if (drawn <= 57) {
      add_address(made, opaque_local_part(random_), random_.pick(mail_hosts()), cast_.first_day, cast_.last_day);
      made.truth.traps.emplace_back("nothing in common");
    }
  }

  void add_anybody() {
    const int drawn = random_.between(1, 100);
    if (drawn <= 14) {
      add_employee(somebody(Language::english));
    } else if (drawn <= 30) {
      add_consultant();
    } else if (drawn <= 46) {
      add_friend();
    } else {
      add_employee(somebody(Language::french));
    }
  }

  void add_consultant() {
    Person made = somebody(Language::french);
    made.consultant = true;
    made.friendly = true;
    const std::string own = squeezed_lower(made.family);
    made.truth.company = made.family + " Conseil";
    made.truth.title = made.woman ? "Consultante indépendante" : "Consultant indépendant";
    made.truth.phone = new_phone(made.language);
    made.city = random_.pick(companies()).city;
    if (peers_ < 0) peers_ = new_circle();
    made.circle = peers_;
    add_address(made, squeezed_lower(made.given), own + "-conseil.example", cast_.first_day, cast_.last_day);
    more_addresses(made);
    spell_out(made, random_);
    enter(std::move(made));
  }

  void add_friend() {
    Person made = somebody(Language::french);
    made.friendly = true;
    made.truth.phone = new_phone(made.language);
    made.city = "Lyon";
    if (friends_ < 0 || random_.chance(25)) friends_ = new_circle();
    made.circle = friends_;
    add_address(made, private_local_part(made, random_), random_.pick(mail_hosts()), cast_.first_day, cast_.last_day);
    if (random_.chance(30)) {
      add_address(made, private_local_part(made, random_), random_.pick(mail_hosts()), cast_.first_day, cast_.last_day);
    }
    spell_out(made, random_);
    enter(std::move(made));
  }

  void trap(int id, std::string_view name) { person(id).truth.traps.emplace_back(name); }

  void add_traps() {
    add_homonyms();
    add_couple();
    add_bride();
    add_succession();
    add_father_and_son();
    add_boss();
  }

  void add_homonyms() {
    GivenName given = random_.pick(french_men());
    std::string_view family = random_.pick(common_families());
    while (!taken_.insert(std::string(given.name) + " " + marked(family)).second) {
      given = random_.pick(french_men());
      family = random_.pick(common_families());
    }
    const int first_company = french_company();
    int second_company = first_company;
    while (second_company == first_company) second_company = french_company();
    int ids[2] = {0, 0};
    for (int index = 0; index < 2; ++index) {
      Person made = named(given.name, family, given.nickname, false);
      employ(made, index == 0 ? first_company : second_company);
      spell_out(made, random_);
      ids[index] = enter(std::move(made));
      trap(ids[index], "homonym");
    }
    person(ids[0]).truth.homonyms.push_back(ids[1]);
    person(ids[1]).truth.homonyms.push_back(ids[0]);
    cast_.homonyms.emplace_back(ids[0], ids[1]);
  }

  /// Two people, one mailbox; one of them has an address of his or her own too.
  void add_couple() {
    Person one = somebody(Language::french), other = somebody(Language::french);
    other.family = one.family;
    other.truth.name = other.given + " " + other.family;
    const int circle = new_circle();
    const std::string local =
        std::string(random_.pick(std::to_array<std::string_view>({"famille.", "les.", "chez."}))) +
        squeezed_lower(one.family);
    add_address(one, local, random_.pick(mail_hosts()), cast_.first_day, cast_.last_day);
    one.truth.addresses[0].shared = true;
    other.truth.addresses = one.truth.addresses;
    add_address(other, private_local_part(other, random_), random_.pick(mail_hosts()), cast_.first_day, cast_.last_day);
    for (Person* each : {&one, &other}) {
      each->friendly = true;
      each->circle = circle;
      each->truth.phone = new_phone(each->language);
      each->spellings = {{.name = each->truth.name, .address = 0, .own = true}, {.name = each->given, .address = 0}};
      each->truth.traps.emplace_back("shared mailbox");
    }
    one.spellings.push_back({.name = "", .address = 0});
    one.spellings.push_back({.name = one.given + " et " + other.given + " " + one.family, .address = 0});
    other.spellings.push_back({.name = other.truth.name, .address = 1, .own = true});
    const int one_id = enter(std::move(one));
    cast_.couples.emplace_back(one_id, enter(std::move(other)));
  }

  void add_bride() {
    Person made = somebody(Language::french);
    while (!made.woman) made = somebody(Language::french);
    const std::string before = made.family;
    const sys_days day = cast_.first_day + days{random_.between(450, 750)};
    const int company = french_company();
    employ(made, company);
    made.truth.addresses[0].last = day;
    const CompanyName& firm = companies()[static_cast<std::size_t>(company)];
    made.truth.former_name = made.truth.name;
    const std::string after = marked(random_.pick(french_families()));
    made.family = random_.chance(40) ? before + "-" + after : after;
    made.truth.name = made.given + " " + made.family;
    LocalPart pattern = firm.pattern;
    if (pattern == LocalPart::first) pattern = LocalPart::first_dot_last;
    add_address(made, work_local_part(made, pattern), firm.domain, day + days{1}, cast_.last_day);
    made.spellings = {{.name = *made.truth.former_name, .address = 0, .own = true},
                      {.name = made.truth.name, .address = 1, .own = true},
                      {.name = upper(before) + " " + made.given, .address = 0},
                      {.name = made.family + ", " + made.given, .address = 1}};
    made.truth.traps.emplace_back("name change");
    cast_.brides.push_back(enter(std::move(made)));
  }

  /// One address of a function, two holders one after the other.
  void add_succession() {
    Person before = somebody(Language::french), after = somebody(Language::french);
    const int company = french_company();
    const CompanyName& firm = companies()[static_cast<std::size_t>(company)];
    const sys_days day = cast_.first_day + days{random_.between(400, 800)};
    employ(before, company);
    employ(after, company);
    after.truth.title = before.truth.title;
    before.truth.addresses.clear();
    after.truth.addresses.clear();
    const std::string desk(random_.pick(std::to_array<std::string_view>(
        {"controle.gestion", "direction.qualite", "secretariat.general", "audit.interne"})));
    add_address(before, desk, firm.domain, cast_.first_day, day);
    after.truth.addresses = before.truth.addresses;
    after.truth.addresses[0].first = day + days{1};
    after.truth.addresses[0].last = cast_.last_day;
    for (Person* each : {&before, &after}) {
      each->truth.addresses[0].handed_over = true;
      add_address(*each, private_local_part(*each, random_), random_.pick(mail_hosts()), cast_.first_day,
                  cast_.last_day);
      each->truth.traps.emplace_back("successor");
      each->spellings = {{.name = each->truth.name, .address = 0, .own = true},
                         {.name = upper(each->family) + " " + each->given, .address = 0},
                         {.name = each->truth.name, .address = 1, .own = true},
                         {.name = "", .address = 1}};
    }
    const int before_id = enter(std::move(before)), after_id = enter(std::move(after));
    person(before_id).truth.successor = after_id;
    cast_.successions.emplace_back(before_id, after_id);
  }

  void add_father_and_son() {
    Person father = somebody(Language::french), son = somebody(Language::french);
    // Both anew each time: some initials have one name only.
    while (father.woman || son.woman || son.given == father.given || son.given[0] != father.given[0] ||
           !is_ascii(father.given.substr(0, 1))) {
      father = somebody(Language::french);
      son = somebody(Language::french);
    }
    son.family = father.family;
    son.truth.name = son.given + " " + son.family;
    const std::string domain = squeezed_lower(father.family) + "-et-fils.example";
    const int circle = new_circle();
    const std::string company = "Établissements " + father.family + " et fils";
    const std::string initial = father.given.substr(0, 1) + ". " + father.family;
    add_address(father, squeezed_lower(father.given).substr(0, 1) + "." + squeezed_lower(father.family), domain,
                cast_.first_day, cast_.last_day);
    add_address(son, squeezed_lower(son.given) + "." + squeezed_lower(son.family), domain, cast_.first_day,
                cast_.last_day);
    for (Person* each : {&father, &son}) {
      each->circle = circle;
      each->truth.company = company;
      each->truth.phone = new_phone(each->language);
      each->truth.title = each == &father ? "Gérant" : "Directeur commercial";
      each->spellings = {{.name = each->truth.name, .address = 0, .own = true},
                         {.name = initial, .address = 0},
                         {.name = upper(each->family) + " " + each->given, .address = 0}};
      each->truth.traps.emplace_back("family");
    }
    const int father_id = enter(std::move(father));
    cast_.families.emplace_back(father_id, enter(std::move(son)));
  }

  void add_boss() {
    const int boss = add_employee(somebody(Language::french));
    Person made = somebody(Language::french);
    const int company = person(boss).circle;
    employ(made, company);
    made.truth.title = made.woman ? "Assistante de direction" : "Assistant de direction";
    spell_out(made, random_);
    const int assistant = enter(std::move(made));
    person(boss).assistant = assistant;
    trap(boss, "assistant writes");
    trap(assistant, "assistant");
    cast_.bosses.push_back(boss);
  }

  /// Few are close, many are not: 1000/(rank + 2), the first being hers above all others.
  void rank_by_weight() {
    std::vector<int> order = cast_.humans;
    random_.shuffle(order);
    const auto best = std::find_if(order.begin(), order.end(), [&](int id) {
      const Person& each = person(id);
      return each.truth.traps.empty() && each.language == Language::french && !each.consultant && !each.friendly &&
             each.spellings.size() >= 4;
    });
    if (best != order.end()) std::iter_swap(order.begin(), best);
    for (std::size_t rank = 0; rank < order.size(); ++rank)
      person(order[rank]).weight = 1000 / (static_cast<int>(rank) + 2);
    cast_.best_known = order[0];
    person(cast_.best_known).weight = 900;
  }

  void add_machine(PersonKind kind, std::string_view name, const std::string& address, std::vector<int>& into) {
    Person made;
    made.truth.kind = kind;
    made.truth.name = marked(name);
    add_address(made, address.substr(0, address.find('@')), address.substr(address.find('@') + 1), cast_.first_day,
                cast_.last_day);
    made.spellings = {{.name = made.truth.name, .address = 0, .own = true}};
    into.push_back(add(std::move(made)));
  }

  void add_machines() {
    add_machine(PersonKind::list, "Réseau Audit", "reseau-audit@listes.example", cast_.lists);
    add_machine(PersonKind::list, "Indépendants de Lyon", "independants-lyon@listes.example", cast_.lists);
    add_machine(PersonKind::list, "Internal Control Forum", "ic-forum@lists.example", cast_.lists);
    add_machine(PersonKind::robot, "La Lettre du contrôle", "noreply@lettre-controle.example", cast_.robots);
    add_machine(PersonKind::robot, "Audit Weekly", "newsletter@auditweekly.example", cast_.robots);
    add_machine(PersonKind::robot, "Rail Horizon", "ne-pas-repondre@rail-horizon.example", cast_.robots);
    add_machine(PersonKind::robot, "Portail Factures", "notifications@portail-factures.example", cast_.robots);
    add_machine(PersonKind::robot, "Partage", "noreply@partage.example", cast_.robots);
    add_machine(PersonKind::role, "Comptabilité Laiteries du Forez", "comptabilite@laiteries-forez.example",
                cast_.roles);
    add_machine(PersonKind::role, "Accueil Mutuelle Armorique", "contact@mutuelle-armorique.example", cast_.roles);
    add_machine(PersonKind::role, "Institut des Contrôleurs", "info@institut-controleurs.example", cast_.roles);
    add_machine(PersonKind::role, "Service RH", "rh@valmorel.example", cast_.roles);
    std::vector<int> strangers;
    add_machine(PersonKind::robot, "Inconnu", "bonjour@publicite.example", strangers);
    cast_.stranger = strangers.front();
  }

  Random& random_;
  Cast cast_;
  int humans_wanted_ = 0, phones_ = 20, peers_ = -1, friends_ = -1;
  std::set<std::string> taken_, addresses_;
};

bool valid(const Person& person, const Spelling& spelling, std::chrono::sys_days day) {
  const TrueAddress& address = person.truth.addresses[static_cast<std::size_t>(spelling.address)];
  return address.first <= day && day <= address.last;
}

/// The spelling least used among those that fit; the first of them (the usual one) in four cases of five once all have
/// been used.
template <class Fits>
int choose(const Person& person, Random& random, Fits fits) {
  int least = -1, usual = -1;
  for (std::size_t index = 0; index < person.spellings.size(); ++index) {
    const Spelling& spelling = person.spellings[index];
    if (!fits(spelling)) continue;
    const int number = static_cast<int>(index);
    if (usual < 0) usual = number;
    if (least < 0 || spelling.uses < person.spellings[static_cast<std::size_t>(least)].uses) least = number;
  }
  if (usual < 0) return -1;
  const bool new_one = person.spellings[static_cast<std::size_t>(least)].uses == 0;
  return new_one || random.chance(20) ? least : usual;
}

}  // namespace

Cast make_cast(const WorldOptions& options, Random& random) {
  return Casting(options, random).make();
}

Mailbox mailbox_of(Cast& cast, int person, int spelling) {
  Person& who = cast.persons[static_cast<std::size_t>(person)];
  Spelling& used = who.spellings[static_cast<std::size_t>(spelling)];
  ++used.uses;
  return {.person = person,
          .name = used.name,
          .address = who.truth.addresses[static_cast<std::size_t>(used.address)].address};
}

Mailbox own_mailbox(Cast& cast, int person, std::chrono::sys_days day, Random& random, int address) {
  const Person& who = cast.persons[static_cast<std::size_t>(person)];
  const int chosen = choose(who, random, [&](const Spelling& spelling) {
    return spelling.own && (address < 0 ? valid(who, spelling, day) : spelling.address == address);
  });
  return mailbox_of(cast, person, std::max(chosen, 0));
}

Mailbox seen_mailbox(Cast& cast, int person, std::chrono::sys_days day, Random& random, int address) {
  const Person& who = cast.persons[static_cast<std::size_t>(person)];
  const int chosen = choose(who, random, [&](const Spelling& spelling) {
    return address < 0 ? valid(who, spelling, day) : spelling.address == address;
  });
  return mailbox_of(cast, person, std::max(chosen, 0));
}

int address_index(const Cast& cast, const Mailbox& mailbox) {
  const auto& addresses = cast.persons[static_cast<std::size_t>(mailbox.person)].truth.addresses;
  for (std::size_t index = 0; index < addresses.size(); ++index) {
    if (addresses[index].address == mailbox.address) return static_cast<int>(index);
  }
  throw std::logic_error("not an address of this person");
}

}  // namespace entregent::demo
