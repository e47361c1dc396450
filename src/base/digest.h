// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace entregent {

using Digest = std::array<std::uint8_t, 16>;

/// BLAKE2b-128 (RFC 7693), keyed where `key` is not empty (at most 64 bytes). Collisions cannot be made on purpose.
Digest digest(std::string_view bytes, std::string_view key = {});

/// XXH3-128: ten times faster, for bytes where a made collision harms only its maker (has this stretch of a file
/// changed?).
Digest quick_digest(std::string_view bytes);

/// quick_digest of bytes that come in pieces.
class QuickDigester {
 public:
  QuickDigester();
  ~QuickDigester();
  QuickDigester(QuickDigester&&) noexcept;
  QuickDigester& operator=(QuickDigester&&) noexcept;
  void add(std::string_view bytes);
  /// Of what was added so far.
  [[nodiscard]] Digest value() const;
  void reset();

 private:
  struct State;
  std::unique_ptr<State> state_;
};
/// XXH3-64, for tables in memory.
std::uint64_t quick_hash(std::string_view bytes);

std::string hex(std::span<const std::uint8_t> bytes);

/// `size` bytes from the system's generator.
std::string random_bytes(std::size_t size);

}  // namespace entregent
