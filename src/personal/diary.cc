// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/diary.h"

namespace entregent::personal {
namespace {

using What = TakenBack::What;

/// The person an alias is today, by the name that is shown; else the alias as it was seen.
std::string name_of(Store& store, AliasId alias, Instant now) {
  if (const auto person = person_of(store, alias, std::chrono::floor<std::chrono::days>(now)))
    return shown_name(store, *person);
  const auto row =
      store.db().first("select case when name = '' then handle else name end from alias where id = $1", alias);
  return row ? row->text(0) : std::string();
}

/// Deletes the row; the trigger deletes its act.
TakenBack take_back(Store& store, const std::string& what, std::int64_t id, Instant now) {
  auto& db = store.db();
  TakenBack result;
  const auto read = [&](std::string_view sql, What of) {
    result.what = of;
    if (const auto row = db.first(sql, id)) {
      result.name = name_of(store, row->id<AliasRow>(0), now);
      result.text = row->text(1);
    }
  };
  if (what == "note") {
    read("select alias, text from note where id = $1", What::note);
    db.run("delete from note where id = $1", id);
  } else if (what == "promise") {
    read("select alias, text from promise where id = $1", What::promise);
    db.run("delete from promise where id = $1", id);
  } else if (what == "met") {
    read("select alias, text from met where id = $1", What::met);
    db.run("delete from met where id = $1", id);
  } else {
    read("select alias, '' from settled where id = $1", What::settled);
    db.run("delete from settled where id = $1", id);
  }
  return result;
}

}  // namespace

std::int64_t write_promise(Store& store, AliasId alias, std::string_view text, std::optional<Day> due, Instant now,
                           std::string_view item_key) {
  store.db().run("insert into promise(alias, made_at, due_day, text, item_key) values ($1, $2, $3, $4, $5)", alias, now,
                 due, text, db::blob(item_key));
  return store.db().number("select max(id) from promise");
}

void write_met(Store& store, AliasId alias, Day day, std::string_view text) {
  store.db().run("insert into met(alias, day, text) values ($1, $2, $3)", alias, day, text);
}

std::vector<Promise> promises(Store& store, AliasId alias) {
  std::vector<Promise> result;
  store.db().each(
      "select id, made_at, due_day, text, exists (select 1 from settled where settled.alias = promise.alias and "
      "settled.promise = promise.id and verdict in (1, 3, 4)) from promise where alias = $1 "
      "order by due_day is null, due_day, made_at, id",
      [&](const db::Statement& row) {
        result.push_back({.id = row.integer(0),
                          .alias = alias,
                          .made_at = row.instant(1),
                          .due = row.is_null(2) ? std::nullopt : std::optional(row.day(2)),
                          .text = row.text(3),
                          .kept = row.integer(4) != 0});
      },
      alias);
  return result;
}

std::vector<Met> meetings_told(Store& store, AliasId alias) {
  std::vector<Met> result;
  store.db().each(
      "select day, text from met where alias = $1 order by day desc, id desc",
      [&](const db::Statement& row) {
        result.push_back({row.day(0), row.text(1)});
      },
      alias);
  return result;
}

std::optional<TakenBack> undo_last(Store& store, Instant now) {
  auto& db = store.db();
  std::string what;
  std::int64_t id = 0;
  if (const auto row = db.first("select what, row from act order by id desc limit 1")) {
    what = row->text(0);
    id = row->integer(1);
  }
  if (what.empty()) return std::nullopt;
  if (what != "decision") return take_back(store, what, id, now);
  const auto decision = undo_decision(store);
  return TakenBack{.what = What::decision, .was_same = decision && decision->same, .text = {}, .name = {}};
}

}  // namespace entregent::personal
