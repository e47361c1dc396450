// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace entregent {

/// The id of a row that knows which table it belongs to: an ItemId does not convert to a PersonId. 0 means no row.
template <class Row>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(Id, Id) = default;
  explicit operator bool() const { return value != 0; }
};

}  // namespace entregent

template <class Row>
struct std::hash<entregent::Id<Row>> {
  std::size_t operator()(entregent::Id<Row> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
