// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>

namespace entregent::bench {

/// Writes a new Maildir++. Throws std::runtime_error if the folder exists and is not empty, or a file cannot be
/// written.
class MaildirWriter {
 public:
  explicit MaildirWriter(std::filesystem::path root);

  /// `folder` is empty for the inbox, else `.Sent` and the like. `unread` goes to new/, anything else to cur/ with its
  /// flags.
  void add(std::string_view folder, std::int64_t at, std::uint32_t number, bool unread, std::string_view bytes);

 private:
  std::filesystem::path root_;
  std::unordered_set<std::string> made_;
};

/// Writes bytes to a new file or throws std::runtime_error.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace entregent::bench
