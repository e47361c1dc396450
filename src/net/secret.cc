// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/secret.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <openssl/crypto.h>

namespace entregent::net {

Secret::Secret(std::string_view bytes) {
  append(bytes);
}

Secret Secret::taken_from(std::string& bytes) {
  Secret secret{std::string_view(bytes)};
  OPENSSL_cleanse(bytes.data(), bytes.size());
  bytes.clear();
  return secret;
}

Secret::~Secret() {
  wipe();
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  bytes_ = std::move(other.bytes_);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  return *this;
}

void Secret::append(std::string_view more) {
  if (size_ + more.size() > capacity_) {
    const std::size_t capacity = std::max<std::size_t>(64, 2 * (size_ + more.size()));
    auto larger = std::make_unique<char[]>(capacity);
    std::copy_n(bytes_.get(), size_, larger.get());
    const std::size_t size = size_;
    wipe();
    bytes_ = std::move(larger);
    size_ = size;
    capacity_ = capacity;
  }
  std::copy(more.begin(), more.end(), bytes_.get() + size_);
  size_ += more.size();
}

void Secret::wipe() noexcept {
  if (bytes_) OPENSSL_cleanse(bytes_.get(), capacity_);
  bytes_.reset();
  size_ = capacity_ = 0;
}

Secret base64(const Secret& bytes) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string_view in = bytes.reveal();
  Secret out;
  for (std::size_t at = 0; at < in.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (at + i < in.size() ? static_cast<unsigned char>(in[at + i]) : 0U);
    }
    char four[4];
    for (unsigned i = 0; i < 4; ++i) four[i] = at + i > in.size() ? '=' : alphabet[group >> (18 - 6 * i) & 63];
    out.append({four, 4});
    OPENSSL_cleanse(four, sizeof four);
  }
  return out;
}

}  // namespace entregent::net
