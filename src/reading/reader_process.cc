// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/reader_process.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <new>
#include <optional>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include "reading/channel.h"
#include "reading/process.h"
#include "reading/wire.h"

namespace entregent::reading {
namespace {

/// Answers are gathered up to this size, so that the pool wakes seldom.
constexpr std::size_t gathered_bytes = 256u << 10;

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(answers_descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) end_process(0);  // the pool hung up
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// As many bytes as there are: fewer only at the end of the file.
std::size_t read_fully(int file, std::uint64_t offset, std::span<char> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got = ::pread(file, buffer.data() + done, buffer.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw UnreadableBytes();
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Answer failed(ProblemKind kind, readers::Format format) {
  Answer answer{.format = format};
  answer.problem = Problem{.kind = kind, .error = {ErrorCode::malformed, std::string(sentence(kind))}};
  return answer;
}

class Reader {
 public:
  Reader(const ReaderOptions& options, const ReadFunction& read) : options_(options), read_(read) {
    void* page = ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED, progress_descriptor, 0);
    if (page == MAP_FAILED) end_process(exit_not_locked);
    progress_ = static_cast<Progress*>(page);
    ::close(progress_descriptor);
  }

  void greet(const LockState& state) {
    const std::string body = wire::encode_lock_state(state);
    const auto header =
        wire::encode_header({.body_bytes = static_cast<std::uint32_t>(body.size()), .batch = wire::ready_batch});
    write_all(std::string(header.data(), header.size()) + body);
  }

  void serve() {
    Message message;
    while (receive_message(batches_descriptor, message) == Received::message) {
      const auto batch = wire::decode_batch(message.bytes, message.descriptors.size());
      if (!batch || message.descriptors_lost) end_process(exit_bad_batch);
      answer(*batch, message.descriptors);
    }
  }

 private:
  void answer(const wire::Batch& batch, const std::vector<Descriptor>& files) {
    for (std::uint32_t index = 0; index < batch.entries.size(); ++index) {
      const wire::BatchEntry& entry = batch.entries[index];
      // The batch first: a batch with an index of the last one is worse than an index that is one behind.
      std::atomic_ref(progress_->index).store(0, std::memory_order_release);
      std::atomic_ref(progress_->batch).store(batch.number, std::memory_order_release);
      std::atomic_ref(progress_->index).store(index, std::memory_order_release);
      append({.batch = batch.number, .index = index}, read_one(entry.request, files[entry.file].number()));
      if (gathered_.size() >= gathered_bytes) flush();
    }
    flush();
  }

  Answer read_one(const SliceRequest& request, int file) {
    const SliceBytes bytes{
        .read_at = [file](std::uint64_t offset, std::span<char> buffer) { return read_fully(file, offset, buffer); },
        .begin = request.offset,
        .end = request.offset + request.bytes};
    try {
      return read_(request, bytes);
    } catch (const UnreadableBytes&) {
      return failed(ProblemKind::unreadable, request.format);
    } catch (const std::exception&) {
      return failed(ProblemKind::crashed, request.format);
    }
  }

  void append(wire::Header header, const Answer& answer) {
    const std::size_t begin = gathered_.size();
    gathered_.resize(begin + wire::header_bytes);
    wire::append_answer(gathered_, answer);
    std::size_t body = gathered_.size() - begin - wire::header_bytes;
    if (body > options_.max_answer_bytes) {
      gathered_.resize(begin + wire::header_bytes);
      wire::append_answer(gathered_, failed(ProblemKind::too_much_output, answer.format));
      body = gathered_.size() - begin - wire::header_bytes;
    }
    header.body_bytes = static_cast<std::uint32_t>(body);
    std::ranges::copy(wire::encode_header(header), gathered_.begin() + static_cast<std::ptrdiff_t>(begin));
  }

  void flush() {
    write_all(gathered_);
    gathered_.clear();
    if (gathered_.capacity() > 4 * gathered_bytes) gathered_.shrink_to_fit();
  }

  ReaderOptions options_;
  const ReadFunction& read_;
  Progress* progress_ = nullptr;
  std::string gathered_;
};

/// One mail after the other takes and gives back the same memory: glibc shall not hand it to the kernel each time.
/// Without this a reader took 2.5 page faults a mail more than it needs (0.14 s for 10 790 mails, 2026-11-23).
void keep_memory() {
  ::mallopt(M_TRIM_THRESHOLD, 16 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 4 << 20);
  ::mallopt(M_TOP_PAD, 1 << 20);
}

}  // namespace

void run_reader(const ReaderOptions& options, const ReadFunction& read) {
  keep_memory();
  std::set_new_handler([] { end_process(exit_no_memory); });
#ifndef ENTREGENT_UNLOCKED_READERS
  silence_standard_streams();  // the sanitizers' builds want to be heard
#endif
  Reader reader(options, read);
  reader.greet(lock_this_process(options.lock));
  reader.serve();
  end_process(0);
}

}  // namespace entregent::reading
