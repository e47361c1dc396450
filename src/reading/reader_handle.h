// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <ctime>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "reading/launcher.h"
#include "reading/reader_pool.h"
#include "reading/wire.h"

namespace entregent::reading {

/// A slice on its way.
struct Job {
  Slice slice;
  unsigned deaths = 0;  ///< of readers that had it in the batch at hand
};

struct PendingBatch {
  wire::Batch batch = {};
  std::vector<Job> jobs = {};
  std::size_t answered = 0;  ///< the first so many are
  bool alone = false;        ///< one suspicious job in a process of its own
};

/// The progress page as the pool sees it.
class ProgressPage {
 public:
  /// The page and the descriptor to give away. Empty where descriptors or memory have run out.
  static std::optional<std::pair<ProgressPage, Descriptor>> make();
  ~ProgressPage();
  ProgressPage(ProgressPage&& other) noexcept;
  ProgressPage& operator=(ProgressPage&&) = delete;
  Progress read() const;

 private:
  explicit ProgressPage(Progress* page) : page_(page) {}
  Progress* page_;
};

/// How long a reader has been at its item and at its batch.
struct Watch {
  std::chrono::steady_clock::time_point at;
  std::chrono::nanoseconds cpu{};
  Progress seen{};
  std::uint32_t batch = 0;
  std::chrono::nanoseconds item_cpu{}, item_wall{}, batch_cpu{}, batch_wall{};
};

/// One reader process as the pool sees it. Nothing that the process says or does is believed.
class ReaderHandle {
 public:
  enum class Phase {
    asked,     ///< the zygote has not answered yet
    greeting,  ///< it runs, but has not said that it is locked
    serving,
    ending  ///< its answers are closed or it was killed; its end status is awaited
  };
  /// Ends of the channels to hand to the zygote come out in `ends`. Empty where descriptors have run out.
  static std::unique_ptr<ReaderHandle> make(const Limits& limits, Launcher::Ends& ends);

  ~ReaderHandle() { kill(); }
  ReaderHandle(const ReaderHandle&) = delete;
  ReaderHandle& operator=(const ReaderHandle&) = delete;

  Phase phase() const { return phase_; }
  void started(pid_t pid, Descriptor process);
  pid_t pid() const { return pid_; }
  int answers() const { return answers_.number(); }
  const std::optional<LockState>& lock_state() const { return lock_state_; }

  /// Serves, is not retiring, and has room for one more batch.
  bool takes_batches() const;
  bool is_fresh() const { return phase_ == Phase::serving && !retiring() && handed_ == 0; }
  Sent give(PendingBatch& batch, std::span<const int> files);
  std::size_t handed() const { return handed_; }

  /// No more batches: it ends by itself after those that it has.
  void retire() { batches_.reset(); }
  bool retiring() const { return !batches_; }

  /// Takes what has come through the pipe, a few MiB at most.
  void receive(std::vector<Answer>& answers, Counters& counters);
  /// Ends it if it is over a limit.
  void watch(std::chrono::steady_clock::time_point now);
  void kill();

  bool status_asked = false;

  /// What is left of its batches, after its end, which has been collected: the pid is nobody's now.
  struct Remains {
    std::deque<PendingBatch> batches = {};
    std::optional<std::size_t> culprit = {};  ///< in the first batch, if the progress page names one believably
    ProblemKind kind = ProblemKind::crashed;
  };
  Remains remains(int status);

 private:
  ReaderHandle(const Limits& limits, ProgressPage page) : limits_(limits), page_(std::move(page)) {}
  void condemn(ProblemKind kind);
  bool read_some();
  void take_frames(std::vector<Answer>& answers);
  void take_frame(const wire::Header& header, std::string_view body, std::vector<Answer>& answers);
  std::chrono::nanoseconds cpu_time() const;
  void judge(const Watch& watch);

  const Limits& limits_;
  ProgressPage page_;
  Phase phase_ = Phase::asked;
  pid_t pid_ = 0;
  clockid_t clock_ = 0;
  Descriptor process_;
  Descriptor batches_;
  Descriptor answers_;
  std::optional<LockState> lock_state_;
  std::deque<PendingBatch> pending_;
  std::size_t handed_ = 0;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< of what is not yet taken, in buffer_
  std::size_t end_ = 0;
  Watch watch_;
  std::optional<ProblemKind> verdict_;
  bool page_doubted_ = false;
};

}  // namespace entregent::reading
