// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "reading/open_file.h"

/// Messages with descriptors over a SOCK_SEQPACKET socket: each arrives whole or not at all.
namespace entregent::reading {

/// The kernel's own limit for one message (SCM_MAX_FD).
inline constexpr std::size_t max_descriptors = 253;
inline constexpr std::size_t max_message_bytes = std::size_t{32} * 1024;

enum class Sent {
  yes,
  later,  ///< the queue or the user's allowance of descriptors under way is full
  closed  ///< nobody listens any more
};
Sent send_message(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors);

struct Message {
  std::vector<std::byte> bytes;  ///< empty: the other end is closed
  std::vector<Descriptor> descriptors;
  bool descriptors_lost = false;  ///< there was no room for all of them here
};

enum class Received { message, nothing_yet, closed };
/// Waits for a message unless the socket is non-blocking. Reuses the room of `message`.
Received receive_message(int socket, Message& message);

/// Both ends are closed on exec and blocking. Empty where descriptors have run out.
std::pair<Descriptor, Descriptor> make_socket_pair();
/// A pipe with 1 MiB of room where the kernel allows it: reading end, writing end. Empty where descriptors have run
/// out.
std::pair<Descriptor, Descriptor> make_pipe();

}  // namespace entregent::reading
