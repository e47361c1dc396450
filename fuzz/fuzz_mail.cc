// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a mail: what comes out keeps the promises of extracted_item.h and limits.h, and is the same twice.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "item_invariants.h"
#include "readers/format.h"
#include "readers/mail_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT: libFuzzer's name
  using namespace entregent;                                                // NOLINT(google-build-using-namespace)
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes are bytes
  (void)readers::detect(bytes);
  if (const auto item = readers::read_mail(bytes)) {
    fuzzing::check_item(*item);
    fuzzing::require(*item == *readers::read_mail(bytes), "the same twice");
  }
  if (const auto emlx = readers::read_emlx(bytes)) fuzzing::check_item(*emlx);
  return 0;
}
