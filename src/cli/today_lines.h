// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "personal/today.h"

namespace entregent::cli {

/// One line of Today as it is shown and settled; numbered from 1 in this order.
struct TodayLine {
  personal::LineKey key;
  std::string name;                ///< whom it is about, or the meeting
  std::string text;                ///< what is asked, promised, last written; foreign
  std::string why;                 ///< in the language of the answer, safe to print
  std::optional<Day> due;          ///< of promises
  std::int64_t item = 0;           ///< to be shown by `show`; 0 for none
  std::vector<std::string> below;  ///< further lines, safe to print: the brief of a meeting
};

/// All that can be settled: meetings, replies, promises due, promises proposed, ties.
std::vector<TodayLine> lines_of(const Context& context, const personal::Today& today);

std::string today_text(const Context& context, const personal::Today& today);
std::string today_json(const Context& context, const personal::Today& today);

}  // namespace entregent::cli
