// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/date_pages.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace entregent::personal {
namespace {

constexpr std::int64_t page_items = 1024;
using Page = std::array<std::uint32_t, page_items>;

std::uint32_t seconds_of(std::optional<Instant> at) {
  if (!at) return 0;
  const std::int64_t seconds = micros(*at) / 1'000'000;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds, 0, std::numeric_limits<std::uint32_t>::max()));
}

Page read_page(db::Connection& db, std::int64_t number) {
  Page page{};
  if (const auto row = db.first("select seconds from date_page where page = $1", number)) {
    const auto bytes = row->view(0);
    std::memcpy(page.data(), bytes.data(), std::min(bytes.size(), sizeof page));
  }
  return page;
}

}  // namespace

void DatePages::set(ItemId item, std::optional<Instant> at) {
  changed_[item.value] = seconds_of(at);
}

void DatePages::write() {
  auto& db = store_.db();
  for (auto entry = changed_.begin(); entry != changed_.end();) {
    const std::int64_t number = entry->first / page_items;
    Page page = read_page(db, number);
    for (; entry != changed_.end() && entry->first / page_items == number; ++entry) {
      page[static_cast<std::size_t>(entry->first % page_items)] = entry->second;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(page.data()), sizeof page);
    db.run("insert or replace into date_page values ($1, $2)", number, db::blob(bytes));
  }
  changed_.clear();
}

std::vector<std::uint32_t> DatePages::all(Store& store) {
  std::vector<std::uint32_t> dates;
  store.db().each("select page, seconds from date_page order by page", [&](const db::Statement& row) {
    const auto first = static_cast<std::size_t>(row.integer(0) * page_items);
    const auto bytes = row.view(1);
    dates.resize(first + page_items);
    std::memcpy(dates.data() + first, bytes.data(), std::min(bytes.size(), sizeof(Page)));
  });
  return dates;
}

}  // namespace entregent::personal
