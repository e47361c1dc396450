// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/style.h"

#include <ctime>

#include <fmt/format.h>

#include "base/text.h"

namespace entregent::cli {
namespace {

constexpr std::string_view bold_on = "\x1B[1m";
constexpr std::string_view faint_on = "\x1B[2m";
constexpr std::string_view all_off = "\x1B[0m";

bool is_harmful(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
  return control || direction;
}

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
  if ((c >= 0x0300 && c <= 0x036F) || c == 0x200B || c == 0x200D || c == 0xFE0F) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

constexpr std::size_t date_width = 18;

}  // namespace

std::string plain(std::string_view text) {
  return cleaned(text, false);
}
std::string plain_lines(std::string_view text) {
  return cleaned(text, true);
}

std::string bold(const Context& context, std::string_view text) {
  return context.terminal ? fmt::format("{}{}{}", bold_on, text, all_off) : std::string(text);
}

std::string faint(const Context& context, std::string_view text) {
  return context.terminal ? fmt::format("{}{}{}", faint_on, text, all_off) : std::string(text);
}

std::string date(const Context& context, Instant at) {
  return context.language.short_date(local_day(local_time(at)));
}

std::string date_and_time(const Context& context, Instant at) {
  const std::tm parts = local_time(at);
  return fmt::format("{} {:02}:{:02}", context.language.short_date(local_day(parts)), parts.tm_hour, parts.tm_min);
}

std::string date_column(const Context& context, std::optional<Instant> at) {
  return fitted(at ? date_and_time(context, *at) : context.language.tr("no date"), date_width, Fill::yes);
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

std::string coverage_line(const Context& context, const personal::Coverage& coverage) {
  const auto& language = context.language;
  std::string line =
      language.trn("{1} of {0} source current", "{1} of {0} sources current", coverage.sources, coverage.current);
  if (coverage.unreadable > 0) {
    line += language.trn(", {0} message unreadable", ", {0} messages unreadable", coverage.unreadable);
  }
  if (coverage.current < coverage.sources || coverage.unreadable > 0) {
    line += language.tr(": {0} status", context.program);
  }
  return line;
}

}  // namespace entregent::cli
