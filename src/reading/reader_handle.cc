// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/reader_handle.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reading/process.h"

namespace entregent::reading {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t read_bytes = 256u << 10;
constexpr int reads_at_once = 8;
constexpr std::size_t batches_under_way = 2;

/// Wall time counts only while the pool looks: a pool that was away, or a machine that slept, condemns nobody.
constexpr std::chrono::milliseconds longest_look{250};

ProblemKind kind_of_end(int status) {
  if (WIFEXITED(status)) return WEXITSTATUS(status) == exit_no_memory ? ProblemKind::memory : ProblemKind::crashed;
  if (!WIFSIGNALED(status)) return ProblemKind::crashed;
  switch (WTERMSIG(status)) {
    case SIGSYS:
      return ProblemKind::forbidden_call;
    case SIGXCPU:
      return ProblemKind::cpu_limit;
    case SIGKILL:  // not by us, so by the kernel, which was out of memory
      return ProblemKind::memory;
    default:
      return ProblemKind::crashed;
  }
}

}  // namespace

std::optional<std::pair<ProgressPage, Descriptor>> ProgressPage::make() {
  Descriptor memory(::memfd_create("entregent-progress", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory || ::ftruncate(memory.number(), page_bytes) != 0) return std::nullopt;
  void* page = ::mmap(nullptr, page_bytes, PROT_READ, MAP_SHARED, memory.number(), 0);
  if (page == MAP_FAILED) return std::nullopt;
  // A page that shrank would end us with SIGBUS.
  ::fcntl(memory.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  return std::pair(ProgressPage(static_cast<Progress*>(page)), std::move(memory));
}

ProgressPage::ProgressPage(ProgressPage&& other) noexcept : page_(std::exchange(other.page_, nullptr)) {}

ProgressPage::~ProgressPage() {
  if (page_ != nullptr) ::munmap(page_, page_bytes);
}

Progress ProgressPage::read() const {
  return {.batch = std::atomic_ref(page_->batch).load(std::memory_order_acquire),
          .index = std::atomic_ref(page_->index).load(std::memory_order_acquire)};
}

std::unique_ptr<ReaderHandle> ReaderHandle::make(const Limits& limits, Launcher::Ends& ends) {
  auto [our_batches, their_batches] = make_socket_pair();
  auto [our_answers, their_answers] = make_pipe();
  auto page = ProgressPage::make();
  if (!our_batches || !our_answers || !page) return nullptr;
  ::fcntl(our_answers.number(), F_SETFL, O_NONBLOCK);
  std::unique_ptr<ReaderHandle> handle(new ReaderHandle(limits, std::move(page->first)));
  handle->batches_ = std::move(our_batches);
  handle->answers_ = std::move(our_answers);
  ends = {
      .batches = std::move(their_batches), .answers = std::move(their_answers), .progress = std::move(page->second)};
  return handle;
}

void ReaderHandle::started(pid_t pid, Descriptor process) {
  pid_ = pid;
  process_ = std::move(process);
  if (::clock_getcpuclockid(pid, &clock_) != 0) clock_ = 0;
  if (phase_ == Phase::asked) phase_ = Phase::greeting;
  if (phase_ == Phase::ending) kill();
}

bool ReaderHandle::takes_batches() const {
  if (phase_ != Phase::serving || retiring()) return false;
  return pending_.empty() || (pending_.size() < batches_under_way && !pending_.back().alone);
}

Sent ReaderHandle::give(PendingBatch& batch, std::span<const int> files) {
  const Sent sent = send_message(batches_.number(), wire::encode_batch(batch.batch), files);
  if (sent != Sent::yes) return sent;
  handed_ += batch.jobs.size();
  pending_.push_back(std::move(batch));
  return sent;
}

/// False when nothing more is there for now.
bool ReaderHandle::read_some() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  if (buffer_.size() < end_ + read_bytes) buffer_.resize(std::max(end_ + read_bytes, 2 * end_));
  const ssize_t got = ::read(answers_.number(), buffer_.data() + end_, buffer_.size() - end_);
  if (got > 0) {
    end_ += static_cast<std::size_t>(got);
    return true;
  }
  if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
    answers_.reset();
    phase_ = Phase::ending;
    kill();  // it may have closed its pipe and live on
  }
  return false;
}

void ReaderHandle::receive(std::vector<Answer>& answers, Counters& counters) {
  for (int round = 0; round < reads_at_once && phase_ != Phase::ending; ++round) {
    const std::size_t before = end_ - begin_;
    if (!read_some()) break;
    counters.bytes += end_ - begin_ - before;
    take_frames(answers);
  }
  const bool is_large = buffer_.size() > 4 * read_bytes;
  if (is_large && begin_ == end_) buffer_ = {};
}

void ReaderHandle::take_frames(std::vector<Answer>& answers) {
  while (phase_ != Phase::ending && end_ - begin_ >= wire::header_bytes) {
    const std::string_view available(buffer_.data() + begin_, end_ - begin_);
    const wire::Header header = wire::decode_header(available.substr(0, wire::header_bytes));
    if (header.body_bytes > limits_.answer_bytes) return condemn(ProblemKind::too_much_output);
    const std::size_t size = wire::header_bytes + header.body_bytes;
    if (available.size() < size) return;
    take_frame(header, available.substr(wire::header_bytes, header.body_bytes), answers);
    begin_ += size;
  }
}

void ReaderHandle::take_frame(const wire::Header& header, std::string_view body, std::vector<Answer>& answers) {
  if (phase_ != Phase::serving) {
    lock_state_ = wire::decode_lock_state(body);
    if (header.batch != wire::ready_batch || !lock_state_) return condemn(ProblemKind::malformed_answer);
    phase_ = Phase::serving;
    return;
  }
  if (pending_.empty()) return condemn(ProblemKind::malformed_answer);
  PendingBatch& current = pending_.front();
  if (header.batch != current.batch.number || header.index != current.answered)
    return condemn(ProblemKind::malformed_answer);
  Job& job = current.jobs[current.answered];
  Answer answer{.id = job.slice.id};
  const wire::Decoded decoded = wire::decode_answer(body, limits_.answer_memory, answer);
  if (decoded != wire::Decoded::yes)
    return condemn(decoded == wire::Decoded::too_large ? ProblemKind::too_much_output : ProblemKind::malformed_answer);
  answers.push_back(std::move(answer));
  job.slice.file.reset();
  if (++current.answered < current.jobs.size()) return;
  const bool was_suspicious = current.alone;
  pending_.pop_front();
  if (was_suspicious) retire();
}

void ReaderHandle::condemn(ProblemKind kind) {
  if (!verdict_) verdict_ = kind;
  phase_ = Phase::ending;
  kill();
  answers_.reset();
}

void ReaderHandle::kill() {
  if (process_)
    (void)::syscall(SYS_pidfd_send_signal, process_.number(), SIGKILL, nullptr, 0U);
  else if (pid_ > 0)
    ::kill(pid_, SIGKILL);  // its pid is its own until the pool has asked for its status
}

nanoseconds ReaderHandle::cpu_time() const {
  timespec used{};
  if (clock_ == 0 || ::clock_gettime(clock_, &used) != 0) return watch_.cpu;
  return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

void ReaderHandle::watch(steady_clock::time_point now) {
  if (phase_ != Phase::serving || pending_.empty()) {
    watch_.batch = 0;
    return;
  }
  Watch next = watch_;
  next.at = now;
  next.cpu = cpu_time();
  next.seen = page_.read();
  next.batch = pending_.front().batch.number;
  const nanoseconds cpu = next.cpu - watch_.cpu;
  const nanoseconds wall = std::min<nanoseconds>(now - watch_.at, longest_look);
  const bool same_batch = next.batch == watch_.batch;
  const bool same_item = same_batch && next.seen.batch == watch_.seen.batch && next.seen.index == watch_.seen.index;
  next.item_cpu = same_item ? watch_.item_cpu + cpu : nanoseconds{};
  next.item_wall = same_item ? watch_.item_wall + wall : nanoseconds{};
  next.batch_cpu = same_batch ? watch_.batch_cpu + cpu : nanoseconds{};
  next.batch_wall = same_batch ? watch_.batch_wall + wall : nanoseconds{};
  watch_ = next;
  judge(next);
}

void ReaderHandle::judge(const Watch& watch) {
  // Alone, the batch is the item, whatever the page says.
  const bool alone = pending_.front().jobs.size() == 1;
  const nanoseconds item_cpu = alone ? watch.batch_cpu : watch.item_cpu;
  const nanoseconds item_wall = alone ? watch.batch_wall : watch.item_wall;
  if (item_cpu > limits_.item_cpu) return condemn(ProblemKind::cpu_limit);
  if (item_wall > limits_.item_wall) return condemn(ProblemKind::wall_limit);
  if (watch.batch_cpu <= limits_.batch_cpu && watch.batch_wall <= limits_.batch_wall) return;
  page_doubted_ = true;
  condemn(watch.batch_cpu > limits_.batch_cpu ? ProblemKind::cpu_limit : ProblemKind::wall_limit);
}

ReaderHandle::Remains ReaderHandle::remains(int status) {
  pid_ = 0;
  process_.reset();
  Remains left{.batches = std::move(pending_), .culprit = std::nullopt, .kind = verdict_.value_or(kind_of_end(status))};
  if (left.batches.empty()) return left;
  const PendingBatch& current = left.batches.front();
  const Progress said = page_.read();
  const bool believable = said.batch == current.batch.number && said.index >= current.answered &&
                          said.index < current.jobs.size() && !page_doubted_;
  if (believable) left.culprit = said.index;
  return left;
}

}  // namespace entregent::reading
