// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "reading/reader_process.h"

/// The process between the pool and its readers: executed fresh, so that it holds nothing of the program's memory; it
/// prepares what readers need, once, and forks them. It never sees foreign bytes.
namespace entregent::reading {

/// What the pool tells it at its start, as program arguments.
struct ZygoteArguments {
  pid_t parent = 0;
  std::size_t address_space = 0;
  std::size_t answer_bytes = 0;
  std::string zone;
  std::vector<std::string> extra;  ///< for tests' own programs; entregent-read refuses any
};

std::vector<std::string> to_strings(const ZygoteArguments& arguments);
std::optional<ZygoteArguments> parse_arguments(std::span<char* const> arguments);

/// The socket to the pool.
inline constexpr int zygote_descriptor = 3;

enum class ZygoteCall : std::uint32_t { start = 1, status = 2 };

/// Both ways: the pool asks for a start (with a reader's three descriptors) and gets its pid (with a pidfd), 0 if it
/// could not be forked; or asks for the end status of a dead reader's pid.
struct ZygoteMessage {
  ZygoteCall call = ZygoteCall::start;
  std::int32_t pid = 0;
  std::int32_t status = 0;
};

/// Serves until the pool hangs up. `prepare` is called once, at the beginning.
[[noreturn]] void run_zygote(const ZygoteArguments& arguments, ReaderOptions options, void (*prepare)(),
                             const ReadFunction& read);

}  // namespace entregent::reading
