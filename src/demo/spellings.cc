// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/spellings.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

/// "Jean-Pierre" → "J.-P.", "Claire" → "C."
std::string initials(std::string_view given) {
  std::string out;
  bool begins = true;
  for (std::size_t index = 0; index < given.size(); ++index) {
    if (begins) {
      const std::size_t length = static_cast<unsigned char>(given[index]) < 0x80 ? 1 : 2;
      out += (out.empty() ? "" : "-") + std::string(given.substr(index, length)) + ".";
    }
    begins = given[index] == '-';
  }
  return out;
}

/// "Jean-Pierre" → "jp"
std::string initial_letters(std::string_view given) {
  return lower(without_accents(replaced(replaced(initials(given), ".", ""), "-", "")));
}

std::string with_one_typo(std::string family) {
  // A doubled letter becomes one, else the fifth letter goes: what fingers do.
  for (std::size_t index = 1; index + 1 < family.size(); ++index) {
    if (family[index] == family[index - 1] && static_cast<unsigned char>(family[index]) < 0x80)
      return family.erase(index, 1);
  }
  std::size_t place = 4;
  while (place + 1 < family.size() && static_cast<unsigned char>(family[place]) >= 0x80) ++place;
  return family.erase(place, 1);
}

std::vector<std::string> foreign_forms(const Person& person, const std::string& address) {
  const std::string& given = person.given;
  const std::string& family = person.family;
  std::vector<std::string> forms{"",
                                 upper(family) + " " + given,
                                 family + ", " + given,
                                 given + " " + upper(family),
                                 initials(given) + " " + family,
                                 family + " " + given,
                                 lower(person.truth.name),
                                 address,
                                 (person.woman ? "Mme " : "M. ") + given + " " + upper(family),
                                 "[EXT] " + person.truth.name,
                                 upper(person.truth.name)};
  if (!is_ascii(person.truth.name)) forms.push_back(without_accents(person.truth.name));
  if (!person.nickname.empty()) forms.push_back(person.nickname + " " + family);
  if (!person.nickname.empty() && person.friendly) forms.push_back(person.nickname);
  if (!person.truth.company.empty()) {
    forms.push_back(person.truth.name + " (" + person.truth.company + ")");
    forms.push_back(person.truth.name + " - " + person.truth.company);
  }
  if (given.find('-') != std::string::npos) forms.push_back(replaced(given, "-", " ") + " " + family);
  if (is_ascii(family) && family.size() >= 8 && family.find(' ') == std::string::npos)
    forms.push_back(given + " " + with_one_typo(family));
  return forms;
}

std::string own_form(const Person& person, Random& random) {
  const int drawn = random.between(1, 10);
  const bool corporate = person.program == Program::outlook_french && !person.truth.company.empty();
  if (drawn <= 3 || (corporate && drawn <= 5)) return upper(person.family) + " " + person.given;
  if (drawn == 6) return without_accents(person.truth.name);
  if (drawn == 7 && !person.nickname.empty()) return person.nickname + " " + person.family;
  return person.truth.name;
}

bool has(const Person& person, const std::string& name, int address) {
  return std::any_of(person.spellings.begin(), person.spellings.end(),
                     [&](const Spelling& spelling) { return spelling.name == name && spelling.address == address; });
}

}  // namespace

std::string squeezed_lower(std::string_view name) {
  std::string out;
  for (const char c : lower(without_accents(name))) {
    if (c != ' ' && c != '\'' && c != '.') out += c;
  }
  return out;
}

std::string work_local_part(const Person& person, LocalPart pattern) {
  const std::string first = squeezed_lower(person.given), last = squeezed_lower(person.family),
                    letters = initial_letters(person.given);
  switch (pattern) {
    case LocalPart::first_dot_last:
      return first + "." + last;
    case LocalPart::f_dot_last:
      return letters + "." + last;
    case LocalPart::flast:
      return letters + replaced(last, "-", "");
    case LocalPart::last_dot_f:
      return last + "." + letters;
    case LocalPart::first:
      return first;
    case LocalPart::first_underscore_last:
      return first + "_" + last;
    case LocalPart::last_first:
      return replaced(last, "-", "") + replaced(first, "-", "");
    case LocalPart::first_dash_last:
      return first + "-" + last;
  }
  return first;
}

std::string private_local_part(const Person& person, Random& random) {
  const std::string first = squeezed_lower(person.given), last = squeezed_lower(person.family);
  switch (random.below(6)) {
    case 0:
      return fmt::format("{}.{}{}", first, last, random.between(55, 99));
    case 1:
      return initial_letters(person.given) + replaced(last, "-", "");
    case 2:
      return last + "." + first;
    case 3:
      return fmt::format("{}{}", replaced(last, "-", ""), random.between(1, 95));
    case 4:
      if (!person.nickname.empty()) return fmt::format("{}.{}", squeezed_lower(person.nickname), last);
      break;
    default:
      break;
  }
  return first + "." + last;
}

std::string opaque_local_part(Random& random) {
  const auto left = random.pick(std::to_array<std::string_view>({"petit.nuage", "lesoleil", "velo.rouge", "pitchoune",
                                                                 "chouette", "grand.large", "la.colline", "capitaine",
                                                                 "tournesol", "cafe.noir", "marmotte", "vent.douest"}));
  return fmt::format("{}{}", left, random.between(2, 999));
}

void spell_out(Person& person, Random& random) {
  const auto addresses = static_cast<int>(person.truth.addresses.size());
  const bool opaque =
      std::find(person.truth.traps.begin(), person.truth.traps.end(), "nothing in common") != person.truth.traps.end();
  for (int address = 0; address < addresses; ++address) {
    // An address that says nothing of the name stands bare: only the signature below the text tells.
    if (opaque && address == 1) {
      person.spellings.push_back({.name = "", .address = address, .own = true, .nothing_in_common = true});
    } else {
      person.spellings.push_back({.name = own_form(person, random), .address = address, .own = true});
    }
  }
  const auto wanted = static_cast<std::size_t>(std::max(random.between(2, 6), addresses + 1));
  for (int tries = 0; person.spellings.size() < wanted && tries < 40; ++tries) {
    const int address = opaque ? 0 : static_cast<int>(random.below(static_cast<std::size_t>(addresses)));
    const std::string form =
        random.pick(foreign_forms(person, person.truth.addresses[static_cast<std::size_t>(address)].address));
    if (!has(person, form, address)) person.spellings.push_back({.name = form, .address = address});
  }
}

}  // namespace entregent::demo
