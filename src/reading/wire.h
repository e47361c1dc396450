// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reading/answer.h"
#include "reading/lock_state.h"

/// What passes between the pool and a reader process. Requests come from us and are trusted; answers come from a
/// process that foreign bytes may have taken over: every length, number, range and text is checked, and what they may
/// cost.
namespace entregent::reading::wire {

// A batch: one message with the files' descriptors.

struct BatchEntry {
  std::uint32_t file = 0;  ///< which descriptor of the message
  SliceRequest request = {};
};

struct Batch {
  std::uint32_t number = 0;
  std::vector<BatchEntry> entries = {};
};

inline constexpr std::size_t max_batch = 250;

std::vector<std::byte> encode_batch(const Batch& batch);
/// Nothing if the message is no batch, or names a descriptor that it does not bring.
std::optional<Batch> decode_batch(std::span<const std::byte> message, std::size_t descriptors);

// An answer: a header and a body.

inline constexpr std::size_t header_bytes = 12;

struct Header {
  std::uint32_t body_bytes = 0;
  std::uint32_t batch = 0;  ///< Batch::number; `ready_batch` for the greeting
  std::uint32_t index = 0;  ///< in the batch
  friend bool operator==(const Header&, const Header&) = default;
};

/// The number of no batch: a locked reader says its LockState once, before it is given anything.
inline constexpr std::uint32_t ready_batch = 0;

std::array<char, header_bytes> encode_header(const Header& header);
Header decode_header(std::string_view bytes);  ///< exactly header_bytes

std::string encode_lock_state(const LockState& state);
std::optional<LockState> decode_lock_state(std::string_view body);

/// Appends the body; all of the answer but its id. Moments outside the years 0000 to 9999 are moved to their nearest
/// end.
void append_answer(std::string& bytes, const Answer& answer);

enum class Decoded { yes, malformed, too_large };
/// Reads one body whole into `answer`, of which the id stays as it was. `max_memory` bounds what the decoded answer
/// takes. Unless `yes`, the rest of `answer` means nothing.
Decoded decode_answer(std::string_view body, std::size_t max_memory, Answer& answer);

}  // namespace entregent::reading::wire
