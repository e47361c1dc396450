// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/mbox_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include <sys/stat.h>
#include <unistd.h>

namespace entregent::ingest {
namespace {

/// How much of an mbox is cut at once: a second or less of reading.
constexpr std::uint64_t stretch_bytes = 256u << 20;

/// The parts known before, found again by what they hold. Equal messages are taken one by one.
class KnownParts {
 public:
  explicit KnownParts(const std::vector<personal::Sources::Part>& parts) {
    for (const auto& part : parts) {
      if (part.fingerprint) parts_[*part.fingerprint].push_back(part.part);
      if (!part.fingerprint) unknown_.push_back(part.part);
    }
    for (auto& [fingerprint, offsets] : parts_) std::ranges::reverse(offsets);
  }
  std::optional<std::int64_t> take(const Digest& fingerprint) {
    const auto found = parts_.find(fingerprint);
    if (found == parts_.end()) return std::nullopt;
    const std::int64_t offset = found->second.back();
    found->second.pop_back();
    if (found->second.empty()) parts_.erase(found);
    return offset;
  }
  template <class Visit>
  void each_left(Visit&& visit) const {
    for (const auto& [fingerprint, offsets] : parts_)
      for (const auto offset : offsets) visit(offset);
    for (const auto offset : unknown_) visit(offset);
  }

 private:
  std::map<Digest, std::vector<std::int64_t>> parts_;
  std::vector<std::int64_t> unknown_;  ///< to be read again whatever they hold
};

/// Parts that a run left below zero when it was cut off are numbered out of the way: this run puts its own there.
std::vector<personal::Sources::Part> known_parts(Intake& intake, personal::FileId file) {
  if (!file) return {};
  auto parts = intake.sources().parts(file);
  if (parts.empty() || parts.front().part >= 0) return parts;
  constexpr std::int64_t far_below = -(std::int64_t{1} << 50);
  std::int64_t next = std::min(parts.front().part, far_below);
  intake.in_batch([&] {
    for (auto& part : parts) {
      if (part.part >= 0) break;
      intake.sources().move_part(file, part.part, --next);
      part.part = next;
    }
  });
  return parts;
}

class MboxRun {
 public:
  MboxRun(Intake& intake, const MboxFile& mbox)
      : intake_(intake), mbox_(mbox), file_(mbox.known), parts_(known_parts(intake, mbox.known.id)) {}

  void run() {
    record_unfinished();
    const std::uint64_t units_before = intake_.progress().done_units;
    const auto cut = each_message([&](const readers::MboxSlice& message, std::uint64_t at) {
      intake_.progress().done_units = units_before + at / mbox_unit_bytes;
      take(message);
    });
    if (intake_.stopped()) return;
    if (!cut) return unreadable(cut.error());
    intake_.drain();
    if (intake_.stopped()) return;
    if (!is_as_found()) doubt_what_moved();
    if (!intake_.stopped()) finish();
  }

 private:
  /// Cuts the file into its messages. Ends early when the run is stopped.
  template <class Visit>
  Result<Done> each_message(Visit&& visit) {
    std::uint64_t at = 0;
    while (true) {
      const auto answer = intake_.split(mbox_.handle, at, stretch_bytes);
      if (intake_.stopped()) return Done{};
      if (answer.problem) return fail(answer.problem->error);
      for (const auto& message : answer.messages) visit(message, answer.resume_at);
      if (answer.finished) return Done{};
      // A reader that was taken over may stand still for ever, or let all the rest seem to be gone.
      if (answer.resume_at <= at || answer.messages.empty()) {
        return fail({ErrorCode::malformed, std::string(sentence(reading::ProblemKind::malformed_answer))});
      }
      at = answer.resume_at;
    }
  }

  /// The file's row, not yet with its size: a run that is cut off leaves a file that is looked at again.
  void record_unfinished() {
    file_.name = mbox_.found.name;
    file_.format = static_cast<std::int64_t>(readers::Format::mbox);
    file_.mtime = -1;
    intake_.in_batch([&] {
      if (file_.id) {
        intake_.sources().update_file(file_);
        intake_.sources().clear_problem(file_.id);
        intake_.writer().drop_unparted(file_.id);
      } else {
        file_.id = intake_.sources().add_file(mbox_.folder, file_);
      }
    });
    intake_.commit();
  }

  void take(const readers::MboxSlice& message) {
    const auto offset = static_cast<std::int64_t>(message.offset);
    if (const auto known = parts_.take(message.fingerprint)) {
      if (*known != offset) moves_.emplace_back(*known, offset);
      return;
    }
    if (const auto twin = twin_of(message)) {
      intake_.in_batch([&] {
        intake_.sources().add_twin({.file = file_.id,
                                    .part = new_part(offset),
                                    .length = static_cast<std::int64_t>(message.length),
                                    .fingerprint = message.fingerprint},
                                   *twin);
      });
      auto& counts = intake_.progress().counts;
      ++(twin->skipped.empty() ? counts.known : counts.skipped[twin->skipped]);
      return;
    }
    read(message);
  }

  /// What was left out for its labels is left out here too; not what only lay in a folder for spam.
  std::optional<personal::Sources::Twin> twin_of(const readers::MboxSlice& message) {
    auto twin = may_copy() ? intake_.sources().twin(message.fingerprint) : std::nullopt;
    if (twin && !twin->skipped.empty() && folder_use(twin->path) != FolderUse::other) return std::nullopt;
    return twin;
  }

  /// Whether a message comes in depends on its folder and on what its source leaves out: only where nothing is special
  /// about this one is the same message elsewhere as good.
  bool may_copy() const {
    return mbox_.use == FolderUse::other && (mbox_.except == nullptr || *mbox_.except == personal::Except{});
  }

  /// While parts of an earlier state may lie at the same offset, new ones are kept below zero.
  std::int64_t new_part(std::int64_t offset) const { return mbox_.known.id ? -1 - offset : offset; }

  void read(const readers::MboxSlice& message) {
    read_.emplace(static_cast<std::int64_t>(message.offset), message.fingerprint);
    Stretch stretch{.handle = mbox_.handle,
                    .request = {.offset = message.offset,
                                .bytes = message.length,
                                .format = readers::Format::mbox,
                                .date_hint = message.envelope_date},
                    .folder = mbox_.folder,
                    .file = file_,
                    .part = new_part(static_cast<std::int64_t>(message.offset)),
                    .length = static_cast<std::int64_t>(message.length),
                    .fingerprint = message.fingerprint,
                    .use = mbox_.use,
                    .fresh = true,
                    .except = mbox_.except};
    intake_.submit(std::move(stretch));
  }

  /// Whether the file is still the one that was listed before its first byte was read.
  bool is_as_found() const {
    struct stat info {};
    if (::fstat(mbox_.handle->number(), &info) != 0) return false;
    return info.st_size == mbox_.found.size &&
           std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec == mbox_.found.mtime;
  }

  /// A message is read some time after its fingerprint was taken. Where the file was written to in between, what was
  /// read is the message of that fingerprint only if it still lies there; else the next run reads it again. Most often
  /// mail was appended, and nothing is.
  void doubt_what_moved() {
    const auto cut = each_message([&](const readers::MboxSlice& message, std::uint64_t) {
      const auto entry = read_.find(static_cast<std::int64_t>(message.offset));
      if (entry != read_.end() && entry->second == message.fingerprint) read_.erase(entry);
    });
    // Of a file that cannot be cut any more, what was met on the way is as good.
    static_cast<void>(cut);
    intake_.in_batch([&] {
      for (const auto& [offset, fingerprint] : read_) intake_.sources().doubt_part(file_.id, new_part(offset));
    });
  }

  /// All moves and goings in one transaction with the file's new size.
  void finish() {
    intake_.in_batch([&] {
      // First: what goes now may leave a message of this very file to be read again.
      file_.size = mbox_.found.size;
      file_.mtime = mbox_.found.mtime;
      file_.inode = mbox_.found.inode;
      intake_.sources().update_file(file_);
      parts_.each_left([&](std::int64_t part) {
        if (!intake_.sources().keep_unread_part(file_.id, part, -1 - part))
          intake_.progress().counts.gone += intake_.writer().drop_part(file_.id, part);
      });
      for (const auto& [from, to] : moves_) intake_.sources().move_part(file_.id, from, -1 - to);
      intake_.sources().settle_parts(file_.id);
      intake_.sources().doubt_file_of_doubtful_parts(file_.id);
    });
    intake_.commit();
  }

  void unreadable(const Error& error) {
    Stretch stretch{.folder = mbox_.folder, .file = file_};
    stretch.file.name = mbox_.found.name;
    intake_.unreadable(stretch, error);
  }

  Intake& intake_;
  const MboxFile& mbox_;
  personal::File file_;
  KnownParts parts_;
  std::vector<std::pair<std::int64_t, std::int64_t>> moves_;
  std::unordered_map<std::int64_t, Digest> read_;  ///< offsets of what this run gave to the readers
};

}  // namespace

void index_mbox(Intake& intake, const MboxFile& mbox) {
  MboxRun(intake, mbox).run();
}

Result<bool> begins_like_mbox(const reading::Descriptor& file) {
  std::array<char, 5> first{};
  const auto got = ::pread(file.number(), first.data(), first.size(), 0);
  if (got < 0) return fail({ErrorCode::unavailable, std::string(sentence(reading::ProblemKind::unreadable))});
  return std::string_view(first.data(), static_cast<std::size_t>(got)) == "From ";
}

Result<reading::FileHandle> open_patiently(Intake& intake, const std::string& path) {
  while (true) {
    auto handle = reading::open_file(path);
    const bool may_pass = !handle && handle.error().code == ErrorCode::unavailable && intake.under_way();
    if (!may_pass || intake.stopped()) return handle;
    intake.take_some();
  }
}

}  // namespace entregent::ingest
