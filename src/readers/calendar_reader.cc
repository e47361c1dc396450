// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/calendar_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "base/digest.h"
#include "base/text.h"
#include "readers/calendar_file.h"
#include "readers/event_times.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

constexpr std::size_t work_for_any_file = 250000;
constexpr std::size_t work_per_byte = 20;  ///< enough for a file of nothing but endless weekly events

/// All components of one UID.
struct Group {
  std::string uid;
  std::vector<const CalendarEvent*> versions;  ///< in the order of the file
};

std::string text_of(const CalendarEvent& event, std::string_view name) {
  const ContentLine* line = event.find(name);
  return line == nullptr ? std::string{} : unescaped(line->value);
}

std::int32_t sequence_of(const CalendarEvent& event) {
  const std::string text{trimmed(text_of(event, "SEQUENCE"))};
  std::int32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::max(value, 0);
}

/// A moment in UTC, such as DTSTAMP; nothing if it is beyond 2200, which no program wrote on purpose.
std::optional<Instant> stamp(const CalendarEvent& event, std::string_view name) {
  const ContentLine* line = event.find(name);
  if (line == nullptr) return std::nullopt;
  const auto time = parse_written_time(line->value);
  if (!time || time->at >= LocalTime{std::chrono::local_days{std::chrono::year{2200} / 1 / 1}}) return std::nullopt;
  return Instant{time->at.time_since_epoch()};
}

std::optional<Instant> newest_stamp(const CalendarFile& file) {
  std::optional<Instant> newest;
  for (const CalendarEvent& event : file.events)
    for (const std::string_view name : {"DTSTAMP", "CREATED", "LAST-MODIFIED"})
      if (const auto at = stamp(event, name); at && (!newest || *newest < *at)) newest = at;
  return newest;
}

std::vector<Group> groups_of(const CalendarFile& file) {
  std::vector<Group> groups;
  std::unordered_map<std::string, std::size_t> by_uid;
  for (const CalendarEvent& event : file.events) {
    std::string uid = squeezed(text_of(event, "UID"));
    std::size_t at = groups.size();
    if (!uid.empty()) at = by_uid.try_emplace(uid, at).first->second;
    if (at == groups.size()) groups.push_back({std::move(uid), {}});
    groups[at].versions.push_back(&event);
  }
  return groups;
}

/// Makes the item of one group.
class EventItem {
 public:
  EventItem(const Group& group, const CalendarFile& file, EventContext& context)
      : group_(group), file_(file), context_(context) {
    item_.kind = ItemKind::event;
  }

  ExtractedItem make() {
    for (const CalendarEvent* event : group_.versions) take_version(*event);
    choose_singles();
    const CalendarEvent* told = master_ != nullptr ? master_
                                : singles_.empty() ? group_.versions.front()
                                                   : singles_.front();
    take_details(*told);
    for (const CalendarEvent* event : group_.versions) take_people(*event);
    fill_occurrences(item_, master_, singles_, context_, file_);
    settle(*told);
    return std::move(item_);
  }

 private:
  /// Whether a version says how the event is, or only something about it (an answer, a wish).
  [[nodiscard]] bool is_statement(const CalendarEvent& event) const {
    constexpr std::array<std::string_view, 5> about{"REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER", "ADD"};
    const std::string& method = file_.calendars[event.calendar].method;
    return std::find(about.begin(), about.end(), method) == about.end();
  }

  /// True if `b` replaces `a`, which stands before it in the file.
  [[nodiscard]] bool replaces(const CalendarEvent& b, const CalendarEvent& a) const {
    const auto rank = [&](const CalendarEvent& event) {
      return std::make_tuple(is_statement(event), sequence_of(event), stamp(event, "DTSTAMP").value_or(Instant::min()));
    };
    return rank(b) >= rank(a);
  }

  void take_version(const CalendarEvent& event) {
    if (event.cut_off) note(item_, Notice::malformed);
    if (event.truncated) note(item_, Notice::truncated);
    for (const ContentLine& line : event.lines)
      if (line.charset_guessed) note(item_, Notice::charset_guessed);
    if (event.find("RECURRENCE-ID") != nullptr) return;
    const CalendarEvent*& place = file_.calendars[event.calendar].method == "CANCEL" ? cancel_ : master_;
    if (place == nullptr || replaces(event, *place)) place = &event;
  }

  /// Of several versions of one occurrence, the one that counts.
  void choose_singles() {
    std::unordered_map<std::string, const CalendarEvent*> chosen;
    std::vector<std::string> order;
    for (const CalendarEvent* event : group_.versions) {
      const ContentLine* moment = event->find("RECURRENCE-ID");
      if (moment == nullptr || (!is_statement(*event) && master_ != nullptr)) continue;
      const std::string key = std::string{moment->parameter("TZID")} + "\n" + moment->value;
      const auto [place, fresh] = chosen.try_emplace(key, event);
      if (fresh)
        order.push_back(key);
      else if (replaces(*event, *place->second))
        place->second = event;
    }
    for (const std::string& key : order) singles_.push_back(chosen[key]);
    if (master_ == nullptr && cancel_ != nullptr && singles_.empty()) master_ = cancel_;
  }

  void take_details(const CalendarEvent& event) {
    item_.identifier = one_line(item_, group_.uid);
    item_.title = one_line(item_, text_of(event, "SUMMARY"));
    item_.location = one_line(item_, text_of(event, "LOCATION"));
    for (const CalendarEvent* version : group_.versions)
      item_.sequence = std::max(item_.sequence, sequence_of(*version));
    for (const std::string_view name : {"DESCRIPTION", "COMMENT"})
      for (const ContentLine& line : event.lines)
        if (line.name == name) add_fresh_text(item_, unescaped(line.value));
    for (const ContentLine& line : event.lines) {
      if (line.name == "CATEGORIES")
        for (const std::string& value : split_value(line.value, ',')) add_label(item_, value);
      if (line.name == "URL") add_fact(item_, FactKind::url, unescaped(line.value));
      if (line.name == "CONFERENCE" || line.name == "X-GOOGLE-CONFERENCE" ||
          line.name == "X-MICROSOFT-SKYPETEAMSMEETINGURL")
        add_fact(item_, FactKind::url, unescaped(line.value), "conference");
      if (line.name == "ATTACH") take_attachment(line);
    }
  }

  void take_attachment(const ContentLine& line) {
    const bool inside = lower(line.parameter("VALUE")) == "binary" || lower(line.parameter("ENCODING")) == "base64";
    if (!inside) return add_fact(item_, FactKind::url, unescaped(line.value), "attach");
    if (item_.attachments.size() >= limits::attachments) return note(item_, Notice::truncated);
    std::string_view name = line.parameter("FILENAME");
    if (name.empty()) name = line.parameter("X-FILENAME");
    if (name.empty()) name = line.parameter("X-APPLE-FILENAME");
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    item_.attachments.push_back(
        {one_line(item_, name), one_line(item_, lower(line.parameter("FMTTYPE"))), line.value.size() / 4 * 3});
  }

  void take_people(const CalendarEvent& event) {
    const std::string& method = file_.calendars[event.calendar].method;
    add_fact(item_, FactKind::other, method, "METHOD");
    for (const ContentLine& line : event.lines) {
      if (line.name == "ORGANIZER") take_person(line, Role::organizer);
      if (line.name == "ATTENDEE") take_person(line, Role::attendee);
    }
  }

  void take_person(const ContentLine& line, Role role) {
    std::string address = line.value.find("://") == std::string::npos ? mail_address(line.value) : std::string{};
    if (address.empty()) address = mail_address(line.parameter("EMAIL"));
    std::string name = joined_name(line);
    const std::string kind = lower(line.parameter("CUTYPE"));
    if (kind == "room" || kind == "resource")
      return add_fact(item_, FactKind::other, name.empty() ? address : name, kind == "room" ? "ROOM" : "RESOURCE");
    if (lower(name) == lower(address) || !mail_address(name).empty())
      name.clear();  // an address in the place of a name is none
    add_party(item_, role, name, address);
    add_party(item_, Role::sender, {}, mail_address(line.parameter("SENT-BY")));
  }

  /// CN, put together again where a comma in it was not quoted.
  static std::string joined_name(const ContentLine& line) {
    for (const Parameter& parameter : line.parameters) {
      if (parameter.name != "CN") continue;
      std::string name;
      for (const std::string& part : parameter.values) name += (name.empty() ? "" : ",") + part;
      std::string_view bare = trimmed(name);
      while (bare.size() > 1 && (bare.front() == '\'' || bare.front() == '"') && bare.front() == bare.back())
        bare = trimmed(bare.substr(1, bare.size() - 2));
      return unescaped(bare);
    }
    return {};
  }

  void settle(const CalendarEvent& told) {
    if (!item_.occurrences.empty()) item_.happened_at = item_.occurrences.front().start;
    const bool cancel_counts = cancel_ != nullptr && (master_ == nullptr || master_ == cancel_ ||
                                                      sequence_of(*cancel_) >= sequence_of(*master_));
    const bool called_off = cancel_counts || (told.find("RECURRENCE-ID") == nullptr && is_called_off(told, file_));
    const bool nothing_left =
        item_.occurrences.empty() && told.find("DTSTART") != nullptr &&
        std::find(item_.notices.begin(), item_.notices.end(), Notice::malformed) == item_.notices.end();
    item_.marks.cancelled = called_off || nothing_left;
    if (item_.occurrences.empty() && !item_.marks.cancelled) note(item_, Notice::date_missing);
    std::string organizer;
    for (const Party& party : item_.parties)
      if (party.role == Role::organizer && organizer.empty())
        organizer = lower(party.address.empty() ? party.name : party.address);
    const std::string start = item_.happened_at ? std::to_string(micros(*item_.happened_at)) : std::string{};
    item_.content_hash = digest("event\n" + start + "\n" + item_.title + "\n" + organizer);
  }

  const Group& group_;
  const CalendarFile& file_;
  EventContext& context_;
  ExtractedItem item_;
  const CalendarEvent* master_ = nullptr;
  const CalendarEvent* cancel_ = nullptr;
  std::vector<const CalendarEvent*> singles_;
};

}  // namespace

Result<std::vector<ExtractedItem>> read_calendar(std::string_view bytes, const CalendarOptions& options) {
  const CalendarFile file = parse_calendar_file(bytes, limits::events);
  if (!file.any_component) return fail({ErrorCode::malformed, N_("This file holds no calendar.")});
  Work work{work_for_any_file + work_per_byte * bytes.size()};
  const std::optional<Zone> fallback = options.zone.empty() ? std::nullopt : Zone::find(options.zone);
  ZoneBook zones{file, fallback, work};
  EventContext context{zones, work, options.horizon, newest_stamp(file)};
  std::vector<ExtractedItem> items;
  for (const Group& group : groups_of(file)) items.push_back(EventItem{group, file, context}.make());
  if (file.too_many_events && !items.empty()) note(items.back(), Notice::truncated);
  return items;
}

}  // namespace entregent::readers
