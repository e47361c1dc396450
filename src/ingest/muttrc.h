// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <vector>

namespace entregent::ingest {

/// The folders and files of mail that settings of mutt or neomutt name: `folder` (by default ~/Mail), `spoolfile`,
/// `mbox`, `record`, `mailboxes`, also in the files that they `source`. Absolute, in the order in which they are named,
/// `folder` first; whether they exist is not looked at. Programs between `…` are not run: what they would print is left
/// out, and so is what lies on a server. Nothing if there is no such file.
std::vector<std::filesystem::path> mutt_folders(const std::filesystem::path& settings,
                                                const std::filesystem::path& home);

}  // namespace entregent::ingest
