// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/transcript.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace entregent::tests {
namespace {

constexpr std::string_view shown_home = "/home/lea";

/// Words as a shell takes them apart: blanks between them, '…' and "…" around them; nothing else is special.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  char quote = 0;
  bool inside = false;
  for (const char c : line) {
    if (quote == 0 && c == ' ') {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (quote == c) {
      quote = 0;
    } else {
      words.back() += c;
    }
  }
  return words;
}

std::size_t settings_before_program(const std::vector<std::string>& words) {
  const auto is_setting = [](const std::string& word) { return word.find('=') != std::string::npos; };
  return static_cast<std::size_t>(std::ranges::find_if_not(words, is_setting) - words.begin());
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::vector<std::string> Transcript::Command::environment() const {
  auto words = words_of(line);
  words.resize(settings_before_program(words));
  return words;
}

std::string Transcript::Command::program() const {
  const auto words = words_of(line);
  return words.at(settings_before_program(words));
}

std::vector<std::string> Transcript::Command::arguments() const {
  const auto words = words_of(line);
  return {words.begin() + static_cast<std::ptrdiff_t>(settings_before_program(words)) + 1, words.end()};
}

bool Transcript::Command::json() const {
  return std::ranges::count(words_of(line), "--json") > 0;
}

Transcript read_transcript(const std::filesystem::path& file) {
  constexpr std::string_view home = "# home: ";
  constexpr std::string_view command = "$ ";
  std::ifstream lines(file);
  if (!lines) throw std::runtime_error(file.string() + " cannot be read");
  Transcript transcript;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(home)) transcript.home = line.substr(home.size());
    if (line.starts_with(command)) transcript.commands.push_back({line.substr(command.size())});
  }
  return transcript;
}

std::string to_real(std::string text, const std::filesystem::path& folder) {
  return replaced(std::move(text), shown_home, folder.string());
}

std::string from_real(std::string text, const std::filesystem::path& folder) {
  return replaced(std::move(text), folder.string(), shown_home);
}

std::string json_in_lines(const std::string& json) {
  return replaced(replaced(json, "},{", "},\n{"), "[{", "[\n{");
}

std::string recorded_text(const Transcript::Command& command, const Said& said) {
  std::string text = "$ " + command.line + '\n' + (command.json() ? json_in_lines(said.out) : said.out);
  if (!text.ends_with('\n')) text += "[no end of line]\n";
  std::istringstream errors(said.err);
  for (std::string line; std::getline(errors, line);) text += "! " + line + '\n';
  if (said.status != 0) text += "[status " + std::to_string(said.status) + "]\n";
  return text;
}

}  // namespace entregent::tests
