// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cstdlib>
#include <string_view>

#include "base/catalogue.h"

/// Any bytes are a catalogue or are refused; in a catalogue every entry is found under its own text.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {  // NOLINT: libFuzzer's name
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto catalogue = entregent::Catalogue::read(bytes);
  if (!catalogue) return 0;
  for (const auto& entry : catalogue->entries())
    if (!catalogue->find(entry.text)) std::abort();
  return 0;
}
