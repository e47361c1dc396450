// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "personal/settled.h"

/// Who waits for what from me: replies that I owe, and promises that I seem to have made.
namespace entregent::personal {

/// Somebody as a line of Today names them.
struct Somebody {
  PersonId person;
  AliasId alias;
  std::string name;
};

struct OwedReply {
  LineKey key;
  Somebody who;
  ItemId item;
  Instant at;
  std::string title, asks;  ///< the sentence that asks
};

struct ProposedPromise {
  LineKey key;
  Somebody who;
  ItemId item;
  Instant at;
  std::string sentence;
  std::optional<Day> due;
};

struct Owed {
  std::vector<OwedReply> replies;          ///< the newest first
  std::vector<ProposedPromise> proposals;  ///< due first; those without a day last
};

/// Replies: the last mail of a conversation among few, by somebody else, to me, asks something; I have neither written
/// in it since, from any of my addresses, nor met them. Promises: sentences of mine (ties/promise.h), unless I wrote
/// there again since. What was settled stays away. Looks back 60 and 30 days.
Owed owed(Store& store, const Settled& settled, Instant now, Day today);

/// Whether one of us two waits for the other's answer, by the same rules; the newest question of each side.
struct OwingBetweenUs {
  std::optional<OwedReply> by_me, by_them;
};
OwingBetweenUs owing_between_us(Store& store, const Settled& settled, PersonId person, Instant now, Day today);

}  // namespace entregent::personal
