// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/backup.h"

#include <algorithm>

#include "db/connection.h"
#include "personal/run_lock.h"

namespace entregent::personal {
namespace {

/// Refuses what is no private file before anything is touched.
Result<Done> check(const std::filesystem::path& from) {
  if (!std::filesystem::is_regular_file(from))
    return fail({ErrorCode::not_found, N_("There is no file {0}."), from.string()});
  try {
    db::Connection db(from, db::Connection::Mode::read_only);
    if (db.number("pragma application_id") != application_id || db.first("pragma quick_check")->view(0) != "ok") {
      return fail({ErrorCode::malformed, N_("{0} is no sound backup of a private file."), from.string()});
    }
  } catch (const db::Failure&) {
    return fail({ErrorCode::malformed, N_("{0} is no sound backup of a private file."), from.string()});
  }
  return Done{};
}

std::filesystem::path free_name(const std::filesystem::path& file) {
  for (int i = 1;; ++i) {
    auto name = file;
    name += ".before-restore-" + std::to_string(i);
    if (!std::filesystem::exists(name)) return name;
  }
}

}  // namespace

std::vector<std::filesystem::path> copies_beside(const std::filesystem::path& file) {
  std::vector<std::filesystem::path> copies;
  const std::string begin = file.filename().string() + ".before-";
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path()))
    if (entry.path().filename().string().starts_with(begin)) copies.push_back(entry.path());
  std::ranges::sort(copies);
  return copies;
}

Result<Done> back_up(Store& store, const std::filesystem::path& target) {
  if (std::filesystem::exists(target))
    return fail({ErrorCode::conflict, N_("{0} is there already; nothing was written."), target.string()});
  if (target.has_parent_path() && !std::filesystem::is_directory(target.parent_path())) {
    return fail({ErrorCode::not_found, N_("The folder of {0} does not exist."), target.string()});
  }
  store.db().copy_to(target);
  return Done{};
}

Result<std::filesystem::path> restore(const std::filesystem::path& from, const std::filesystem::path& file) {
  if (const auto sound = check(from); !sound) return fail(sound.error());
  std::filesystem::create_directories(file.parent_path());
  const RunLock lock(file);
  if (!lock.held())
    return fail({ErrorCode::conflict, N_("Another index run is under way; wait for it, or stop it."), {}});
  std::filesystem::path kept;
  if (std::filesystem::exists(file)) {
    kept = free_name(file);
    db::Connection(file, db::Connection::Mode::read_write).copy_to(kept);
  }
  db::Connection source(from, db::Connection::Mode::read_only);
  source.copy_over(file);
  const Store current(file);  // a backup of an earlier schema is brought up to the present one
  return kept;
}

}  // namespace entregent::personal
