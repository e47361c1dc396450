// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/calendar_zone.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace entregent::readers {
namespace {

using std::chrono::seconds;

/// `+0100`, `-053000`.
std::optional<seconds> parse_offset(std::string_view text) {
  text = trimmed(text);
  if (text.size() != 5 && text.size() != 7) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  if (text.size() == 5) value *= 100;
  const int total = value / 10000 * 3600 + value / 100 % 100 * 60 + value % 100;
  if (total > 24 * 3600) return std::nullopt;
  return seconds{text[0] == '-' ? -total : total};
}

struct Part {
  std::optional<seconds> from, to;
  std::vector<LocalTime> onsets;
};

/// Outlook's zones begin in 1601; nobody's event does, so a plain yearly rule is taken up in 1900.
LocalTime useful_start(const RecurrenceRule& rule, LocalTime start) {
  const auto day = std::chrono::floor<std::chrono::days>(start);
  const std::chrono::year_month_day date{day};
  constexpr std::chrono::year first{1900};
  const bool plain = rule.frequency == RecurrenceRule::Frequency::yearly && rule.interval == 1 && !rule.count;
  if (!plain || date.year() >= first || date.day() > std::chrono::day{28}) return start;
  return std::chrono::local_days{first / date.month() / date.day()} + (start - day);
}

/// When the rule of an observance changes the clocks, UNTIL being in UTC.
void add_onsets(Part& part, const RecurrenceRule& rule, LocalTime written_start, Work& work) {
  constexpr std::size_t most = 1000;
  const LocalTime start = useful_start(rule, written_start);
  LocalTime last = std::chrono::local_days{std::chrono::year{2100} / 12 / 31};
  if (rule.until) last = std::min(last, rule.until->utc ? rule.until->at + *part.from : rule.until->at);
  const auto expansion = expand(rule, start, last, most, work);
  part.onsets.insert(part.onsets.end(), expansion.times.begin(), expansion.times.end());
}

Part read(const Observance& observance, Work& work) {
  Part part;
  std::optional<LocalTime> start;
  for (const ContentLine& line : observance.lines) {
    if (line.name == "TZOFFSETFROM") part.from = parse_offset(line.value);
    if (line.name == "TZOFFSETTO") part.to = parse_offset(line.value);
    if (line.name == "DTSTART")
      if (const auto time = parse_written_time(line.value)) start = time->at;
  }
  if (!part.to) return {};
  if (!part.from) part.from = part.to;
  if (start) part.onsets.push_back(*start);
  for (const ContentLine& line : observance.lines) {
    if (line.name == "RDATE")
      for (const std::string& value : split_value(line.value, ','))
        if (const auto time = parse_written_time(value); time && work.take(1)) part.onsets.push_back(time->at);
    if (line.name == "RRULE" && start)
      if (const auto rule = parse_rule(line.value)) add_onsets(part, *rule, *start, work);
  }
  return part;
}

}  // namespace

std::optional<FileZone> FileZone::make(const std::vector<Observance>& observances, Work& work) {
  FileZone zone;
  std::optional<seconds> only;
  for (const Observance& observance : observances) {
    const Part part = read(observance, work);
    if (!part.to) continue;
    only = part.to;
    for (const LocalTime onset : part.onsets)
      zone.changes_.push_back({Instant{onset.time_since_epoch() - *part.from}, *part.from, *part.to});
  }
  if (!only) return std::nullopt;
  std::stable_sort(zone.changes_.begin(), zone.changes_.end(),
                   [](const Change& a, const Change& b) { return a.at < b.at; });
  zone.earliest_ = zone.changes_.empty() ? *only : zone.changes_.front().before;
  return zone;
}

Instant FileZone::instant(LocalTime at) const {
  // The last change that clocks before it have reached; so a time in a gap is read with the offset before it, and of a
  // time that comes twice the first is taken (RFC 5545 §3.3.5).
  seconds offset = earliest_;
  const auto after = std::partition_point(changes_.begin(), changes_.end(), [&](const Change& change) {
    return Instant{at.time_since_epoch() - change.before} >= change.at;
  });
  if (after != changes_.begin()) {
    const Change& change = *std::prev(after);
    const bool in_gap = Instant{at.time_since_epoch() - change.after} < change.at;
    offset = in_gap ? change.before : change.after;
  }
  return Instant{at.time_since_epoch() - offset};
}

LocalTime FileZone::local(Instant at) const {
  const auto after =
      std::partition_point(changes_.begin(), changes_.end(), [&](const Change& change) { return change.at <= at; });
  const seconds offset = after == changes_.begin() ? earliest_ : std::prev(after)->after;
  return LocalTime{std::chrono::floor<seconds>(at.time_since_epoch()) + offset};
}

Instant CalendarZone::instant(LocalTime at) const {
  if (const auto* zone = std::get_if<Zone>(&zone_)) return zone->instant(at);
  return std::get<std::shared_ptr<const FileZone>>(zone_)->instant(at);
}

LocalTime CalendarZone::local(Instant at) const {
  if (const auto* zone = std::get_if<Zone>(&zone_)) return zone->local(at);
  return std::get<std::shared_ptr<const FileZone>>(zone_)->local(at);
}

}  // namespace entregent::readers
