// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/discover.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include "base/text.h"
#include "ingest/muttrc.h"

namespace entregent::ingest {
namespace {

namespace fs = std::filesystem;

/// What mail programs write beside mail: Thunderbird's summaries and filters, Dovecot's indexes.
bool is_beside_mail(const std::string& name) {
  return name.starts_with('.') || name.starts_with("dovecot") || name.ends_with(".msf") || name.ends_with(".dat");
}

/// Some bytes that may be mail. An account that was set up and never read has a folder, with empty files in it.
bool holds_mail(const fs::path& path) {
  std::error_code error;
  const auto is_mail = [](const fs::path& file) {
    std::error_code failed;
    return fs::is_regular_file(fs::symlink_status(file, failed)) && fs::file_size(file, failed) > 0 && !failed;
  };
  if (!fs::is_directory(path, error)) return is_mail(path);
  constexpr int enough = 10'000;  // of a folder with so many entries it is taken for granted
  int looked_at = 0;
  auto entry = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
    if (++looked_at > enough) return true;
    if (!is_beside_mail(entry->path().filename().string()) && is_mail(entry->path())) return true;
  }
  return false;
}

/// By name: a directory tells its entries in any order.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  auto entry = fs::directory_iterator(folder, error);
  for (const fs::directory_iterator end; !error && entry != end; entry.increment(error))
    entries.push_back(entry->path());
  std::ranges::sort(entries);
  return entries;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// The profiles that `root`/profiles.ini names: `Path=`, from `root` on if `IsRelative=1`, as is if it is 0.
std::vector<fs::path> named_profiles(const fs::path& root) {
  std::vector<fs::path> profiles;
  std::error_code error;
  if (!fs::is_regular_file(root / "profiles.ini", error)) return profiles;
  std::ifstream file(root / "profiles.ini");
  std::string path;
  bool relative = true;
  const auto end_section = [&] {
    if (!path.empty()) profiles.push_back(relative ? root / path : fs::path(path));
    path.clear();
    relative = true;
  };
  for (std::string text; std::getline(file, text);) {
    const auto line = trimmed(text);
    if (line.starts_with('[')) end_section();
    if (line.starts_with("Path=")) path = line.substr(5);
    if (line.starts_with("IsRelative=")) relative = line.substr(11) != "0";
  }
  end_section();
  return profiles;
}

/// Where an account's mail was moved out of its profile: `user_pref("mail.server.server2.directory", "/data/mail");`.
std::vector<fs::path> moved_accounts(const fs::path& profile) {
  constexpr std::string_view begin = "user_pref(\"mail.server.", middle = ".directory\", \"", end = "\");";
  std::vector<fs::path> folders;
  std::error_code error;
  if (!fs::is_regular_file(profile / "prefs.js", error)) return folders;
  std::ifstream file(profile / "prefs.js");
  for (std::string line; std::getline(file, line);) {
    const std::string_view text = trimmed(line);
    const auto at = text.find(middle);
    if (!text.starts_with(begin) || !text.ends_with(end) || at == std::string_view::npos) continue;
    std::string path(text.substr(at + middle.size()));
    path.resize(path.size() - end.size());
    if (path.starts_with('/')) folders.emplace_back(path);
  }
  return folders;
}

class Discovery {
 public:
  explicit Discovery(const fs::path& home) : home_(home) {
    std::error_code error;
    real_home_ = fs::canonical(home, error);
  }

  void look_below_home() {
    thunderbird();
    apple_mail();
    mutt();
    for (const char* name : {"Maildir", ".maildir", ".mail"}) add("Maildir", home_ / name);
    for (const char* name : {"Mail", "mail"}) add("Mail", home_ / name);
  }
  /// Of this machine, whosever home was looked at.
  void look_at_spool() {
    const char* user = std::getenv("USER");
    if (user == nullptr || *user == '\0') return;
    for (const char* place : {"/var/mail", "/var/spool/mail"}) add("mail", fs::path(place) / user);
  }
  std::vector<DiscoveredSource> found() { return std::move(found_); }

 private:
  /// Nothing twice, and nothing that lies in something found: one source would refuse the other.
  void add(const std::string& program, const fs::path& path) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error || lies_in(real_home_, real)) return;
    if (std::ranges::any_of(found_, [&](const auto& other) { return lies_in(real, other.path); })) return;
    if (!holds_mail(real)) return;
    std::erase_if(found_, [&](const auto& other) { return lies_in(other.path, real); });
    found_.push_back({program, real});
  }

  void thunderbird() {
    constexpr std::array<const char*, 6> places = {".thunderbird",         ".icedove",
                                                   ".mozilla-thunderbird", "snap/thunderbird/common/.thunderbird",
                                                   "Library/Thunderbird",  "AppData/Roaming/Thunderbird"};
    for (const char* place : places) thunderbird(home_ / place);
    for (const auto& program : entries_of(home_ / ".var/app"))
      if (folded(program.filename().string()).find("thunderbird") != std::string::npos)
        thunderbird(program / ".thunderbird");
  }

  void thunderbird(const fs::path& root) {
    auto profiles = named_profiles(root);
    // Also those that profiles.ini has lost: their mail is there still.
    for (const auto& folder : {root, root / "Profiles"})
      std::ranges::copy(entries_of(folder), std::back_inserter(profiles));
    for (const auto& profile : profiles) {
      for (const char* kind : {"Mail", "ImapMail"}) add("Thunderbird", profile / kind);
      for (const auto& folder : moved_accounts(profile)) add("Thunderbird", folder);
    }
  }

  /// Its own folders are V2, V10 …, one for each version that kept mail in another way; what is exported or was left by
  /// the oldest lies beside them.
  void apple_mail() {
    for (const auto& entry : entries_of(home_ / "Library/Mail")) {
      const std::string name = entry.filename().string();
      const bool version = name.size() > 1 && name[0] == 'V' && name.find_first_not_of("0123456789", 1) == name.npos;
      if (version || name == "Mailboxes" || name.ends_with(".mbox")) add("Apple Mail", entry);
    }
  }

  void mutt() {
    for (const char* name : {".muttrc", ".mutt/muttrc", ".config/mutt/muttrc", ".neomuttrc", ".neomutt/neomuttrc",
                             ".config/neomutt/neomuttrc", ".config/neomutt/muttrc"}) {
      for (const auto& folder : mutt_folders(home_ / name, home_)) add("mutt", folder);
    }
  }

  fs::path home_, real_home_;
  std::vector<DiscoveredSource> found_;
};

}  // namespace

std::vector<DiscoveredSource> discover_sources(const fs::path& home) {
  const char* own = std::getenv("HOME");
  if (home.empty() && own == nullptr) return {};
  Discovery discovery(home.empty() ? fs::path(own) : home);
  discovery.look_below_home();
  if (home.empty()) discovery.look_at_spool();
  return discovery.found();
}

}  // namespace entregent::ingest
