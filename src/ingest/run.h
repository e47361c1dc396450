// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <vector>

#include "ingest/intake.h"
#include "ingest/progress.h"
#include "net/imap_session.h"

namespace entregent::ingest {

struct RunOptions {
  IntakeOptions intake;
  const Clock* clock = nullptr;   ///< never null
  std::vector<std::string> only;  ///< locations; empty: all sources
  /// Asks for the password of an IMAP source that has no command for it; nothing: that source is left for another time.
  std::function<std::optional<net::Secret>(const personal::Source&)> password;
  net::ImapOptions imap;
};

struct SourceOutcome {
  personal::Source source;
  Counts counts = {};
  bool complete = false;
  std::optional<Error> error = {};
};

struct RunOutcome {
  std::vector<SourceOutcome> sources;
  Counts total;
  bool stopped = false;
};

/// Brings the index up to date with its sources, one after the other, settles persons and threads, proposes who I am.
/// Answers may be asked for all the while. One run per private file at a time: `conflict` if another is under way. A
/// run that is stopped or cut off goes on where it was the next time.
Result<RunOutcome> run(personal::Store& store, const RunOptions& options, const ProgressSink& progress,
                       const Stopped& stopped);

}  // namespace entregent::ingest
