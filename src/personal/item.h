// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "personal/persons.h"

namespace entregent::personal {

/// One item whole, as the index holds it.
struct ShownItem {
  struct Party {
    readers::Role role = readers::Role::from;
    std::string name, address;
    std::optional<PersonId> person;
  };
  ItemId item;
  readers::ItemKind kind = readers::ItemKind::mail;
  std::optional<Instant> at;
  std::string title;
  std::vector<Party> parties;
  std::vector<readers::TextSection> texts;
  Details details;
  std::int64_t notices = 0;         ///< bit 1 << Notice
  std::vector<std::string> places;  ///< source, folder and file, as paths
  struct Neighbour {
    ItemId item;
    std::optional<Instant> at;
    std::string title, author;
  };
  std::vector<Neighbour> thread;  ///< the conversation in order, this one included, if it has more than one
};

std::optional<ShownItem> shown_item(Store& store, ItemId item);

}  // namespace entregent::personal
