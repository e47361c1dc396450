// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "readers/exports/export_items.h"
#include "readers/extracted_item.h"
#include "readers/format.h"
#include "readers/mbox_splitter.h"

namespace entregent::reading {

/// What is to be read of a file, as the reader process sees it.
struct SliceRequest {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;                            ///< 0: to the end of the file
  readers::Format format = readers::Format::unknown;  ///< unknown: judged by its first bytes; text, html, csv, chat: so named
  bool split = false;                                 ///< cut an mbox into messages instead of reading items
  std::optional<Instant> date_hint = {};              ///< of IMAP or a From line: a mail's last resort for its date
  friend bool operator==(const SliceRequest&, const SliceRequest&) = default;
};

/// Why a slice gave no items. The numbers are stored: never reuse one.
enum class ProblemKind : std::uint8_t {
  crashed = 1,  ///< the reader process ended by a signal or an exception
  cpu_limit = 2,
  wall_limit = 3,
  memory = 4,
  too_much_output = 5,
  malformed_answer = 6,  ///< what the reader said made no sense
  forbidden_call = 7,    ///< it tried what no reader has a reason to do
  not_recognised = 8,    ///< no format that is read here
  refused = 9,           ///< the reader's own Error, in Problem::error
  unreadable = 10,       ///< the disk or the network refused the bytes
  not_a_file = 11,       ///< the descriptor is no regular file
};

/// One English sentence, marked for translation.
std::string_view sentence(ProblemKind kind);

struct Problem {
  ProblemKind kind = ProblemKind::crashed;
  Error error = {};  ///< of `refused`; else its message is sentence(kind)
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// What became of one slice. With a problem, there are no items and no messages.
struct Answer {
  std::uint64_t id = 0;
  readers::Format format = readers::Format::unknown;  ///< as asked for, or as found
  std::vector<readers::ExtractedItem> items = {};
  std::vector<readers::TableReport> tables = {};  ///< of an export: what became of its rows
  std::vector<readers::MboxSlice> messages = {};  ///< of a split
  std::uint64_t resume_at = 0;                    ///< of a split: where to go on, or the end
  bool finished = true;                           ///< of a split: the end was reached
  std::optional<Problem> problem = {};
  friend bool operator==(const Answer&, const Answer&) = default;
};

}  // namespace entregent::reading
