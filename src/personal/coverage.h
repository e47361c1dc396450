// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "personal/sources.h"

namespace entregent::personal {

/// How much of what should be there is there: under every answer.
struct Coverage {
  std::int64_t sources = 0;
  std::int64_t current = 0;             ///< whose last run came to its end
  std::int64_t unreadable = 0;          ///< files, messages and whole folders with a problem
  std::int64_t folders_unreadable = 0;  ///< of these, the folders
  bool running = false;                 ///< a run is under way or was cut off
};
Coverage coverage(Store& store);

/// One source in detail.
struct SourceStatus {
  Source source;
  std::int64_t folders = 0, files = 0, items = 0;
  struct Count {
    std::string code;
    std::int64_t count = 0;
    struct Example {
      std::string where;   ///< folder, name and place in the file
      std::string detail;  ///< an English sentence, marked for translation; or empty
    };
    std::vector<Example> examples;  ///< up to five
  };
  std::vector<Count> problems;  ///< most frequent first
  std::vector<Count> skipped;
  std::vector<Count> notices;
};
std::vector<SourceStatus> source_status(Store& store);

/// How many items the index holds; looks at all of them.
std::int64_t item_count(Store& store);

/// How many files, places and folders have a problem now.
std::int64_t unreadable_count(Store& store);

}  // namespace entregent::personal
