// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace entregent::ingest {

/// One folder below a source, as it lies on the disk.
struct DiskFolder {
  std::filesystem::path path;  ///< absolute
  std::string name;            ///< below the source, `/` between levels; empty for the source itself
  bool maildir = false;        ///< holds cur and new: its files lie there
  bool holds_files = true;     ///< no: it was listed, and holds nothing but folders
  /// Of a Maildir: a number that changes whenever a file comes or goes, or nothing while its directories changed less
  /// than two seconds ago (a change within one clock tick would not show).
  std::optional<std::int64_t> stamp;
};

/// One file as readdir or stat tell it. A Maildir's file is known by its name alone: its content never changes.
struct DiskFile {
  std::string name;  ///< below its folder; `cur/…` or `new/…` in a Maildir
  std::int64_t size = 0;
  std::int64_t mtime = 0;  ///< ns
  std::int64_t inode = 0;
};

/// A folder that could not be looked into: it and all below it may be there still, whatever else was found.
struct WalkProblem {
  std::string name;
  std::string why;  ///< an English sentence, marked for translation, or the system's word for it
};

struct Walk {
  std::vector<DiskFolder> folders;  ///< by name
  std::vector<WalkProblem> problems;
};

/// All folders below `root` (which may be a single file: then one folder with that file, see files_of). Symbolic links
/// are not followed below it; tmp of a Maildir is passed over, and what other programs keep (notmuch's index, .git,
/// node_modules …) if by its content it is what its name says: not a Maildir, nor a folder of mail named so. A folder
/// that goes away meanwhile is no problem, unless it is `root`.
Walk walk(const std::filesystem::path& root);

/// The files directly in a folder, by name. Of a Maildir, those of cur and new, each base once, and only names are
/// filled. All of them or none: `unavailable` if the folder cannot be read to its end, `not_found` if it is gone.
Result<std::vector<DiskFile>> files_of(const DiskFolder& folder);

/// The part of a Maildir file's name that never changes: without `cur/`, `new/` and flags.
std::string_view maildir_base(std::string_view name);
/// The flags after `:2,`.
std::string_view maildir_flags(std::string_view name);

}  // namespace entregent::ingest
