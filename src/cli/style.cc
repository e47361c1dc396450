// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/style.h"

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "base/text.h"

namespace entregent::cli {
namespace {

constexpr int narrow_below = 70;

constexpr std::string_view bold_on = "\x1B[1m";
constexpr std::string_view faint_on = "\x1B[2m";
constexpr std::string_view all_off = "\x1B[0m";

std::string cleaned(std::string_view text, bool keep_lines) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c == '\n' && keep_lines) {
      result += '\n';
    } else if (c == '\n' || c == '\t') {
      result += ' ';
    } else if (!is_harmful(c)) {
      append_utf8(result, c);
    }
  }
  return result;
}

std::tm local_time(Instant at) {
  const std::time_t seconds =
      static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
  std::tm parts{};
  ::localtime_r(&seconds, &parts);
  return parts;
}

Day local_day(const std::tm& parts) {
  return std::chrono::year{parts.tm_year + 1900} / std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)} /
         std::chrono::day{static_cast<unsigned>(parts.tm_mday)};
}

/// Ideographs take two columns, marks none.
std::size_t columns_of(char32_t c) {
  const bool mark = (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x0591 && c <= 0x05BD) ||
                    (c >= 0x064B && c <= 0x065F) || (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E) ||
                    (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) ||
                    (c >= 0x3099 && c <= 0x309A) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) ||
                    (c >= 0x200B && c <= 0x200F) || (c >= 0x1F3FB && c <= 0x1F3FF);
  if (mark) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

bool is_harmful(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool direction =
      (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) || c == 0x200E || c == 0x200F || c == 0x061C;
  const bool line_end = c == 0x2028 || c == 0x2029;
  const bool unseen = c == 0x00AD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
                      (c >= 0xE0000 && c <= 0xE007F);
  return control || direction || line_end || unseen;
}

bool is_narrow(const Context& context) {
  return context.width < narrow_below;
}

std::string plain(std::string_view text) {
  return cleaned(text, false);
}
std::string plain_lines(std::string_view text) {
  return cleaned(text, true);
}

std::string bold(const Context& context, std::string_view text) {
  return context.styled ? fmt::format("{}{}{}", bold_on, text, all_off) : std::string(text);
}

std::string faint(const Context& context, std::string_view text) {
  return context.styled ? fmt::format("{}{}{}", faint_on, text, all_off) : std::string(text);
}

Day today_of(const Context& context) {
  return local_day(local_time(context.clock->now()));
}

std::string date(const Context& context, Instant at) {
  return context.language.short_date(local_day(local_time(at)));
}

std::string date_and_time(const Context& context, Instant at) {
  const std::tm parts = local_time(at);
  return fmt::format("{} {:02}:{:02}", context.language.short_date(local_day(parts)), parts.tm_hour, parts.tm_min);
}

std::string date_column(const Context& context, std::optional<Instant> at) {
  if (!at) return fitted(context.language.tr("no date"), date_width(context), Fill::yes);
  return fitted(is_narrow(context) ? date(context, *at) : date_and_time(context, *at), date_width(context), Fill::yes);
}

std::string day_column(const Context& context, Day day) {
  return fitted(context.language.short_date(day), date_width(context), Fill::yes);
}

std::size_t date_width(const Context& context) {
  constexpr std::size_t english = std::string_view("30 Nov 2026").size();
  constexpr std::size_t french = std::string_view("1er sept. 2026").size();
  constexpr std::size_t time = std::string_view(" 12:00").size();
  const std::size_t day = context.language == Language::english() ? english : french;
  return is_narrow(context) ? day : day + time;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) count += columns_of(next_character(text, at));
  return count;
}

std::string fitted(std::string_view text, std::size_t width, Fill fill) {
  std::string result;
  std::size_t used = 0;
  const bool cut = columns(text) > width;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const std::size_t needed = columns_of(next_character(text, at));
    if (used + needed + (cut ? 1 : 0) > width) break;
    result += text.substr(start, at - start);
    used += needed;
  }
  if (cut && width > 0) {
    result += "…";
    ++used;
  }
  if (fill == Fill::yes) result.append(width > used ? width - used : 0, ' ');
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (lines.empty() || columns(lines.back()) + 1 + columns(word) > width) {
      lines.emplace_back(word);
    } else {
      lines.back() += ' ' + std::string(word);
    }
    text = end == text.size() ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

std::string right(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(width > used ? width - used : 0, ' ') + std::string(text);
}

std::size_t room(const Context& context, std::size_t taken, std::size_t least) {
  const auto width = static_cast<std::size_t>(context.width);
  return width > taken + least ? width - taken : least;
}

std::string marked(const Context& context, const personal::Snippet& snippet) {
  std::string result;
  std::size_t at = 0;
  for (const auto& [begin, end] : snippet.marks) {
    result += plain(std::string_view(snippet.text).substr(at, begin - at));
    result += bold(context, plain(std::string_view(snippet.text).substr(begin, end - begin)));
    at = end;
  }
  return result + plain(std::string_view(snippet.text).substr(at));
}

personal::Snippet shortened(const personal::Snippet& snippet, std::size_t width) {
  const std::string_view text = snippet.text;
  if (columns(text) <= width || width < 8) return snippet;
  // From a blank before the mark on, so that what leads to it is seen; else from the beginning.
  std::size_t begin = snippet.marks.empty() ? 0 : snippet.marks.front().first;
  const std::size_t mark = begin;
  while (begin > 0 && (text[begin - 1] != ' ' || columns(text.substr(begin, mark - begin)) < width / 3)) --begin;
  const std::string_view lead = begin == 0 || text.substr(begin).starts_with("…") ? "" : "… ";
  std::size_t end = begin;
  std::size_t used = columns(lead);
  while (end < text.size()) {
    std::size_t next = end;
    used += columns_of(next_character(text, next));
    if (used + 2 > width) break;
    end = next;
  }
  personal::Snippet result{
      .where = snippet.where, .text = std::string(lead) + std::string(text.substr(begin, end - begin)), .marks = {}};
  for (const auto& [from, to] : snippet.marks)
    if (from >= begin && to <= end) result.marks.emplace_back(from - begin + lead.size(), to - begin + lead.size());
  if (end < text.size()) result.text += text.substr(end).starts_with(' ') ? " …" : "…";
  return result;
}

std::string source_error(const Context& context, const personal::Source& source) {
  return source.error.empty() ? std::string() : plain(context.language.tr(source.error, source.error_detail));
}

std::string coverage_line(const Context& context, const personal::Coverage& coverage) {
  const auto& language = context.language;
  // English counts all the sources in the noun, French those that are current.
  std::string line = coverage.sources == 1 ? language.tr("{0} of 1 source current", coverage.current)
                                           : language.trn("{0} of {1} sources current", "{0} of {1} sources current",
                                                          coverage.current, coverage.sources);
  const std::int64_t messages = coverage.unreadable - coverage.folders_unreadable;
  if (messages > 0) line += language.trn(", {0} message unreadable", ", {0} messages unreadable", messages);
  if (coverage.folders_unreadable > 0) {
    line += language.trn(", {0} folder unreadable", ", {0} folders unreadable", coverage.folders_unreadable);
  }
  if (coverage.current < coverage.sources || coverage.unreadable > 0) {
    line += language.tr(": {0} status", context.program);
  }
  return line;
}

}  // namespace entregent::cli
