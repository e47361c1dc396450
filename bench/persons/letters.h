// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/persons/cast.h"
#include "readers/extracted_item.h"

namespace entregent::bench {

/// Who is behind a name and address as they stand in one box.
inline constexpr int nobody_certain = -1;  ///< a couple's bare address, a boss's name at the assistant's address

/// All items of a box with the truth about everybody who is named in them. Mails, cards and events have been written as
/// bytes and read by the readers; documents, chats and rows of exports are as their readers give them.
struct PersonsBox {
  std::vector<readers::ExtractedItem> items;
  /// By handle and name as personal/aliases.h keeps them.
  std::map<std::pair<std::string, std::string>, int> truth;
  /// Of names without address: by item (its place above) and name.
  std::map<std::pair<std::size_t, std::string>, int> bare_truth;
};

PersonsBox write_box(const Cast& cast, std::uint64_t seed, double mails_per_person = 12);

}  // namespace entregent::bench
