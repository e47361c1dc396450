// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "personal/persons.h"

namespace entregent::personal {

struct Forgotten {
  std::int64_t items_gone = 0;      ///< from them, of them, or only with them
  std::int64_t items_redacted = 0;  ///< others', in which they no longer stand
  std::int64_t aliases = 0;
};

/// What forget() would do, without doing it.
Forgotten weigh_forgetting(Store& store, PersonId person);

/// Takes a person out of the file: mail from them or only with them goes whole; in other items their name, addresses
/// and links go. What was written about them goes too. A salted mark of each address and name stays, by which the next
/// index run keeps them out. The words' index is made anew and the file written afresh, so that no page keeps them
/// (FTS5 3.40 marks words deleted but keeps them; SQLite keeps freed pages).
Forgotten forget(Store& store, PersonId person);

/// If forget() was cut off after its decision and before the file was written afresh, ends it. Called before each run.
void end_forgetting(Store& store);

}  // namespace entregent::personal
