// SPDX-License-Identifier: AGPL-3.0-or-later
#include "word_list.h"

#include <span>
#include <stdexcept>

#include "base/embedded_file.h"

namespace entregent::bench {

std::span<const base::EmbeddedFile> word_files();  // made by cmake/embed.cmake

namespace {

std::string_view file_bytes(std::string_view file) {
  for (const base::EmbeddedFile& embedded : word_files())
    if (embedded.name == file) return embedded.bytes;
  throw std::logic_error("no word list " + std::string(file));
}

std::string_view section_bytes(std::string_view file, std::string_view section) {
  const std::string_view bytes = file_bytes(file);
  const std::string title = "\n[" + std::string(section) + "]\n";
  const std::size_t begin = bytes.find(title);
  if (begin == std::string_view::npos) throw std::logic_error("no section " + title);
  const std::string_view rest = bytes.substr(begin + title.size());
  return rest.substr(0, rest.find("\n["));
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(separators);
    if (end != 0) parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

}  // namespace

std::vector<std::string> listed_words(std::string_view file, std::string_view section) {
  return split(section_bytes(file, section), " \n");
}

std::vector<std::string> listed_phrases(std::string_view file, std::string_view section) {
  return split(section_bytes(file, section), "|\n");
}

}  // namespace entregent::bench
