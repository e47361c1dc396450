// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/diary.h"

#include <ostream>
#include <span>

#include "base/said_days.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/meant.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

/// `note NAME text…`: whom the first words name, and the rest.
struct Entry {
  personal::AliasId alias;
  std::string name;
  std::span<const std::string> rest;
};

Result<Entry> entry_of(personal::Store& store, const std::vector<std::string>& words) {
  const std::size_t named = words_of_name(store, words);
  const std::string name = joined({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(named)});
  const auto alias = alias_meant(store, name);
  if (!alias) return fail(alias.error());
  return Entry{.alias = *alias, .name = name_and_address(store, *alias), .rest = std::span(words).subspan(named)};
}

std::string text_of(std::span<const std::string> words) {
  return joined({words.begin(), words.end()});
}

/// The last word of what was done, and how it is taken back.
ExitStatus done(const Context& context, const Entry& entry, const std::string& said, std::optional<Day> day,
                const std::string& text) {
  if (context.json) {
    JsonWriter json;
    json.field("done", true).field("name", entry.name).field("text", text);
    json.field("day", day ? iso_day(*day) : std::string());
    *context.out << json.finish();
    return 0;
  }
  *context.out << said << ' ' << context.language.tr("Taken back by: {0} undo", context.program) << '\n';
  return 0;
}

Error text_missing(std::string_view command) {
  return {ErrorCode::invalid, N_("Something is missing; entregent help {0} says what"), std::string(command)};
}

}  // namespace

ExitStatus note(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const auto entry = entry_of(store, arguments.words);
  if (!entry) return refuse(context, entry.error());
  const std::string text = text_of(entry->rest);
  if (text.empty()) return refuse(context, text_missing("note"));
  personal::write_note(store, entry->alias, text, context.clock->now());
  return done(context, *entry, context.language.tr("Noted about {0}.", plain(entry->name)), std::nullopt, text);
}

ExitStatus promise(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const auto entry = entry_of(store, arguments.words);
  if (!entry) return refuse(context, entry.error());
  const auto found = day_at_end(entry->rest, today_of(context), SaidOf::future);
  const bool dated = found && found->words < entry->rest.size();
  const std::string text = text_of(dated ? entry->rest.first(entry->rest.size() - found->words) : entry->rest);
  if (text.empty()) return refuse(context, text_missing("promise"));
  const auto due = dated ? std::optional(found->day) : std::nullopt;
  personal::write_promise(store, entry->alias, text, due, context.clock->now());
  const std::string said =
      due ? context.language.tr("Promised to {0}, for {1}.", plain(entry->name), context.language.long_date(*due))
          : context.language.tr("Promised to {0}.", plain(entry->name));
  return done(context, *entry, said, due, text);
}

ExitStatus met(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const auto entry = entry_of(store, arguments.words);
  if (!entry) return refuse(context, entry.error());
  const Day today = today_of(context);
  const auto first = day_at_begin(entry->rest, today, SaidOf::past);
  const auto last = first ? std::nullopt : day_at_end(entry->rest, today, SaidOf::past);
  const Day day = first ? first->day : last ? last->day : today;
  if (day > today)
    return refuse(context, {ErrorCode::invalid, N_("{0} is still to come."), context.language.long_date(day)});
  auto rest = entry->rest;
  if (first) rest = rest.subspan(first->words);
  if (last) rest = rest.first(rest.size() - last->words);
  const std::string text = text_of(rest);
  personal::write_met(store, entry->alias, day, text);
  return done(context, *entry,
              context.language.tr("You met {0} on {1}.", plain(entry->name), context.language.long_date(day)), day,
              text);
}

}  // namespace entregent::cli
