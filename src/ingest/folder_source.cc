// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/folder_source.h"

#include <algorithm>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "ingest/admission.h"
#include "ingest/mbox_file.h"
#include "ingest/walk.h"

namespace entregent::ingest {
namespace {

constexpr std::int64_t mbox_unit_bytes = 8192;

readers::Format format_by_name(std::string_view name) {
  const auto ends = [&](std::string_view ending) { return name.size() > ending.size() && name.ends_with(ending); };
  if (ends(".vcf") || ends(".vcard")) return readers::Format::vcard;
  if (ends(".ics") || ends(".ical")) return readers::Format::calendar;
  if (ends(".emlx")) return readers::Format::emlx;
  return readers::Format::unknown;
}

std::uint64_t units_of(const DiskFile& file) {
  return 1 + static_cast<std::uint64_t>(file.size > 1 << 20 ? file.size / mbox_unit_bytes : 0);
}

bool same_stat(const personal::File& known, const DiskFile& found) {
  return known.size == found.size && known.mtime == found.mtime && known.inode == found.inode;
}

class FolderRun {
 public:
  FolderRun(Intake& intake, const personal::Source& source)
      : intake_(intake), sources_(intake.sources()), source_(source) {}

  Result<Done> run() {
    const Walk found = walk(source_.location);
    if (found.folders.empty() || (found.folders.size() == 1 && !found.problems.empty())) {
      return fail({ErrorCode::unavailable, N_("The folder cannot be read: {0}."), source_.location});
    }
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
    if (!intake_.stopped()) drop_missing_folders(found);
    read_again();
    return Done{};
  }

 private:
  struct Listing {
    std::vector<DiskFile> files;
    bool readable = true;
  };

  void look(const DiskFolder& folder, std::vector<const DiskFolder*>& changed) {
    const auto known = known_folders_.find(folder.name);
    if (known_folders_.empty()) read_known_folders();
    const auto entry = known == known_folders_.end() ? known_folders_.find(folder.name) : known;
    const bool same = entry != known_folders_.end() && folder.stamp && entry->second.stamp == folder.stamp;
    if (!same) changed.push_back(&folder);
  }

  void read_known_folders() {
    for (auto& folder : sources_.folders(source_.id)) known_folders_.emplace(folder.path, folder);
    known_folders_.try_emplace("\n");  // not empty any more: read once
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
    if (intake_.stopped()) return;
    intake_.drain();
    if (folder.stamp) intake_.in_batch([&] { sources_.set_stamp(id, folder.stamp); });
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
      const auto entry = known.find(std::string(maildir_base(file.name)));
      if (entry == known.end()) {
        read_maildir_file(folder, id, use, file, {});
        continue;
      }
      // The name tells the flags: a change of them is a rename, the content stays.
      if (entry->second.name != file.name) intake_.in_batch([&] { sources_.rename_file(entry->second.id, file.name); });
      if (entry->second.mtime == -1) {
        read_maildir_file(folder, id, use, file, entry->second.id);
      } else {
        ++intake_.progress().done_units;
      }
      known.erase(entry);
    }
    for (const auto& [base, gone] : known) drop(gone.id);
  }

  void read_maildir_file(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
                         personal::FileId known) {
    const auto flags = maildir_flags(file.name);
    if (flags.find('T') != std::string_view::npos) use = FolderUse::trash;
    if (flags.find('D') != std::string_view::npos) use = FolderUse::drafts;
    submit(folder, id, use, file, known, readers::Format::mail);
  }

  void index_files(const DiskFolder& folder, personal::FolderId id, FolderUse use, const std::vector<DiskFile>& files) {
    std::unordered_map<std::string, personal::File> known;
    sources_.each_file(id, [&](const personal::File& file) { known.emplace(file.name, file); });
    for (const auto& file : files) {
      if (intake_.stopped()) return;
      const auto entry = known.find(file.name);
      const bool unchanged = entry != known.end() && same_stat(entry->second, file);
      if (unchanged) {
        intake_.progress().done_units += units_of(file);
      } else {
        read_file(folder, id, use, file, entry == known.end() ? personal::File{} : entry->second);
      }
      if (entry != known.end()) known.erase(entry);
    }
    for (const auto& [name, gone] : known) drop(gone.id);
  }

  void read_file(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
                 const personal::File& known) {
    const auto format = format_by_name(file.name);
    if (format != readers::Format::unknown || !begins_like_mbox(path_of(folder, file))) {
      return submit(folder, id, use, file, known.id, format);
    }
    MboxFile mbox{.path = path_of(folder, file),
                  .folder = id,
                  .use = folder_use(folder.name + "/" + file.name),
                  .known = known,
                  .found = file,
                  .except = &source_.except};
    index_mbox(intake_, mbox);
  }

  static std::string path_of(const DiskFolder& folder, const DiskFile& file) {
    return file.name.empty() ? folder.path.string() : (folder.path / file.name).string();
  }

  void submit(const DiskFolder& folder, personal::FolderId id, FolderUse use, const DiskFile& file,
              personal::FileId known, readers::Format format) {
    Stretch stretch{
        .folder = id,
        .file = {.id = known, .name = file.name, .size = file.size, .mtime = file.mtime, .inode = file.inode},
        .use = use,
        .except = &source_.except};
    stretch.request.format = format;
    auto handle = open_patiently(intake_, path_of(folder, file));
    if (!handle) {
      if (handle.error().code != ErrorCode::not_found) intake_.unreadable(stretch, handle.error());
      return;  // gone since it was listed: the next run sees that
    }
    stretch.handle = *std::move(handle);
    intake_.submit(std::move(stretch));
  }

  void drop(personal::FileId file) {
    intake_.in_batch([&] { intake_.progress().counts.gone += intake_.writer().drop_file(file); });
  }

  void drop_missing_folders(const Walk& found) {
    std::unordered_set<std::string> there;
    for (const auto& folder : found.folders)
      if (!is_excepted_folder(folder.name, source_.except)) there.insert(folder.name);
    for (const auto& folder : sources_.folders(source_.id)) {
      if (there.contains(folder.path)) continue;
      std::vector<personal::FileId> files;
      sources_.each_file(folder.id, [&](const personal::File& file) { files.push_back(file.id); });
      for (const auto file : files) drop(file);
      intake_.in_batch([&] { sources_.remove_folder(folder.id); });
    }
    intake_.commit();
  }

  /// Files whose item lost its best copy elsewhere: their folders are not trusted any more and are looked at once more.
  void read_again() {
    if (intake_.stopped() || intake_.writer().take_to_reread().empty()) return;
    const Walk found = walk(source_.location);
    for (const auto& folder : found.folders) {
      if (is_excepted_folder(folder.name, source_.except)) continue;
      index(folder);
    }
    intake_.drain();
  }

  Intake& intake_;
  personal::Sources& sources_;
  const personal::Source& source_;
  std::unordered_map<std::string, personal::Folder> known_folders_;
};

}  // namespace

Result<Done> index_folder(Intake& intake, const personal::Source& source) {
  return FolderRun(intake, source).run();
}

}  // namespace entregent::ingest
