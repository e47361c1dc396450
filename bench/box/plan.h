// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "world.h"

namespace entregent::bench {

enum class MailKind : std::uint8_t { direct, list, robot };

inline constexpr std::uint32_t no_message = std::numeric_limits<std::uint32_t>::max();

/// What is settled of a message before any of its text is written.
struct Planned {
  std::int64_t at = 0;                 ///< seconds since 1970, UTC
  std::uint32_t root = 0;              ///< the first message of its thread
  std::uint32_t parent = no_message;   ///< always earlier
  std::uint32_t from = 0;              ///< spelling
  std::uint32_t recipients_begin = 0;  ///< in Plan::recipients: To first, then Cc
  std::uint16_t to_count = 0, cc_count = 0;
  std::uint16_t list = 0;
  MailKind kind = MailKind::direct;
  Language language = Language::french;
  bool answers_unknown = false;  ///< answers a message that is not in the box
};

/// The messages of a box in the order of their dates; the number of a message is its place here.
struct Plan {
  std::vector<Planned> messages;
  std::vector<std::uint32_t> recipients;  ///< spellings

  std::span<const std::uint32_t> to(const Planned& message) const {
    return std::span(recipients).subspan(message.recipients_begin, message.to_count);
  }
  std::span<const std::uint32_t> cc(const Planned& message) const {
    return std::span(recipients).subspan(message.recipients_begin + message.to_count, message.cc_count);
  }
};

Plan make_plan(const World& world, std::uint64_t seed, std::size_t messages);

}  // namespace entregent::bench
