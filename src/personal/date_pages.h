// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "personal/store.h"

namespace entregent::personal {

/// The dates of all items in pages of 1 024, four bytes each, so that "the newest twenty of these hits" reads no item.
/// A cache of item.happened_at, in seconds since 1970, 0 where unknown; later than 2106 is held to 2106.
class DatePages {
 public:
  explicit DatePages(Store& store) : store_(store) {}
  void set(ItemId item, std::optional<Instant> at);
  /// Writes what was set since the last write.
  void write();
  void clear() { changed_.clear(); }

  /// dates[id] for every id up to the greatest; index 0 is unused.
  static std::vector<std::uint32_t> all(Store& store);

 private:
  Store& store_;
  std::map<std::int64_t, std::uint32_t> changed_;
};

}  // namespace entregent::personal
