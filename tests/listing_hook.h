// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <functional>

namespace entregent::tests {

/// Stands between this program and the C library's readdir, while it lives: a disk that fails, somebody who moves mail
/// while its folder is listed. One at a time.
class ListingHook {
 public:
  struct Acts {
    /// Before each entry of `folder`; returns the errno that it fails with, or 0.
    std::function<int(const std::filesystem::path& folder)> before_entry = {};
    /// After the last one.
    std::function<void(const std::filesystem::path& folder)> at_end = {};
  };
  explicit ListingHook(Acts acts);
  ~ListingHook();
  ListingHook(const ListingHook&) = delete;
  ListingHook& operator=(const ListingHook&) = delete;
};

}  // namespace entregent::tests
