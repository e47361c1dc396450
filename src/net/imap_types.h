// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace entregent::net {

/// UIDs `first` to `last`, both included.
struct UidRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend auto operator<=>(const UidRange&, const UidRange&) = default;
};

/// The bits of ImapMessageInfo::flags.
enum class ImapFlag : std::uint8_t { seen = 1, answered = 2, flagged = 4, deleted = 8, draft = 16, recent = 32 };

struct ImapMessageInfo {
  std::uint32_t uid = 0;
  std::uint8_t flags = 0;
  std::uint64_t size = 0;  ///< RFC822.SIZE in bytes
  std::optional<Instant> internal_date = {};
  std::vector<std::string> keywords = {};      ///< flags without backslash: `$Forwarded`, `Junk`
  std::optional<std::uint64_t> gmail_id = {};  ///< X-GM-MSGID: one message, though in many folders
  std::vector<std::string> gmail_labels = {};  ///< UTF-8; Gmail's own begin with a backslash: `\Inbox`, `\Sent`
  bool has(ImapFlag flag) const { return (flags & static_cast<std::uint8_t>(flag)) != 0; }
};

}  // namespace entregent::net
