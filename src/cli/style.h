// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "cli/context.h"
#include "personal/coverage.h"
#include "personal/snippet.h"

/// How answers look in a terminal. Nothing foreign reaches it unescaped: see plain().
namespace entregent::cli {

/// Foreign text made safe to print on one line: control characters (escape sequences among them) and direction
/// overrides are gone.
std::string plain(std::string_view text);
/// The same for a text of several lines.
std::string plain_lines(std::string_view text);

std::string bold(const Context& context, std::string_view text);
std::string faint(const Context& context, std::string_view text);

/// `3 Nov 2026 14:10` in the machine's own zone.
std::string date_and_time(const Context& context, Instant at);
std::string date(const Context& context, Instant at);
/// The same, or blanks of that width where the date is not known.
std::string date_column(const Context& context, std::optional<Instant> at);

/// Columns a terminal needs for it.
std::size_t columns(std::string_view text);
/// Cut to `width` columns with … at the end, filled up with blanks where `fill`.
enum class Fill { no, yes };
std::string fitted(std::string_view text, std::size_t width, Fill fill = Fill::no);

std::string marked(const Context& context, const personal::Snippet& snippet);

/// "3 of 3 sources current, 2 messages unreadable: entregent status"
std::string coverage_line(const Context& context, const personal::Coverage& coverage);

}  // namespace entregent::cli
