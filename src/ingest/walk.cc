// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/walk.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/owned.h"

namespace entregent::ingest {
namespace {

using Directory = Owned<DIR, closedir>;

/// What a program keeps beside mail: a folder of this name, with this inside. The name alone proves nothing: a mailing
/// list's folder is called xapian or node_modules too, and `.git` is what Maildir++ calls a folder named git.
struct OtherProgram {
  std::string_view folder, sign;
};
constexpr std::array<OtherProgram, 13> other_programs = {{{".notmuch", "xapian"},
                                                          {".mu", "xapian"},
                                                          {"xapian", "iamglass"},
                                                          {"xapian", "iamhoney"},
                                                          {"xapian", "iamchert"},
                                                          {".git", "refs/heads"},
                                                          {".svn", "wc.db"},
                                                          {".svn", "entries"},
                                                          {".hg", "requires"},
                                                          {"node_modules", ".package-lock.json"},
                                                          {"node_modules", ".yarn-integrity"},
                                                          {"node_modules", ".modules.yaml"},
                                                          {"node_modules", "../package.json"}}};

std::int64_t nanoseconds(const timespec& at) {
  return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

std::string reason(int error) {
  if (error == EACCES || error == EPERM) return N_("its permissions do not allow it");
  return std::strerror(error);
}

/// What is gone may be forgotten; what the disk or a permission hides may not.
Error refusal(int error) {
  const bool gone = error == ENOENT || error == ENOTDIR;
  return {gone ? ErrorCode::not_found : ErrorCode::unavailable, N_("A folder cannot be read: {0}."), reason(error)};
}

/// No: there is nothing of that name, or something else.
Result<bool> is_folder(const std::filesystem::path& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) == 0) return S_ISDIR(info.st_mode);
  auto error = refusal(errno);
  if (error.code == ErrorCode::not_found) return false;
  return fail(std::move(error));
}

Result<bool> is_maildir(const std::filesystem::path& path) {
  for (const char* part : {"cur", "new"}) {
    auto there = is_folder(path / part);
    if (!there || !*there) return there;
  }
  return true;
}

std::optional<std::int64_t> trusted_mtime(const std::filesystem::path& path, std::int64_t now) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::nullopt;
  const std::int64_t at = nanoseconds(info.st_mtim);
  constexpr std::int64_t two_seconds = 2'000'000'000;
  return at + two_seconds <= now ? std::optional(at) : std::nullopt;
}

std::optional<std::int64_t> maildir_stamp(const std::filesystem::path& path) {
  const std::int64_t now = now_ns();
  const auto cur = trusted_mtime(path / "cur", now);
  const auto fresh = trusted_mtime(path / "new", now);
  if (!cur || !fresh) return std::nullopt;
  // Not a sum: both could move in opposite ways.
  return *cur ^ (*fresh << 1 | static_cast<std::int64_t>(static_cast<std::uint64_t>(*fresh) >> 63U));
}

bool is_left_out(std::string_view name, bool in_maildir) {
  if (name == "." || name == "..") return true;
  if (in_maildir && (name == "cur" || name == "new" || name == "tmp")) return true;
  return name == "mozmsgs" || name.ends_with(".mozmsgs");  // what Thunderbird writes for a desktop's search
}

bool is_another_programs(const std::filesystem::path& path, std::string_view name) {
  const auto shows = [&](const OtherProgram& other) {
    struct stat info {};
    return name == other.folder && ::lstat((path / other.sign).c_str(), &info) == 0;
  };
  if (std::ranges::none_of(other_programs, shows)) return false;
  const auto maildir = is_maildir(path);
  return maildir && !*maildir;
}

struct Entry {
  std::string name;
  unsigned char type = DT_UNKNOWN;
};

bool may_be_file(const Entry& entry) {
  return entry.type == DT_REG || (entry.type == DT_UNKNOWN && entry.name != "." && entry.name != "..");
}

/// All of them, or none: a listing that breaks off (a disk that fails, a server that is away) tells nothing.
Result<std::vector<Entry>> entries(const std::filesystem::path& path) {
  const Directory directory(::opendir(path.c_str()));
  if (!directory) return fail(refusal(errno));
  std::vector<Entry> result;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(directory.get());
    if (entry == nullptr) break;
    result.push_back({entry->d_name, entry->d_type});
  }
  if (errno != 0) return fail(refusal(errno));
  return result;
}

class Walker {
 public:
  explicit Walker(Walk& walk) : walk_(walk) {}

  void visit(const std::filesystem::path& path, const std::string& name, int depth) {
    constexpr int deepest = 64;
    if (depth > deepest) return walk_.problems.push_back({name, N_("it lies too deep")});
    const auto maildir = is_maildir(path);
    if (!maildir) return give_up(name, maildir.error());
    const auto listed = entries(path);
    if (!listed) give_up(name, listed.error());
    if (!listed && listed.error().code == ErrorCode::not_found) return;
    // A Maildir that may not be listed may still be read in its cur and new.
    walk_.folders.push_back({.path = path,
                             .name = name,
                             .maildir = *maildir,
                             .holds_files = !listed || std::ranges::any_of(*listed, may_be_file),
                             .stamp = *maildir ? maildir_stamp(path) : std::nullopt});
    if (!listed) return;
    for (const auto& entry : *listed) {
      if (!is_left_out(entry.name, *maildir)) visit_entry(path, name, entry, depth);
    }
  }

 private:
  void visit_entry(const std::filesystem::path& path, const std::string& name, const Entry& entry, int depth) {
    if (entry.type != DT_DIR && entry.type != DT_UNKNOWN) return;
    const auto below = path / entry.name;
    const std::string name_below = name.empty() ? entry.name : name + "/" + entry.name;
    const auto folder = entry.type == DT_DIR ? Result<bool>(true) : is_folder(below);
    if (!folder) return give_up(name_below, folder.error());
    if (*folder && !is_another_programs(below, entry.name)) visit(below, name_below, depth + 1);
  }

  void give_up(const std::string& name, const Error& error) {
    const bool is_root = name.empty();
    if (error.code == ErrorCode::not_found && !is_root) return;
    walk_.problems.push_back({name, error.detail});
  }

  Walk& walk_;
};

Result<Done> add_maildir_files(const DiskFolder& folder, const char* part, std::vector<DiskFile>& files) {
  auto listed = entries(folder.path / part);
  if (!listed) return fail(listed.error());
  for (auto& entry : *listed) {
    if (entry.name.starts_with('.')) continue;
    files.push_back({.name = std::string(part) + "/" + entry.name});
  }
  return Done{};
}

/// Mail moves from new to cur, never back: listed in this order none escapes, though one may be met twice. The later
/// name, in cur, is put first.
Result<Done> add_all_of_maildir(const DiskFolder& folder, std::vector<DiskFile>& files) {
  std::vector<DiskFile> fresh;
  const auto waiting = add_maildir_files(folder, "new", fresh);
  if (!waiting) return waiting;
  const auto seen = add_maildir_files(folder, "cur", files);
  if (!seen) return seen;
  std::ranges::move(fresh, std::back_inserter(files));
  return Done{};
}

/// Of files sorted by base.
void keep_one_of_each_base(std::vector<DiskFile>& files) {
  const auto same_base = [](const DiskFile& a, const DiskFile& b) {
    return maildir_base(a.name) == maildir_base(b.name);
  };
  files.erase(std::unique(files.begin(), files.end(), same_base), files.end());
}

Result<Done> add_files(const DiskFolder& folder, std::vector<DiskFile>& files) {
  auto listed = entries(folder.path);
  if (!listed) return fail(listed.error());
  for (auto& entry : *listed) {
    if (entry.type == DT_DIR) continue;
    struct stat info {};
    if (::lstat((folder.path / entry.name).c_str(), &info) != 0) {
      auto error = refusal(errno);
      if (error.code == ErrorCode::not_found) continue;
      return fail(std::move(error));
    }
    if (!S_ISREG(info.st_mode)) continue;
    files.push_back({.name = std::move(entry.name),
                     .size = info.st_size,
                     .mtime = nanoseconds(info.st_mtim),
                     .inode = static_cast<std::int64_t>(info.st_ino)});
  }
  return Done{};
}

}  // namespace

namespace {

/// Where `:2,` stands; on Windows' file systems programs write `!2,` or `;2,`.
std::size_t flags_mark(std::string_view name) {
  const auto mark = name.rfind("2,");
  if (mark == std::string_view::npos || mark == 0) return std::string_view::npos;
  return std::string_view(":!;").find(name[mark - 1]) == std::string_view::npos ? std::string_view::npos : mark - 1;
}

}  // namespace

Walk walk(const std::filesystem::path& root) {
  Walk result;
  struct stat info {};
  if (::stat(root.c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
    result.folders.push_back({.path = root, .name = "", .maildir = false, .holds_files = true, .stamp = {}});
    return result;
  }
  Walker(result).visit(root, "", 0);
  std::ranges::sort(result.folders, {}, &DiskFolder::name);
  return result;
}

Result<std::vector<DiskFile>> files_of(const DiskFolder& folder) {
  std::vector<DiskFile> files;
  struct stat info {};
  if (::stat(folder.path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
    files.push_back({.name = "",
                     .size = info.st_size,
                     .mtime = nanoseconds(info.st_mtim),
                     .inode = static_cast<std::int64_t>(info.st_ino)});
    return files;
  }
  const auto added = folder.maildir ? add_all_of_maildir(folder, files) : add_files(folder, files);
  if (!added) return fail(added.error());
  // A Maildir's names begin with the second of delivery: ids then nearly follow dates, which find() makes use of.
  std::ranges::stable_sort(files, {}, [](const DiskFile& file) { return maildir_base(file.name); });
  if (folder.maildir) keep_one_of_each_base(files);
  return files;
}

std::string_view maildir_base(std::string_view name) {
  if (name.starts_with("cur/") || name.starts_with("new/")) name.remove_prefix(4);
  return name.substr(0, flags_mark(name));
}

std::string_view maildir_flags(std::string_view name) {
  const auto mark = flags_mark(name);
  return mark == std::string_view::npos ? std::string_view() : name.substr(mark + 3);
}

}  // namespace entregent::ingest
