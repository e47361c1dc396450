// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/said_days.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace entregent {
namespace {

using std::chrono::days;
using Words = std::span<const std::string>;

/// The longest: `before the 1st of december 2026` is six.
constexpr std::size_t most_words = 6;

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

constexpr std::array<std::array<std::string_view, 2>, 7> weekdays{{{"sunday", "dimanche"},
                                                                   {"monday", "lundi"},
                                                                   {"tuesday", "mardi"},
                                                                   {"wednesday", "mercredi"},
                                                                   {"thursday", "jeudi"},
                                                                   {"friday", "vendredi"},
                                                                   {"saturday", "samedi"}}};

std::optional<unsigned> weekday_of(std::string_view word) {
  for (unsigned i = 0; i < weekdays.size(); ++i)
    if (word == weekdays.at(i)[0] || word == weekdays.at(i)[1]) return i;
  return std::nullopt;
}

constexpr std::array<std::string_view, 12> months_en{"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 12> months_fr{"janvier",   "fevrier", "mars",     "avril",
                                                     "mai",       "juin",    "juillet",  "aout",
                                                     "septembre", "octobre", "novembre", "decembre"};

/// Whole, or its first letters where these are no other month's.
std::optional<unsigned> month_of(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3) return std::nullopt;
  std::optional<unsigned> found;
  for (unsigned i = 0; i < 12; ++i) {
    if (!months_en.at(i).starts_with(word) && !months_fr.at(i).starts_with(word)) continue;
    if (found) return std::nullopt;
    found = i + 1;
  }
  return found;
}

/// `1`, `1er`, `1st`, `22nd`.
std::optional<unsigned> day_of_month(std::string_view word) {
  for (const std::string_view ending : {"er", "st", "nd", "rd", "th"})
    if (word.ends_with(ending)) word.remove_suffix(ending.size());
  const auto number = whole_number(word);
  return number && *number >= 1 && *number <= 31 ? std::optional(static_cast<unsigned>(*number)) : std::nullopt;
}

std::optional<int> year_of(std::string_view word) {
  const auto number = whole_number(word);
  return number && *number >= 1900 && *number <= 2199 ? number : std::nullopt;
}

std::string_view without_comma(std::string_view word) {
  return word.ends_with(',') ? word.substr(0, word.size() - 1) : word;
}

class Reader {
 public:
  Reader(Day today, SaidOf of) : today_(today), of_(of) {}

  std::optional<Day> read(Words words) const {
    if (words.empty()) return std::nullopt;
    if (const auto day = one_word(words)) return day;
    if (const auto day = weekday(words)) return day;
    if (words.size() > 2 && weekday_of(without_comma(words[0]))) words = words.subspan(1);  // Friday, 4 December
    if (const auto day = with_month(words)) return day;
    return counted(words);
  }

 private:
  std::optional<Day> one_word(Words words) const {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    constexpr std::array<std::pair<std::string_view, int>, 13> known{{{"today", 0},
                                                                      {"tonight", 0},
                                                                      {"aujourd'hui", 0},
                                                                      {"ce soir", 0},
                                                                      {"tomorrow", 1},
                                                                      {"demain", 1},
                                                                      {"yesterday", -1},
                                                                      {"hier", -1},
                                                                      {"day after tomorrow", 2},
                                                                      {"apres-demain", 2},
                                                                      {"apres demain", 2},
                                                                      {"avant-hier", -2},
                                                                      {"day before yesterday", -2}}};
    for (const auto& [said, distance] : known)
      if (text == said) return today_ + days(distance);
    if (text == "next week" || text == "semaine prochaine") return next(1, 1);
    if (words.size() != 1) return std::nullopt;
    if (const auto day = parse_iso_day(text)) return day;
    return by_slashes(text);
  }

  /// 01/12/2026, 1.12.2026, 01/12: the day comes first.
  std::optional<Day> by_slashes(std::string_view text) const {
    const char sign = text.find('/') != std::string_view::npos ? '/' : '.';
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
      const auto end = std::min(text.find(sign, begin), text.size());
      parts.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    const bool whole = parts.size() == 3;
    if (!whole && (parts.size() != 2 || sign == '.')) return std::nullopt;
    const auto day = day_of_month(parts[0]);
    const auto month = whole_number(parts[1]);
    const auto year = whole ? year_of(parts[2]) : std::nullopt;
    if (!day || !month || *month < 1 || *month > 12 || (whole && !year)) return std::nullopt;
    return dated(*day, static_cast<unsigned>(*month), year);
  }

  std::optional<Day> weekday(Words words) const {
    if (words.size() > 2) return std::nullopt;
    const auto is = [](const std::string& word, std::initializer_list<std::string_view> of) {
      return std::ranges::find(of, word) != of.end();
    };
    const bool english = words.size() == 2 && is(words[0], {"next", "last", "this"});
    const bool french = words.size() == 2 && is(words[1], {"prochain", "dernier"});
    if (words.size() == 2 && !english && !french) return std::nullopt;
    const auto found = weekday_of(english ? words[1] : words[0]);
    if (!found) return std::nullopt;
    const bool back = words.size() == 1 ? of_ == SaidOf::past : is(words[english ? 0 : 1], {"last", "dernier"});
    return back ? last(*found) : next(*found, 1);
  }

  /// The first such weekday at least so many days from now.
  [[nodiscard]] Day next(unsigned weekday, int least) const {
    Day day = today_ + days(least);
    while (std::chrono::weekday(day).c_encoding() != weekday) day += days(1);
    return day;
  }
  [[nodiscard]] Day last(unsigned weekday) const {
    Day day = today_ - days(1);
    while (std::chrono::weekday(day).c_encoding() != weekday) day -= days(1);
    return day;
  }

  std::optional<Day> with_month(Words words) const {
    std::vector<std::string> parts;
    for (const auto& word : words)
      if (word != "of") parts.emplace_back(without_comma(word));
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    const auto year = parts.size() == 3 ? year_of(parts[2]) : std::nullopt;
    if (parts.size() == 3 && !year) return std::nullopt;
    if (const auto month = month_of(parts[1]))
      if (const auto day = day_of_month(parts[0])) return dated(*day, *month, year);
    if (const auto month = month_of(parts[0]))
      if (const auto day = day_of_month(parts[1])) return dated(*day, *month, year);
    return std::nullopt;
  }

  /// Without a year, the nearest on the side that is meant.
  [[nodiscard]] std::optional<Day> dated(unsigned day, unsigned month, std::optional<int> year) const {
    const auto in = [&](int of) -> std::optional<Day> {
      const auto date = std::chrono::year{of} / std::chrono::month{month} / std::chrono::day{day};
      return date.ok() ? std::optional(Day{date}) : std::nullopt;
    };
    if (year) return in(*year);
    const int now = static_cast<int>(std::chrono::year_month_day(today_).year());
    const auto here = in(now);
    if (of_ == SaidOf::future) return here && *here >= today_ ? here : in(now + 1);
    return here && *here <= today_ ? here : in(now - 1);
  }

  /// `in 3 days`, `dans 2 semaines`, `il y a 3 jours`, `3 days ago`.
  std::optional<Day> counted(Words words) const {
    int sign = 0;
    if (words[0] == "in" || words[0] == "dans") {
      sign = 1;
      words = words.subspan(1);
    } else if (words.size() == 5 && words[0] == "il" && words[1] == "y" && words[2] == "a") {
      sign = -1;
      words = words.subspan(3);
    } else if (words.back() == "ago") {
      sign = -1;
      words = words.first(words.size() - 1);
    }
    if (sign == 0 || words.size() != 2) return std::nullopt;
    const auto count =
        words[0] == "a" || words[0] == "une" || words[0] == "un" ? std::optional(1) : whole_number(words[0]);
    if (!count || *count < 0 || *count > 1000) return std::nullopt;
    if (words[1] == "day" || words[1] == "days" || words[1] == "jour" || words[1] == "jours")
      return today_ + days(sign * *count);
    if (words[1] == "week" || words[1] == "weeks" || words[1] == "semaine" || words[1] == "semaines")
      return today_ + days(sign * *count * 7);
    return std::nullopt;
  }

  Day today_;
  SaidOf of_;
};

/// `avant le`, `by the`: what stands before a day and is no part of it.
Words without_particles(Words words) {
  constexpr std::array<std::string_view, 17> particles{"on", "by",      "before", "until", "the", "for",
                                                       "le", "la",      "avant",  "pour",  "ici", "d'ici",
                                                       "d",  "jusqu'a", "au",     "du",    "ce"};
  const auto more = [&] {
    return words.size() > 1 && std::ranges::find(particles, words[0]) != particles.end() &&
           !(words[0] == "ce" && words[1] == "soir");
  };
  while (more()) words = words.subspan(1);
  return words;
}

}  // namespace

std::optional<Day> said_day(Words words, Day today, SaidOf of) {
  if (words.size() > most_words) return std::nullopt;
  std::vector<std::string> plain;
  for (const auto& word : words) {
    std::string text = folded(word);
    for (std::size_t at = 0; (at = text.find("\u2019", at)) != std::string::npos;) text.replace(at, 3, "'");
    plain.push_back(std::move(text));
  }
  return Reader(today, of).read(without_particles(plain));
}

std::optional<DayInLine> day_at_begin(Words words, Day today, SaidOf of) {
  for (std::size_t count = std::min(words.size(), most_words); count > 0; --count)
    if (const auto day = said_day(words.first(count), today, of)) return DayInLine{*day, count};
  return std::nullopt;
}

std::optional<DayInLine> day_at_end(Words words, Day today, SaidOf of) {
  for (std::size_t count = std::min(words.size(), most_words); count > 0; --count)
    if (const auto day = said_day(words.last(count), today, of)) return DayInLine{*day, count};
  return std::nullopt;
}

}  // namespace entregent
