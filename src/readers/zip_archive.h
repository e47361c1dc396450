// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entregent::readers {

/// A ZIP archive that lies in memory, as office documents, EPUBs and platforms' exports are (APPNOTE.TXT 6.3). Opens no
/// file; encrypted entries are listed and cannot be read. Bombs end in an Error: an archive gives at most
/// limits::archive_bytes in all, whatever its entries claim.
class ZipArchive {
 public:
  struct Entry {
    std::string name;         ///< with its folders, `/` between them; valid UTF-8
    std::uint64_t bytes = 0;  ///< as the archive says; not to be believed
    bool encrypted = false;
  };

  /// `bytes` is to outlive the archive. ErrorCode::malformed where it is no archive, or holds more than
  /// limits::archive_entries.
  static Result<ZipArchive> open(std::string_view bytes);

  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  /// In the order of the archive, folders left out.
  [[nodiscard]] const std::vector<Entry>& entries() const;
  [[nodiscard]] bool holds(std::string_view name) const;

  /// An entry's content. ErrorCode::not_found where there is none of that name, malformed where it is broken, encrypted
  /// or larger than `max_bytes`.
  Result<std::string> read(std::string_view name, std::size_t max_bytes);

 private:
  struct State;
  explicit ZipArchive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entregent::readers
