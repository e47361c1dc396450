// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/date_pages.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace entregent::personal {
namespace {

constexpr auto page_items = static_cast<std::int64_t>(items_per_date_page);

std::uint32_t seconds_of(std::optional<Instant> at) {
  if (!at) return 0;
  const std::int64_t seconds = micros(*at) / 1'000'000;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds, 0, std::numeric_limits<std::uint32_t>::max()));
}

DatePage read_page(db::Connection& db, std::int64_t number) {
  DatePage page{};
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
    DatePage page = read_page(db, number);
    for (; entry != changed_.end() && entry->first / page_items == number; ++entry) {
      page[static_cast<std::size_t>(entry->first % page_items)] = entry->second;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(page.data()), sizeof page);
    db.run("insert or replace into date_page values ($1, $2, $3)", number,
           std::int64_t{*std::ranges::max_element(page)}, db::blob(bytes));
  }
  changed_.clear();
}

ItemDates::ItemDates(Store& store) : store_(store) {
  store.db().each("select page, newest from date_page order by page", [&](const db::Statement& row) {
    const auto number = static_cast<std::size_t>(row.integer(0));
    while (parts_.size() < number) add_part(0);
    add_part(static_cast<std::uint32_t>(row.integer(1)));
  });
}

void ItemDates::add_part(std::uint32_t newest) {
  const std::uint32_t before = parts_.empty() ? 0 : parts_.back().newest_up_to;
  parts_.push_back({.newest = newest, .newest_up_to = std::max(before, newest), .page = nullptr});
}

std::uint32_t ItemDates::of(std::int64_t item) {
  const auto index = static_cast<std::size_t>(item);
  if (index / items_per_date_page >= parts_.size()) return 0;
  auto& page = parts_[index / items_per_date_page].page;
  if (!page) page = std::make_unique<DatePage>(read_page(store_.db(), item / page_items));
  return (*page)[index % items_per_date_page];
}

std::uint32_t ItemDates::newest_up_to(std::int64_t item) const {
  const auto part = static_cast<std::size_t>(item) / items_per_date_page;
  return part < parts_.size() ? parts_[part].newest_up_to : std::numeric_limits<std::uint32_t>::max();
}

ItemDates::Range ItemDates::page_of(std::int64_t item) {
  const std::int64_t first = item / page_items * page_items;
  return {.first = first, .last = first + page_items - 1};
}

std::vector<ItemDates::Range> ItemDates::newest_first() const {
  std::vector<Range> ranges;
  for (std::int64_t first = 0; const auto& part : parts_) {
    auto& range = ranges.emplace_back(page_of(first));
    range.newest = part.newest;
    first += page_items;
  }
  std::ranges::stable_sort(ranges, std::greater<>(), &Range::newest);
  return ranges;
}

}  // namespace entregent::personal
