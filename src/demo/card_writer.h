// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "demo/mail_body.h"
#include "demo/mail_plan.h"

namespace entregent::demo {

/// A card of her address books: whom it is of, and the name it shows with each address. A card without address has one
/// mailbox with an empty one.
struct Card {
  int person = 0;
  std::vector<Mailbox> mailboxes;
};

struct CardFile {
  std::string name, bytes;
  std::vector<Card> cards;
};

/// Three address books: vCard 2.1 of an old telephone, 3.0 as online services export, 4.0 of a desktop program.
std::vector<CardFile> card_files(const World& world, TrapCounts& traps);

}  // namespace entregent::demo
