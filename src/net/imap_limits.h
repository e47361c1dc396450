// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>

/// What a server may send before it is taken for broken or hostile. The figures leave room for a folder of a few
/// million messages.
namespace entregent::net {

/// One response with its short literals, without streamed ones. A SEARCH without ESEARCH of two million messages takes
/// 16 MB.
inline constexpr std::size_t max_response_bytes = 16 << 20;
/// A literal that is kept (a folder's name, a label), not a message.
inline constexpr std::uint64_t max_kept_literal_bytes = 64 << 10;
/// A message that is too large to take is passed over, but not more than this.
inline constexpr std::uint64_t max_skipped_literal_bytes = 1ULL << 30;
inline constexpr int max_nesting = 16;
/// Responses to one command, besides the messages that exist in the folder.
/// In one folder.
inline constexpr std::uint64_t max_messages = 5'000'000;
inline constexpr std::uint64_t max_untagged_responses = 30'000;
inline constexpr std::size_t max_folders = 20'000;
inline constexpr std::size_t max_flags_of_message = 256;
inline constexpr std::size_t max_capabilities = 256;
/// Text of the server that is shown to the user, after cleaning.
inline constexpr std::size_t max_shown_bytes = 200;
/// Of a message, before the time limit for a reply starts anew.
inline constexpr std::uint64_t progress_bytes = 16 << 10;

}  // namespace entregent::net
