// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/muttrc.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace entregent::ingest {
namespace {

namespace fs = std::filesystem;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

using Variables = std::map<std::string, std::string, std::less<>>;

struct Word {
  std::string text;
  bool known = true;  ///< no: what it stands for is only known to a program or to mutt itself
};

/// Takes a line apart as mutt does: the manual's "Syntax of Initialization Files".
class Words {
 public:
  Words(std::string_view line, const Variables& variables) : rest_(line), variables_(variables) {}

  /// Behind the last word, or at a comment.
  bool at_end() {
    skip_blanks();
    return rest_.empty() || rest_.front() == '#';
  }
  bool at_end_of_command() { return at_end() || rest_.front() == ';'; }
  bool take(char c) {
    if (at_end() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  enum class Until { blank, equals };
  Word next(Until until = Until::blank) {
    Word word;
    skip_blanks();
    char quote = 0;
    while (!rest_.empty()) {
      const char c = rest_.front();
      const bool ends = is_blank(c) || c == '#' || c == ';' || (c == '=' && until == Until::equals);
      if (quote == 0 && ends) break;
      rest_.remove_prefix(1);
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote == '\'') {
        word.text += c;
      } else {
        take_special(c, word);
      }
    }
    return word;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  void take_special(char c, Word& word) {
    if (c == '\\' && !rest_.empty()) {
      word.text += rest_.front();
      rest_.remove_prefix(1);
    } else if (c == '`') {
      const auto end = rest_.find('`');
      rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
      word.known = false;
    } else if (c == '$') {
      take_variable(word);
    } else {
      word.text += c;
    }
  }
  void take_variable(Word& word) {
    const bool braced = rest_.starts_with('{');
    if (braced) rest_.remove_prefix(1);
    const auto end = std::ranges::find_if_not(rest_, is_name);
    const auto name = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(name.size());
    if (braced && rest_.starts_with('}')) rest_.remove_prefix(1);
    const auto found = variables_.find(name);
    if (found == variables_.end()) {
      word.known = false;
    } else {
      word.text += found->second;
    }
  }

  std::string_view rest_;
  const Variables& variables_;
};

class Settings {
 public:
  explicit Settings(const fs::path& home) : home_(home) {
    // Not the rest of the environment: the home may have been copied from another machine.
    variables_["HOME"] = home.string();
    variables_["folder"] = default_folder_;
    if (const char* user = std::getenv("USER")) variables_["USER"] = user;
  }

  bool read(const fs::path& path, int depth = 0) {
    constexpr int deepest = 10;
    constexpr std::size_t most_files = 100;
    constexpr std::uintmax_t most_bytes = 1 << 20;
    std::error_code error;
    const auto real = fs::canonical(path, error);
    if (error || depth > deepest || files_.size() >= most_files) return false;
    if (!fs::is_regular_file(real, error) || fs::file_size(real, error) > most_bytes) return false;
    if (!files_.insert(real).second) return false;
    std::ifstream file(real);
    for (std::string line; next_line(file, line);) read_line(line, path.parent_path(), depth);
    return true;
  }

  std::vector<fs::path> folders() const {
    std::vector<fs::path> result;
    const auto roots = folders_.empty() ? std::vector{default_folder_} : folders_;
    for (const auto& root : roots) add(result, root);
    for (const auto& place : places_) {
      const bool below = place.starts_with('+') || place.starts_with('=');
      if (!below) add(result, place);
      // Several accounts set their folder one after the other: whichever of them was meant.
      for (std::size_t i = 0; below && i < roots.size(); ++i) add(result, roots[i] + '/' + place.substr(1));
    }
    return result;
  }

 private:
  /// A backslash at its end joins the next one.
  static bool next_line(std::istream& file, std::string& line) {
    if (!std::getline(file, line)) return false;
    for (std::string more; line.ends_with('\\') && !line.starts_with('#') && std::getline(file, more); line += more)
      line.pop_back();
    return true;
  }

  void read_line(std::string_view line, const fs::path& folder, int depth) {
    Words words(line, variables_);
    while (!words.at_end()) {
      if (words.take(';')) continue;
      const auto command = words.next().text;
      if (command == "set") {
        while (!words.at_end_of_command()) set(words);
      } else if (command == "mailboxes" || command == "named-mailboxes") {
        while (!words.at_end_of_command()) add_mailbox(words, command == "named-mailboxes");
      } else if (command == "source" && !words.at_end_of_command()) {
        source(words.next(), folder, depth);
      }
      while (!words.at_end_of_command()) words.next();
    }
  }

  void set(Words& words) {
    const auto name = words.next(Words::Until::equals).text;
    if (!words.take('=')) return;
    const auto value = words.next();
    if (!value.known) return;
    variables_[name] = value.text;
    constexpr std::array<std::string_view, 5> kept = {"folder", "spoolfile", "spool_file", "mbox", "record"};
    if (std::ranges::find(kept, name) == kept.end()) return;
    (name == "folder" ? folders_ : places_).push_back(value.text);
  }

  /// `mailboxes -nopoll -label "The team" +team =lists`, `named-mailboxes "The team" +team`
  void add_mailbox(Words& words, bool named) {
    if (named) words.next();
    const auto word = words.next();
    if (word.text == "-label") words.next();
    if (word.known && !word.text.starts_with('-')) places_.push_back(word.text);
  }

  void source(const Word& word, const fs::path& folder, int depth) {
    if (!word.known || word.text.empty() || word.text.ends_with('|')) return;
    if (word.text.starts_with('/') || word.text.starts_with('~')) {
      read(fs::path(absolute(word.text)), depth + 1);
    } else if (!read(folder / word.text, depth + 1)) {
      read(home_ / word.text, depth + 1);
    }
  }

  /// Empty for what lies on no disk, or in somebody else's home.
  std::string absolute(const std::string& value) const {
    if (value == "~" || value.starts_with("~/")) return home_.string() + value.substr(1);
    const bool elsewhere = value.starts_with('~') || value.find("://") != std::string::npos;
    if (value.empty() || elsewhere) return {};
    return value.starts_with('/') ? value : (home_ / value).string();
  }

  void add(std::vector<fs::path>& result, const std::string& value) const {
    const auto path = absolute(value);
    if (!path.empty()) result.emplace_back(path);
  }

  const std::string default_folder_ = "~/Mail";
  fs::path home_;
  Variables variables_;
  std::set<fs::path> files_;  ///< that were read: none is read twice
  std::vector<std::string> folders_, places_;
};

}  // namespace

std::vector<fs::path> mutt_folders(const fs::path& settings, const fs::path& home) {
  Settings read(home);
  return read.read(settings) ? read.folders() : std::vector<fs::path>();
}

}  // namespace entregent::ingest
