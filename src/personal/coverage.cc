// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/coverage.h"

#include <algorithm>
#include <array>

namespace entregent::personal {
namespace {

constexpr std::array<std::string_view, 11> notice_codes = {
    "",          "sender_missing",    "date_missing", "date_repaired", "text_missing", "encrypted", "charset_guessed",
    "truncated", "recurrence_capped", "zone_unknown", "malformed"};

void add_example(std::vector<SourceStatus::Count>& counts, std::string_view code,
                 SourceStatus::Count::Example example) {
  auto entry = std::ranges::find(counts, code, &SourceStatus::Count::code);
  if (entry == counts.end()) entry = counts.insert(counts.end(), {std::string(code), 0, {}});
  ++entry->count;
  if (entry->examples.size() < 5) entry->examples.push_back(std::move(example));
}

SourceStatus::Count::Example example_of(const db::Statement& row) {
  std::string text = row.text(1);
  if (!text.empty() && !row.view(2).empty()) text += '/';
  text += row.text(2);
  if (row.integer(3) != 0) text += " @" + std::to_string(row.integer(3));
  return {.where = text, .detail = row.text(4)};
}

void read_problems(db::Connection& db, SourceStatus& status) {
  const auto add = [&](const db::Statement& row) { add_example(status.problems, row.view(0), example_of(row)); };
  db.each(
      "select file.problem, folder.path, file.name, 0, coalesce(file.problem_detail, '') from file join folder on "
      "folder.id = file.folder "
      "where folder.source = $1 and file.problem is not null order by folder.path, file.name",
      add, status.source.id);
  db.each(
      "select place.problem, folder.path, file.name, place.part, coalesce(place.problem_detail, '') from place "
      "join file on file.id = place.file join folder on folder.id = file.folder "
      "where folder.source = $1 and place.problem is not null order by folder.path, file.name, place.part",
      add, status.source.id);
  std::ranges::stable_sort(status.problems, std::greater<>(), &SourceStatus::Count::count);
}

void read_skipped(db::Connection& db, SourceStatus& status) {
  db.each(
      "select place.skipped, count(*) from place join file on file.id = place.file join folder on folder.id = "
      "file.folder "
      "where folder.source = $1 and place.skipped is not null group by place.skipped order by 2 desc",
      [&](const db::Statement& row) {
        status.skipped.push_back({row.text(0), row.integer(1), {}});
      },
      status.source.id);
}

void read_notices(db::Connection& db, SourceStatus& status) {
  db.each(
      "select item.notices, count(distinct item.id) from place join file on file.id = place.file join folder on "
      "folder.id = file.folder "
      "join item on item.id = place.item where folder.source = $1 and item.notices != 0 group by item.notices",
      [&](const db::Statement& row) {
        for (std::size_t notice = 1; notice < notice_codes.size(); ++notice) {
          if ((row.integer(0) >> notice & 1) == 0) continue;
          auto entry = std::ranges::find(status.notices, notice_codes[notice], &SourceStatus::Count::code);
          if (entry == status.notices.end()) {
            entry = status.notices.insert(status.notices.end(), {std::string(notice_codes[notice]), 0, {}});
          }
          entry->count += row.integer(1);
        }
      },
      status.source.id);
  std::ranges::stable_sort(status.notices, std::greater<>(), &SourceStatus::Count::count);
}

}  // namespace

std::int64_t unreadable_count(Store& store) {
  auto& db = store.db();
  return db.number("select count(*) from file where problem is not null") +
         db.number("select count(*) from place where problem is not null");
}

std::int64_t item_count(Store& store) {
  return store.db().number("select count(*) from item");
}

Coverage coverage(Store& store) {
  auto& db = store.db();
  Coverage result;
  db.each("select finished_at, started_at from source", [&](const db::Statement& row) {
    ++result.sources;
    if (!row.is_null(0)) ++result.current;
    if (row.is_null(0) && !row.is_null(1)) result.running = true;
  });
  result.unreadable = unreadable_count(store);
  result.folders_unreadable = db.number("select count(*) from file where problem = 'folder_unreadable'");
  return result;
}

std::vector<SourceStatus> source_status(Store& store) {
  auto& db = store.db();
  std::vector<SourceStatus> result;
  for (auto& source : Sources(store).list()) {
    SourceStatus status;
    status.source = std::move(source);
    const auto id = status.source.id;
    status.folders = db.number("select count(*) from folder where source = $1", id);
    status.files = db.number(
        "select count(*) from file join folder on folder.id = file.folder where folder.source = $1 "
        "and file.problem is not 'folder_unreadable'",
        id);
    status.items = db.number(
        "select count(distinct place.item) from place join file on file.id = place.file "
        "join folder on folder.id = file.folder where folder.source = $1",
        id);
    read_problems(db, status);
    read_skipped(db, status);
    read_notices(db, status);
    result.push_back(std::move(status));
  }
  return result;
}

}  // namespace entregent::personal
