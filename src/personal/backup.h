// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "personal/store.h"

namespace entregent::personal {

/// A whole copy of the private file, of one moment, while others read and write. `conflict` if `target` exists,
/// `not_found` if its folder does not.
Result<Done> back_up(Store& store, const std::filesystem::path& target);

/// The copies of the private file that were made beside it, before a migration or a restoring.
std::vector<std::filesystem::path> copies_beside(const std::filesystem::path& file);

/// Puts the content of a backup in place of the private file, page by page within the database, so that whoever has it
/// open sees the old or the new content, never a mixture. What was there is kept beside it; returns where (empty if
/// there was nothing); a damaged file is moved there. `not_found`, `malformed` (no private file of ours) or `conflict`
/// (an index run is under way, it is the private file itself, or was written by a later version).
Result<std::filesystem::path> restore(const std::filesystem::path& from, const std::filesystem::path& file);

}  // namespace entregent::personal
