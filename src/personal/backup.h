// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
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

struct Restored {
  std::filesystem::path kept;  ///< what was there before; empty if there was nothing
  bool stopped_run = false;    ///< an index run was under way
};

/// Puts the content of a backup in place of the private file, page by page within the database, so that whoever has it
/// open sees the old or the new content, never a mixture. What was there is kept beside it; a damaged file is moved
/// there. An index run that is under way is stopped first. `not_found`, `malformed` (no private file of ours) or
/// `conflict` (who changes the file has not ended within `patience`; it is the private file itself, or was written by a
/// later version).
Result<Restored> restore(const std::filesystem::path& from, const std::filesystem::path& file,
                         std::chrono::milliseconds patience = std::chrono::seconds(30));

}  // namespace entregent::personal
