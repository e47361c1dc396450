// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/digest.h"

#include <algorithm>

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

namespace {

Digest canonical(XXH128_hash_t hash) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, hash);
  Digest result{};
  std::copy(std::begin(bytes.digest), std::end(bytes.digest), result.begin());
  return result;
}

}  // namespace

Digest quick_digest(std::string_view bytes) {
  return canonical(XXH3_128bits(bytes.data(), bytes.size()));
}

struct QuickDigester::State {
  XXH3_state_t hash;
};

QuickDigester::QuickDigester() : state_(std::make_unique<State>()) {
  reset();
}
QuickDigester::~QuickDigester() = default;
QuickDigester::QuickDigester(QuickDigester&&) noexcept = default;
QuickDigester& QuickDigester::operator=(QuickDigester&&) noexcept = default;
void QuickDigester::add(std::string_view bytes) {
  XXH3_128bits_update(&state_->hash, bytes.data(), bytes.size());
}
Digest QuickDigester::value() const {
  return canonical(XXH3_128bits_digest(&state_->hash));
}
void QuickDigester::reset() {
  XXH3_128bits_reset(&state_->hash);
}
std::uint64_t quick_hash(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
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
