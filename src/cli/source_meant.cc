// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/source_meant.h"

#include <charconv>
#include <filesystem>

namespace entregent::cli {

std::optional<personal::Source> source_meant(personal::Sources& sources, const std::string& word) {
  std::error_code error;
  const auto path = std::filesystem::weakly_canonical(word, error).string();
  if (auto source = sources.find(word)) return source;
  if (auto source = sources.find(path)) return source;
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (failed != std::errc() || end != word.data() + word.size()) return std::nullopt;
  for (auto& source : sources.list())
    if (source.id.value == number) return std::move(source);
  return std::nullopt;
}

}  // namespace entregent::cli
