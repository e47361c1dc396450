// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "readers/notice_set.h"

namespace entregent::readers {

/// Rows of cells, as spreadsheets and platforms write them: RFC 4180, and what they do instead. All text is valid
/// UTF-8.
struct CsvTable {
  std::vector<std::vector<std::string>> rows;  ///< without empty rows
  char delimiter = ',';
};

/// The charset is guessed (UTF-8 with or without mark, UTF-16, else Windows-1252); the delimiter is what `sep=` says,
/// else the one of `,` `;` tab and `|` that cuts the first rows most evenly. Cells may hold line ends and doubled
/// quotes; a quote that is never closed ends with its line. At most limits::csv_rows rows of limits::csv_columns cells,
/// else Notice::truncated.
CsvTable read_csv(std::string_view bytes, NoticeSet& notices);

}  // namespace entregent::readers
