// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/backup.h"

#include <algorithm>

#include "db/connection.h"
#include "db/migrations.h"
#include "personal/run_lock.h"

namespace entregent::personal {

std::span<const base::EmbeddedFile> migration_files();  // by cmake/embed.cmake

namespace {

/// Refuses what is no private file before anything is touched.
Result<Done> check(const std::filesystem::path& from) {
  if (!std::filesystem::is_regular_file(from))
    return fail({ErrorCode::not_found, N_("There is no file {0}."), from.string()});
  try {
    db::Connection db(from, db::Connection::Mode::read_only);
    db::is_current(db, migration_files(), application_id);
    if (db.number("pragma application_id") != application_id || db.first("pragma quick_check")->view(0) != "ok") {
      return fail({ErrorCode::malformed, N_("{0} is no sound backup of a private file."), from.string()});
    }
  } catch (const db::Failure& failure) {
    if (failure.kind() == db::Failure::Kind::newer_schema) {
      return fail({ErrorCode::conflict, N_("{0} was written by a later version of Entregent; install that version."),
                   from.string()});
    }
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

/// Keeps what is there; returns under which name. A file that is no sound database is moved away as it is.
std::filesystem::path keep(const std::filesystem::path& file) {
  const auto kept = free_name(file);
  try {
    db::Connection present(file, db::Connection::Mode::read_write);
    present.number("select count(*) from sqlite_master");
    present.copy_to(kept);
    if (present.first("pragma quick_check(1)")->view(0) == "ok") return kept;
    std::filesystem::remove(kept);
  } catch (const db::Failure& failure) {
    using Kind = db::Failure::Kind;
    if (failure.kind() != Kind::not_a_database && failure.kind() != Kind::corrupt) throw;
  }
  for (const char* part : {"-wal", "-shm", ""}) {
    if (!std::filesystem::exists(file.string() + part)) continue;
    std::filesystem::rename(file.string() + part, kept.string() + part);
  }
  return kept;
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

Result<Restored> restore(const std::filesystem::path& from, const std::filesystem::path& file,
                         std::chrono::milliseconds patience) {
  if (const auto sound = check(from); !sound) return fail(sound.error());
  std::error_code error;
  if (std::filesystem::equivalent(from, file, error))
    return fail({ErrorCode::conflict, N_("{0} is the private file itself."), from.string()});
  Store::make_folder(file);
  RunLock lock(file);
  Restored restored{.kept = {}, .stopped_run = !lock.held()};
  if (!lock.held() && !lock.take_over(patience))
    return fail({ErrorCode::conflict, N_("Another index run is under way; wait for it, or stop it."), {}});
  if (std::filesystem::exists(file)) restored.kept = keep(file);
  db::Connection source(from, db::Connection::Mode::read_only);
  source.copy_over(file);
  const Store current(file);  // a backup of an earlier schema is brought up to the present one
  return restored;
}

}  // namespace entregent::personal
