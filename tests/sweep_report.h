// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>
#include <string>

#include "readers/extracted_item.h"

namespace entregent::tests {

/// What a sweep over foreign files prints: per format how many were read and how many were not; per reason how often,
/// and where it was given more than ten times, by its causes.
class SweepReport {
 public:
  void read(const std::string& format) { ++formats_[format].read; }
  void problem(const std::string& format, const std::string& why) { ++formats_[format].problems[why]; }
  /// Something was read, but with `notice`; `cause` says what in the file led to it.
  void notice(const std::string& format, readers::Notice notice, const std::string& cause);
  void print() const;

 private:
  struct Reason {
    int count = 0;
    std::map<std::string, int> causes;
  };
  struct Format {
    int read = 0;
    std::map<std::string, int> problems;
    std::map<std::string, Reason> notices;
  };
  std::map<std::string, Format> formats_;
};

}  // namespace entregent::tests
