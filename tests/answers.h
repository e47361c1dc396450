// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "personal/dossier.h"
#include "personal/find.h"
#include "personal/me.h"
#include "personal/person_search.h"
#include "personal/persons.h"

namespace entregent::tests {

inline std::string text_of(const std::optional<Instant>& at) {
  return at ? iso_instant(*at) : "-";
}

/// What the index says of one person, without row numbers.
inline std::string dossier_text(personal::Store& store, personal::PersonId person) {
  const auto dossier = personal::make_dossier(store, person, *parse_iso_day("2026-11-20"));
  std::string text = dossier.name + " in " + std::to_string(dossier.incoming) + " out " +
                     std::to_string(dossier.outgoing) + " lists " + std::to_string(dossier.on_lists) + " others " +
                     std::to_string(dossier.between_others) + " " + text_of(dossier.first_at) + " " +
                     text_of(dossier.last_at) + " files " + std::to_string(dossier.files_total) + " meetings " +
                     std::to_string(dossier.meetings_total) + "\n";
  for (const auto& name : dossier.names) text += "  n " + name.name + " " + std::to_string(name.seen) + "\n";
  for (const auto& each : dossier.addresses) text += "  a " + each.address + " " + std::to_string(each.seen) + "\n";
  for (const auto& said : dossier.said) text += "  s " + said.value + " " + text_of(said.at) + "\n";
  for (const auto& each : dossier.newest) text += "  x " + text_of(each.at) + " " + each.title + "\n";
  for (const auto& each : dossier.files) text += "  f " + each.file.name + "\n";
  for (const auto& each : dossier.meetings) text += "  m " + iso_instant(each.when.start) + " " + each.title + "\n";
  for (const auto& each : dossier.mentions) text += "  @ " + text_of(each.at) + " " + each.by + " " + each.title + "\n";
  for (const auto& each : dossier.in_common) text += "  c " + each.name + " " + std::to_string(each.items) + "\n";
  return text;
}

/// All that a private file answers, without row numbers and in an order of its own: equal for equal sources, whatever
/// way they were read.
inline std::vector<std::string> answers_of(personal::Store& store) {
  std::vector<std::string> lines;
  auto& db = store.db();
  const auto add = [&](std::string_view sql) {
    db.each(sql, [&](const db::Statement& row) { lines.push_back(row.text(0)); });
  };
  add("select 'item ' || hex(key) || ' ' || ifnull(happened_at, '-') || ' ' || flags || ' ' || title || ' thread ' || "
      "ifnull((select min(hex(other.key)) from item as other where other.thread = item.thread), '-') from item");
  add("select 'text ' || hex(key) || ' ' || fresh || '/' || signature || '/' || quoted || '/' || attachment || '/' || "
      "people from item join item_text on item_text.id = item.id");
  add("select 'link ' || alias.handle || '/' || alias.name || ' ' || at || ' ' || hex(item.key) || ' ' || role from "
      "link join alias on alias.id = alias join item on item.id = item");
  add("select 'place ' || source.location || ' ' || folder.path || ' ' || file.name || ' ' || part || ' ' || sub || "
      "' ' || ifnull(hex(item.key), '-') || ' ' || ifnull(skipped, '') || ' ' || ifnull(place.problem, '') from place "
      "left join file on file.id = file left join folder on folder.id = folder left join source on source.id = "
      "source left join item on item.id = item");
  add("select 'person ' || group_concat(name, ' ; ') from (select identity.person as person, handle || '/' || name || "
      "'/' || hex(item_key) as name from identity join alias on alias.id = alias order by 2) group by person");
  add("select 'me ' || handle || ' ' || sent || ' ' || delivered from me");
  db.each("select id from person",
          [&](const db::Statement& row) { lines.push_back(dossier_text(store, row.id<personal::PersonRow>(0))); });
  std::ranges::sort(lines);
  return lines;
}

/// What one of two has and the other has not, for a test's message: empty if they are the same.
inline std::string differences(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  std::vector<std::string> more;
  std::vector<std::string> less;
  std::ranges::set_difference(found, expected, std::back_inserter(more));
  std::ranges::set_difference(expected, found, std::back_inserter(less));
  std::string text;
  for (const auto& line : more) text += "not expected: " + line + "\n";
  for (const auto& line : less) text += "missing: " + line + "\n";
  return text;
}

/// FTS5 compares its index with the texts and throws where they differ.
inline void check_words(personal::Store& store) {
  store.db().run("insert into item_words(item_words, rank) values ('integrity-check', 1)");
}

/// What `ask(address)`, which prints `entregent who --json`, says of everybody who has an address: without the numbers
/// of rows.
template <class Ask>
std::vector<std::string> told_of_everybody(const std::filesystem::path& file, Ask ask) {
  std::vector<std::string> handles;
  personal::Store(file).db().each(
      "select distinct handle from alias join identity on identity.alias = alias.id where handle != '' order by 1",
      [&](const db::Statement& row) { handles.push_back(row.text(0)); });
  const std::regex numbers("\"(person|item)\":[0-9]+,?");
  std::vector<std::string> told;
  for (const auto& handle : handles) told.push_back(std::regex_replace(ask(handle), numbers, ""));
  return told;
}

}  // namespace entregent::tests
