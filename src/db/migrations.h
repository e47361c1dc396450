// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>

#include "base/embedded_file.h"
#include "db/connection.h"

namespace entregent::db {

/// Brings a database to the newest schema. The files' names begin with a number and are applied in order, each in one
/// transaction and recorded by name; a file that has been released is never edited. `application_id` marks the file as
/// ours (PRAGMA application_id). Before a database with content is changed it is copied beside itself as
/// `NAME.before-NNNN`. Throws Failure newer_schema (a recorded name that `files` does not know) or foreign_schema.
void migrate(Connection& db, std::span<const base::EmbeddedFile> files, std::int32_t application_id);

/// True if migrate() would change nothing. Throws as migrate().
bool is_current(Connection& db, std::span<const base::EmbeddedFile> files, std::int32_t application_id);

}  // namespace entregent::db
