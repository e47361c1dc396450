// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "personal/store.h"

namespace entregent::personal {

/// The dates of all items in pages of 1 024, four bytes each, so that "the newest twenty of these hits" reads no item.
/// A cache of item.happened_at, in seconds since 1970, 0 where unknown; later than 2106 is held to 2106.
inline constexpr std::size_t items_per_date_page = 1024;
using DatePage = std::array<std::uint32_t, items_per_date_page>;

/// Writes them.
class DatePages {
 public:
  explicit DatePages(Store& store) : store_(store) {}
  void set(ItemId item, std::optional<Instant> at);
  /// Writes what was set since the last write.
  void write();
  void clear() { changed_.clear(); }

 private:
  Store& store_;
  std::map<std::int64_t, std::uint32_t> changed_;
};

/// Reads them, each page when one of its items is asked for. What it has read does not follow later writes.
class ItemDates {
 public:
  explicit ItemDates(Store& store);
  /// 0 where the date or the item is unknown.
  std::uint32_t of(std::int64_t item);
  /// No item up to this one is newer than that.
  [[nodiscard]] std::uint32_t newest_up_to(std::int64_t item) const;

  /// The ids of one page.
  struct Range {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::uint32_t newest = 0;
  };
  [[nodiscard]] static Range page_of(std::int64_t item);
  /// All pages, the one with the newest item first.
  [[nodiscard]] std::vector<Range> newest_first() const;

 private:
  struct Part {
    std::uint32_t newest = 0;
    std::uint32_t newest_up_to = 0;
    std::unique_ptr<DatePage> page;
  };
  void add_part(std::uint32_t newest);

  Store& store_;
  std::vector<Part> parts_;
};

}  // namespace entregent::personal
