// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace entregent::net {

/// A password, or bytes that hold one. Its memory is overwritten when it goes; it can not be copied, printed or
/// compared, so that it does not end in a log by accident.
class Secret {
 public:
  Secret() = default;
  /// Copies; the caller wipes its own bytes.
  explicit Secret(std::string_view bytes);
  /// Copies `bytes` and overwrites them, then leaves them empty.
  static Secret taken_from(std::string& bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  bool empty() const { return size_ == 0; }
  /// Valid as long as this object; not to be stored.
  std::string_view reveal() const { return {bytes_.get(), size_}; }
  /// For building a command that holds a password; the outgrown memory is overwritten too.
  void append(std::string_view more);

 private:
  void wipe() noexcept;
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// RFC 4648 §4, with padding.
Secret base64(const Secret& bytes);

}  // namespace entregent::net
