// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/migrations.h"

#include <algorithm>
#include <set>
#include <string>

namespace entregent::db {
namespace {

std::set<std::string, std::less<>> applied(Connection& db) {
  std::set<std::string, std::less<>> names;
  db.each("select name from migration", [&](const Statement& row) { names.insert(row.text(0)); });
  return names;
}

bool is_empty(Connection& db) {
  return db.number("select count(*) from sqlite_master") == 0;
}

void check_ours(Connection& db, std::int32_t application_id) {
  if (db.number("pragma application_id") != application_id) {
    throw Failure(Failure::Kind::foreign_schema, "the database belongs to another program");
  }
}

void check_not_newer(const std::set<std::string, std::less<>>& names, std::span<const base::EmbeddedFile> files) {
  for (const auto& name : names) {
    const bool known = std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
    if (!known) throw Failure(Failure::Kind::newer_schema, "migration " + name + " is not known here");
  }
}

void copy_before(Connection& db, std::string_view migration) {
  auto target = db.file();
  target += ".before-" + std::string(migration.substr(0, migration.find('_')));
  std::filesystem::remove(target);  // of an attempt that failed
  db.copy_to(target);
}

void begin_migrations(Connection& db, std::int32_t application_id) {
  Transaction transaction(db);
  db.script("create table migration(name text primary key) without rowid; pragma application_id = " +
            std::to_string(application_id));
  transaction.commit();
}

}  // namespace

bool is_current(Connection& db, std::span<const base::EmbeddedFile> files, std::int32_t application_id) {
  if (is_empty(db)) return files.empty();
  check_ours(db, application_id);
  const auto names = applied(db);
  check_not_newer(names, files);
  return names.size() == files.size();
}

void migrate(Connection& db, std::span<const base::EmbeddedFile> files, std::int32_t application_id) {
  const bool fresh = is_empty(db);
  if (fresh) begin_migrations(db, application_id);
  check_ours(db, application_id);
  const auto names = applied(db);
  check_not_newer(names, files);
  bool copied = fresh || names.empty();
  for (const auto& file : files) {
    if (names.contains(file.name)) continue;
    if (!copied) copy_before(db, file.name);
    copied = true;
    Transaction transaction(db);
    db.script(std::string(file.bytes));
    db.run("insert into migration values ($1)", file.name);
    transaction.commit();
  }
}

}  // namespace entregent::db
