// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "demo/truth.h"

/// The demo world: a French consultant's mail, cards and calendar of three years, all invented, as ordinary files.
namespace entregent::demo {

struct WorldOptions {
  std::uint64_t seed = 1;
  int messages = 3000;       ///< distinct ones, give or take 2 %; at least 1000
  int correspondents = 180;  ///< humans other than me; at least 60
  std::chrono::sys_days last_day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};
  std::string
      marker;  ///< ASCII letters; if set, every name, address, subject, text and file name of the world holds it
};

/// Writes the world below `folder` (made if absent): `sources/…`, the folders to index, and beside them `truth.json`.
/// The same options give the same bytes on every machine. What already lies below `folder/sources` is removed first.
/// Throws std::filesystem::filesystem_error or std::runtime_error where a file cannot be written.
Truth write_world(const std::filesystem::path& folder, const WorldOptions& options = {});

/// The names of the traps that every world holds at least once, as keys of Truth::traps.
std::vector<std::string> traps();

}  // namespace entregent::demo
