// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/folder_source.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "ingest/admission.h"
#include "ingest/mbox_file.h"
#include "ingest/walk.h"

namespace entregent::ingest {
namespace {

/// `name` in small letters.
bool has_suffix(std::string_view name, std::initializer_list<std::string_view> suffixes) {
  return std::ranges::any_of(
      suffixes, [&](std::string_view suffix) { return name.size() > suffix.size() && name.ends_with(suffix); });
}

readers::Format format_by_name(std::string_view name) {
  const auto ends = [&](std::string_view ending) { return has_suffix(name, {ending}); };
  if (ends(".vcf") || ends(".vcard")) return readers::Format::vcard;
  if (ends(".ics") || ends(".ical")) return readers::Format::calendar;
  if (ends(".emlx")) return readers::Format::emlx;
  return readers::Format::unknown;
}

/// What a file is read as if its content does not tell: words without a signature are told from programs' own notes
/// (sources, logs, settings) by their names alone.
readers::Format format_if_unknown(std::string_view name) {
  const std::string small = lower(name);
  if (has_suffix(small, {".txt", ".text", ".md", ".markdown"})) return readers::Format::text;
  if (has_suffix(small, {".html", ".htm", ".xhtml"})) return readers::Format::html;
  if (has_suffix(small, {".csv", ".tsv"})) return readers::Format::csv;
  if (has_suffix(small, {".json"})) return readers::Format::chat;
  return readers::Format::unknown;
}

std::uint64_t units_of(const DiskFile& file) {
  return 1 + (file.size > 1 << 20 ? static_cast<std::uint64_t>(file.size) / mbox_unit_bytes : 0);
}

bool same_stat(const personal::File& known, const DiskFile& found) {
  return known.size == found.size && known.mtime == found.mtime && known.inode == found.inode;
}

class FolderRun {
 public:
  FolderRun(Intake& intake, const personal::Source& source)
      : intake_(intake),
        sources_(intake.sources()),
        source_(source),
        except_(std::make_shared<const personal::Except>(source.except)) {}

  Result<Done> run() {
    const Walk found = walk(source_.location);
    if (!is_readable(found)) {
      return fail({ErrorCode::unavailable, N_("The folder cannot be read: {0}."), source_.location});
    }
    if (shows_nothing(found) && sources_.has_files(source_.id)) {
      return fail(
          {ErrorCode::unavailable,
           N_("{0} held something and is empty now: is its disk mounted? If you emptied it, remove this source."),
           source_.location});
    }
    for (const auto& problem : found.problems) note_problem(problem.name, problem.why);
    for (auto& folder : sources_.folders(source_.id)) known_folders_.emplace(folder.path, folder);
    std::vector<const DiskFolder*> changed;
    for (const auto& folder : found.folders) {
      if (!is_excepted_folder(folder.name, source_.except)) look(folder, changed);
    }
    count_units(changed);
    for (const auto* folder : changed) {
      if (intake_.stopped()) return Done{};
      index(*folder);
    }
    intake_.drain();
    index_mboxes_found();
    if (intake_.stopped()) return Done{};
    // Only now: what was moved has been met at its new place, and stays the item that it was.
    drop_missing_folders(found);
    drop_all();
    if (intake_.stopped()) return Done{};
    trust_folders();
    record_problems();
    return Done{};
  }

 private:
  static bool is_readable(const Walk& found) {
    return !found.folders.empty() && std::ranges::none_of(found.problems, &std::string::empty, &WalkProblem::name);
  }

  /// A Maildir that was emptied still has its folders.
  static bool shows_nothing(const Walk& found) {
    return found.folders.size() == 1 && !found.folders.front().maildir && !found.folders.front().holds_files &&
           found.problems.empty();
  }

  void look(const DiskFolder& folder, std::vector<const DiskFolder*>& changed) {
    const auto entry = known_folders_.find(sources_.stored_name(folder.name));
    const bool same = entry != known_folders_.end() && folder.stamp && entry->second.stamp == folder.stamp;
    if (!same) changed.push_back(&folder);
  }

  void count_units(const std::vector<const DiskFolder*>& folders) {
    for (const auto* folder : folders) {
      auto files = files_of(*folder);
      if (!files) continue;
      for (const auto& file : *files) intake_.progress().total_units += units_of(file);
    }
  }

  void index(const DiskFolder& folder) {
    auto files = files_of(folder);
    if (!files) {  // what it held stays
      if (files.error().code != ErrorCode::not_found) note_problem(folder.name, files.error().detail);
      return;
    }
    personal::FolderId id;
    intake_.in_batch([&] {
      id = sources_.folder(source_.id, folder.name);
      // Until all of it is read and committed nobody may trust the folder's stamp.
      sources_.set_stamp(id, std::nullopt);
    });
    folders_.emplace(id.value, &folder);
    const FolderUse use = folder_use(folder.name);
    if (folder.maildir) {
      index_maildir(folder, id, use, *files);
    } else {
      index_files(folder, id, use, *files);
    }
    if (folder.stamp) stamps_.emplace_back(id, *folder.stamp);
  }

  void index_maildir(const DiskFolder& folder, personal::FolderId id, FolderUse use,
                     const std::vector<DiskFile>& files) {
    struct Known {
      personal::FileId id;
      std::string name;
      std::int64_t mtime;
    };
    std::unordered_map<std::string, Known> known;
    sources_.each_file(id, [&](const personal::File& file) {
      known.emplace(maildir_base(file.name), Known{file.id, file.name, file.mtime});
    });
    for (const auto& file : files) {
      if (intake_.stopped()) return;
      const std::string name = sources_.stored_name(file.name);
      const auto entry = known.find(std::string(maildir_base(name)));
      if (entry == known.end()) {
        read_maildir_file(folder, id, use, file, {});
        continue;
      }
      // The name tells the flags: a change of them is a rename, the content stays; but trash and drafts stay out.
      const auto& old = entry->second;
      const bool other_use = use_by_flags(old.name, use) != use_by_flags(file.name, use);
      if (old.name != name && !other_use) intake_.in_batch([&] { sources_.rename_file(old.id, file.name); });
      if (old.mtime == -1 || other_use) {
        read_maildir_file(folder, id, use, file, old.id);
      } else {
        ++intake_.progress().done_units;
      }
      known.erase(entry);
    }
    for (const auto& [base, gone] : known) gone_.push_back(gone.id);
  }

  static FolderUse use_by_flags(std::string_view name, FolderUse of_folder) {
    const auto flags = maildir_flags(name);
    if (flags.find('D') != std::string_view::npos) return FolderUse::drafts;
    return flags.find('T') != std::string_view::npos ? FolderUse::trash : of_folder;
  }

  void read_maildir_file(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
                         personal::FileId known) {
    submit(folder, id, use_by_flags(file.name, use), file, {.id = known}, readers::Format::mail);
  }

  void index_files(const DiskFolder& folder, personal::FolderId id, FolderUse use, const std::vector<DiskFile>& files) {
    std::unordered_map<std::string, personal::File> known;
    sources_.each_file(id, [&](const personal::File& file) { known.emplace(file.name, file); });
    for (const auto& file : files) {
      if (intake_.stopped()) return;
      if (is_excepted_file(folder.name.empty() ? file.name : folder.name + "/" + file.name, source_.except)) {
        intake_.progress().done_units += units_of(file);
        continue;
      }
      const auto entry = known.find(sources_.stored_name(file.name));
      const bool unchanged = entry != known.end() && same_stat(entry->second, file);
      if (unchanged) {
        intake_.progress().done_units += units_of(file);
      } else {
        read_file(folder, id, use, file, entry == known.end() ? personal::File{} : entry->second);
      }
      if (entry != known.end()) known.erase(entry);
    }
    for (const auto& [name, gone] : known) gone_.push_back(gone.id);
  }

  void read_file(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
                 const personal::File& known) {
    const auto format = format_by_name(file.name);
    if (format != readers::Format::unknown) return submit(folder, id, use, file, known, format);
    Stretch stretch = stretch_of(id, use, file, known);
    auto handle = opened(stretch, folder, file);
    if (!handle) return;
    const auto mbox = begins_like_mbox(**handle);
    if (!mbox) return try_again_later(stretch, mbox.error());
    if (*mbox) return read_mbox(*std::move(handle), folder, id, file, known);
    stretch.handle = *std::move(handle);
    stretch.request.format = format_if_unknown(path_of(folder, file));
    intake_.submit(std::move(stretch));
  }

  void read_mbox(reading::FileHandle handle, const DiskFolder& folder, personal::FolderId id, const DiskFile& file,
                 const personal::File& known) {
    index_mbox(intake_, {.handle = std::move(handle),
                         .folder = id,
                         .use = folder_use(folder.name + "/" + file.name),
                         .known = known,
                         .found = file,
                         .except = except_});
  }

  void index_mboxes_found() {
    for (auto& stretch : intake_.take_mboxes()) {
      const auto looked_into = folders_.find(stretch.folder.value);
      if (intake_.stopped() || looked_into == folders_.end()) return;
      const auto& folder = *looked_into->second;
      const DiskFile file{.name = stretch.file.name,
                          .size = stretch.file.size,
                          .mtime = stretch.file.mtime,
                          .inode = stretch.file.inode};
      const auto known = sources_.file(stretch.file.id).value_or(personal::File{});
      auto handle = opened(stretch, folder, file);
      if (handle) read_mbox(*std::move(handle), folder, stretch.folder, file, known);
    }
  }

  static std::string path_of(const DiskFolder& folder, const DiskFile& file) {
    return file.name.empty() ? folder.path.string() : (folder.path / file.name).string();
  }

  void submit(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
              const personal::File& known, readers::Format format) {
    Stretch stretch = stretch_of(id, use, file, known);
    stretch.request.format = format;
    auto handle = opened(stretch, folder, file);
    if (!handle) return;
    stretch.handle = *std::move(handle);
    intake_.submit(std::move(stretch));
  }

  Stretch stretch_of(personal::FolderId id, FolderUse use, const DiskFile& file, const personal::File& known) const {
    return {.folder = id,
            .file = {.id = known.id,
                     .name = file.name,
                     .size = file.size,
                     .mtime = file.mtime,
                     .inode = file.inode,
                     .format = known.format},
            .use = use,
            .except = except_};
  }

  /// Nothing: it is gone since it was listed, which the next run sees, or it is recorded as unreadable.
  std::optional<reading::FileHandle> opened(Stretch& stretch, const DiskFolder& folder, const DiskFile& file) {
    auto handle = open_patiently(intake_, path_of(folder, file));
    if (handle) return *std::move(handle);
    const auto& error = handle.error();
    if (error.code == ErrorCode::invalid) {  // no regular file, and none as long as it looks the same
      intake_.unreadable(stretch, error);
    } else if (error.code != ErrorCode::not_found) {
      try_again_later(stretch, error);
    }
    return std::nullopt;
  }

  /// A permission may be given, a disk mended, without a sign of it in the folder: each run tries again.
  void try_again_later(Stretch& stretch, const Error& error) {
    stretch.file.mtime = -1;
    intake_.unreadable(stretch, error);
  }

  void drop_missing_folders(const Walk& found) {
    std::unordered_set<std::string> there;
    for (const auto& folder : found.folders)
      if (!is_excepted_folder(folder.name, source_.except)) there.insert(sources_.stored_name(folder.name));
    for (const auto& folder : sources_.folders(source_.id)) {
      const bool excepted = is_excepted_folder(folder.path, source_.except);
      if (!excepted && (there.contains(folder.path) || is_out_of_sight(folder.path, found))) continue;
      sources_.each_file(folder.id, [&](const personal::File& file) { gone_.push_back(file.id); });
      missing_.push_back(folder.id);
    }
  }

  /// A folder that cannot be looked into, and what lies below it, may well be there still.
  bool is_out_of_sight(const std::string& path, const Walk& found) {
    return std::ranges::any_of(found.problems, [&](const WalkProblem& problem) {
      const std::string name = sources_.stored_name(problem.name);
      return path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '/');
    });
  }

  void drop_all() {
    constexpr std::size_t batch = 2000;
    for (std::size_t i = 0; i < gone_.size() && !intake_.stopped(); ++i) {
      intake_.in_batch([&] { intake_.progress().counts.gone += intake_.writer().drop_file(gone_[i]); });
      if (i % batch == batch - 1) intake_.commit();
    }
    intake_.commit();
  }

  void trust_folders() {
    intake_.in_batch([&] {
      for (const auto folder : missing_) sources_.remove_folder(folder);
      for (const auto& [folder, stamp] : stamps_) sources_.set_stamp(folder, stamp);
    });
    intake_.commit();
  }

  void note_problem(const std::string& folder, const std::string& why) {
    if (!is_excepted_folder(folder, source_.except)) problems_.emplace(folder, why);
  }

  /// After what is gone has gone: so a folder loses the problem of an earlier run, and gets the one of this run.
  void record_problems() {
    auto& counts = intake_.progress().counts;
    for (const auto& problem : problems_) {
      intake_.in_batch([&] { sources_.folder_problem(sources_.folder(source_.id, problem.first), problem.second); });
      ++counts.unreadable;
      ++counts.unreadable_why["folder_unreadable"];
    }
    intake_.commit();
  }

  Intake& intake_;
  personal::Sources& sources_;
  const personal::Source& source_;
  std::shared_ptr<const personal::Except> except_;
  std::unordered_map<std::string, personal::Folder> known_folders_;
  std::unordered_map<std::int64_t, const DiskFolder*> folders_;  ///< those looked into, by FolderId; of run()'s walk
  std::map<std::string, std::string> problems_;                  ///< why, by folder
  std::vector<personal::FileId> gone_;
  std::vector<personal::FolderId> missing_;
  std::vector<std::pair<personal::FolderId, std::int64_t>> stamps_;
};

}  // namespace

Result<Done> index_folder(Intake& intake, const personal::Source& source) {
  return FolderRun(intake, source).run();
}

}  // namespace entregent::ingest
