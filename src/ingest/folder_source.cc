// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/folder_source.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "ingest/admission.h"
#include "ingest/mbox_file.h"
#include "ingest/walk.h"

namespace entregent::ingest {
namespace {

readers::Format format_by_name(std::string_view name) {
  const auto ends = [&](std::string_view ending) { return name.size() > ending.size() && name.ends_with(ending); };
  if (ends(".vcf") || ends(".vcard")) return readers::Format::vcard;
  if (ends(".ics") || ends(".ical")) return readers::Format::calendar;
  if (ends(".emlx")) return readers::Format::emlx;
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
    if (found.folders.empty() || (found.folders.size() == 1 && !found.problems.empty())) {
      return fail({ErrorCode::unavailable, N_("The folder cannot be read: {0}."), source_.location});
    }
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
    if (intake_.stopped()) return Done{};
    // Only now: what was moved has been met at its new place, and stays the item that it was.
    drop_missing_folders(found);
    drop_all();
    if (intake_.stopped()) return Done{};
    trust_folders();
    return Done{};
  }

 private:
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
    if (!files) return;  // unreadable now: what it held stays
    personal::FolderId id;
    intake_.in_batch([&] {
      id = sources_.folder(source_.id, folder.name);
      // Until all of it is read and committed nobody may trust the folder's stamp.
      sources_.set_stamp(id, std::nullopt);
    });
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
    if (format != readers::Format::unknown || !begins_like_mbox(path_of(folder, file))) {
      return submit(folder, id, use, file, known, format);
    }
    MboxFile mbox{.path = path_of(folder, file),
                  .folder = id,
                  .use = folder_use(folder.name + "/" + file.name),
                  .known = known,
                  .found = file,
                  .except = except_};
    index_mbox(intake_, mbox);
  }

  static std::string path_of(const DiskFolder& folder, const DiskFile& file) {
    return file.name.empty() ? folder.path.string() : (folder.path / file.name).string();
  }

  void submit(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
              const personal::File& known, readers::Format format) {
    Stretch stretch{
        .folder = id,
        .file = {.id = known.id, .name = file.name, .size = file.size, .mtime = file.mtime, .inode = file.inode},
        .use = use,
        .except = except_};
    stretch.request.format = format;
    auto handle = open_patiently(intake_, path_of(folder, file));
    if (!handle) {
      if (handle.error().code == ErrorCode::not_found) return;  // gone since it was listed: the next run sees that
      // A permission may be given without a sign of it in the folder: each run tries again.
      if (handle.error().code == ErrorCode::forbidden) stretch.file.mtime = -1;
      return intake_.unreadable(stretch, handle.error());
    }
    if (known.format == static_cast<std::int64_t>(readers::Format::mbox)) drop_parts(known.id);
    stretch.handle = *std::move(handle);
    intake_.submit(std::move(stretch));
  }

  /// Of a file that was an mbox and is none any more: emptied, as a rule.
  void drop_parts(personal::FileId file) {
    intake_.in_batch([&] {
      for (const auto& part : sources_.parts(file))
        intake_.progress().counts.gone += intake_.writer().drop_part(file, part.part);
    });
  }

  void drop_missing_folders(const Walk& found) {
    std::unordered_set<std::string> there;
    for (const auto& folder : found.folders)
      if (!is_excepted_folder(folder.name, source_.except)) there.insert(sources_.stored_name(folder.name));
    for (const auto& folder : sources_.folders(source_.id)) {
      if (there.contains(folder.path) || is_out_of_sight(folder.path, found)) continue;
      sources_.each_file(folder.id, [&](const personal::File& file) { gone_.push_back(file.id); });
      missing_.push_back(folder.id);
    }
  }

  /// What lies below a folder that cannot be looked into may well be there still.
  bool is_out_of_sight(const std::string& path, const Walk& found) {
    return std::ranges::any_of(found.problems, [&](const WalkProblem& problem) {
      const std::string name = sources_.stored_name(problem.name);
      return path.size() > name.size() && path.starts_with(name) && path[name.size()] == '/';
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

  Intake& intake_;
  personal::Sources& sources_;
  const personal::Source& source_;
  std::shared_ptr<const personal::Except> except_;
  std::unordered_map<std::string, personal::Folder> known_folders_;
  std::vector<personal::FileId> gone_;
  std::vector<personal::FolderId> missing_;
  std::vector<std::pair<personal::FolderId, std::int64_t>> stamps_;
};

}  // namespace

Result<Done> index_folder(Intake& intake, const personal::Source& source) {
  return FolderRun(intake, source).run();
}

}  // namespace entregent::ingest
