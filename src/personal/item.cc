// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/item.h"

namespace entregent::personal {
namespace {

Day day_of(std::optional<Instant> at) {
  return at ? std::chrono::floor<std::chrono::days>(*at) : Day{};
}

void read_parties(Store& store, std::string_view packed, ShownItem& shown) {
  for (const auto& party : unpack_parties(packed)) {
    const auto row = store.db().first("select name, handle from alias where id = $1", party.alias);
    if (!row) continue;
    shown.parties.push_back({.role = party.role,
                             .name = row->text(0),
                             .address = row->text(1),
                             .person = person_of(store, {party.alias}, day_of(shown.at))});
  }
}

void read_places(Store& store, ShownItem& shown) {
  store.db().each(
      "select source.location, folder.path, file.name, place.part from place join file on file.id = place.file "
      "join folder on folder.id = file.folder join source on source.id = folder.source where place.item = $1",
      [&](const db::Statement& row) {
        std::string path = row.text(0);
        if (!row.view(1).empty()) path += "/" + row.text(1);
        if (!row.view(2).empty()) path += "/" + row.text(2);
        if (row.integer(3) > 0) path += " @" + std::to_string(row.integer(3));
        shown.places.push_back(std::move(path));
      },
      shown.item);
}

void read_thread(Store& store, std::int64_t thread, ShownItem& shown) {
  std::vector<std::int64_t> authors;
  store.db().each(
      "select id, happened_at, title, author from item where thread = $1 order by happened_at, id limit 200",
      [&](const db::Statement& row) {
        shown.thread.push_back(
            {.item = row.id<ItemRow>(0), .at = row.optional_instant(1), .title = row.text(2), .author = {}});
        authors.push_back(row.integer(3));
      },
      thread);
  for (std::size_t i = 0; i < shown.thread.size(); ++i) {
    const auto person = person_of(store, {authors[i]}, day_of(shown.thread[i].at));
    if (person) shown.thread[i].author = shown_name(store, *person);
  }
  if (shown.thread.size() < 2) shown.thread.clear();
}

}  // namespace

std::optional<ShownItem> shown_item(Store& store, ItemId item) {
  const auto row = store.db().first(
      "select kind, happened_at, title, parties, details, notices, thread from item where id = $1", item);
  if (!row) return std::nullopt;
  ShownItem shown;
  shown.item = item;
  shown.kind = static_cast<readers::ItemKind>(row->integer(0));
  shown.at = row->optional_instant(1);
  shown.title = row->text(2);
  shown.details = unpack_details(row->view(4));
  shown.notices = row->integer(5);
  read_parties(store, row->view(3), shown);
  if (auto texts = store.texts(item)) shown.texts = std::move(texts->sections);
  read_places(store, shown);
  if (!row->is_null(6)) read_thread(store, row->integer(6), shown);
  return shown;
}

}  // namespace entregent::personal
