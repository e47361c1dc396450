// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/intake.h"

#include "base/text.h"
#include "ingest/admission.h"

namespace entregent::ingest {
namespace {

/// Enough that a commit costs little, small enough that a cut-off run repeats little.
constexpr std::size_t batch_items = 4000;

std::string_view code_of(reading::ProblemKind kind) {
  using reading::ProblemKind;
  switch (kind) {
    case ProblemKind::crashed:
      return "crashed";
    case ProblemKind::cpu_limit:
      return "cpu_limit";
    case ProblemKind::wall_limit:
      return "wall_limit";
    case ProblemKind::memory:
      return "memory";
    case ProblemKind::too_much_output:
      return "too_much_output";
    case ProblemKind::malformed_answer:
      return "malformed_answer";
    case ProblemKind::forbidden_call:
      return "forbidden_call";
    case ProblemKind::not_recognised:
      return "not_recognised";
    case ProblemKind::refused:
      return "refused";
    case ProblemKind::unreadable:
      return "unreadable";
    case ProblemKind::not_a_file:
      return "not_a_file";
  }
  return "crashed";
}

/// The disk's or the machine's fault as likely as the file's: what was known of it stays, and it is tried again.
bool is_passing(reading::ProblemKind kind) {
  using reading::ProblemKind;
  return kind == ProblemKind::unreadable || kind == ProblemKind::memory || kind == ProblemKind::wall_limit;
}

bool is_export(const Stretch& stretch) {
  return stretch.file.format == static_cast<std::int64_t>(readers::Format::csv) ||
         stretch.file.format == static_cast<std::int64_t>(readers::Format::zip_export);
}

/// Sent mail by its folder; a document or a chat without a title by its file's name, without a date by its file's; a
/// contact of an export by when that was made, so that the newest counts. Nothing where the place adds nothing.
std::optional<readers::ExtractedItem> with_what_its_place_says(const readers::ExtractedItem& item,
                                                               const Stretch& stretch) {
  const bool document = item.kind == readers::ItemKind::document;
  const bool sent = stretch.use == FolderUse::sent && !item.marks.sent_by_me && !document;
  const bool nameless = document && (item.title.empty() || !item.happened_at);
  const bool nameless_chat = item.kind == readers::ItemKind::chat && item.title.empty();
  const bool exported = item.kind == readers::ItemKind::contact && is_export(stretch) && stretch.file.mtime > 0;
  if (!sent && !nameless && !nameless_chat && !exported) return std::nullopt;
  auto completed = item;
  if (exported) {
    const auto at = std::chrono::floor<std::chrono::seconds>(from_micros(stretch.file.mtime / 1000));
    completed.happened_at = at;
    completed.sequence =
        static_cast<std::int32_t>(std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count());
  }
  if (sent) completed.marks.sent_by_me = true;
  if (nameless_chat) completed.title = repaired_utf8(stretch.file.name.substr(0, stretch.file.name.rfind('.')));
  if (document && item.title.empty()) completed.title = repaired_utf8(stretch.file.name);
  if (document && !item.happened_at && stretch.file.mtime > 0)
    completed.happened_at = from_micros(stretch.file.mtime / 1000);
  return completed;
}

personal::Place place_of(const Stretch& stretch, std::int64_t sub) {
  return {.file = stretch.file.id,
          .part = stretch.part,
          .sub = sub,
          .length = stretch.length,
          .fingerprint = stretch.fingerprint};
}

}  // namespace

Intake::Intake(personal::Store& store, IntakeOptions options, Progress& progress, Stopped stopped)
    : store_(store),
      options_(std::move(options)),
      progress_(progress),
      stopped_(std::move(stopped)),
      sources_(store),
      writer_(store) {}

Intake::~Intake() {
  if (batch_open_) writer_.roll_back();
}

reading::ReaderPool& Intake::pool() {
  if (!pool_) {
    reading::Options options;
    options.program = options_.reader_program.empty() ? reading::reader_program() : options_.reader_program;
    options.readers = options_.readers;
    options.zone = options_.zone;
    pool_ = std::make_unique<reading::ReaderPool>(std::move(options));
  }
  return *pool_;
}

void Intake::submit(Stretch stretch) {
  while (pool().full() && !stopped()) take(std::chrono::milliseconds(200));
  const std::uint64_t id = next_id_++;
  std::vector<reading::Slice> slices;
  slices.push_back({.id = id, .file = stretch.handle, .request = stretch.request});
  stretch.handle.reset();
  bytes_in_memory_ += stretch.bytes_in_memory;
  waiting_.emplace(id, std::move(stretch));
  pool().submit(std::move(slices));
}

void Intake::make_room(std::uint64_t bytes) {
  const auto is_too_much = [&] { return bytes_in_memory_ + bytes > options_.bytes_in_memory; };
  while (bytes_in_memory_ > 0 && is_too_much() && !stopped()) take(std::chrono::milliseconds(200));
}

reading::Answer Intake::split(const reading::FileHandle& handle, std::uint64_t begin, std::uint64_t bytes) {
  const std::uint64_t id = next_id_++;
  std::vector<reading::Slice> slices;
  slices.push_back({.id = id,
                    .file = handle,
                    .request = {.offset = begin, .bytes = bytes, .format = readers::Format::mbox, .split = true}});
  pool().submit(std::move(slices));
  while (!split_answers_.contains(id)) {
    if (stopped()) return {.id = id, .problem = reading::Problem{}};
    take(std::chrono::milliseconds(200));
  }
  auto answer = std::move(split_answers_.at(id));
  split_answers_.erase(id);
  return answer;
}

void Intake::drain() {
  while (pool_ && pool_->pending() > 0 && !stopped()) take(std::chrono::milliseconds(200));
  commit();
}

void Intake::in_batch(const std::function<void()>& act) {
  if (!batch_open_) writer_.begin();
  batch_open_ = true;
  act();
}

void Intake::commit() {
  if (!batch_open_) return;
  batch_open_ = false;
  in_this_batch_ = 0;
  try {
    writer_.commit();
  } catch (...) {
    writer_.roll_back();
    throw;
  }
  if (on_commit_) on_commit_();
}

void Intake::take(std::chrono::milliseconds timeout) {
  if (!pool_) return;
  for (const auto& answer : pool().wait(timeout)) take(answer);
  if (in_this_batch_ >= batch_items) commit();
}

void Intake::take(const reading::Answer& answer) {
  const auto found = waiting_.find(answer.id);
  if (found == waiting_.end()) {
    split_answers_.emplace(answer.id, answer);
    return;
  }
  Stretch stretch = std::move(found->second);
  waiting_.erase(found);
  bytes_in_memory_ -= stretch.bytes_in_memory;
  in_batch([&] { take_items(stretch, answer); });
}

void Intake::take_items(Stretch& stretch, const reading::Answer& answer) {
  ++progress_.done_units;
  ++in_this_batch_;
  const bool whole = stretch.length == 0;
  if (whole && answer.format == readers::Format::mbox && !answer.problem) return mboxes_.push_back(std::move(stretch));
  if (answer.problem && is_passing(answer.problem->kind)) {
    stretch.file.mtime = -1;
    stretch.fingerprint.reset();
  } else if (whole) {
    const bool was_mbox = stretch.file.format == static_cast<std::int64_t>(readers::Format::mbox);
    if (was_mbox) drop_parts(stretch.file.id);
    stretch.file.format = static_cast<std::int64_t>(answer.format);
  }
  record_file(stretch);
  if (answer.problem) {
    record_problem(stretch, *answer.problem);
  } else {
    put_items(stretch, answer);
  }
}

/// Of a file that was an mbox and is none any more: emptied, as a rule.
void Intake::drop_parts(personal::FileId file) {
  for (const auto& part : sources_.parts(file)) progress_.counts.gone += writer_.drop_part(file, part.part);
}

void Intake::record_file(Stretch& stretch) {
  if (!stretch.file.id) {
    stretch.file.id = sources_.add_file(stretch.folder, stretch.file);
    stretch.fresh = true;
  } else if (stretch.length == 0) {
    sources_.update_file(stretch.file);
    sources_.clear_problem(stretch.file.id);
  }
}

void Intake::record_problem(Stretch& stretch, const reading::Problem& problem) {
  const auto code = code_of(problem.kind);
  const std::string detail = problem.kind == reading::ProblemKind::refused ? problem.error.message : std::string();
  if (!stretch.fresh && !is_passing(problem.kind))
    progress_.counts.gone += writer_.drop_part(stretch.file.id, stretch.part);
  if (problem.kind == reading::ProblemKind::not_recognised) return skip(place_of(stretch, 0), code);
  if (stretch.length == 0) {
    sources_.file_problem(stretch.file.id, code, detail);
  } else {
    sources_.place_problem(place_of(stretch, 0), code, detail);
  }
  ++progress_.counts.unreadable;
  ++progress_.counts.unreadable_why[std::string(code)];
}

void Intake::unreadable(Stretch& stretch, const Error& error) {
  in_batch([&] {
    record_file(stretch);
    sources_.file_problem(stretch.file.id, "unreadable", error.message);
  });
  ++progress_.counts.unreadable;
  ++progress_.counts.unreadable_why["unreadable"];
}

void Intake::put_items(const Stretch& stretch, const reading::Answer& answer) {
  const auto put_all = [&] {
    std::int64_t sub = 0;
    for (const auto& item : answer.items) {
      put(item, stretch, sub++);
      if (reason_to_skip(item, stretch)) continue;
      for (const auto& inside : item.inside) put(inside, stretch, sub++);
    }
    for (const auto& table : answer.tables) sub = skip_rows(stretch, table, sub);
    if (answer.items.empty() && answer.tables.empty()) skip(place_of(stretch, 0), "empty");
  };
  if (stretch.fresh) return put_all();
  progress_.counts.gone += writer_.replace_part(stretch.file.id, stretch.part, put_all);
}

/// So that the rows of a table are its items and what was left out, each counted.
std::int64_t Intake::skip_rows(const Stretch& stretch, const readers::TableReport& table, std::int64_t sub) {
  for (const auto& [reason, rows] : {std::pair{"row_nameless", table.nameless},
                                     std::pair{"row_repeated", table.repeated}, std::pair{"draft", table.drafts}})
    for (std::uint64_t i = 0; i < rows; ++i) skip(place_of(stretch, sub++), reason);
  return sub;
}

std::optional<std::string_view> Intake::reason_to_skip(const readers::ExtractedItem& item, const Stretch& stretch) {
  if (stretch.use == FolderUse::trash || stretch.use == FolderUse::junk) return "spam_or_trash";
  if (stretch.use == FolderUse::drafts) return "draft";
  static const personal::Except nothing;
  return ingest::reason_to_skip(item, stretch.except == nullptr ? nothing : *stretch.except);
}

void Intake::put(const readers::ExtractedItem& item, const Stretch& stretch, std::int64_t sub) {
  const auto place = place_of(stretch, sub);
  ++progress_.counts.read;
  if (const auto reason = reason_to_skip(item, stretch)) return skip(place, *reason);
  const auto completed = with_what_its_place_says(item, stretch);
  switch (writer_.put(completed ? *completed : item, place)) {
    case personal::PutOutcome::added:
      ++progress_.counts.added;
      break;
    case personal::PutOutcome::replaced:
      ++progress_.counts.changed;
      break;
    case personal::PutOutcome::known:
      ++progress_.counts.known;
      break;
    case personal::PutOutcome::forgotten:
      ++progress_.counts.skipped["forgotten"];
      break;
  }
}

void Intake::skip(const personal::Place& place, std::string_view reason) {
  sources_.skip_place(place, reason);
  ++progress_.counts.skipped[std::string(reason)];
}

}  // namespace entregent::ingest
