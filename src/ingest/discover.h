// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace entregent::ingest {

/// Mail that a program left on this machine.
struct DiscoveredSource {
  std::string program;  ///< `Thunderbird`, `Apple Mail`, `mutt`, `Maildir` …
  std::filesystem::path path;
};

/// Looks where mail programs keep their folders below `home` (by default the user's): Thunderbird's profiles (its own,
/// Snap's and Flatpak's), Apple Mail's library (also copied from a Mac), mutt's `folder` and `spoolfile` of its muttrc,
/// ~/Maildir, ~/Mail, ~/mail, the system's mail spool. Only what exists and is not empty; nothing is opened but muttrc
/// and profiles.ini.
std::vector<DiscoveredSource> discover_sources(const std::filesystem::path& home = {});

}  // namespace entregent::ingest
