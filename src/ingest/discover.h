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

/// Looks where mail programs keep their folders below `home`, which may be copied from another machine (by default the
/// user's own, and then the system's mail spool too): Thunderbird's profiles, also Snap's, Flatpak's, a Mac's and those
/// that profiles.ini places elsewhere, and accounts that their prefs.js moved out of them; Apple Mail's library, and
/// what was exported into it; what a muttrc or neomuttrc names (muttrc.h); ~/Maildir, ~/Mail, ~/mail. Only what exists
/// and holds some mail, nothing twice, nothing that lies in another of them, never `home` itself. Nothing is opened but
/// those settings.
std::vector<DiscoveredSource> discover_sources(const std::filesystem::path& home = {});

}  // namespace entregent::ingest
