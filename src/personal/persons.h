// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "people/resolve.h"
#include "personal/store.h"

namespace entregent::personal {

/// Groups all aliases into persons anew (people/resolve.h) out of what the index holds and the owner decided, and
/// writes the outcome. Derived: may be run at any time, gives the same for the same items and decisions. In a
/// transaction of its own.
void settle_persons(Store& store);

/// One membership of a person.
struct Member {
  AliasId alias;
  std::string handle, name;
  Day from_day, to_day;
};
std::vector<Member> members(Store& store, PersonId person);

/// Who an alias is on a day; nothing before the first settling.
std::optional<PersonId> person_of(Store& store, AliasId alias, Day day);

/// The name to show: as I last wrote it, else the fullest form others use, else the address. Settled with the persons.
std::string shown_name(Store& store, PersonId person);

// What the owner says
// --------------------------------------------------------------------------------------------------

struct Question {
  AliasId a, b;
  PersonId person_a, person_b;
  std::string name_a, name_b;  ///< name and address as one text
  double probability = 0;
  std::string reasons;  ///< codes as in reasons_text()
};
std::vector<Question> questions(Store& store);

/// Each settles the persons again.
void decide(Store& store, AliasId a, AliasId b, bool same, Instant now);
struct Decision {
  std::int64_t id = 0;
  AliasId a, b;
  bool same = true;
};
/// Takes the newest decision back; nothing if there is none.
std::optional<Decision> undo_decision(Store& store);

/// Notes hang on aliases.
void write_note(Store& store, AliasId alias, std::string_view text, Instant now);

/// `rare_name:dupont,initials:` …: how reasons are stored.
std::string reasons_text(std::span<const people::Reason> reasons);
struct StoredReason {
  std::string code;
  std::string words;
};
std::vector<StoredReason> stored_reasons(std::string_view text);

}  // namespace entregent::personal
