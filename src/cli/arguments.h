// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace entregent::cli {

/// What stood on the command line.
struct Arguments {
  std::string command;             ///< `who`, `source add` …
  std::vector<std::string> words;  ///< what follows it
  std::string home, lang;
  bool json = false, stats = false;
  std::vector<std::string> except;  ///< --except
  std::string password_command, certificate;
  std::size_t limit = 20;
  bool all = false, with_quoted = false, yes = false;
  std::string by;  ///< --by
  std::size_t readers = 0;
  /// Not empty: print this and end with status 0 (--version).
  std::string print;
  /// The command to explain, all of them if empty; instead of running one.
  std::optional<std::string> help;
};

/// `invalid` with a sentence that names the word that was not understood.
Result<Arguments> parse_arguments(const std::vector<std::string>& arguments);

/// The words of a command line as one text.
std::string joined(const std::vector<std::string>& words);

}  // namespace entregent::cli
