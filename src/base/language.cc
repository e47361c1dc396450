// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/language.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/catalogue.h"
#include "base/embedded_file.h"

namespace entregent {
namespace base {
/// The compiled po/*.po (cmake/translations.cmake).
std::span<const EmbeddedFile> translations();
}  // namespace base

namespace {

constexpr std::string_view narrow_no_break_space = "\xE2\x80\xAF";

constexpr std::array<std::string_view, 12> months = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                                     N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                                     N_("September"), N_("October"),  N_("November"), N_("December")};
constexpr std::array<std::string_view, 12> short_months = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                                           N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                                           N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

Catalogue load_french() {
  for (const auto& file : base::translations()) {
    if (file.name != "fr.mo") continue;
    auto catalogue = Catalogue::read(file.bytes);
    if (catalogue) return *std::move(catalogue);
  }
  throw std::logic_error("the French catalogue was not built into the program");
}

/// `fr` of `fr_FR.UTF-8`.
std::string_view language_part(std::string_view name) {
  return name.substr(0, name.find_first_of("_-.@"));
}

std::string_view text_or_nothing(const char* text) {
  return text == nullptr ? std::string_view{} : std::string_view{text};
}

/// Digits in groups of three.
std::string grouped(std::string_view digits, std::string_view separator) {
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) result += separator;
    result += digits[i];
  }
  return result;
}

}  // namespace

Language Language::english() {
  return {"en", nullptr};
}

Language Language::french() {
  static const Catalogue catalogue = load_french();
  return {"fr", &catalogue};
}

std::span<const Language> Language::all() {
  static const std::array languages{english(), french()};
  return languages;
}

std::optional<Language> Language::named(std::string_view name) {
  const auto part = language_part(name);
  if (part == "fr") return french();  // not by all(): a program that speaks English loads no catalogue
  if (part == "en") return english();
  return std::nullopt;
}

Language Language::from_locale(const std::function<const char*(const char*)>& environment) {
  std::string_view locale;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    locale = text_or_nothing(environment(name));
    if (!locale.empty()) break;
  }
  const auto part = language_part(locale);
  if (part.empty() || part == "C" || part == "POSIX")
    return english();  // then gettext does not look at LANGUAGE either
  std::string_view wishes = text_or_nothing(environment("LANGUAGE"));
  while (!wishes.empty()) {
    if (const auto language = named(wishes.substr(0, wishes.find(':')))) return *language;
    const auto end = wishes.find(':');
    wishes.remove_prefix(end == std::string_view::npos ? wishes.size() : end + 1);
  }
  return named(part).value_or(english());
}

std::string_view Language::translation(std::string_view text) const {
  const auto* entry = catalogue_ == nullptr ? nullptr : catalogue_->find(text);
  return entry == nullptr ? text : entry->translation;
}

std::string_view Language::plural(std::string_view one, std::string_view many, std::int64_t count) const {
  const auto* entry = catalogue_ == nullptr ? nullptr : catalogue_->find(one);
  if (entry == nullptr || entry->many_text != many) return count == 1 ? one : many;
  return count == 0 || count == 1 ? entry->translation : entry->many_translation;
}

std::string Language::number(std::int64_t value) const {
  const auto magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const auto digits = grouped(fmt::format("{}", magnitude), code_ == "fr" ? narrow_no_break_space : ",");
  return value < 0 ? "-" + digits : digits;
}

std::string Language::number(double value, int digits) const {
  auto plain = fmt::format("{:.{}f}", value, std::clamp(digits, 0, 6));
  const auto first = std::min(plain.find_first_of("0123456789"), plain.size());
  const auto point = std::min(plain.find('.'), plain.size());
  if (first == plain.size()) return plain;  // inf, nan
  const std::string_view text = plain;
  std::string result{text.substr(0, first)};
  result += grouped(text.substr(first, point - first), code_ == "fr" ? narrow_no_break_space : ",");
  if (point == text.size()) return result;
  result += code_ == "fr" ? ',' : '.';
  result += text.substr(point + 1);
  return result;
}

std::string Language::size(std::int64_t bytes) const {
  if (bytes < 1000) return trn("{0} byte", "{0} bytes", bytes);
  // No-break spaces: a unit stays with its number.
  constexpr std::array<std::string_view, 4> units = {N_("{0} kB"), N_("{0} MB"), N_("{0} GB"), N_("{0} TB")};
  auto value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  return tr(units.at(unit), number(value, value < 9.95 ? 1 : 0));
}

std::string Language::month_name(unsigned month) const {
  return tr(months.at(month - 1));
}

std::string Language::short_month(unsigned month) const {
  return tr(short_months.at(month - 1));
}

std::string Language::day_of_month(std::chrono::day day) const {
  const auto value = static_cast<unsigned>(day);
  return code_ == "fr" && value == 1 ? "1er" : fmt::format("{}", value);
}

std::string Language::short_date(Day day) const {
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {} {}", day_of_month(date.day()), short_month(static_cast<unsigned>(date.month())),
                     static_cast<int>(date.year()));
}

std::string Language::long_date(Day day) const {
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {} {}", day_of_month(date.day()), month_name(static_cast<unsigned>(date.month())),
                     static_cast<int>(date.year()));
}

std::string Language::month_and_year(Day day) const {
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {}", short_month(static_cast<unsigned>(date.month())), static_cast<int>(date.year()));
}

}  // namespace entregent
