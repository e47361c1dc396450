// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/walk.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/owned.h"

namespace entregent::ingest {
namespace {

using Directory = Owned<DIR, closedir>;

constexpr std::array<std::string_view, 8> passed_over = {".notmuch", ".git", ".svn",    ".hg",
                                                         "xapian",   ".mu",  "mozmsgs", "node_modules"};

std::int64_t nanoseconds(const timespec& at) {
  return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

bool is_folder(const std::filesystem::path& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
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
  if (name.ends_with(".mozmsgs")) return true;
  return std::ranges::find(passed_over, name) != passed_over.end();
}

struct Entry {
  std::string name;
  unsigned char type = DT_UNKNOWN;
};

Result<std::vector<Entry>> entries(const std::filesystem::path& path) {
  const Directory directory(::opendir(path.c_str()));
  if (!directory) return fail({ErrorCode::unavailable, N_("A folder cannot be read: {0}."), std::strerror(errno)});
  std::vector<Entry> result;
  while (const dirent* entry = ::readdir(directory.get())) {
    result.push_back({entry->d_name, entry->d_type});
  }
  return result;
}

class Walker {
 public:
  explicit Walker(Walk& walk) : walk_(walk) {}

  void visit(const std::filesystem::path& path, const std::string& name, int depth) {
    constexpr int deepest = 64;
    if (depth > deepest) return walk_.problems.push_back({name, "nested too deep"});
    const bool maildir = is_folder(path / "cur") && is_folder(path / "new");
    walk_.folders.push_back(
        {.path = path, .name = name, .maildir = maildir, .stamp = maildir ? maildir_stamp(path) : std::nullopt});
    auto listed = entries(path);
    if (!listed) return walk_.problems.push_back({name, listed.error().detail});
    for (const auto& entry : *listed) {
      if (is_left_out(entry.name, maildir)) continue;
      const auto below = path / entry.name;
      const bool folder = entry.type == DT_DIR || (entry.type == DT_UNKNOWN && is_folder(below));
      if (folder) visit(below, name.empty() ? entry.name : name + "/" + entry.name, depth + 1);
    }
  }

 private:
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

Result<Done> add_files(const DiskFolder& folder, std::vector<DiskFile>& files) {
  auto listed = entries(folder.path);
  if (!listed) return fail(listed.error());
  for (auto& entry : *listed) {
    if (entry.type == DT_DIR) continue;
    struct stat info {};
    if (::lstat((folder.path / entry.name).c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
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
    result.folders.push_back({.path = root, .name = "", .maildir = false, .stamp = {}});
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
  if (folder.maildir) {
    for (const char* part : {"cur", "new"}) {
      const auto added = add_maildir_files(folder, part, files);
      if (!added) return fail(added.error());
    }
  } else if (const auto added = add_files(folder, files); !added) {
    return fail(added.error());
  }
  // A Maildir's names begin with the second of delivery: ids then nearly follow dates, which find() makes use of.
  std::ranges::sort(files,
                    [](const DiskFile& a, const DiskFile& b) { return maildir_base(a.name) < maildir_base(b.name); });
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
