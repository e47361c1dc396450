// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/exports/csv_table.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "readers/foreign_text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

class CsvCutter {
 public:
  CsvCutter(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  std::vector<std::string> row() {
    std::vector<std::string> cells;
    for (;;) {
      std::string one = cell();
      if (cells.size() < limits::csv_columns) cells.push_back(std::move(one));
      if (at_end()) return cells;
      const char c = text_[at_++];
      if (c == delimiter_) {
        if (!at_end()) continue;
        if (cells.size() < limits::csv_columns) cells.emplace_back();
        return cells;
      }
      if (c == '\r' && !at_end() && text_[at_] == '\n') ++at_;
      return cells;
    }
  }

 private:
  std::string cell() {
    std::size_t begin = at_;
    while (begin < text_.size() && text_[begin] == ' ') ++begin;
    if (begin < text_.size() && text_[begin] == '"') {
      std::string quoted;
      if (take_quoted(begin, quoted)) return quoted;
    }
    const std::size_t from = at_;
    while (!at_end() && text_[at_] != delimiter_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    return std::string(trimmed(text_.substr(from, at_ - from)));
  }

  /// No where the quote is not closed: then it is a sign like any other.
  bool take_quoted(std::size_t begin, std::string& cell) {
    std::size_t at = begin + 1;
    for (;;) {
      const std::size_t quote = text_.find('"', at);
      if (quote == std::string_view::npos) return false;
      cell += text_.substr(at, quote - at);
      at = quote + 1;
      if (at < text_.size() && text_[at] == '"') {
        cell += '"';
        ++at;
        continue;
      }
      // Words behind the closing quote belong to the cell as they stand.
      const std::size_t from = at;
      while (at < text_.size() && text_[at] != delimiter_ && text_[at] != '\n' && text_[at] != '\r') ++at;
      cell += trimmed(text_.substr(from, at - from));
      at_ = at;
      return true;
    }
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
};

bool is_blank_row(const std::vector<std::string>& row) {
  return std::ranges::all_of(row, [](const std::string& cell) { return trimmed(cell).empty(); });
}

/// How many of the first rows have the most usual number of cells, times that number: a preamble spoils little.
std::size_t evenness(std::string_view text, char delimiter) {
  constexpr int looked_at = 40;
  std::map<std::size_t, std::size_t> sizes;
  CsvCutter cutter(text, delimiter);
  for (int i = 0; i < looked_at && !cutter.at_end(); ++i) ++sizes[cutter.row().size()];
  std::size_t best = 0;
  for (const auto& [cells, rows] : sizes)
    if (cells > 1) best = std::max(best, rows * std::min<std::size_t>(cells, 50));
  return best;
}

char delimiter_of(std::string_view text) {
  char best = ',';
  std::size_t most = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const std::size_t even = evenness(text, candidate);
    if (even > most) {
      most = even;
      best = candidate;
    }
  }
  return best;
}

/// Excel's own first line, `sep=;`, taken off.
char declared_delimiter(std::string_view& text) {
  if (text.size() < 5 || (lower(text.substr(0, 4)) != "sep=") || text[4] == '\n' || text[4] == '\r') return '\0';
  const char delimiter = text[4];
  text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return delimiter;
}

}  // namespace

CsvTable read_csv(std::string_view bytes, NoticeSet& notices) {
  NoticeSet guessed;  // a table declares no charset
  const std::string decoded = decode_text(bytes, "", guessed);
  std::string_view text = decoded;
  CsvTable table;
  const char declared = declared_delimiter(text);
  table.delimiter = declared != '\0' ? declared : delimiter_of(text);
  CsvCutter cutter(text, table.delimiter);
  while (!cutter.at_end()) {
    if (table.rows.size() >= limits::csv_rows) {
      notices.add(Notice::truncated);
      break;
    }
    auto row = cutter.row();
    if (!is_blank_row(row)) table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace entregent::readers
