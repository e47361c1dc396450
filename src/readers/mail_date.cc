// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"

namespace entregent::readers {
namespace {

using Name = std::pair<std::string_view, int>;

/// Beginnings of folded month names, English, French, German, Spanish; the first that fits counts.
constexpr std::array<Name, 29> months{{{"janv", 1}, {"jan", 1},  {"ene", 1},  {"fev", 2},   {"feb", 2},  {"mar", 3},
                                       {"mrz", 3},  {"avr", 4},  {"apr", 4},  {"abr", 4},   {"mai", 5},  {"may", 5},
                                       {"juin", 6}, {"jun", 6},  {"juil", 7}, {"jul", 7},   {"aug", 8},  {"aou", 8},
                                       {"ago", 8},  {"sep", 9},  {"set", 9},  {"oct", 10},  {"okt", 10}, {"nov", 11},
                                       {"dec", 12}, {"dez", 12}, {"dic", 12}, {"maerz", 3}, {"gen", 1}}};

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Minutes east of Greenwich.
constexpr std::array<Name, 26> zones{
    {{"ut", 0},     {"utc", 0},    {"gmt", 0},    {"z", 0},      {"est", -300}, {"edt", -240}, {"cst", -360},
     {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"wet", 0},    {"west", 60},
     {"bst", 60},   {"cet", 60},   {"cest", 120}, {"met", 60},   {"mest", 120}, {"mez", 60},   {"mesz", 120},
     {"eet", 120},  {"eest", 180}, {"msk", 180},  {"jst", 540},  {"kst", 540}}};

struct Parts {
  int day = -1, month = -1, year = -1, hour = -1, minute = 0, second = 0, zone_minutes = 0;
  bool zone_seen = false, afternoon = false, morning = false;
  int unknown_words = 0;
};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

int number(std::string_view text) {
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

/// `10:00`, `10:00:00`, `10.00.00`, `10:00:00.123`.
bool take_time(std::string_view token, Parts& parts) {
  if (parts.hour >= 0 || token.size() < 3 || token.size() > 15 || !is_ascii_digit(token[0])) return false;
  const char mark = token.find(':') != std::string_view::npos ? ':' : '.';
  if (mark == '.' && std::count(token.begin(), token.end(), '.') != 2) return false;
  const std::size_t first = token.find(mark);
  const std::size_t second = token.find(mark, first + 1);
  const int hour = number(token.substr(0, first));
  const int minute = number(token.substr(first + 1, second == std::string_view::npos ? second : second - first - 1));
  int seconds = 0;
  if (second != std::string_view::npos) {
    const std::string_view rest = token.substr(second + 1);
    seconds = number(rest.substr(0, rest.find_first_of(".,")));
  }
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || seconds < 0 || seconds > 60) return false;
  parts.hour = hour;
  parts.minute = minute;
  parts.second = seconds;
  return true;
}

/// `+0100`, `-05:00`, `+1`. An absurd one counts as UTC but is consumed.
bool take_offset(std::string_view token, Parts& parts) {
  if (token.size() < 2 || (token[0] != '+' && token[0] != '-')) return false;
  std::string digits;
  for (const char c : token.substr(1)) {
    if (c == ':') continue;
    if (!is_ascii_digit(c)) return false;
    digits.push_back(c);
  }
  if (digits.size() > 6) return false;
  const int value = number(digits);
  const int minutes = digits.size() <= 2 ? value * 60 : value / 100 * 60 + value % 100;
  parts.zone_seen = true;
  parts.zone_minutes = minutes > 14 * 60 ? 0 : (token[0] == '-' ? -minutes : minutes);
  return true;
}

bool take_word(std::string_view token, Parts& parts) {
  const std::string word = folded(token);
  if (word == "pm") return parts.afternoon = true;
  if (word == "am") return parts.morning = true;
  const auto* const zone =
      std::find_if(zones.begin(), zones.end(), [&](const Name& name) { return word == name.first; });
  if (zone != zones.end() && parts.hour >= 0) {
    if (!parts.zone_seen) parts.zone_minutes = zone->second;
    return parts.zone_seen = true;
  }
  const auto* const month =
      std::find_if(months.begin(), months.end(), [&](const Name& name) { return word.starts_with(name.first); });
  // `mar.` and `mar` are also French for Tuesday: a later month name wins.
  if (month != months.end()) {
    parts.month = month->second;
  } else if (std::find(weekdays.begin(), weekdays.end(), std::string_view(word).substr(0, 3)) == weekdays.end()) {
    ++parts.unknown_words;
  }
  return month != months.end();
}

void take_year(int value, std::size_t digits, Parts& parts) {
  if (digits <= 2) value += value < 50 ? 2000 : 1900;
  if (digits == 3) value += 1900;
  parts.year = value;
}

bool take_number(std::string_view token, Parts& parts) {
  const int value = number(token);
  if (value < 0) return false;
  if (token.size() <= 2 && parts.day < 0 && value >= 1 && value <= 31) {
    parts.day = value;
  } else if (parts.year < 0 && token.size() <= 4) {
    take_year(value, token.size(), parts);
  } else {
    return false;
  }
  return true;
}

/// `2015-01-05`, `2015/01/05`, `05-Jan-2015`, `31/12/2015`, `12/31/2015`; day and month both ≤ 12 in figures is
/// refused.
bool take_joined_date(std::string_view token, Parts& parts) {
  const std::size_t first = token.find_first_of("-/.");
  if (first == std::string_view::npos || first == 0) return false;
  const std::size_t second = token.find(token[first], first + 1);
  if (second == std::string_view::npos) return false;
  const std::string_view a = token.substr(0, first), b = token.substr(first + 1, second - first - 1),
                         c = token.substr(second + 1);
  if (a.size() == 4 && all_digits(a) && all_digits(b) && all_digits(c)) {
    parts.year = number(a), parts.month = number(b), parts.day = number(c);
    return true;
  }
  if (!all_digits(a) || !all_digits(c) || c.size() > 4) return false;
  if (!all_digits(b)) {
    parts.day = number(a);
    take_year(number(c), c.size(), parts);
    return take_word(b, parts);
  }
  const int x = number(a), y = number(b);
  if (x <= 12 && y <= 12 && x != y && token[first] != '.') return false;
  parts.day = token[first] == '.' || x > 12 ? x : y;
  parts.month = parts.day == x ? y : x;
  take_year(number(c), c.size(), parts);
  return true;
}

void take_token(std::string_view token, Parts& parts) {
  if (token.size() >= 16 && token.size() <= 40 && (token[10] == 'T' || token[10] == 't') && is_ascii_digit(token[0])) {
    take_joined_date(token.substr(0, 10), parts);
    const std::string_view rest = token.substr(11);
    const std::size_t zone = rest.find_first_of("+-Zz");
    take_time(rest.substr(0, zone), parts);
    if (zone != std::string_view::npos) take_offset(rest.substr(zone), parts);
    return;
  }
  if (all_digits(token)) {
    take_number(token, parts);
  } else if (is_ascii_digit(token[0]) && token.size() > 4 && token.size() < 14 &&
             (token.ends_with("AM") || token.ends_with("PM") || token.ends_with("am") || token.ends_with("pm"))) {
    take_time(token.substr(0, token.size() - 2), parts);
    take_word(token.substr(token.size() - 2), parts);
  } else if (is_ascii_digit(token[0])) {
    // `10:00:00+0100`, `10:00:00Z`
    const std::size_t zone =
        token.find(':') == std::string_view::npos ? std::string_view::npos : token.find_first_of("+-Zz");
    if (take_time(token.substr(0, zone), parts)) {
      if (zone != std::string_view::npos) take_offset(token.substr(zone), parts);
    } else {
      take_joined_date(token, parts);
    }
  } else if (token[0] == '+' || token[0] == '-') {
    take_offset(token, parts);
  } else {
    const std::size_t sign = token.find_first_of("+-");
    if (take_word(token.substr(0, sign), parts) && sign != std::string_view::npos) {
      take_offset(token.substr(sign), parts);  // GMT+0100
    }
  }
}

std::optional<Instant> instant(const Parts& parts) {
  if (parts.day < 1 || parts.month < 1 || parts.year < 0 || parts.hour < 0) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year{parts.year},
                                        std::chrono::month{static_cast<unsigned>(parts.month)},
                                        std::chrono::day{static_cast<unsigned>(parts.day)}};
  if (!day.ok() || parts.year > 9999) return std::nullopt;
  int hour = parts.hour;
  if (parts.afternoon && hour < 12) hour += 12;
  if (parts.morning && hour == 12) hour = 0;
  return Instant{std::chrono::sys_days{day}} + std::chrono::hours{hour} +
         std::chrono::minutes{parts.minute - parts.zone_minutes} + std::chrono::seconds{parts.second};
}

Parts parts_of(std::string_view text) {
  constexpr std::size_t longest = 256;
  constexpr std::string_view separators = " ,\t\r\n();\"\xC2\xA0";
  text = text.substr(0, longest);
  Parts parts;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) --depth;
    if (depth > 0 || separators.find(c) != std::string_view::npos) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
    take_token(text.substr(at, end - at), parts);
    at = end;
  }
  return parts;
}

}  // namespace

std::optional<Instant> parse_mail_date(std::string_view text) {
  return instant(parts_of(text));
}

std::optional<Instant> parse_envelope_line(std::string_view line) {
  constexpr std::size_t longest = 1000;
  if (!line.starts_with("From ") || line.size() > longest) return std::nullopt;
  line.remove_prefix(5);
  line = line.substr(0, line.find(" remote from "));
  // The sender may hold blanks (a quoted local part), but nothing other than a date follows it: else it is prose.
  for (int sender_words = 1; sender_words < 5; ++sender_words) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    line.remove_prefix(std::min(line.find_first_not_of(' ', blank), line.size()));
    const Parts parts = parts_of(line);
    if (parts.unknown_words == 0) return instant(parts);
  }
  return std::nullopt;
}

}  // namespace entregent::readers
