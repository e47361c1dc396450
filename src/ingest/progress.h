// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace entregent::ingest {

/// What a run has done so far; counted by items except where said.
struct Counts {
  std::uint64_t read = 0;                        ///< messages, cards and events that a reader gave
  std::uint64_t added = 0;                       ///< new items
  std::uint64_t changed = 0;                     ///< items whose content was replaced
  std::uint64_t known = 0;                       ///< further copies of items already there
  std::uint64_t gone = 0;                        ///< items whose last place went
  std::uint64_t unreadable = 0;                  ///< files or messages with a problem, met in this run
  std::map<std::string, std::uint64_t> skipped;  ///< by reason
  std::map<std::string, std::uint64_t> unreadable_why;
};

inline constexpr std::uint64_t mbox_unit_bytes = 8192;

/// Where the run is. Work is counted in units: a file, or mbox_unit_bytes of an mbox, or an IMAP message.
struct Progress {
  std::string source;
  std::uint64_t done_units = 0;
  std::uint64_t total_units = 0;
  Counts counts = {};
};

/// Called now and then from the running thread, at most a few times a second.
using ProgressSink = std::function<void(const Progress&)>;

}  // namespace entregent::ingest
