// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/time.h"
#include "reading/answer.h"
#include "reading/lock_state.h"
#include "reading/open_file.h"

/// The pool of sandboxed reader processes: the only way to readers/ at run time.
namespace entregent::reading {

struct Slice {
  std::uint64_t id = 0;  ///< the caller's own; comes back in the Answer
  FileHandle file;       ///< slices of one file share it
  SliceRequest request = {};
};

/// When the reader of a slice is ended. CPU time is the measure; wall time is generous, so that a loaded machine harms
/// nobody.
struct Limits {
  std::chrono::milliseconds item_cpu{10'000};
  std::chrono::milliseconds item_wall{60'000};
  std::chrono::milliseconds batch_cpu{60'000};  ///< does not trust the reader's word about where it is
  std::chrono::milliseconds batch_wall{300'000};
  std::size_t answer_bytes = 64u << 20;    ///< of one answer as it comes through the pipe
  std::size_t answer_memory = 256u << 20;  ///< of one answer once decoded
  std::size_t address_space = 1u << 30;    ///< of a reader process
};

struct Options {
  std::string program;                    ///< of the reader: reader_program()
  std::vector<std::string> arguments;     ///< for tests' own reader programs; entregent-read takes none
  std::string zone;                       ///< where times without zone are taken to be; empty: UTC
  std::size_t readers = 0;                ///< 0: as many as cores
  std::size_t batch = 64;                 ///< slices handed over at once
  std::uint64_t batch_bytes = 16u << 20;  ///< a batch ends when its slices reach this
  std::size_t recycle_after = 5000;       ///< slices; then the process is replaced by a fresh one
  Limits limits;
};

/// Work done so far, for `--stats`, `status` and tests.
struct Counters {
  std::uint64_t slices = 0;  ///< submitted
  std::uint64_t answers = 0;
  std::uint64_t batches = 0;   ///< handed over
  std::uint64_t bytes = 0;     ///< that came through the pipes
  std::uint64_t started = 0;   ///< reader processes
  std::uint64_t recycled = 0;  ///< replaced in peace
  std::uint64_t died = 0;      ///< ended by themselves or by a limit
  std::uint64_t retried = 0;   ///< slices given again, because another one's reader died
  std::map<ProblemKind, std::uint64_t> problems;
};

/// Readers cannot be had at all: the program is missing or cannot lock itself.
class ReadersUnavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `entregent-read` in the folder of the running program. Throws ReadersUnavailable if it is not there.
std::string reader_program();

/// Hands slices to reader processes and collects what they say. A reader that dies, hangs or answers nonsense costs its
/// slice a Problem, after a second try alone in a fresh process; every other slice gets its answer. Answers come in any
/// order.
///
/// Not for several threads at once. The thread that makes the pool must live as long as it: the kernel ends the readers
/// when it ends. Best made before secrets are read or databases opened; it returns at once and starts in the
/// background.
class ReaderPool {
 public:
  explicit ReaderPool(Options options);  ///< throws ReadersUnavailable
  ~ReaderPool();                         ///< stop()
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  /// Takes any number, though the files stay open until answered: ask full() first.
  void submit(std::vector<Slice> slices);

  /// Waits until there are answers, and returns all that have come; none after `timeout` or a signal, or at once if
  /// nothing is pending. Throws ReadersUnavailable if readers die before they are given anything, three times in a row.
  std::vector<Answer> wait(std::chrono::milliseconds timeout);

  bool full() const;            ///< enough is submitted to keep the readers busy
  std::size_t pending() const;  ///< submitted and not yet returned by wait()
  void stop();                  ///< ends all readers at once and forgets what is pending

  /// Waits until a first reader has started and said what holds it; for `status`, which reads nothing.
  std::optional<LockState> wait_for_lock(std::chrono::milliseconds timeout);

  /// As the last started reader said before it was given anything; nothing while none has started yet.
  std::optional<LockState> lock_state() const;
  const Counters& counters() const;

 private:
  class State;
  std::unique_ptr<State> state_;  ///< none once stopped
  Counters stopped_;
  std::optional<LockState> lock_;
};

}  // namespace entregent::reading
