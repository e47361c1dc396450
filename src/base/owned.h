// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <memory>

namespace entregent {

template <auto free_it>
struct Freer {
  void operator()(auto* object) const noexcept { free_it(object); }
};

/// Owns an object of a C library: `using Statement = Owned<sqlite3_stmt, sqlite3_finalize>`.
template <class T, auto free_it>
using Owned = std::unique_ptr<T, Freer<free_it>>;

}  // namespace entregent
