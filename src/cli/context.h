// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/time.h"
#include "personal/store.h"

namespace entregent::cli {

/// Where everything of one life lies.
struct Home {
  std::filesystem::path data;  ///< personal/owner.db is below it
  bool chosen = false;         ///< by --home or ENTREGENT_HOME: repeated in commands that are proposed
};

/// What every command is given. Made once by run(); the streams and the clock outlive it.
struct Context {
  Language language = Language::english();
  Home home = {};
  bool json = false;
  bool stats = false;
  bool terminal = false;  ///< `out` is one: bars, questions
  bool styled = false;    ///< bold and faint: a terminal, unless NO_COLOR says otherwise
  int width = 80;
  const Clock* clock = nullptr;
  std::int64_t (*allocations)() = nullptr;  ///< how many so far, for --stats
  std::ostream* out = nullptr;
  std::ostream* err = nullptr;
  std::istream* in = nullptr;
  /// `entregent` with the options that lead to the same home, for "say …" lines.
  std::string program = "entregent";

  /// Opens the private file; throws db::Failure.
  [[nodiscard]] personal::Store open(personal::Store::Create create = personal::Store::Create::no) const;
};

/// 0 is success.
using ExitStatus = int;

/// Says `error` on err, as one sentence (JSON: on out, as an object), and gives its exit status.
ExitStatus refuse(const Context& context, const Error& error);
/// The same with a status of its own.
ExitStatus refuse(const Context& context, const Error& error, ExitStatus status);

}  // namespace entregent::cli
