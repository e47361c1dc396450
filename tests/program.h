// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace entregent::tests {

/// What a program of ours said.
struct Said {
  int status = 0;
  std::string out, err;
};

/// Runs a program of the build folder (`entregent`) to its end with a quiet environment: UTC, C.UTF-8, the clock held
/// at 2026-11-23. Not for hostile arguments: they go through no shell.
Said run_program(const std::string& name, const std::vector<std::string>& arguments);

/// The same where no file may grow beyond `kibibytes`: writing more fails, as on a full disk.
Said run_limited(const std::string& name, const std::vector<std::string>& arguments, int kibibytes);

}  // namespace entregent::tests
