// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

namespace entregent::ingest {

/// What a mail folder is for, by its name in the languages of common programs.
enum class FolderUse { other, sent, drafts, junk, trash };

/// `path` of a folder, with `/` or Maildir++ `.` between levels; its last level decides, then the ones above (all below
/// the trash is trash).
FolderUse folder_use(std::string_view path);

}  // namespace entregent::ingest
