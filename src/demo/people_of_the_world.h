// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "demo/dates.h"
#include "demo/encoding.h"
#include "demo/random.h"
#include "demo/truth.h"
#include "demo/world.h"

/// Who lives in the world, under which names and addresses, with which program they write.
namespace entregent::demo {

enum class Language { french, english };

enum class Program {
  outlook_french,
  outlook_english,
  gmail_french,
  gmail_english,
  thunderbird,
  apple_french,
  apple_english,
  mutt,
  webmail,
  old_outlook
};

/// One way to write somebody in a header.
struct Spelling {
  std::string name;  ///< empty: the bare address
  int address = 0;   ///< index in the person's addresses
  bool own = false;  ///< as the person's own program writes it; else as others do
  bool nothing_in_common = false;
  int uses = 0;
};

/// A name and address in a header, and who is meant.
struct Mailbox {
  int person = 0;
  std::string name, address;
};

struct Person {
  TruePerson truth;
  std::string given, family, nickname;
  bool woman = false;
  Language language = Language::french;
  bool friendly = false;    ///< says *tu* to her
  bool consultant = false;  ///< a peer rather than a client
  Program program = Program::thunderbird;
  Charset charset = Charset::utf8;
  Word word = Word::q;
  Zone zone = Zone::paris;
  std::vector<Spelling> spellings;
  int circle = 0;      ///< index in Cast::circles
  int weight = 0;      ///< how often they write to each other
  int assistant = -1;  ///< who writes for this person
  bool signs_with_dashes = true;
  std::string city;
  std::string former_company;  ///< while the first address was valid, if the job changed
};

struct Cast {
  std::vector<Person> persons;            ///< 0 is she
  std::vector<std::vector<int>> circles;  ///< colleagues, a family, a group of friends
  std::chrono::sys_days first_day, last_day;
  std::chrono::sys_days old_address_left;  ///< the last day of her abandoned address
  int best_known = 0;
  std::vector<int> humans;  ///< without her
  std::vector<int> lists, robots, roles;
  int stranger = 0;  ///< who sends spam, from ever new addresses
  std::vector<std::pair<int, int>> homonyms, couples, successions, families;  ///< successions: predecessor, successor
  std::vector<int> brides, bosses;
  std::string marker;
};

/// `options.correspondents` humans, and the lists, robots and role addresses around them.
Cast make_cast(const WorldOptions& options, Random& random);

/// Her three addresses, as indices.
inline constexpr int cabinet_address = 0, office_address = 1, private_address = 2;

/// As this person's own program writes it on that day; spellings not used yet come first. `address` picks one address,
/// by index; negative: any that is valid.
Mailbox own_mailbox(Cast& cast, int person, std::chrono::sys_days day, Random& random, int address = -1);

/// The same, as somebody else writes this person.
Mailbox seen_mailbox(Cast& cast, int person, std::chrono::sys_days day, Random& random, int address = -1);

/// The index of the address among the person's; throws std::logic_error if it is not one of them.
int address_index(const Cast& cast, const Mailbox& mailbox);

Mailbox mailbox_of(Cast& cast, int person, int spelling);

}  // namespace entregent::demo
