// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/me.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "people/name.h"
#include "personal/persons.h"

namespace entregent::personal {
namespace {

struct Signs {
  std::int64_t sent = 0;
  std::int64_t delivered = 0;
};

std::map<std::string, Signs> read_signs(db::Connection& db) {
  std::map<std::string, Signs> signs;
  db.each(
      "select alias.handle, count(*) from item join alias on alias.id = item.author "
      "where item.flags & 8 and not item.flags & 2 and alias.handle != '' group by alias.handle",
      [&](const db::Statement& row) { signs[row.text(0)].sent = row.integer(1); });
  db.each(
      "select alias.handle, count(*) from link join alias on alias.id = link.alias where link.role & 15 = 7 group by "
      "alias.handle",
      [&](const db::Statement& row) { signs[row.text(0)].delivered = row.integer(1); });
  return signs;
}

/// A list's or a forwarder's address appears in Delivered-To too, but in a small part of the mail.
bool is_mine(const Signs& signs, const Signs& total) {
  // Copies of other people's mail lie in sent folders too: a few, and never delivered to them here.
  if (signs.sent * 50 >= total.sent && signs.sent > 0) return true;
  if (signs.sent >= 2 && signs.delivered > 0) return true;
  return signs.delivered >= 3 && signs.delivered * 20 >= total.delivered;
}

}  // namespace

void propose_me(Store& store) {
  auto& db = store.db();
  const auto signs = read_signs(db);
  Signs total;
  for (const auto& [handle, of] : signs) {
    total.sent += of.sent;
    total.delivered += of.delivered;
  }
  db::Transaction transaction(db);
  db.run("delete from me where confirmed_at is null");
  for (const auto& [handle, of] : signs) {
    if (!is_mine(of, total) || people::is_role_address(handle)) continue;
    db.run(
        "insert into me(handle, sent, delivered) values ($1, $2, $3) "
        "on conflict(handle) do update set sent = excluded.sent, delivered = excluded.delivered",
        handle, of.sent, of.delivered);
  }
  transaction.commit();
}

std::vector<MyAddress> my_addresses(Store& store) {
  auto& db = store.db();
  std::vector<MyAddress> result;
  db.each(
      "select handle, confirmed_at is not null, sent, delivered from me order by 2 desc, sent desc, delivered desc, "
      "handle",
      [&](const db::Statement& row) {
        result.push_back({.handle = row.text(0),
                          .names = {},
                          .confirmed = row.integer(1) != 0,
                          .sent = row.integer(2),
                          .delivered = row.integer(3),
                          .first_at = {},
                          .last_at = {}});
      });
  for (auto& address : result) {
    db.each(
        "select alias.name, count(*), min(nullif(link.at, 0)), max(link.at) from alias join link on link.alias = "
        "alias.id "
        "where alias.handle = $1 group by alias.id order by 2 desc",
        [&](const db::Statement& row) {
          if (!row.view(0).empty()) address.names.push_back(row.text(0));
          if (!row.is_null(2)) address.first_at = std::min(address.first_at.value_or(row.instant(2)), row.instant(2));
          if (row.integer(3) != 0) address.last_at = std::max(address.last_at.value_or(row.instant(3)), row.instant(3));
        },
        address.handle);
  }
  return result;
}

void confirm_me(Store& store, const std::vector<std::string>& handles, Instant now) {
  auto& db = store.db();
  {
    db::Transaction transaction(db);
    db.run("delete from me");
    for (const auto& handle : handles)
      db.run("insert or ignore into me(handle, confirmed_at) values ($1, $2)", lower(handle), now);
    transaction.commit();
  }
  propose_me(store);
  settle_persons(store);
}

bool Me::is(AliasId alias) const {
  return std::ranges::binary_search(aliases, alias);
}

Me me(Store& store) {
  auto& db = store.db();
  Me result;
  result.confirmed = db.number("select count(*) from me where confirmed_at is not null") != 0;
  db.each(
      "select alias.id from me cross join alias on alias.handle = me.handle where me.confirmed_at is not null or $1 = "
      "0 "
      "order by alias.id",
      [&](const db::Statement& row) { result.aliases.push_back(row.id<AliasRow>(0)); }, result.confirmed);
  return result;
}

}  // namespace entregent::personal
