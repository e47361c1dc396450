// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "ingest/run.h"

namespace entregent::ingest {

/// Brings the index up to what an IMAP account holds: EXAMINE and BODY.PEEK only, nothing changes there. Folders are
/// taken one by one, new messages by UID, those that vanished go; another UIDVALIDITY reads a folder anew. A run that
/// is cut off goes on at the next. A folder that the server refuses stays as it was known: the others are read, and the
/// first refusal is returned. A message that it does not give has a problem and is asked for by each run.
/// What bears a label of Gmail that is an excepted folder stays out wherever it is met, and is not fetched.
Result<Done> index_imap(Intake& intake, const personal::Source& source, const RunOptions& options);

}  // namespace entregent::ingest
