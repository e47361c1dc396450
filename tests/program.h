// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/temporary_folder.h"

namespace entregent::tests {

/// What a program of ours said.
struct Said {
  int status = 0;  ///< 128 + signal if that ended it
  std::string out, err;
};

/// A program of the build folder at work, in a process group of its own, with a quiet environment: UTC, C.UTF-8, the
/// clock held at 2026-11-23. Not for hostile arguments: they go through no shell. Its group is killed with its object.
class Program {
 public:
  /// `variables` (`NAME=value`) are added to its environment, and go before what it has.
  Program(const std::string& name, const std::vector<std::string>& arguments,
          const std::vector<std::string>& variables = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// True if it ended before `time` was over; returns as soon as it does.
  bool ends_within(std::chrono::nanoseconds time) const;
  bool at_work() const { return !ends_within({}); }
  Said wait();

  /// SIGKILL, to it alone or to all that it started too.
  void kill_alone();
  void kill_group();
  /// SIGSTOP and SIGCONT, to all: a moment that lasts.
  void pause();
  void go_on();
  /// True once nobody of its group is left (or is dead and waits to be buried); false if somebody is after ten seconds.
  bool group_is_gone() const;

 private:
  friend Said run_limited(const std::string& name, const std::vector<std::string>& arguments, int kibibytes);
  explicit Program(std::vector<std::string> words, const std::vector<std::string>& variables = {});

  TemporaryFolder folder_;
  pid_t process_ = -1;
  int handle_ = -1;  ///< becomes readable when it ends
  std::optional<int> status_;
};

/// Runs a program of the build folder (`entregent`) to its end.
Said run_program(const std::string& name, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& variables = {});

/// The same where no file may grow beyond `kibibytes`: writing more fails, as on a full disk.
Said run_limited(const std::string& name, const std::vector<std::string>& arguments, int kibibytes);

}  // namespace entregent::tests
