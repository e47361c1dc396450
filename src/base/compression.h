// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace entregent {

/// Zstandard with contexts kept for reuse; one object per thread.
class Compressor {
 public:
  explicit Compressor(int level = 3);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  std::string compress(std::string_view bytes);
  /// Nothing if `bytes` is no frame of ours or would give more than `max_bytes`.
  std::optional<std::string> decompress(std::string_view bytes, std::size_t max_bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace entregent
