// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <stdlib.h>

namespace entregent::tests {

/// A folder with a short path in /tmp (sockets have short names), gone with its object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = "/tmp/entregent.XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder can be made in /tmp");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A folder that changed less than two seconds ago is not trusted to show its next change: here all are an hour old.
inline void make_older(const std::filesystem::path& folder) {
  const auto then = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_directory()) std::filesystem::last_write_time(entry.path(), then);
  std::filesystem::last_write_time(folder, then);
}

}  // namespace entregent::tests
