// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "personal/coverage.h"
#include "personal/query.h"
#include "personal/snippet.h"

namespace entregent::personal {

struct FindOptions {
  std::size_t limit = 20;    ///< 0: all
  bool with_quoted = false;  ///< also what matches only in quoted text whose original is found by itself
  bool snippets = true;
  /// So many matches are walked over as they lie; of more, the pages of the newest dates are asked, which takes as long
  /// as that walk. The answer is the same.
  std::size_t many = 8192;
};

struct Found {
  ItemId item;
  readers::ItemKind kind = readers::ItemKind::mail;
  std::optional<Instant> at;
  std::string title;
  std::string author;  ///< as I know them
  Snippet snippet;
  std::int64_t message = 0;  ///< reference_hash() of its Message-ID; 0 if it has none
};

struct Findings {
  std::vector<Found> found;  ///< newest first; without date last
  bool more = false;         ///< there are older ones
  Coverage coverage;
};

/// Items that fit the query, by date whatever was imported when.
Findings find(Store& store, const Query& query, const FindOptions& options = {});

}  // namespace entregent::personal
