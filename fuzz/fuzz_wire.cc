// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cstdlib>
#include <string>
#include <string_view>

#include "reading/wire.h"

using namespace entregent::reading;  // NOLINT(google-build-using-namespace): a program of one file

/// What a taken-over reader may send: an answer that is accepted is written in one way only, so writing it again gives
/// the same bytes, and it holds no more than was allowed.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {  // NOLINT: libFuzzer's name
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)wire::decode_lock_state(bytes);
  (void)wire::decode_batch(std::as_bytes(std::span(data, size)), 3);
  Answer answer;
  if (wire::decode_answer(bytes, 1u << 20, answer) != wire::Decoded::yes) return 0;
  std::string again;
  wire::append_answer(again, answer);
  if (again != bytes) std::abort();
  return 0;
}
