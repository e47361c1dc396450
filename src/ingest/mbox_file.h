// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <memory>
#include <string>

#include "ingest/intake.h"
#include "ingest/walk.h"

namespace entregent::ingest {

/// One mbox on the disk and what is known of it.
struct MboxFile {
  reading::FileHandle handle;
  personal::FolderId folder;
  FolderUse use = FolderUse::other;
  personal::File known;  ///< id 0: new
  DiskFile found;
  std::shared_ptr<const personal::Except> except = {};
};

/// Reads what is new in an mbox of any size: a reader process cuts it, stretch by stretch, and gives a fingerprint of
/// each message; only messages whose fingerprint is known neither here nor in another file are read. What is not there
/// any more goes. Rewritten while it was read, it is looked at again by the next run.
void index_mbox(Intake& intake, const MboxFile& mbox);

/// Does the file begin with `From `? That much is looked at here; all else is for the readers. `unavailable` if the
/// disk refuses its bytes.
Result<bool> begins_like_mbox(const reading::Descriptor& file);

/// Opens for the readers; while that is `unavailable` and answers are under way, takes them and tries again.
Result<reading::FileHandle> open_patiently(Intake& intake, const std::string& path);

}  // namespace entregent::ingest
