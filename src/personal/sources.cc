// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/sources.h"

#include <algorithm>

namespace entregent::personal {
namespace {

Source read_source(const db::Statement& row) {
  return {.id = row.id<SourceRow>(0),
          .kind = row.text(1),
          .location = row.text(2),
          .except = {},
          .password_command = {},
          .started_at = row.optional_instant(3),
          .finished_at = row.optional_instant(4),
          .error = row.text(5),
          .error_detail = row.text(6)};
}

std::optional<std::int64_t> optional_integer(const db::Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

Folder folder_of(const db::Statement& row) {
  return {.id = row.id<FolderRow>(0),
          .path = row.text(1),
          .stamp = optional_integer(row, 2),
          .uid_validity = optional_integer(row, 3),
          .uid_next = optional_integer(row, 4),
          .highest_modseq = optional_integer(row, 5)};
}

File file_of(const db::Statement& row) {
  return {.id = row.id<FileRow>(0),
          .name = row.text(1),
          .size = row.integer(2),
          .mtime = row.integer(3),
          .inode = row.integer(4),
          .format = row.integer(5)};
}

void read_option(Source& source, std::string_view name, const std::string& value) {
  if (name == "except_folder") source.except.folders.push_back(value);
  if (name == "except_address") source.except.addresses.push_back(value);
  if (name == "except_domain") source.except.domains.push_back(value);
  if (name == "password_command") source.password_command = value;
  if (name == "certificate") source.certificate = value;
}

Digest digest_of(std::string_view bytes) {
  Digest result{};
  std::ranges::copy(bytes.substr(0, result.size()), reinterpret_cast<char*>(result.data()));
  return result;
}

}  // namespace

Result<SourceId> Sources::add(const Source& source, Instant now) {
  auto& db = store_.db();
  if (find(source.location)) {
    return fail({ErrorCode::conflict, N_("This source is there already: {0}."), source.location});
  }
  db::Transaction transaction(db);
  db.run("insert into source(kind, location, added_at) values ($1, $2, $3)", source.kind, source.location, now);
  const SourceId id{db.last_id()};
  if (!source.password_command.empty()) set_option(id, "password_command", source.password_command);
  if (!source.certificate.empty()) set_option(id, "certificate", source.certificate);
  transaction.commit();
  set_except(id, source.except);
  return id;
}

std::vector<Source> Sources::list() {
  std::vector<Source> result;
  auto& db = store_.db();
  db.each("select id, kind, location, started_at, finished_at, error, error_detail from source order by id",
          [&](const db::Statement& row) { result.push_back(read_source(row)); });
  for (auto& source : result) {
    db.each(
        "select name, value from source_option where source = $1 order by name, value",
        [&](const db::Statement& row) { read_option(source, row.view(0), row.text(1)); }, source.id);
  }
  return result;
}

std::optional<Source> Sources::find(std::string_view location) {
  for (auto& source : list())
    if (source.location == location) return std::move(source);
  return std::nullopt;
}

void Sources::set_option(SourceId source, std::string_view name, const std::string& value) {
  auto& db = store_.db();
  db.run("delete from source_option where source = $1 and name = $2", source, name);
  db.run("insert into source_option values ($1, $2, $3)", source, name, value);
}

void Sources::set_password_command(SourceId source, const std::string& command) {
  db::Transaction transaction(store_.db());
  set_option(source, "password_command", command);
  transaction.commit();
}

void Sources::set_certificate(SourceId source, const std::string& file) {
  db::Transaction transaction(store_.db());
  set_option(source, "certificate", file);
  transaction.commit();
}

void Sources::set_except(SourceId source, const Except& except) {
  auto& db = store_.db();
  db::Transaction transaction(db);
  db.run("delete from source_option where source = $1 and name glob 'except_*'", source);
  const auto add = [&](std::string_view name, const std::vector<std::string>& values) {
    for (const auto& value : values)
      db.run("insert or ignore into source_option values ($1, $2, $3)", source, name, value);
  };
  add("except_folder", except.folders);
  add("except_address", except.addresses);
  add("except_domain", except.domains);
  // What was left out before may come in now: nothing seen so far is trusted.
  db.run("update folder set stamp = null, uid_next = null, highest_modseq = null where source = $1", source);
  db.run("update file set mtime = -1 where folder in (select id from folder where source = $1)", source);
  db.run(
      "update place set fingerprint = null where file in "
      "(select file.id from file join folder on folder.id = file.folder where folder.source = $1)",
      source);
  transaction.commit();
}

void Sources::remove(SourceId source) {
  store_.db().run("delete from source where id = $1", source);
}

void Sources::start(SourceId source, Instant now) {
  store_.db().run(
      "update source set started_at = $2, finished_at = null, error = null, error_detail = null where id = $1", source,
      now);
}

void Sources::finish(SourceId source, Instant now) {
  store_.db().run("update source set finished_at = $2 where id = $1", source, now);
}

void Sources::stop(SourceId source, const Error& error) {
  store_.db().run("update source set error = $2, error_detail = $3 where id = $1", source, error.message, error.detail);
}

std::string Sources::stored_name(std::string_view path) {
  if (!redaction_) redaction_.emplace(store_);
  return redaction_->stored_name(path);
}

FolderId Sources::folder(SourceId source, std::string_view path) {
  auto& db = store_.db();
  const std::string stored = stored_name(path);
  if (const auto row = db.first("select id from folder where source = $1 and path = $2", source, stored))
    return row->id<FolderRow>(0);
  db.run("insert into folder(source, path) values ($1, $2)", source, stored);
  return {db.last_id()};
}

std::vector<Folder> Sources::folders(SourceId source) {
  std::vector<Folder> result;
  store_.db().each(
      "select id, path, stamp, uid_validity, uid_next, highest_modseq from folder where source = $1 order by path",
      [&](const db::Statement& row) { result.push_back(folder_of(row)); }, source);
  return result;
}

Folder Sources::state(FolderId folder) {
  const auto row = store_.db().first(
      "select id, path, stamp, uid_validity, uid_next, highest_modseq from folder where id = $1", folder);
  return row ? folder_of(*row) : Folder{};
}

void Sources::set_stamp(FolderId folder, std::optional<std::int64_t> stamp) {
  store_.db().run(
      "update folder set stamp = $2 where id = $1 and ($2 is null or not exists "
      "(select 1 from file where folder = $1 and mtime = -1))",
      folder, stamp);
}

void Sources::set_uids(FolderId folder, std::int64_t validity, std::int64_t next, std::optional<std::int64_t> modseq) {
  store_.db().run(
      "update folder set uid_validity = $2, uid_next = $3, highest_modseq = case when exists "
      "(select 1 from file where folder = $1 and mtime = -1) then null else $4 end where id = $1",
      folder, validity, next, modseq);
}

void Sources::remove_folder(FolderId folder) {
  store_.db().run("delete from folder where id = $1", folder);
}

void Sources::each_file(FolderId folder, const std::function<void(const File&)>& file) {
  store_.db().each(
      "select id, name, size, mtime, inode, format from file where folder = $1",
      [&](const db::Statement& row) { file(file_of(row)); }, folder);
}

std::optional<File> Sources::file(FileId id) {
  const auto row = store_.db().first("select id, name, size, mtime, inode, format from file where id = $1", id);
  return row ? std::optional(file_of(*row)) : std::nullopt;
}

FileId Sources::add_file(FolderId folder, const File& file) {
  auto& db = store_.db();
  db.run("insert into file(folder, name, size, mtime, inode, format) values ($1, $2, $3, $4, $5, $6)", folder,
         stored_name(file.name), file.size, file.mtime, file.inode, file.format);
  return {db.last_id()};
}

void Sources::update_file(const File& file) {
  store_.db().run("update file set name = $2, size = $3, mtime = $4, inode = $5, format = $6 where id = $1", file.id,
                  stored_name(file.name), file.size, file.mtime, file.inode, file.format);
}

void Sources::rename_file(FileId file, std::string_view name) {
  store_.db().run("update file set name = $2 where id = $1", file, stored_name(name));
}

std::optional<SourceId> Sources::source_of(FileId file) {
  const auto row = store_.db().first(
      "select folder.source from file join folder on folder.id = file.folder where file.id = $1", file);
  return row ? std::optional(row->id<SourceRow>(0)) : std::nullopt;
}

bool Sources::has_files(SourceId source) const {
  return store_.db().number(
             "select exists (select 1 from file join folder on folder.id = file.folder where folder.source = $1)",
             source) != 0;
}

std::vector<Sources::Part> Sources::parts(FileId file) {
  std::vector<Part> result;
  store_.db().each(
      "select part, fingerprint from place where file = $1 and sub = 0 order by part",
      [&](const db::Statement& row) {
        result.push_back({row.integer(0), row.is_null(1) ? std::nullopt : std::optional(digest_of(row.view(1)))});
      },
      file);
  return result;
}

void Sources::move_part(FileId file, std::int64_t from, std::int64_t to) {
  store_.db().run("update or replace place set part = $3 where file = $1 and part = $2", file, from, to);
}

void Sources::settle_parts(FileId file) {
  store_.db().run("update or replace place set part = -1 - part where file = $1 and part < 0", file);
}

void Sources::doubt_part(FileId file, std::int64_t part) {
  store_.db().run("update place set fingerprint = null where file = $1 and part = $2", file, part);
}

bool Sources::keep_unread_part(FileId file, std::int64_t part, std::int64_t again) {
  auto& db = store_.db();
  db.run(
      "update place set (problem, problem_detail) = "
      "(select new.problem, new.problem_detail from place as new where new.file = $1 and new.part = $3 and new.sub = "
      "0) "
      "where file = $1 and part = $2 and sub = 0 and fingerprint is null and exists (select 1 from place as new where "
      "new.file = $1 and new.part = $3 and new.sub = 0 and new.fingerprint is null and new.problem is not null)",
      file, part, again);
  if (db.changes() == 0) return false;
  db.run("delete from place where file = $1 and part = $2", file, again);
  return true;
}

void Sources::doubt_file_of_doubtful_parts(FileId file) {
  store_.db().run(
      "update file set mtime = -1 where id = $1 and exists "
      "(select 1 from place where file = $1 and fingerprint is null)",
      file);
}

std::optional<Sources::Twin> Sources::twin(const Digest& fingerprint) {
  const auto row = store_.db().first(
      "select place.file, part, ifnull(skipped, ''), folder.path || '/' || file.name from place "
      "join file on file.id = place.file join folder on folder.id = file.folder where fingerprint = $1 and sub = 0 and "
      "(item is not null or skipped in ('spam_or_trash', 'draft')) order by item is null",
      db::blob(fingerprint));
  if (!row) return std::nullopt;
  return Twin{.file = row->id<FileRow>(0), .part = row->integer(1), .skipped = row->text(2), .path = row->text(3)};
}

void Sources::add_twin(const Place& place, const Twin& twin) {
  store_.db().run(
      "insert or replace into place(file, part, sub, length, fingerprint, item, origin, skipped) "
      "select $1, $2, sub, $3, fingerprint, item, origin, skipped from place where file = $4 and part = $5",
      place.file, place.part, place.length, twin.file, twin.part);
}

void Sources::file_problem(FileId file, std::string_view code, std::string_view detail) {
  store_.db().run("update file set problem = $2, problem_detail = $3 where id = $1", file, code, detail);
}

void Sources::clear_problem(FileId file) {
  store_.db().run("update file set problem = null, problem_detail = null where id = $1", file);
}

void Sources::folder_problem(FolderId folder, std::string_view detail) {
  auto& db = store_.db();
  set_stamp(folder, std::nullopt);
  db.run(
      "update file set mtime = -1, problem = 'folder_unreadable', problem_detail = $2 where folder = $1 and name = ''",
      folder, detail);
  if (db.changes() != 0) return;
  db.run(
      "insert into file(folder, name, size, mtime, inode, format, problem, problem_detail) "
      "values ($1, '', 0, -1, 0, 0, 'folder_unreadable', $2)",
      folder, detail);
}

void Sources::place_problem(const Place& place, std::string_view code, std::string_view detail) {
  store_.db().run(
      "insert or replace into place(file, part, sub, length, fingerprint, problem, problem_detail) values ($1, $2, $3, "
      "$4, $5, $6, $7)",
      place.file, place.part, place.sub, place.length,
      place.fingerprint ? std::optional(db::blob(*place.fingerprint)) : std::nullopt, code, detail);
}

void Sources::skip_place(const Place& place, std::string_view reason) {
  store_.db().run(
      "insert or replace into place(file, part, sub, length, fingerprint, skipped) values ($1, $2, $3, $4, $5, $6)",
      place.file, place.part, place.sub, place.length,
      place.fingerprint ? std::optional(db::blob(*place.fingerprint)) : std::nullopt, reason);
}

}  // namespace entregent::personal
