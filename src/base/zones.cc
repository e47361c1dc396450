// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/zones.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/simpletz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "base/zone_names.h"

namespace entregent {

struct Zone::State {
  std::string name;
  std::unique_ptr<icu::BasicTimeZone> rules;
};

namespace {

using std::chrono::seconds;

double icu_date(std::chrono::milliseconds since_epoch) {
  return static_cast<double>(since_epoch.count());
}

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

/// ICU keeps Java's old three-letter names, of which many mean something else to people (BST is Dhaka, IST Calcutta).
bool is_java_relic(std::string_view id) {
  return id.size() == 3 && id != "UTC" && id != "GMT" && id != "UCT" && id != "CET" && id != "EET" && id != "MET" &&
         id != "WET" && id != "EST" && id != "MST" && id != "HST" && id != "PRC" && id != "ROK";
}

/// Every IANA name by its key, and by the key of its last part (`paris`); the zones of a city come before links in
/// ICU's own order.
const std::map<std::string, std::string, std::less<>>& iana_names() {
  static const auto names = [] {
    std::map<std::string, std::string, std::less<>> made;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> all{
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status)};
    if (U_FAILURE(status) || !all) throw std::runtime_error("ICU has no time zone data");
    std::vector<std::pair<std::string, std::string>> cities;
    while (const icu::UnicodeString* id = all->snext(status)) {
      const std::string name = utf8(*id);
      if (is_java_relic(name) || name.starts_with("SystemV/") || name == "Etc/Unknown") continue;
      made.emplace(lower(name), name);
      const auto slash = name.rfind('/');
      if (slash != std::string::npos && !name.starts_with("Etc/"))
        cities.emplace_back(zone_names::key(name.substr(slash + 1)), name);
    }
    for (auto& [city, name] : cities) made.try_emplace(std::move(city), std::move(name));
    return made;
  }();
  return names;
}

std::optional<std::string> iana_name(std::string_view name) {
  const auto& names = iana_names();
  const std::string wanted = lower(name);
  for (std::string_view part = wanted;;) {  // /mozilla.org/20050126_1/Europe/Paris: the longest end that is a name
    if (const auto found = names.find(part); found != names.end()) return found->second;
    const auto slash = part.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    part.remove_prefix(slash + 1);
  }
}

std::optional<std::string> windows_name(std::string name) {
  while (!name.empty() && (name.back() == ' ' || (name.back() >= '0' && name.back() <= '9')))
    name.pop_back();  // `Romance Standard Time 1`
  for (const std::string_view summer : {"Daylight Time", "Summer Time"})
    if (name.ends_with(summer)) name.replace(name.size() - summer.size(), summer.size(), "Standard Time");
  icu::UnicodeString id;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getIDForWindowsID(icu::UnicodeString::fromUTF8(name), nullptr, id, status);
  if (U_FAILURE(status) || id.isEmpty()) return std::nullopt;
  return utf8(id);
}

std::optional<std::string> display_name(std::string_view name) {
  if (const auto whole = zone_names::known(zone_names::key(name))) return std::string{*whole};
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of(",;/", at), name.size());
    const std::string city = zone_names::key(name.substr(at, end - at));
    if (const auto known = zone_names::known(city)) return std::string{*known};
    if (const auto known = iana_names().find(city); known != iana_names().end() && city.size() > 3)
      return known->second;
    at = end + 1;
  }
  return std::nullopt;
}

/// `UTC+2`, `GMT-05:30`, `+0100`, `UTC+01.00`.
std::optional<seconds> plain_offset(std::string_view text) {
  for (const std::string_view word : {"UTC", "GMT", "utc", "gmt"})
    if (text.starts_with(word)) text = trimmed(text.substr(word.size()));
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool west = text[0] == '-';
  std::string digits;
  bool separated = false;
  for (const char c : text.substr(1)) {
    if (c == ':' || c == '.') {
      if (separated || digits.empty() || digits.size() > 2) return std::nullopt;
      separated = true;
      if (digits.size() == 1) digits.insert(0, 1, '0');
    } else if (c >= '0' && c <= '9') {
      digits += c;
    } else {
      return std::nullopt;
    }
  }
  if (separated && digits.size() != 4) return std::nullopt;
  if (digits.size() == 1 || digits.size() == 3) digits.insert(0, 1, '0');
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4) return std::nullopt;
  int value = 0;
  std::from_chars(digits.data(), digits.data() + 4, value);
  if (value / 100 > 14 || value % 100 > 59) return std::nullopt;
  const seconds offset = std::chrono::hours{value / 100} + std::chrono::minutes{value % 100};
  return west ? -offset : offset;
}

std::unique_ptr<icu::BasicTimeZone> rules_of(const std::string& id) {
  std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(id))};
  if (dynamic_cast<icu::BasicTimeZone*>(zone.get()) == nullptr)
    throw std::runtime_error("ICU made a time zone without rules");
  return std::unique_ptr<icu::BasicTimeZone>{
      static_cast<icu::BasicTimeZone*>(zone.release())};  // NOLINT: checked above
}

/// The IANA name that `name` stands for, its bracket `(UTC+01:00)` cut off.
std::optional<std::string> resolved(std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (auto found = iana_name(name)) return found;
  if (auto found = windows_name(std::string{name})) return found;
  if (auto found = display_name(name)) return found;
  std::string slashed{name};  // `US-Eastern`, `Europe-Paris`
  if (const auto dash = slashed.find('-'); dash != std::string::npos) slashed[dash] = '/';
  return iana_name(slashed);
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view written) {
  if (written.size() > 200 || !is_valid_utf8(written)) return std::nullopt;
  std::string_view name = trimmed(written);
  while (name.size() > 1 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front())
    name = name.substr(1, name.size() - 2);
  std::string_view bracket;
  if (name.starts_with('(')) {
    const auto close = name.find(')');
    if (close == std::string_view::npos) return std::nullopt;
    bracket = name.substr(1, close - 1);
    name = trimmed(name.substr(close + 1));
  }
  if (const auto id = resolved(name)) return Zone{std::make_shared<const State>(State{*id, rules_of(*id)})};
  if (name.empty() && (bracket == "UTC" || bracket == "GMT")) return utc();
  auto offset = plain_offset(name);
  if (!offset) offset = plain_offset(bracket);
  if (!offset) return std::nullopt;
  const auto minutes = std::abs(offset->count()) / 60;
  const std::string id = fmt::format("GMT{}{:02}:{:02}", offset->count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
  auto rules = std::make_unique<icu::SimpleTimeZone>(static_cast<std::int32_t>(offset->count() * 1000),
                                                     icu::UnicodeString::fromUTF8(id));
  return Zone{std::make_shared<const State>(State{id, std::move(rules)})};
}

Zone Zone::utc() {
  static const auto state = std::make_shared<const State>(State{"Etc/UTC", rules_of("Etc/UTC")});
  return Zone{state};
}

const std::string& Zone::name() const {
  return state_->name;
}

seconds Zone::offset_at(Instant at) const {
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  state_->rules->getOffset(icu_date(std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch())), 0, raw,
                           summer, status);
  return U_FAILURE(status) ? seconds{0} : seconds{(raw + summer) / 1000};
}

LocalTime Zone::local(Instant at) const {
  return LocalTime{std::chrono::floor<seconds>(at.time_since_epoch()) + offset_at(at)};
}

Instant Zone::instant(LocalTime at) const {
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  state_->rules->getOffsetFromLocal(icu_date(at.time_since_epoch()), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw,
                                    summer, status);
  const seconds offset = U_FAILURE(status) ? seconds{0} : seconds{(raw + summer) / 1000};
  return Instant{at.time_since_epoch() - offset};
}

}  // namespace entregent
