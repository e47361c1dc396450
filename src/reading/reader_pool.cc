// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/reader_pool.h"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reading/launcher.h"
#include "reading/reader_handle.h"
#include "reading/wire.h"

namespace entregent::reading {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How often readers are looked at, and how soon something that failed for want of descriptors is tried again.
constexpr milliseconds tick{100};
constexpr unsigned patience = 3;               ///< readers or zygotes that may die in a row before they did anything
constexpr unsigned deaths_in_company = 3;      ///< after so many a job is tried alone
constexpr std::size_t batches_per_reader = 3;  ///< two under way, one waiting
constexpr std::size_t smallest_share = 16;     ///< smaller batches cost more than they spread: 8 cost 2 %, 1 costs 15 %

Answer problem_answer(const Job& job, ProblemKind kind) {
  Answer answer{.id = job.slice.id, .format = job.slice.request.format};
  answer.problem = Problem{.kind = kind, .error = {ErrorCode::malformed, std::string(sentence(kind))}};
  return answer;
}

/// How many slices may wait, so that their files leave half of the descriptors to the rest of the program.
std::size_t allowance() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  return std::max<std::size_t>(limit.rlim_cur / 2, 4);
}

Options completed(Options options) {
  if (options.readers == 0) options.readers = std::max(1U, std::thread::hardware_concurrency());
  options.batch = std::clamp<std::size_t>(options.batch, 1, wire::max_batch);
  return options;
}

}  // namespace

class ReaderPool::State {
 public:
  explicit State(Options options) : options_(completed(std::move(options))) {
    launch();
    keep_readers();
  }

  void submit(std::vector<Slice> slices);
  std::vector<Answer> wait(milliseconds timeout);
  std::optional<LockState> wait_for_lock(milliseconds timeout);
  bool full() const {
    return pending_ >= std::min(options_.readers * options_.batch * batches_per_reader, allowance());
  }
  std::size_t pending() const { return pending_; }
  const std::optional<LockState>& lock_state() const { return lock_state_; }
  const Counters& counters() const { return counters_; }

 private:
  void launch();
  void relaunch();
  void keep_readers();
  bool start_reader();
  void assign();
  void assign_alone();
  bool assign_batch(ReaderHandle& reader);
  bool hand_over(ReaderHandle& reader, PendingBatch& batch);
  PendingBatch next_batch();
  bool add_entry(PendingBatch& batch, Job job, std::uint64_t& bytes);
  bool look(milliseconds longest);
  void take_replies();
  void on_started(Launcher::Reply& reply);
  void on_status(const ZygoteMessage& message);
  void ask_for_statuses();
  void bury(ReaderHandle& reader, int status);
  void requeue(PendingBatch& batch, std::optional<std::size_t> culprit);
  void retry_later(Job job, bool alone);
  void greet(ReaderHandle& reader);
  std::vector<Answer> take_answers();

  Options options_;
  std::unique_ptr<Launcher> launcher_;
  std::vector<std::unique_ptr<ReaderHandle>> readers_;
  std::deque<Job> queue_;
  std::deque<Job> alone_;
  std::vector<Answer> answers_;
  std::size_t pending_ = 0;
  std::uint32_t last_batch_ = wire::ready_batch;
  unsigned failed_starts_ = 0;
  unsigned failed_launches_ = 0;
  steady_clock::time_point next_start_{};
  std::optional<LockState> lock_state_;
  Counters counters_;
};

void ReaderPool::State::launch() {
  const ZygoteArguments arguments{.parent = ::getpid(),
                                  .address_space = options_.limits.address_space,
                                  .answer_bytes = options_.limits.answer_bytes,
                                  .zone = options_.zone,
                                  .extra = options_.arguments};
  launcher_ = std::make_unique<Launcher>(options_.program, arguments);
}

/// The zygote died, and its readers with it: nobody's fault but its own.
void ReaderPool::State::relaunch() {
  if (++failed_launches_ > patience) throw ReadersUnavailable(N_("The reader program cannot be started."));
  for (const auto& reader : readers_) {
    ReaderHandle::Remains remains = reader->remains(0);
    for (auto batch = remains.batches.rbegin(); batch != remains.batches.rend(); ++batch) requeue(*batch, std::nullopt);
  }
  readers_.clear();
  launch();
}

void ReaderPool::State::keep_readers() {
  if (steady_clock::now() < next_start_) return;
  const auto stays = [](const auto& reader) {
    return reader->phase() != ReaderHandle::Phase::ending && !reader->retiring();
  };
  auto staying = static_cast<std::size_t>(std::ranges::count_if(readers_, stays));
  for (; staying < options_.readers; ++staying) {
    if (start_reader()) continue;
    next_start_ = steady_clock::now() + tick;  // descriptors have run out: some will be closed
    return;
  }
}

bool ReaderPool::State::start_reader() {
  Launcher::Ends ends;
  auto reader = ReaderHandle::make(options_.limits, ends);
  if (!reader || launcher_->ask_start(ends) != Sent::yes) return false;
  readers_.push_back(std::move(reader));
  return true;
}

void ReaderPool::State::submit(std::vector<Slice> slices) {
  pending_ += slices.size();
  counters_.slices += slices.size();
  for (Slice& slice : slices) queue_.push_back({.slice = std::move(slice)});
  if (queue_.size() >= options_.batch) assign();
}

void ReaderPool::State::assign() {
  if (!alone_.empty()) assign_alone();
  bool given = true;
  while (given && !queue_.empty()) {
    given = false;
    for (const auto& reader : readers_)
      if (!queue_.empty() && reader->takes_batches()) given = assign_batch(*reader) || given;
  }
}

/// A suspicious job gets a process that has read nothing yet.
void ReaderPool::State::assign_alone() {
  for (const auto& reader : readers_) {
    if (alone_.empty()) return;
    if (!reader->is_fresh()) continue;
    PendingBatch batch{.alone = true};
    std::uint64_t bytes = 0;
    Job job = std::move(alone_.front());
    alone_.pop_front();
    if (add_entry(batch, std::move(job), bytes)) hand_over(*reader, batch);
  }
  const bool one_comes = std::ranges::any_of(readers_, [](const auto& reader) {
    return reader->phase() == ReaderHandle::Phase::asked || reader->phase() == ReaderHandle::Phase::greeting;
  });
  if (alone_.empty() || one_comes) return;
  const auto used = std::ranges::find_if(readers_, [](const auto& reader) {
    return reader->phase() == ReaderHandle::Phase::serving && !reader->retiring();
  });
  if (used != readers_.end()) (*used)->retire();
}

bool ReaderPool::State::assign_batch(ReaderHandle& reader) {
  PendingBatch batch = next_batch();
  if (batch.jobs.empty()) return false;
  if (!hand_over(reader, batch)) return false;
  if (reader.handed() >= options_.recycle_after) reader.retire();
  return true;
}

/// Descriptors go over once per file. What cannot be sent now stays in the queue.
bool ReaderPool::State::hand_over(ReaderHandle& reader, PendingBatch& batch) {
  batch.batch.number = ++last_batch_ == wire::ready_batch ? ++last_batch_ : last_batch_;
  std::vector<int> files;
  const Descriptor* last = nullptr;
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    const Descriptor* file = batch.jobs[i].slice.file.get();
    if (file != last) files.push_back(file->number());
    last = file;
    batch.batch.entries[i].file = static_cast<std::uint32_t>(files.size() - 1);
  }
  if (reader.give(batch, files) == Sent::yes) {
    ++counters_.batches;
    return true;
  }
  auto& queue = batch.alone ? alone_ : queue_;
  for (auto job = batch.jobs.rbegin(); job != batch.jobs.rend(); ++job) queue.push_front(std::move(*job));
  return false;
}

/// An even share of what waits, and not more than the options allow.
PendingBatch ReaderPool::State::next_batch() {
  const std::size_t share = (queue_.size() + options_.readers - 1) / options_.readers;
  const std::size_t size = std::min(options_.batch, std::max(share, smallest_share));
  PendingBatch batch;
  std::uint64_t bytes = 0;
  while (!queue_.empty() && batch.jobs.size() < size && bytes < options_.batch_bytes) {
    Job job = std::move(queue_.front());
    queue_.pop_front();
    add_entry(batch, std::move(job), bytes);
  }
  return batch;
}

/// False if the job was answered at once, because there is no regular file to read.
bool ReaderPool::State::add_entry(PendingBatch& batch, Job job, std::uint64_t& bytes) {
  struct stat about {};
  const bool is_file = job.slice.file && ::fstat(job.slice.file->number(), &about) == 0 && S_ISREG(about.st_mode);
  if (!is_file) {
    answers_.push_back(problem_answer(job, ProblemKind::not_a_file));
    return false;
  }
  wire::BatchEntry entry{.request = job.slice.request};
  const auto size = static_cast<std::uint64_t>(about.st_size);
  const std::uint64_t rest = size > entry.request.offset ? size - entry.request.offset : 0;
  entry.request.bytes = entry.request.bytes == 0 ? rest : std::min(entry.request.bytes, rest);
  bytes += entry.request.bytes;
  batch.batch.entries.push_back(entry);
  batch.jobs.push_back(std::move(job));
  return true;
}

std::vector<Answer> ReaderPool::State::wait(milliseconds timeout) {
  const auto deadline = steady_clock::now() + timeout;
  while (answers_.empty() && pending_ > 0) {
    keep_readers();
    assign();
    ask_for_statuses();
    if (!answers_.empty()) break;
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    const bool looked = look(std::clamp(left, milliseconds{0}, tick));
    if (!looked || left <= milliseconds{0}) break;
  }
  return take_answers();
}

std::optional<LockState> ReaderPool::State::wait_for_lock(milliseconds timeout) {
  const auto deadline = steady_clock::now() + timeout;
  while (!lock_state_ && steady_clock::now() < deadline) {
    keep_readers();
    ask_for_statuses();
    look(tick);
  }
  return lock_state_;
}

std::vector<Answer> ReaderPool::State::take_answers() {
  pending_ -= answers_.size();
  counters_.answers += answers_.size();
  for (const Answer& answer : answers_)
    if (answer.problem) ++counters_.problems[answer.problem->kind];
  return std::exchange(answers_, {});
}

/// Waits for the first sign of anybody, and takes what has come. False if a signal interrupted it.
bool ReaderPool::State::look(milliseconds longest) {
  std::vector<pollfd> watched{{.fd = launcher_->socket(), .events = POLLIN, .revents = 0}};
  for (const auto& reader : readers_) watched.push_back({.fd = reader->answers(), .events = POLLIN, .revents = 0});
  const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(longest.count()));
  if (ready < 0 && errno != EINTR) throw std::runtime_error("poll failed");
  if (ready < 0) return false;
  const auto now = steady_clock::now();
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    ReaderHandle& reader = *readers_[i];
    if (ready > 0 && watched[i + 1].revents != 0) {
      reader.receive(answers_, counters_);
      greet(reader);
    }
    reader.watch(now);
  }
  if (ready > 0 && watched[0].revents != 0) take_replies();
  return true;
}

void ReaderPool::State::greet(ReaderHandle& reader) {
  if (reader.phase() != ReaderHandle::Phase::serving || reader.handed() > 0) return;
  lock_state_ = reader.lock_state();
  failed_starts_ = 0;
  failed_launches_ = 0;
}

void ReaderPool::State::take_replies() {
  while (auto reply = launcher_->next_reply()) {
    if (reply->message.call == ZygoteCall::start)
      on_started(*reply);
    else
      on_status(reply->message);
  }
  if (launcher_->closed()) relaunch();
}

void ReaderPool::State::on_started(Launcher::Reply& reply) {
  const auto asked = std::ranges::find_if(readers_, [](const auto& reader) { return reader->pid() == 0; });
  if (asked == readers_.end()) return;
  if (reply.message.pid > 0) {
    ++counters_.started;
    (*asked)->started(reply.message.pid, std::move(reply.process));
    return;
  }
  readers_.erase(asked);  // no memory or no room for processes now
  next_start_ = steady_clock::now() + tick;
}

void ReaderPool::State::ask_for_statuses() {
  for (const auto& reader : readers_) {
    if (reader->phase() != ReaderHandle::Phase::ending || reader->status_asked || reader->pid() == 0) continue;
    reader->status_asked = launcher_->ask_status(reader->pid()) == Sent::yes;
  }
}

void ReaderPool::State::on_status(const ZygoteMessage& message) {
  const auto ended = std::ranges::find_if(readers_, [&](const auto& reader) { return reader->pid() == message.pid; });
  if (ended == readers_.end()) return;
  const std::unique_ptr<ReaderHandle> reader = std::move(*ended);
  readers_.erase(ended);
  bury(*reader, message.status);
}

void ReaderPool::State::bury(ReaderHandle& reader, int status) {
  ReaderHandle::Remains remains = reader.remains(status);
  const bool in_peace = remains.batches.empty() && reader.retiring();
  ++(in_peace ? counters_.recycled : counters_.died);
  if (!reader.lock_state() && ++failed_starts_ >= patience)
    throw ReadersUnavailable(N_("The reader process cannot lock itself, so nothing is read."));
  if (remains.batches.empty()) return;
  PendingBatch& current = remains.batches.front();
  for (std::size_t i = remains.batches.size() - 1; i > 0; --i) requeue(remains.batches[i], std::nullopt);
  if (current.alone) {
    answers_.push_back(problem_answer(current.jobs.front(), remains.kind));
    return;
  }
  for (Job& job : current.jobs) ++job.deaths;
  requeue(current, remains.culprit);
}

/// Puts what is unanswered back to where it came from; whoever is suspected goes alone.
void ReaderPool::State::requeue(PendingBatch& batch, std::optional<std::size_t> culprit) {
  for (std::size_t i = batch.jobs.size(); i > batch.answered; --i) {
    Job& job = batch.jobs[i - 1];
    const bool alone = batch.alone || culprit == i - 1 || job.deaths > deaths_in_company;
    retry_later(std::move(job), alone);
  }
}

void ReaderPool::State::retry_later(Job job, bool alone) {
  ++counters_.retried;
  (alone ? alone_ : queue_).push_front(std::move(job));
}

ReaderPool::ReaderPool(Options options) : state_(std::make_unique<State>(std::move(options))) {}
ReaderPool::~ReaderPool() = default;

void ReaderPool::submit(std::vector<Slice> slices) {
  if (!state_) throw std::logic_error("the readers were stopped");
  state_->submit(std::move(slices));
}

std::vector<Answer> ReaderPool::wait(milliseconds timeout) {
  return state_ ? state_->wait(timeout) : std::vector<Answer>{};
}

bool ReaderPool::full() const {
  return state_ && state_->full();
}

std::size_t ReaderPool::pending() const {
  return state_ ? state_->pending() : 0;
}

void ReaderPool::stop() {
  if (!state_) return;
  stopped_ = state_->counters();
  lock_ = state_->lock_state();
  state_.reset();
}

std::optional<LockState> ReaderPool::wait_for_lock(milliseconds timeout) {
  return state_ ? state_->wait_for_lock(timeout) : lock_;
}

std::optional<LockState> ReaderPool::lock_state() const {
  return state_ ? state_->lock_state() : lock_;
}

const Counters& ReaderPool::counters() const {
  return state_ ? state_->counters() : stopped_;
}

}  // namespace entregent::reading
