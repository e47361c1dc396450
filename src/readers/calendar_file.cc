// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/calendar_file.h"

#include <algorithm>

#include "base/text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

constexpr std::size_t max_depth = 50;
constexpr std::size_t max_lines = 10000;  ///< of one event
constexpr std::size_t max_stray_bytes = limits::section_bytes;

std::string upper_word(std::string_view text) {
  std::string made{trimmed(text)};
  for (char& c : made)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return made;
}

/// Follows BEGIN and END, and puts each line where it belongs.
class Parser {
 public:
  explicit Parser(std::size_t max_events) : max_events_(max_events) { file_.calendars.emplace_back(); }

  void take(std::string_view written) {
    auto line = parse_content_line(written);
    if (!line) return append(written);
    if (line->name == "BEGIN") return begin(upper_word(line->value));
    if (line->name == "END") return end(upper_word(line->value));
    if (open_.empty()) return;
    put(std::move(*line));
  }

  CalendarFile finish() && {
    while (!open_.empty()) close(Ending::missing);
    return std::move(file_);
  }

 private:
  enum class Ending { written, missing };

  void begin(const std::string& name) {
    last_ = nullptr;
    const bool component = name == "VCALENDAR" || name == "VEVENT" || name == "VTODO" || name == "VJOURNAL" ||
                           name == "VFREEBUSY" || name == "VTIMEZONE";
    file_.any_component = file_.any_component || component;
    if (name == "VCALENDAR") {
      while (!open_.empty()) close(Ending::missing);
      file_.calendars.emplace_back();
      calendar_ = file_.calendars.size() - 1;
    }
    // No event holds another component than alarms and places: one that opens means that the event before was cut off.
    while (component && name != "VCALENDAR" && !open_.empty() && open_.back() != "VCALENDAR") close(Ending::missing);
    if (open_.size() >= max_depth) return;
    open_.push_back(name);
    if (name == "VEVENT") begin_event();
    if (name == "VTIMEZONE") zone_name_.clear(), observances_.clear();
    if (name == "STANDARD" || name == "DAYLIGHT") observances_.emplace_back();
  }

  void begin_event() {
    if (file_.events.size() >= max_events_) {
      file_.too_many_events = true;
      open_.back() = "TOO-MANY";
      return;
    }
    file_.events.emplace_back().calendar = calendar_;
  }

  void end(const std::string& name) {
    last_ = nullptr;
    const bool too_many = name == "VEVENT" && std::find(open_.begin(), open_.end(), "TOO-MANY") != open_.end();
    const auto found = std::find(open_.rbegin(), open_.rend(), too_many ? "TOO-MANY" : name);
    if (found == open_.rend()) return;
    while (open_.back() != *found) close(Ending::missing);
    close(Ending::written);
  }

  void close(Ending ending) {
    const std::string name = open_.back();
    open_.pop_back();
    if (name == "VEVENT" && ending == Ending::missing) file_.events.back().cut_off = true;
    if (name == "VTIMEZONE" && !zone_name_.empty())
      file_.calendars[calendar_].zones.try_emplace(zone_name_, std::move(observances_));
    if (name == "VCALENDAR") calendar_ = 0;
  }

  void put(ContentLine line) {
    last_ = nullptr;
    const std::string& in = open_.back();
    if (in == "VEVENT") {
      CalendarEvent& event = file_.events.back();
      if (event.lines.size() >= max_lines) {
        event.truncated = true;
        return;
      }
      event.lines.push_back(std::move(line));
      last_ = &event.lines.back();
    } else if (in == "VCALENDAR") {
      Calendar& calendar = file_.calendars[calendar_];
      if (line.name == "METHOD") calendar.method = upper_word(line.value);
      if (line.name == "X-WR-TIMEZONE") calendar.zone = trimmed(line.value);
    } else if (in == "VTIMEZONE") {
      if (line.name == "TZID") zone_name_ = trimmed(unescaped(line.value));
    } else if ((in == "STANDARD" || in == "DAYLIGHT") && !observances_.empty() &&
               observances_.back().lines.size() < max_lines) {
      observances_.back().lines.push_back(std::move(line));
    }
  }

  /// A line that is no property goes on with the text before it, whose writer forgot to fold.
  void append(std::string_view written) {
    if (last_ == nullptr || last_->value.size() + written.size() > max_stray_bytes) return;
    last_->value += "\n" + decoded_line(written, last_->charset_guessed);
  }

  std::size_t max_events_;
  CalendarFile file_;
  std::vector<std::string> open_;
  std::size_t calendar_ = 0;
  std::string zone_name_;
  std::vector<Observance> observances_;
  ContentLine* last_ = nullptr;  // in the last event; null as soon as anything is added
};

/// Names without a `/` are often the file's own (`US-Eastern`, `Custom`, `EST`), except what Windows and Outlook write.
bool is_worldwide(const std::string& name) {
  return name.find('/') != std::string::npos || name.find("Standard Time") != std::string::npos ||
         name.find("UTC") != std::string::npos || name.find(',') != std::string::npos;
}

}  // namespace

const ContentLine* CalendarEvent::find(std::string_view name) const {
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const ContentLine& line) { return line.name == name; });
  return found == lines.end() ? nullptr : &*found;
}

CalendarFile parse_calendar_file(std::string_view bytes, std::size_t max_events) {
  std::string storage;
  LineReader lines{eight_bit(bytes, storage)};
  Parser parser{max_events};
  while (const auto line = lines.next()) parser.take(*line);
  return std::move(parser).finish();
}

const CalendarZone* ZoneBook::find(std::size_t calendar, const std::string& name) {
  auto key = std::make_pair(calendar, name);
  auto found = known_.find(key);
  if (found == known_.end()) found = known_.emplace(std::move(key), look_up(calendar, name)).first;
  return found->second ? &*found->second : nullptr;
}

const CalendarZone& ZoneBook::floating(std::size_t calendar) {
  const auto found = known_.find({calendar, ""});
  if (found != known_.end()) return *found->second;
  auto zone = fallback_ ? fallback_ : Zone::find(file_.calendars[calendar].zone);
  return *known_.emplace(std::make_pair(calendar, std::string{}), CalendarZone{zone ? *zone : Zone::utc()})
              .first->second;
}

std::optional<CalendarZone> ZoneBook::look_up(std::size_t calendar, const std::string& name) {
  if (is_worldwide(name))
    if (const auto zone = Zone::find(name)) return CalendarZone{*zone};
  const auto& zones = file_.calendars[calendar].zones;
  if (const auto written = zones.find(name); written != zones.end())
    if (auto zone = FileZone::make(written->second, work_))
      return CalendarZone{std::make_shared<const FileZone>(std::move(*zone))};
  if (const auto zone = Zone::find(name)) return CalendarZone{*zone};
  return std::nullopt;
}

}  // namespace entregent::readers
