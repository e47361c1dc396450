// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/discover.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include "base/text.h"

namespace entregent::ingest {
namespace {

namespace fs = std::filesystem;

bool holds_something(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return !fs::is_empty(path, error) && !error;
  return fs::is_regular_file(path, error) && fs::file_size(path, error) > 0;
}

class Discovery {
 public:
  explicit Discovery(fs::path home) : home_(std::move(home)) {}

  std::vector<DiscoveredSource> run() {
    thunderbird();
    apple_mail();
    mutt();
    for (const char* name : {"Maildir", ".maildir", ".mail"}) add("Maildir", home_ / name);
    for (const char* name : {"Mail", "mail"}) add("Mail", home_ / name);
    spool();
    return std::move(found_);
  }

 private:
  /// Nothing twice, and nothing that lies in something found.
  void add(const std::string& program, const fs::path& path) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error || !holds_something(real)) return;
    const auto covers = [&](const DiscoveredSource& other) {
      const auto relative = real.lexically_relative(other.path);
      return !relative.empty() && *relative.begin() != "..";
    };
    if (std::ranges::none_of(found_, covers)) found_.push_back({program, real});
  }

  void thunderbird() {
    constexpr std::array<const char*, 5> places = {".thunderbird", ".icedove", "snap/thunderbird/common/.thunderbird",
                                                   ".var/app/org.mozilla.Thunderbird/.thunderbird",
                                                   "Library/Thunderbird/Profiles"};
    for (const char* place : places) {
      std::error_code error;
      for (const auto& profile : fs::directory_iterator(home_ / place, error)) {
        for (const char* kind : {"Mail", "ImapMail"}) add("Thunderbird", profile.path() / kind);
      }
    }
  }

  void apple_mail() {
    std::error_code error;
    for (const auto& version : fs::directory_iterator(home_ / "Library" / "Mail", error)) {
      if (version.path().filename().string().starts_with("V")) add("Apple Mail", version.path());
    }
  }

  /// `set folder = ~/Mail`, `set spoolfile="+INBOX"`: mutt(1), "Setting variables".
  void mutt() {
    for (const char* name :
         {".muttrc", ".mutt/muttrc", ".config/mutt/muttrc", ".config/neomutt/neomuttrc", ".neomuttrc"}) {
      std::ifstream file(home_ / name);
      for (std::string line; std::getline(file, line);) mutt_line(trimmed(line));
    }
  }

  void mutt_line(std::string_view line) {
    if (!line.starts_with("set ")) return;
    line = trimmed(line.substr(4));
    const auto equals = line.find('=');
    const auto name = trimmed(line.substr(0, equals));
    if (equals == std::string_view::npos ||
        (name != "folder" && name != "spoolfile" && name != "mbox" && name != "record"))
      return;
    auto value = std::string(trimmed(line.substr(equals + 1)));
    std::erase_if(value, [](char c) { return c == '"' || c == '\''; });
    if (value.starts_with("~/")) value = (home_ / value.substr(2)).string();
    if (value.starts_with("$HOME/")) value = (home_ / value.substr(6)).string();
    if (value.starts_with("/")) add("mutt", value);
  }

  void spool() {
    const char* user = std::getenv("USER");
    if (user == nullptr) return;
    for (const char* place : {"/var/mail", "/var/spool/mail"}) add("mail", fs::path(place) / user);
  }

  fs::path home_;
  std::vector<DiscoveredSource> found_;
};

}  // namespace

std::vector<DiscoveredSource> discover_sources(const fs::path& home) {
  if (!home.empty()) return Discovery(home).run();
  const char* own = std::getenv("HOME");
  return own == nullptr ? std::vector<DiscoveredSource>() : Discovery(own).run();
}

}  // namespace entregent::ingest
