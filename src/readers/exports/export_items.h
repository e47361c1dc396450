// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "readers/exports/contact_columns.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// What became of the rows of one table, so that nobody need guess.
struct TableReport {
  ExportKind kind = ExportKind::other;
  std::uint64_t rows = 0;  ///< below the header
  std::uint64_t used = 0;
  std::uint64_t nameless = 0;  ///< neither name nor address
  std::uint64_t repeated = 0;  ///< the same person once more
  std::uint64_t drafts = 0;    ///< messages that were never sent
  friend bool operator==(const TableReport&, const TableReport&) = default;
};

struct ExportItems {
  std::vector<ExtractedItem> items;
  std::vector<TableReport> tables;
};

}  // namespace entregent::readers
