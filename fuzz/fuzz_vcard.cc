// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "item_invariants.h"
#include "readers/content_line.h"
#include "readers/vcard_reader.h"

namespace entregent::readers {
namespace {

void check_unfolding(std::string_view bytes) {
  // A line before them, as the first might begin like a byte order mark.
  auto lines = unfold(bytes);
  lines.insert(lines.begin(), "BEGIN:VCARD");
  std::string again;
  for (const auto& line : lines) again += line + "\r\n";
  fuzzing::require(unfold(again) == lines, "unfolding its own output changes nothing");
}

}  // namespace
}  // namespace entregent::readers

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT: libFuzzer's name
  using namespace entregent;                                                // NOLINT(google-build-using-namespace)
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};  // NOLINT: bytes are bytes
  readers::check_unfolding(bytes);
  if (const auto items = readers::read_vcards(bytes))
    for (const auto& item : *items) fuzzing::check_item(item);
  return 0;
}
