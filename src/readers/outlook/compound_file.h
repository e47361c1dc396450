// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entregent::readers {

/// A compound file ([MS-CFB]): storages and streams, as a file system within a file. Opened over bytes that outlive it.
/// Chains that run in circles or out of the file end where they go wrong; what cannot be reached is not there.
class CompoundFile {
 public:
  struct Entry {
    std::string name;  ///< UTF-8
    bool storage = false;
    std::uint32_t start = 0;
    std::uint64_t bytes = 0;
    std::vector<std::size_t> children;  ///< of a storage, as indices
  };

  /// ErrorCode::malformed where it is none.
  static Result<CompoundFile> open(std::string_view bytes);

  static constexpr std::size_t root = 0;
  [[nodiscard]] const Entry& entry(std::size_t index) const { return entries_[index]; }
  /// The child of that name; ASCII case does not count.
  [[nodiscard]] std::optional<std::size_t> find(std::size_t storage, std::string_view name) const;
  /// A stream's content, as far as it can be reached.
  [[nodiscard]] std::string content(std::size_t stream) const;

 private:
  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {}
  bool read_header();
  void read_tables();
  void read_directory();
  void collect_children(std::size_t storage, std::uint32_t first,
                        const std::vector<std::array<std::uint32_t, 3>>& links);
  [[nodiscard]] std::string_view sector(std::uint32_t number) const;
  [[nodiscard]] std::string chain(std::uint32_t first, std::uint64_t most_bytes) const;
  [[nodiscard]] std::string small_chain(std::uint32_t first, std::uint64_t most_bytes) const;

  std::string_view bytes_;
  std::size_t sector_bytes_ = 512;
  std::uint32_t directory_ = 0, small_table_ = 0, table_list_ = 0;
  std::vector<std::uint32_t> table_, small_next_;
  std::string small_sectors_;
  std::vector<Entry> entries_;
};

}  // namespace entregent::readers
