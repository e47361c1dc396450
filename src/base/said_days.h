// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/time.h"

namespace entregent {

/// Where a day lies that is said without a year or a week: a promise is for the next Friday, a meeting was on the last.
enum class SaidOf : std::uint8_t { past, future };

/// A day as people say it, in French or English, whatever the language of the answer: `demain`, `lundi prochain`,
/// `Friday`, `le 1er décembre`, `Dec 1`, `dans 3 jours`. With `on`, `by`, `avant`, `d’ici` before
/// it. Of 01/12 the day comes first. Nothing if the words as a whole are no day.
std::optional<Day> said_day(std::span<const std::string> words, Day today, SaidOf of);

/// A day among the first or the last words of a line, the longest that is one, and how many words it takes.
struct DayInLine {
  Day day;
  std::size_t words = 0;
};
std::optional<DayInLine> day_at_begin(std::span<const std::string> words, Day today, SaidOf of);
std::optional<DayInLine> day_at_end(std::span<const std::string> words, Day today, SaidOf of);

}  // namespace entregent
