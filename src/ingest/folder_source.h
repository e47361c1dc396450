// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "ingest/intake.h"

namespace entregent::ingest {

/// Brings the index up to what lies in a folder (or one file) on the disk: new and changed files are read, what is gone
/// goes. An unchanged Maildir costs two stats, an unchanged file one. Never writes there. `not_found` or `unavailable`
/// if the source itself cannot be looked into, or held something and shows nothing at all now, as a place does where no
/// disk is mounted: then nothing is taken as gone. Nor is what a folder holds that cannot be read; it counts as
/// unreadable and stands in the status.
Result<Done> index_folder(Intake& intake, const personal::Source& source);

}  // namespace entregent::ingest
