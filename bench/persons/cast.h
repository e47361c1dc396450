// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/box/lexicon.h"
#include "bench/box/random.h"

/// Who lives in a box that is generated to judge who is who. It knows nothing of src/people: people are drawn as they
/// live, not as they can be found.
namespace entregent::bench {

/// Days are counted from the first day of the box.
inline constexpr int last_box_day = 1460;

enum class AccountKind : std::uint8_t { work, home, shared, function };

/// A mailbox that somebody writes from.
struct Account {
  std::string address;
  AccountKind kind = AccountKind::work;
  int from_day = 0, to_day = last_box_day;
  std::string name = {};                  ///< as its owner's program writes it
  std::vector<std::string> seen_as = {};  ///< how others write it; may be empty texts
  std::string company = {};
  std::string direct_line = {};  ///< on the desk, and passed on with it
  int reply_to = -1;             ///< answers are asked for at this other account of theirs
  bool signs = true;             ///< its mails have a signature block
};

struct Human {
  int id = 0;
  Language language = Language::french;
  std::string given = {}, surname = {}, former_surname = {};
  std::string title = {}, mobile = {}, landline = {}, birthday = {};
  std::vector<Account> accounts = {};
  int circle = 0;      ///< colleagues, a family, friends
  int assistant = -1;  ///< who writes for this one
  std::vector<std::string> traps = {};

  [[nodiscard]] std::string name() const { return given + " " + surname; }
};

struct Company {
  std::string name, host, switchboard;
  std::size_t pattern = 0;  ///< how local parts are made there
};

/// How often life plays its tricks, as shares of all persons.
struct Shares {
  double homonyms = 0.005, couples = 0.01, fathers = 0.005, assistants = 0.01, brides = 0.01, successors = 0.005;
  double strangers = 0.4;  ///< who are only named in exports and documents; one in two hundred has somebody's name
};

struct Cast {
  std::vector<Human> humans;  ///< 0 is whose box it is
  std::vector<Company> companies;
  std::vector<std::vector<int>> circles;
  std::vector<std::pair<int, int>> homonyms;   ///< who have one name, by chance
  std::vector<std::pair<int, int>> employers;  ///< of who is only named: person, company
  std::vector<std::pair<int, int>> couples, fathers, successions;
};

Cast make_cast(std::uint64_t seed, std::size_t people, const Shares& shares = {});

/// How others may write somebody, by that person's habits and theirs.
std::string spelled(const Human& human, const std::string& surname, const std::string& company, Random& random);

/// Letters and digits, as addresses have them.
std::string slug(std::string_view text);

}  // namespace entregent::bench
