// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/today.h"

#include <charconv>
#include <ctime>
#include <ostream>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/style.h"
#include "cli/today_lines.h"

namespace entregent::cli {
namespace {

using personal::Verdict;

Instant local_midnight(Day day) {
  const std::chrono::year_month_day date(day);
  std::tm parts{};
  parts.tm_year = static_cast<int>(date.year()) - 1900;
  parts.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  parts.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  parts.tm_isdst = -1;
  return Instant(std::chrono::seconds(std::mktime(&parts)));
}

personal::Today read_today(const Context& context, personal::Store& store) {
  const Day day = today_of(context);
  const personal::DayBounds bounds{
      .day = day, .begin = local_midnight(day), .end = local_midnight(day + std::chrono::days(1))};
  const auto moment = store.one_moment();
  return personal::make_today(store, bounds, context.clock->now());
}

/// How long `later` puts a line off.
constexpr auto put_off = std::chrono::days(7);

/// Writes what was said of a line; a yes to a proposal makes it a promise.
void say(const Context& context, personal::Store& store, const TodayLine& line, Verdict verdict) {
  const Instant now = context.clock->now();
  if (verdict == Verdict::yes) {
    personal::write_promise(store, line.key.alias, line.text, line.due, now, line.key.item_key);
    return;
  }
  const auto until = verdict == Verdict::later ? std::optional(today_of(context) + put_off) : std::nullopt;
  personal::settle_line(store, line.key, verdict, now, until);
}

std::optional<Verdict> verdict_named(std::string_view word) {
  if (word == "done") return Verdict::done;
  if (word == "later") return Verdict::later;
  if (word == "not-owed") return Verdict::not_owed;
  if (word == "never") return Verdict::never;
  if (word == "yes") return Verdict::yes;
  return std::nullopt;
}

Error not_fitting(Verdict verdict) {
  if (verdict == Verdict::yes) return {ErrorCode::conflict, N_("Only a proposed promise takes a yes."), {}};
  return {ErrorCode::conflict, N_("A proposed promise is taken by yes, or settled by not-owed or later."), {}};
}

/// A proposal is not yet owed, so it cannot be done.
bool fits(const TodayLine& line, Verdict verdict) {
  const bool proposal = line.key.kind == personal::LineKind::proposal;
  return proposal ? verdict != Verdict::done : verdict != Verdict::yes;
}

/// `today done 2`.
ExitStatus settle_one(const Context& context, Verdict verdict, const std::string& word) {
  auto store = context.open();
  const auto lines = lines_of(context, read_today(context, store));
  std::size_t number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  if (number == 0 || number > lines.size())
    return refuse(context, {ErrorCode::not_found, N_("There is no line {0} in Today."), word});
  const auto& line = lines[number - 1];
  if (!fits(line, verdict)) return refuse(context, not_fitting(verdict));
  say(context, store, line, verdict);
  if (context.json) {
    JsonWriter json;
    json.field("done", true).field("line", line.text).field("name", line.name);
    *context.out << json.finish();
    return 0;
  }
  *context.out << context.language.tr("Settled: {0}", plain(line.name + ", " + line.text)) << '\n'
               << context.language.tr("Taken back by: {0} undo", context.program) << '\n';
  return 0;
}

/// One key a line, until the last or q.
class Settling {
 public:
  explicit Settling(const Context& context) : context_(context), store_(context.open()) {}

  ExitStatus run() {
    lines_ = lines_of(context_, read_today(context_, store_));
    while (at_ < lines_.size()) {
      show(lines_[at_]);
      std::string typed;
      if (!std::getline(*context_.in, typed)) break;
      const std::string key = folded(trimmed(typed));
      if (key == "q") break;
      if (!settle(key)) *context_.out << help() << '\n';
    }
    if (lines_.empty()) *context_.out << context_.language.tr("There is nothing to settle.") << '\n';
    return 0;
  }

 private:
  void show(const TodayLine& line) {
    *context_.out << '\n' << bold(context_, plain(line.name)) << "  " << faint(context_, line.why) << '\n';
    if (!line.text.empty()) *context_.out << "  " << plain(line.text) << '\n';
    *context_.out << help() << ' ' << std::flush;
  }

  [[nodiscard]] std::string help() const {
    return lines_[at_].key.kind == personal::LineKind::proposal
               ? context_.language.tr("y yes, n not owed, l later, v never, u undo, q quit:")
               : context_.language.tr("d done, l later, n not owed, v never, u undo, q quit:");
  }

  bool settle(const std::string& key) {
    if (key == "u") return take_back();
    std::optional<Verdict> verdict;
    if (key == "d") verdict = Verdict::done;
    if (key == "l") verdict = Verdict::later;
    if (key == "n") verdict = Verdict::not_owed;
    if (key == "v") verdict = Verdict::never;
    if (key == "y" || key == "o") verdict = Verdict::yes;
    if (!verdict || !fits(lines_[at_], *verdict)) return false;
    say(context_, store_, lines_[at_], *verdict);
    ++at_;
    return true;
  }

  /// Only what was settled here: what was said before stands.
  bool take_back() {
    if (at_ == 0) return false;
    personal::undo_last(store_, context_.clock->now());
    --at_;
    return true;
  }

  const Context& context_;
  personal::Store store_;
  std::vector<TodayLine> lines_;
  std::size_t at_ = 0;
};

ExitStatus show_today(const Context& context) {
  auto store = context.open();
  const auto today = read_today(context, store);
  *context.out << (context.json ? today_json(context, today) : today_text(context, today));
  personal::remember_suggested(store, today.revive, today.day);
  print_stats(context, store);
  return 0;
}

}  // namespace

ExitStatus today(const Context& context, const Arguments& arguments) {
  const auto& words = arguments.words;
  if (words.empty()) return show_today(context);
  if (words.size() == 1 && words[0] == "settle") return Settling(context).run();
  const auto verdict = verdict_named(words[0]);
  if (!verdict || words.size() != 2)
    return refuse(context, {ErrorCode::invalid, N_("Not understood: {0}; say entregent help"), joined(words)});
  return settle_one(context, *verdict, words[1]);
}

}  // namespace entregent::cli
