// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "personal/coverage.h"
#include "personal/snippet.h"

/// How answers look in a terminal. Nothing foreign reaches it unescaped: see plain().
namespace entregent::cli {

/// Control characters (escape sequences begin with one), what turns the direction of writing, what ends a line, and
/// letters that nobody sees.
bool is_harmful(char32_t character);
/// Foreign text made safe to print on one line: what is_harmful is gone.
std::string plain(std::string_view text);
/// The same for a text of several lines.
std::string plain_lines(std::string_view text);

std::string bold(const Context& context, std::string_view text);
std::string faint(const Context& context, std::string_view text);

/// Too narrow for dates with times, full names, and a title.
bool is_narrow(const Context& context);

/// `3 Nov 2026 14:10` in the machine's own zone.
std::string date_and_time(const Context& context, Instant at);
std::string date(const Context& context, Instant at);
/// The same as a column: all dates of the language have its width. Without the time where it is narrow.
std::string date_column(const Context& context, std::optional<Instant> at);
/// The day that it is here.
Day today_of(const Context& context);
std::string day_column(const Context& context, Day day);
std::size_t date_width(const Context& context);

/// Columns a terminal needs for it.
std::size_t columns(std::string_view text);
/// Cut to `width` columns with … at the end, filled up with blanks where `fill`.
enum class Fill { no, yes };
std::string fitted(std::string_view text, std::size_t width, Fill fill = Fill::no);

/// Lines of at most `width` columns, broken at blanks (no-break spaces are none); a longer word has its line alone.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);
/// Set flush right.
std::string right(std::string_view text, std::size_t width);
/// What is left of the terminal's width, at least `least`.
std::size_t room(const Context& context, std::size_t taken, std::size_t least = 8);

std::string marked(const Context& context, const personal::Snippet& snippet);
/// At most `width` columns of it, around its first mark.
personal::Snippet shortened(const personal::Snippet& snippet, std::size_t width);

/// What went wrong with a source when it was last read, in the language of the answer; empty if nothing did.
std::string source_error(const Context& context, const personal::Source& source);

/// "3 of 3 sources current, 2 messages unreadable: entregent status"
std::string coverage_line(const Context& context, const personal::Coverage& coverage);

}  // namespace entregent::cli
