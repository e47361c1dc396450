// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sweep_report.h"

#include <array>
#include <cstdio>

namespace entregent::tests {
namespace {

constexpr int told_apart_above = 10;

constexpr std::array<const char*, 11> notice_names{
    "",          "sender missing",    "date missing", "date repaired", "text missing", "encrypted", "charset guessed",
    "truncated", "recurrence capped", "zone unknown", "malformed"};

}  // namespace

void SweepReport::notice(const std::string& format, readers::Notice notice, const std::string& cause) {
  auto& reason = formats_[format].notices[notice_names.at(static_cast<std::size_t>(notice))];
  ++reason.count;
  ++reason.causes[cause];
}

void SweepReport::print() const {
  for (const auto& [name, format] : formats_) {
    int problems = 0;
    for (const auto& [why, count] : format.problems) problems += count;
    std::printf("%s: %d read, %d not\n", name.c_str(), format.read, problems);
    for (const auto& [why, count] : format.problems) std::printf("  not read: %d %s\n", count, why.c_str());
    for (const auto& [what, reason] : format.notices) {
      std::printf("  %s: %d\n", what.c_str(), reason.count);
      if (reason.count <= told_apart_above) continue;
      for (const auto& [cause, count] : reason.causes) std::printf("    %d %s\n", count, cause.c_str());
    }
  }
}

}  // namespace entregent::tests
