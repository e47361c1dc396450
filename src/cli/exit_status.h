// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "base/result.h"
#include "db/failure.h"

namespace entregent::cli {

/// The exit status of every refusal, also listed in the man page. 0 success, 1 nothing found, 2 wrong use.
int exit_status(ErrorCode code);
int exit_status(db::Failure::Kind kind);
inline constexpr int status_nothing_found = 1;
inline constexpr int status_busy = 14;
inline constexpr int status_bug = 70;
inline constexpr int status_interrupted = 130;

/// What a database failure says to the person, one sentence with what to do. `program`: as in Context.
Error sentence(db::Failure::Kind kind, const std::string& program);

}  // namespace entregent::cli
