// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/digest.h"
#include "base/time.h"

namespace entregent::readers {

/// Reads bytes of the file at `offset` into `buffer`, as many as fit; returns how many came: fewer only at the end of
/// the file.
using ReadAt = std::function<std::size_t(std::uint64_t offset, std::span<char> buffer)>;

/// One message as it lies in an mbox, its `From ` line included.
struct MboxSlice {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  Digest fingerprint{};                  ///< quick_digest of its bytes, without the blank lines at its end
  std::optional<Instant> envelope_date;  ///< of the `From ` line; nothing for bytes before the first message
  friend bool operator==(const MboxSlice&, const MboxSlice&) = default;
};

/// Where one call of split_mbox stops, after the message that reaches either.
struct MboxBudget {
  std::uint64_t bytes = UINT64_MAX;
  std::size_t messages = SIZE_MAX;
};

struct MboxStretch {
  std::vector<MboxSlice> messages;
  std::uint64_t next = 0;  ///< where to go on: a message start, or the end of the file
  bool finished = false;   ///< the end of the file was reached
};

/// Cuts an mbox (mboxo, mboxrd, mboxcl, mboxcl2, Google's Takeout) into messages, from `begin`, which is 0 or the
/// `next` of an earlier call. The slices follow each other without gap or overlap up to `next`. A message starts after
/// a blank line (or at `begin`) with `From `, a date, and a next line like a header field; a Content-Length is believed
/// only where it leads to such a start or to the end. Holds about 1 MiB, whatever the size of the file or of a message.
MboxStretch split_mbox(const ReadAt& read_at, std::uint64_t begin = 0, MboxBudget budget = {});

}  // namespace entregent::readers
