// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ingest/folder_names.h"
#include "ingest/progress.h"
#include "personal/sources.h"
#include "personal/writer.h"
#include "reading/reader_pool.h"

namespace entregent::ingest {

/// Says that the run is to end at the next opportunity; set from a signal handler.
using Stopped = std::function<bool()>;

struct IntakeOptions {
  std::string reader_program;  ///< empty: beside the running program
  std::size_t readers = 0;     ///< 0: as many as cores
  std::string zone;
  std::uint64_t bytes_in_memory = 64ULL << 20;  ///< of messages on their way that lie in memory; one may be larger
};

/// A stretch of bytes that holds items: a whole file, or one message of an mbox.
struct Stretch {
  reading::FileHandle handle = {};
  reading::SliceRequest request = {};
  personal::FolderId folder = {};
  personal::File file = {};  ///< id 0: a new file, recorded together with its items
  std::int64_t part = 0;
  std::int64_t length = 0;  ///< 0: the whole file
  std::optional<Digest> fingerprint = {};
  FolderUse use = FolderUse::other;
  bool fresh = false;                                   ///< nothing was known of this part before
  std::shared_ptr<const personal::Except> except = {};  ///< shared: an answer may come when its source is done
  std::uint64_t bytes_in_memory = 0;                    ///< what `handle` holds there; 0: a file on the disk
};

/// Between the readers and the private file: gives stretches to the pool, takes its answers into batches. One thread.
class Intake {
 public:
  Intake(personal::Store& store, IntakeOptions options, Progress& progress, Stopped stopped);
  ~Intake();

  /// Waits while the pool is full.
  void submit(Stretch stretch);
  /// Takes answers until so many bytes more may lie in memory, or nothing lies there.
  void make_room(std::uint64_t bytes);
  /// Cuts an mbox from `begin` on; other answers are taken meanwhile.
  reading::Answer split(const reading::FileHandle& handle, std::uint64_t begin, std::uint64_t bytes);
  /// Waits for some answers and takes them.
  void take_some() { take(std::chrono::milliseconds(200)); }
  /// Records a file that could not even be opened. What was known of it stays; with mtime -1 it is tried again.
  void unreadable(Stretch& stretch, const Error& error);
  /// Whether answers are still to come.
  [[nodiscard]] bool under_way() const { return pool_ && pool_->pending() > 0; }
  /// Whole files that turned out to be an mbox when a reader looked (behind a byte order mark, blank lines …). Nothing
  /// is recorded of them yet, and their handles are closed.
  std::vector<Stretch> take_mboxes() { return std::exchange(mboxes_, {}); }
  /// Until everything submitted is taken and committed.
  void drain();

  [[nodiscard]] bool stopped() const { return stopped_(); }
  personal::Writer& writer() { return writer_; }
  personal::Sources& sources() { return sources_; }
  Progress& progress() { return progress_; }

  /// In the present batch; begins one where none is.
  void in_batch(const std::function<void()>& act);
  void commit();

  /// Called after each commit.
  void on_commit(std::function<void()> act) { on_commit_ = std::move(act); }

 private:
  reading::ReaderPool& pool();
  void take(std::chrono::milliseconds timeout);
  void take(const reading::Answer& answer);
  void take_items(Stretch& stretch, const reading::Answer& answer);
  void put_items(const Stretch& stretch, const reading::Answer& answer);
  std::int64_t skip_rows(const Stretch& stretch, const readers::TableReport& table, std::int64_t sub);
  void record_file(Stretch& stretch);
  void drop_parts(personal::FileId file);
  void record_problem(Stretch& stretch, const reading::Problem& problem);
  void put(const readers::ExtractedItem& item, const Stretch& stretch, std::int64_t sub);
  static std::optional<std::string_view> reason_to_skip(const readers::ExtractedItem& item, const Stretch& stretch);
  void skip(const personal::Place& place, std::string_view reason);

  personal::Store& store_;
  IntakeOptions options_;
  Progress& progress_;
  Stopped stopped_;
  personal::Sources sources_;
  personal::Writer writer_;
  std::unique_ptr<reading::ReaderPool> pool_;
  std::unordered_map<std::uint64_t, Stretch> waiting_;
  std::unordered_map<std::uint64_t, reading::Answer> split_answers_;
  std::vector<Stretch> mboxes_;
  std::uint64_t next_id_ = 1;
  std::uint64_t bytes_in_memory_ = 0;  ///< of all in waiting_
  std::size_t in_this_batch_ = 0;
  bool batch_open_ = false;
  std::function<void()> on_commit_;
};

}  // namespace entregent::ingest
