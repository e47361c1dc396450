// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/result.h"
#include "base/time.h"

namespace entregent {

class Catalogue;

/// The language of one answer, as a value: handed to whoever writes for a person. The sources are in English; po/fr.po
/// holds the French, built into the program. A text without translation comes out in English. Any thread may use it.
///
/// `./dev po` finds the texts by the names `tr`, `trn` and `N_`: give these a literal, a whole sentence with numbered
/// placeholders, `language.tr("{0} of {1} sources are current", …)`, or a value that was marked N_("…") where it was
/// written.
class Language {
 public:
  static Language english();
  static Language french();
  /// `fr`, `en`, also `fr_FR.UTF-8` or `fr-CA`; nothing for other languages.
  static std::optional<Language> named(std::string_view name);
  /// By LANGUAGE, LC_ALL, LC_MESSAGES and LANG, as gettext does; English if they say nothing we speak. `environment` is
  /// std::getenv outside tests.
  static Language from_locale(const std::function<const char*(const char*)>& environment);
  static std::span<const Language> all();

  /// `en` or `fr`.
  std::string_view code() const { return code_; }

  /// The text in this language, as it is.
  std::string tr(std::string_view text) const { return std::string(translation(text)); }
  /// The same with {0}, {1} … replaced. Integers come out in the language's way (12,345 · 12 345).
  template <class First, class... Rest>
  std::string tr(std::string_view text, const First& first, const Rest&... rest) const {
    return fill(translation(text), shown(first), shown(rest)...);
  }
  /// What an Error says to the person.
  std::string tr(const Error& error) const { return tr(error.message, error.detail); }

  /// One or many, by the rule of the language: English 1, French 0 and 1 are one. {0} is the count, {1} … the others:
  /// `trn("{0} message", "{0} messages", count)`.
  template <class... Rest>
  std::string trn(std::string_view one, std::string_view many, std::int64_t count, const Rest&... rest) const {
    return fill(plural(one, many, count), number(count), shown(rest)...);
  }

  /// 12,345 · 12 345 (U+202F)
  std::string number(std::int64_t value) const;
  /// With that many digits after the point: 1,234.5 · 1 234,5. 0 to 6 digits.
  std::string number(double value, int digits) const;
  /// 512 bytes, 1.2 MB · 512 octets, 1,2 Mo. Powers of 1 000.
  std::string size(std::int64_t bytes) const;

  /// `month` from 1 to 12: November · novembre
  std::string month_name(unsigned month) const;
  /// Nov · nov.
  std::string short_month(unsigned month) const;
  /// 3 Nov 2026 · 3 nov. 2026, 1er nov. 2026
  std::string short_date(Day day) const;
  /// 3 November 2026 · 3 novembre 2026
  std::string long_date(Day day) const;
  /// Nov 2026 · nov. 2026
  std::string month_and_year(Day day) const;

  friend bool operator==(const Language& a, const Language& b) { return a.code_ == b.code_; }

 private:
  Language(std::string_view code, const Catalogue* catalogue) : code_(code), catalogue_(catalogue) {}
  std::string_view translation(std::string_view text) const;
  std::string_view plural(std::string_view one, std::string_view many, std::int64_t count) const;
  std::string day_of_month(std::chrono::day day) const;

  template <class T>
  auto shown(const T& value) const {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>)
      return number(static_cast<std::int64_t>(value));
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
      return std::string_view(value);
    else
      return value;
  }
  template <class... Values>
  static std::string fill(std::string_view text, const Values&... values) {
    return fmt::vformat(text, fmt::make_format_args(values...));
  }

  std::string_view code_;       // a literal
  const Catalogue* catalogue_;  // lives as long as the program; none for English
};

}  // namespace entregent
