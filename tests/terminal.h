// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace entregent::tests {

/// A program of the build folder on a terminal of its own (a pseudo-terminal that is its controlling one), as a person
/// has it before them.
class Terminal {
 public:
  /// False in the plainest containers, which have no /dev/pts.
  static bool is_to_be_had();

  /// `environment` as in run_program.
  Terminal(const std::string& program, const std::vector<std::string>& arguments,
           const std::vector<std::string>& environment, unsigned short columns = 80);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Reads what is written until `part` was; false if the program ended or a minute passed before.
  bool wait_for(const std::string& part);
  /// As if typed; Ctrl-C is "\x03".
  void type(const std::string& keys) const;
  /// Reads to the end and waits; its exit status, or 128 + the signal that ended it.
  int end();

  /// All that was written so far.
  [[nodiscard]] const std::string& seen() const { return seen_; }

 private:
  bool read_some();
  int descriptor_ = -1;
  pid_t child_ = 0;
  std::string seen_;
};

}  // namespace entregent::tests
