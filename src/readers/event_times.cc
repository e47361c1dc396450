// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/event_times.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

using std::chrono::days;
using std::chrono::seconds;

/// `P1DT2H`, `PT45M`, `P2W`, `-PT15M` (taken as none).
struct Duration {
  days whole{};  ///< nominal: a day may have 23 hours
  seconds rest{};
};

std::optional<Duration> parse_duration(std::string_view text) {
  const std::string small = lower(trimmed(text));
  std::string_view rest = small;
  if (rest.starts_with('+')) rest.remove_prefix(1);
  if (!rest.starts_with('p') || rest.size() < 3) return std::nullopt;
  Duration made;
  std::int64_t value = 0;
  std::size_t digits = 0;
  bool in_time = false;
  for (const char c : rest.substr(1)) {
    if (c >= '0' && c <= '9') {
      if (++digits > 7) return std::nullopt;
      value = value * 10 + (c - '0');
      continue;
    }
    if (c == 't' && digits == 0) {
      in_time = true;
      continue;
    }
    if (digits == 0) return std::nullopt;
    if (c == 'w')
      made.whole += days{7 * value};
    else if (c == 'd')
      made.whole += days{value};
    else if (c == 'h' && in_time)
      made.rest += std::chrono::hours{value};
    else if (c == 'm' && in_time)
      made.rest += std::chrono::minutes{value};
    else if (c == 's' && in_time)
      made.rest += seconds{value};
    else
      return std::nullopt;
    value = 0;
    digits = 0;
  }
  if (digits != 0 || made.whole > days{36600}) return std::nullopt;
  return made;
}

Instant instant_of(const EventTime& time, LocalTime local) {
  return time.zone == nullptr ? Instant{local.time_since_epoch()} : time.zone->instant(local);
}

bool is_midnight(LocalTime at) {
  return at == std::chrono::floor<days>(at);
}

/// How long an occurrence lasts, counted from its start.
struct Length {
  Duration duration;
  [[nodiscard]] Instant end(const EventTime& zone_of, Instant start) const {
    if (duration.whole == days{0}) return start + duration.rest;
    const LocalTime local = zone_of.zone == nullptr ? LocalTime{std::chrono::floor<seconds>(start.time_since_epoch())}
                                                    : zone_of.zone->local(start);
    return instant_of(zone_of, local + duration.whole) + duration.rest;
  }
};

struct Span {
  EventTime start;
  Length length;
  bool all_day = false;
  [[nodiscard]] Occurrence occurrence(Instant at) const { return {at, length.end(start, at), all_day}; }
};

/// Outlook marks a day by midnight to midnight and a property of its own.
bool is_outlook_day(const CalendarEvent& event, const EventTime& start, const std::optional<EventTime>& end) {
  const ContentLine* mark = event.find("X-MICROSOFT-CDO-ALLDAYEVENT");
  return mark != nullptr && lower(trimmed(mark->value)) == "true" && is_midnight(start.local) && end &&
         is_midnight(end->local) && end->local > start.local;
}

class SpanReader {
 public:
  SpanReader(const CalendarEvent& event, EventContext& context, ExtractedItem& item)
      : event_(event), context_(context), item_(item) {}

  std::optional<Span> read() {
    const ContentLine* start_line = event_.find("DTSTART");
    if (start_line == nullptr) return std::nullopt;
    const auto start = event_time(event_, *start_line, start_line->value, context_, item_);
    if (!start) {
      note(item_, Notice::malformed);
      return std::nullopt;
    }
    std::optional<EventTime> end;
    if (const ContentLine* end_line = event_.find("DTEND")) {
      end = event_time(event_, *end_line, end_line->value, context_, item_);
      if (!end) note(item_, Notice::malformed);
    }
    Span span{*start, {}, start->date_only};
    if (is_outlook_day(event_, *start, end)) {
      span.all_day = true;
      for (EventTime* time : {&span.start, &*end})
        *time = {Instant{time->local.time_since_epoch()}, time->local, true, nullptr};
    }
    span.length = span.all_day ? length_in_days(span.start, end) : length(span.start, end);
    return span;
  }

 private:
  Length length_in_days(const EventTime& start, const std::optional<EventTime>& end) {
    days count{1};
    if (end) {
      count = std::chrono::floor<days>(end->local) - std::chrono::floor<days>(start.local);
      if (count < days{0}) note(item_, Notice::malformed);
    } else if (const auto duration = written_duration()) {
      count = duration->whole;
    }
    return {{std::max(count, days{1}), seconds{0}}};
  }

  Length length(const EventTime& start, const std::optional<EventTime>& end) {
    if (!end) return {written_duration().value_or(Duration{})};
    const seconds between = std::chrono::floor<seconds>(end->at - start.at);
    if (between < seconds{0} || between > days{36600}) {
      note(item_, Notice::malformed);
      return {};
    }
    return {{days{0}, between}};
  }

  std::optional<Duration> written_duration() {
    const ContentLine* line = event_.find("DURATION");
    if (line == nullptr) return std::nullopt;
    const auto duration = parse_duration(line->value);
    if (!duration) note(item_, Notice::malformed);
    return duration;
  }

  const CalendarEvent& event_;
  EventContext& context_;
  ExtractedItem& item_;
};

/// The occurrences of one event, by the moment at which each stands in the series.
class Series {
 public:
  Series(ExtractedItem& item, EventContext& context) : item_(item), context_(context) {}

  void add_master(const CalendarEvent& event) {
    const auto span = SpanReader{event, context_, item_}.read();
    if (!span) return;
    span_ = span;
    by_moment_.emplace(span->start.at, span->occurrence(span->start.at));
    for (const ContentLine& line : event.lines) {
      if (line.name == "RRULE")
        for_each_of(line, [&](Instant at) { by_moment_.try_emplace(at, span_->occurrence(at)); });
      if (line.name == "RDATE") add_dates(event, line);
    }
    for (const ContentLine& line : event.lines) {
      if (line.name == "EXRULE") for_each_of(line, [&](Instant at) { by_moment_.erase(at); });
      if (line.name == "EXDATE") remove_dates(event, line);
    }
  }

  void apply(const CalendarEvent& event, bool called_off) {
    const ContentLine* line = event.find("RECURRENCE-ID");
    const auto moment = event_time(event, *line, line->value, context_, item_);
    if (!moment) return note(item_, Notice::malformed);
    const auto found = find(*moment);
    const Instant key = found == by_moment_.end() ? moment->at : found->first;
    const bool following = lower(line->parameter("RANGE")) == "thisandfuture";
    if (called_off) {
      by_moment_.erase(following ? by_moment_.lower_bound(key) : found,
                       following || found == by_moment_.end() ? by_moment_.end() : std::next(found));
      return;
    }
    const auto span = SpanReader{event, context_, item_}.read();
    if (!span) return;
    if (following) move_following(key, *span);
    by_moment_.insert_or_assign(key, span->occurrence(span->start.at));
  }

  void finish() {
    std::vector<Occurrence>& made = item_.occurrences;
    for (const auto& [moment, occurrence] : by_moment_) made.push_back(occurrence);
    const auto order = [](const Occurrence& a, const Occurrence& b) {
      return std::tie(a.start, a.end, a.all_day) < std::tie(b.start, b.end, b.all_day);
    };
    std::sort(made.begin(), made.end(), order);
    made.erase(std::unique(made.begin(), made.end()), made.end());
    if (made.size() <= limits::occurrences) return;
    made.resize(limits::occurrences);
    note(item_, Notice::recurrence_capped);
  }

 private:
  using Moments = std::map<Instant, Occurrence>;

  [[nodiscard]] Instant horizon() const {
    if (context_.horizon) return Instant{*context_.horizon} + days{1} - seconds{1};
    const Instant ten_years = span_->start.at + days{3653};
    if (!context_.newest_stamp) return ten_years;
    return std::max(ten_years, *context_.newest_stamp + days{731});
  }

  /// The last moment that a rule may give, on the clock of the series.
  [[nodiscard]] LocalTime last_of(const RecurrenceRule& rule) const {
    const auto local = [&](Instant at) {
      return span_->start.zone == nullptr ? LocalTime{std::chrono::floor<seconds>(at.time_since_epoch())}
                                          : span_->start.zone->local(at);
    };
    LocalTime last = local(horizon());
    if (!rule.until) return last;
    LocalTime until = rule.until->at;
    if (rule.until->date_only)
      until += days{1} - seconds{1};
    else if (rule.until->utc && !span_->all_day)
      until = local(Instant{until.time_since_epoch()});
    return std::min(last, until);
  }

  template <class Use>
  void for_each_of(const ContentLine& line, const Use& use) {
    const auto rule = parse_rule(line.value);
    if (!rule) return note(item_, Notice::recurrence_capped);
    const auto expansion = expand(*rule, span_->start.local, last_of(*rule), limits::occurrences + 1, context_.work);
    if (expansion.capped) note(item_, Notice::recurrence_capped);
    // DTSTART belongs to RRULE by definition, but an EXRULE that does not name it leaves it.
    const bool first_counts = line.name == "RRULE";
    for (const LocalTime time : expansion.times)
      if (first_counts || time != span_->start.local) use(instant_of(span_->start, time));
  }

  void add_dates(const CalendarEvent& event, const ContentLine& line) {
    for (const std::string& value : split_value(line.value, ',')) {
      if (by_moment_.size() > 2 * limits::occurrences) return note(item_, Notice::recurrence_capped);
      const auto slash = value.find('/');  // a PERIOD: start/end or start/duration
      const auto start = event_time(event, line, std::string_view{value}.substr(0, slash), context_, item_);
      if (!start) {
        note(item_, Notice::malformed);
        continue;
      }
      Instant at = start->at;
      if (start->date_only && !span_->all_day)  // a day for an event with a time: at that time
        at = instant_of(span_->start,
                        start->local + (span_->start.local - std::chrono::floor<days>(span_->start.local)));
      Occurrence made = span_->occurrence(at);
      if (slash != std::string::npos) {
        const std::string_view until = std::string_view{value}.substr(slash + 1);
        if (const auto duration = parse_duration(until))
          made.end = Length{*duration}.end(*start, at);
        else if (const auto end = event_time(event, line, until, context_, item_); end && end->at >= at)
          made.end = end->at;
      }
      by_moment_.insert_or_assign(at, made);
    }
  }

  void remove_dates(const CalendarEvent& event, const ContentLine& line) {
    for (const std::string& value : split_value(line.value, ',')) {
      const auto time = event_time(event, line, value, context_, item_);
      if (!time) continue;
      if (const auto found = find(*time); found != by_moment_.end()) by_moment_.erase(found);
    }
  }

  /// The occurrence that a RECURRENCE-ID or EXDATE means: by its moment, or by its day where only a day is given.
  Moments::iterator find(const EventTime& time) {
    if (!time.date_only || !span_ || span_->all_day) return by_moment_.find(time.at);
    const auto begin = by_moment_.lower_bound(instant_of(span_->start, time.local));
    const auto end = by_moment_.lower_bound(instant_of(span_->start, time.local + days{1}));
    return begin == end ? by_moment_.end() : begin;
  }

  /// RANGE=THISANDFUTURE: what follows moves by as much, and lasts as long.
  void move_following(Instant key, const Span& span) {
    const auto shift = span.start.at - key;
    for (auto at = by_moment_.lower_bound(key); at != by_moment_.end(); ++at) {
      const Instant start = at->first + shift;
      at->second = {start, span.length.end(span.start, start), span.all_day};
    }
  }

  ExtractedItem& item_;
  EventContext& context_;
  std::optional<Span> span_;
  Moments by_moment_;
};

}  // namespace

std::optional<EventTime> event_time(const CalendarEvent& event, const ContentLine& line, std::string_view value,
                                    EventContext& context, ExtractedItem& item) {
  const auto written = parse_written_time(value);
  if (!written) return std::nullopt;
  const bool day = written->date_only || lower(line.parameter("VALUE")) == "date";
  EventTime made{Instant{written->at.time_since_epoch()}, written->at, day, nullptr};
  if (day) {
    made.local = std::chrono::floor<days>(written->at);
    made.at = Instant{made.local.time_since_epoch()};
    return made;
  }
  if (written->utc) return made;
  const std::string name{trimmed(line.parameter("TZID"))};
  made.zone = name.empty() ? nullptr : context.zones.find(event.calendar, name);
  if (!name.empty() && made.zone == nullptr) note(item, Notice::zone_unknown);
  if (made.zone == nullptr) made.zone = &context.zones.floating(event.calendar);
  made.at = made.zone->instant(written->at);
  return made;
}

bool is_called_off(const CalendarEvent& event, const CalendarFile& file) {
  if (file.calendars[event.calendar].method == "CANCEL") return true;
  const ContentLine* status = event.find("STATUS");
  return status != nullptr && lower(trimmed(status->value)) == "cancelled";
}

void fill_occurrences(ExtractedItem& item, const CalendarEvent* master,
                      const std::vector<const CalendarEvent*>& overrides, EventContext& context,
                      const CalendarFile& file) {
  Series series{item, context};
  if (master != nullptr) series.add_master(*master);
  const auto is_range = [](const CalendarEvent* event) {
    return !event->find("RECURRENCE-ID")->parameter("RANGE").empty();
  };
  for (const bool ranges : {true, false})  // what moves many goes first: a single change stands above it
    for (const CalendarEvent* event : overrides)
      if (is_range(event) == ranges) series.apply(*event, is_called_off(*event, file));
  series.finish();
}

}  // namespace entregent::readers
