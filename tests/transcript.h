// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "tests/program.h"

namespace entregent::tests {

/// A file of tests/data/golden: commands as one types them, and after each what it says.
///
///     # home: confirmed
///     $ COLUMNS=60 entregent who 'lea martin'
///     what it prints, and after it what it says on its error output, as
///     ! a line
///     [status 3]
///
/// A line of `#` before the first command says how it begins; the status is left out where it is 0. `/home/lea` stands
/// for the folder that is the home of this user.
struct Transcript {
  struct Command {
    std::string line;  ///< after `$ `
    [[nodiscard]] std::vector<std::string> environment() const;
    [[nodiscard]] std::string program() const;
    [[nodiscard]] std::vector<std::string> arguments() const;
    [[nodiscard]] bool json() const;
  };
  std::string home;  ///< after `# home: `
  std::vector<Command> commands;
};

Transcript read_transcript(const std::filesystem::path& file);

/// The folder's path in place of /home/lea, for words of a command.
std::string to_real(std::string text, const std::filesystem::path& folder);
/// /home/lea in place of the folder's path.
std::string from_real(std::string text, const std::filesystem::path& folder);

/// One object of a list a line, so that differences can be read.
std::string json_in_lines(const std::string& json);

/// What stands in the file for one command.
std::string recorded_text(const Transcript::Command& command, const Said& said);

}  // namespace entregent::tests
