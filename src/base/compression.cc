// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/compression.h"

#include <new>
#include <stdexcept>

#include <zstd.h>

#include "base/owned.h"

namespace entregent {

struct Compressor::State {
  int level;
  Owned<ZSTD_CCtx, ZSTD_freeCCtx> in{ZSTD_createCCtx()};
  Owned<ZSTD_DCtx, ZSTD_freeDCtx> out{ZSTD_createDCtx()};
};

Compressor::Compressor(int level) : state_(std::make_unique<State>(State{.level = level})) {
  if (!state_->in || !state_->out) throw std::bad_alloc();
}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

std::string Compressor::compress(std::string_view bytes) {
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(state_->in.get(), result.data(), result.size(), bytes.data(), bytes.size(), state_->level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  result.resize(size);
  return result;
}

std::optional<std::string> Compressor::decompress(std::string_view bytes, std::size_t max_bytes) {
  const auto expected = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (expected == ZSTD_CONTENTSIZE_ERROR || expected == ZSTD_CONTENTSIZE_UNKNOWN || expected > max_bytes)
    return std::nullopt;
  std::string result(expected, '\0');
  const std::size_t size =
      ZSTD_decompressDCtx(state_->out.get(), result.data(), result.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size != result.size()) return std::nullopt;
  return result;
}

}  // namespace entregent
