// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <unistd.h>

namespace entregent::tests {

/// Root may read and write everything: what permission forbids is tried as `nobody`, who is given `folder` with all in
/// it. Whoever is not root stays who they are.
class AsNobody {
 public:
  explicit AsNobody(const std::filesystem::path& folder) : was_root_(::geteuid() == 0) {
    if (!was_root_) return;
    std::error_code ignored;
    give(folder);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ignored)) give(entry.path());
    if (::seteuid(nobody) != 0) throw std::runtime_error("cannot become nobody");
  }
  ~AsNobody() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static constexpr uid_t nobody = 65534;
  static void give(const std::filesystem::path& path) {
    if (::lchown(path.c_str(), nobody, static_cast<gid_t>(-1)) != 0) throw std::runtime_error("chown " + path.string());
  }
  bool was_root_;
};

}  // namespace entregent::tests
