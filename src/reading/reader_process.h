// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

#include "reading/lock.h"
#include "reading/read_slice.h"

/// The reader's side: what entregent-read does.
namespace entregent::reading {

/// Reads one slice; entregent-read's is SliceReader::read.
using ReadFunction = std::function<Answer(const SliceRequest&, const SliceBytes&)>;

/// Where the reader is, in a page shared with the pool, which does not believe it more than it must.
struct Progress {
  std::uint32_t batch;
  std::uint32_t index;
};

/// The descriptors of a reader process. The pool's side gives them in this order to the zygote.
inline constexpr int batches_descriptor = 3;
inline constexpr int answers_descriptor = 4;
inline constexpr int progress_descriptor = 5;

struct ReaderOptions {
  LockOptions lock;
  std::size_t max_answer_bytes = 64u << 20;
};

/// Locks the process, says so, and answers batches until the pool hangs up. The three descriptors are open.
[[noreturn]] void run_reader(const ReaderOptions& options, const ReadFunction& read);

}  // namespace entregent::reading
