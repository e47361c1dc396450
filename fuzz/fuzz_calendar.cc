// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "item_invariants.h"
#include "readers/calendar_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT: libFuzzer's name
  using namespace entregent;                                                // NOLINT(google-build-using-namespace)
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};  // NOLINT: bytes are bytes
  if (const auto items = readers::read_calendar(bytes))
    for (const auto& item : *items) {
      fuzzing::check_item(item);
      fuzzing::require(item.kind == readers::ItemKind::event, "events only");
      fuzzing::require(!item.happened_at || *item.happened_at == item.occurrences.front().start,
                       "happened at its first occurrence");
    }
  return 0;
}
