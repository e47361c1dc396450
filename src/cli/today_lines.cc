// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/today_lines.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "cli/dossier_json.h"
#include "cli/json.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

using personal::AgendaMeeting;
using personal::LineKind;
using personal::Today;

std::int64_t whole(double days) {
  return std::llround(days);
}

/// "since 4 days": how long somebody waits.
std::string waits_since(const Context& context, Instant at) {
  const auto days = std::chrono::floor<std::chrono::days>(context.clock->now() - at).count();
  if (days <= 0) return context.language.tr("wrote today");
  return context.language.trn("wrote {0} day ago", "wrote {0} days ago", days);
}

std::string due_text(const Context& context, std::optional<Day> due) {
  if (!due) return context.language.tr("some day");
  const auto days = (*due - today_of(context)).count();
  if (days == 0) return context.language.tr("today");
  if (days < 0) return context.language.trn("{0} day late", "{0} days late", -days);
  return context.language.tr("for {0}", context.language.short_date(*due));
}

std::string why_revive(const Context& context, const personal::TieToRevive& tie) {
  const auto& language = context.language;
  const auto exchanges = tie.counts.incoming + tie.counts.outgoing + tie.counts.meetings;
  return language.trn("{0} exchange over {1} weeks, silent for {2} days, usual rhythm {3}",
                      "{0} exchanges over {1} weeks, silent for {2} days, usual rhythm {3}", exchanges,
                      tie.counts.weeks, whole(tie.state.silence), whole(tie.state.usual_gap));
}

std::string when_of(const Context& context, const readers::Occurrence& when) {
  if (when.all_day) return context.language.tr("all day");
  const std::string both = date_and_time(context, when.start);
  return both.substr(both.rfind(' ') + 1);
}

/// Two lines: who it is, and what was last between you.
std::vector<std::string> brief_lines(const Context& context, const AgendaMeeting::Brief& brief) {
  const auto& language = context.language;
  std::string first = plain(brief.who.name);
  if (!brief.position.empty()) first += " · " + plain(brief.position);
  std::string second = language.tr("nothing was written between you");
  if (brief.last) {
    const auto written = brief.last->direction == personal::Direction::outgoing ? language.tr("you wrote last")
                                                                                : language.tr("they wrote last");
    second = written + (brief.last->at ? ", " + date(context, *brief.last->at) : std::string());
    if (!brief.last->title.empty()) second += ", " + plain(brief.last->title);
  }
  if (brief.open_promises > 0)
    second += " · " + language.trn("{0} open promise", "{0} open promises", brief.open_promises);
  if (!brief.notes.empty()) second += " · " + plain(brief.notes.front());
  return {first, second};
}

TodayLine meeting_line(const Context& context, const AgendaMeeting& meeting) {
  TodayLine line{.key = meeting.key,
                 .name = meeting.title.empty() ? context.language.tr("(no subject)") : meeting.title,
                 .text = meeting.location,
                 .why = when_of(context, meeting.when),
                 .due = std::nullopt,
                 .item = meeting.item.value,
                 .below = {}};
  for (const auto& brief : meeting.briefs)
    for (auto& text : brief_lines(context, brief)) line.below.push_back(std::move(text));
  if (meeting.others > 0)
    line.below.push_back(
        context.language.trn("and {0} more", "and {0} more", static_cast<std::int64_t>(meeting.others)));
  return line;
}

class Page {
 public:
  Page(const Context& context, const Today& today) : context_(context), today_(today) {}

  std::string text() {
    const auto& language = context_.language;
    out_ = bold(context_, language.tr("Today, {0}", language.long_date(today_.day))) + '\n';
    heading_ = {language.tr("Meetings"), language.tr("Replies you owe"), language.tr("What you promised"),
                language.tr("Did you promise this?"), language.tr("To get back in touch with this week")};
    for (const auto& line : lines_of(context_, today_)) print(line);
    if (number_ == 0) out_ += '\n' + language.tr("Nobody waits for you, and nothing is promised.") + '\n';
    if (number_ > 0) {
      out_ += '\n' +
              language.tr(
                  "Settle a line with: {0} today done 1 (or later, not-owed, never; yes for a promise); "
                  "one key each: {0} today settle",
                  context_.program) +
              '\n';
    }
    return out_ + '\n' + faint(context_, coverage_line(context_, today_.coverage)) + '\n';
  }

 private:
  static std::size_t section_of(LineKind kind) {
    switch (kind) {
      case LineKind::meeting:
        return 0;
      case LineKind::reply:
        return 1;
      case LineKind::promise:
        return 2;
      case LineKind::proposal:
        return 3;
      case LineKind::tie:
        return 4;
    }
    return 0;
  }

  void print(const TodayLine& line) {
    const auto section = section_of(line.key.kind);
    if (number_ == 0 || section != section_) out_ += '\n' + bold(context_, heading_.at(section)) + '\n';
    section_ = section;
    ++number_;
    const auto width = static_cast<std::size_t>(context_.width);
    const std::string head = fmt::format("{:3}  {}", number_, plain(line.name));
    const std::string item = line.item == 0 ? std::string() : fmt::format(" #{}", line.item);
    if (columns(head) + 2 + columns(line.why) + item.size() <= width) {
      out_ += head + "  " + faint(context_, line.why + item) + '\n';
    } else {
      out_ += fitted(head, width) + '\n';
      for (const auto& part : wrapped(line.why + item, width - 5)) out_ += "     " + faint(context_, part) + '\n';
    }
    if (!line.text.empty()) out_ += "     " + fitted(plain(line.text), width - 5) + '\n';
    for (const auto& below : line.below) out_ += "     " + fitted(below, width - 5) + '\n';
  }

  const Context& context_;
  const Today& today_;
  std::string out_;
  std::array<std::string, 5> heading_;
  std::size_t section_ = 0;
  int number_ = 0;
};

std::string_view kind_of(LineKind kind) {
  switch (kind) {
    case LineKind::meeting:
      return "meeting";
    case LineKind::reply:
      return "reply";
    case LineKind::promise:
      return "promise";
    case LineKind::proposal:
      return "proposal";
    case LineKind::tie:
      return "tie";
  }
  return "";
}

}  // namespace

std::vector<TodayLine> lines_of(const Context& context, const Today& today) {
  std::vector<TodayLine> lines;
  for (const auto& meeting : today.meetings) lines.push_back(meeting_line(context, meeting));
  for (const auto& reply : today.replies)
    lines.push_back({reply.key, reply.who.name, reply.asks, waits_since(context, reply.at), {}, reply.item.value, {}});
  for (const auto& due : today.due)
    lines.push_back(
        {due.key, due.who.name, due.promise.text, due_text(context, due.promise.due), due.promise.due, 0, {}});
  for (const auto& proposal : today.proposals)
    lines.push_back({proposal.key,
                     proposal.who.name,
                     proposal.sentence,
                     due_text(context, proposal.due),
                     proposal.due,
                     proposal.item.value,
                     {}});
  for (const auto& tie : today.revive)
    lines.push_back({tie.key, tie.who.name, tie.last_title, why_revive(context, tie), {}, tie.last_item.value, {}});
  return lines;
}

std::string today_text(const Context& context, const Today& today) {
  return Page(context, today).text();
}

std::string today_json(const Context& context, const Today& today) {
  JsonWriter json;
  json.field("day", iso_day(today.day)).begin_list("lines");
  int number = 0;
  for (const auto& line : lines_of(context, today)) {
    json.begin_object().field("number", ++number).field("kind", kind_of(line.key.kind)).field("name", line.name);
    json.field("text", line.text).field("why", line.why).field("due", line.due ? iso_day(*line.due) : std::string());
    json.field("item", line.item).begin_list("brief");
    for (const auto& below : line.below) json.value(below);
    json.end_list().end_object();
  }
  json.end_list();
  write_coverage(json, today.coverage);
  return json.finish();
}

}  // namespace entregent::cli
