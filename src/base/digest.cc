// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/digest.h"

#include <sodium.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace entregent {

Digest digest(std::string_view bytes, std::string_view key) {
  Digest result{};
  crypto_generichash(result.data(), result.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     key.empty() ? nullptr : reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return result;
}

Digest quick_digest(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  Digest result{};
  std::copy(std::begin(canonical.digest), std::end(canonical.digest), result.begin());
  return result;
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (const auto byte : bytes) {
    result.push_back(digits[byte >> 4U]);
    result.push_back(digits[byte & 15U]);
  }
  return result;
}

std::string random_bytes(std::size_t size) {
  std::string result(size, '\0');
  randombytes_buf(result.data(), size);
  return result;
}

}  // namespace entregent
