// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/namesakes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "people/name_form.h"
#include "personal/me.h"

namespace entregent::personal {
namespace {

using people::EvidenceKind;

/// An address under a name that another address has as well.
struct Seat {
  std::size_t group = 0;
  std::int64_t number = 0;  ///< the first alias that is both
  std::vector<std::int64_t> aliases = {};
  std::unordered_set<std::string> circle = {};  ///< addresses
  std::set<std::string> birthdays = {};         ///< of cards: `MM-DD`
};

/// Of one seat so many items are looked at, the newest; more would say the same.
constexpr int items_per_seat = 200;
/// In a larger company people need not know each other.
constexpr std::size_t largest_company = 12;
/// A name that more addresses have is no name.
constexpr std::size_t most_namesakes = 20;
/// Somebody may answer oneself once, by mistake.
constexpr std::uint32_t answers_enough = 2;

class Namesakes {
 public:
  Namesakes(Store& store, std::span<const people::Alias> aliases, std::span<const std::int64_t> ids)
      : store_(store), aliases_(aliases), ids_(ids), me_(me(store)) {}

  std::vector<people::Evidence> evidence() {
    find_seats();
    for (std::size_t seat = 0; seat < seats_.size(); ++seat) look_at(seat);
    compare_circles();
    std::vector<people::Evidence> found;
    for (const auto& [key, times] : counts_) {
      const auto& [a, b, kind] = key;
      if (kind == EvidenceKind::answers_other && times < answers_enough) continue;
      const bool against = kind == EvidenceKind::answers_other || kind == EvidenceKind::two_birthdays;
      if (!against && counts_.contains({a, b, EvidenceKind::answers_other})) continue;
      found.push_back({.a = seats_[a].number, .b = seats_[b].number, .kind = kind, .times = times});
    }
    return found;
  }

 private:
  void find_seats() {
    std::map<std::string, std::map<std::string_view, Seat>> groups;
    std::unordered_map<std::string_view, std::set<std::string>> names_of;
    for (const auto& alias : aliases_) {
      if (alias.address.empty() || alias.list_or_robot || alias.name.empty()) continue;
      std::string key = people::namesakes_key(alias.name);
      if (key.empty()) continue;
      groups[key].try_emplace(alias.address, Seat{.number = alias.id});
      names_of[alias.address].insert(std::move(key));
    }
    std::erase_if(groups,
                  [](const auto& group) { return group.second.size() < 2 || group.second.size() > most_namesakes; });
    take_seats(groups, names_of);
  }

  /// What was seen of the address alone counts where only one name is behind it.
  void take_seats(std::map<std::string, std::map<std::string_view, Seat>>& groups,
                  const std::unordered_map<std::string_view, std::set<std::string>>& names_of) {
    std::unordered_map<std::string_view, std::vector<const people::Alias*>> at;
    for (const auto& [key, group] : groups)
      for (const auto& [address, seat] : group) at[address];
    for (const auto& alias : aliases_)
      if (const auto known = at.find(alias.address); known != at.end()) known->second.push_back(&alias);
    std::size_t number = 0;
    for (auto& [key, group] : groups) {
      ++number;
      for (auto& [address, seat] : group) {
        seat.group = number;
        const bool alone = names_of.at(address).size() == 1;
        for (const people::Alias* alias : at.at(address)) {
          if (!alone && people::namesakes_key(alias->name) != key) continue;
          const auto id = ids_[static_cast<std::size_t>(alias->id)];
          seat.aliases.push_back(id);
          seat_of_[id] = seats_.size();
        }
        seats_.push_back(std::move(seat));
      }
    }
    for (const auto& alias : aliases_)
      if (!alias.list_or_robot) address_of_[ids_[static_cast<std::size_t>(alias.id)]] = alias.address;
  }

  void look_at(std::size_t seat) {
    std::vector<std::pair<std::int64_t, std::int64_t>> items;  // time, item
    for (const auto alias : seats_[seat].aliases)
      store_.db().each(
          "select at, item, role from link where alias = $1 order by at desc limit $2",
          [&](const db::Statement& row) {
            if (!LinkRole::unpack(row.integer(2)).list) items.emplace_back(row.integer(0), row.integer(1));
          },
          alias, items_per_seat);
    read_birthdays(seats_[seat]);
    std::ranges::sort(items, std::greater());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    if (items.size() > items_per_seat) items.resize(items_per_seat);
    for (const auto& [at, item] : items) look_at(seat, item);
  }

  /// The year is often left out, or guessed.
  void read_birthdays(Seat& seat) {
    constexpr std::size_t month_and_day = 5;
    for (const auto alias : seat.aliases)
      store_.db().each(
          "select value from fact where alias = $1 and kind = $2",
          [&](const db::Statement& row) {
            const auto value = row.view(0);
            if (value.size() > month_and_day) seat.birthdays.emplace(value.substr(value.size() - month_and_day));
          },
          alias, static_cast<std::int64_t>(readers::FactKind::birthday));
  }

  static bool share_none(const std::set<std::string>& a, const std::set<std::string>& b) {
    return !a.empty() && !b.empty() && std::ranges::none_of(a, [&](const auto& one) { return b.contains(one); });
  }

  struct Item {
    std::int64_t author = 0;
    std::vector<PartyLink> parties;
    Details details;
  };

  std::optional<Item> item(std::int64_t id) {
    const auto row = store_.db().first("select author, parties, details from item where id = $1", id);
    if (!row) return std::nullopt;
    return Item{row->integer(0), unpack_parties(row->view(1)), unpack_details(row->view(2))};
  }

  void look_at(std::size_t seat, std::int64_t id) {
    const auto found = item(id);
    if (!found) return;
    if (found->parties.size() <= largest_company)
      for (const auto& party : found->parties) note_company(seat, party.alias);
    if (!is_at(found->author, seat)) return;
    note_copy(seat, *found);
    if (found->details.references.size() > 1) note_answer(seat, found->details);
  }

  bool is_at(std::int64_t alias, std::size_t seat) const {
    const auto at = seat_of_.find(alias);
    return at != seat_of_.end() && at->second == seat;
  }

  /// The seat of the same name, but another address, where this alias sits.
  std::optional<std::size_t> namesake(std::size_t seat, std::int64_t alias) const {
    const auto at = seat_of_.find(alias);
    if (at == seat_of_.end() || at->second == seat || seats_[at->second].group != seats_[seat].group)
      return std::nullopt;
    return at->second;
  }

  void note_company(std::size_t seat, std::int64_t alias) {
    if (me_.is({alias}) || is_at(alias, seat) || namesake(seat, alias)) return;
    if (const auto address = address_of_.find(alias); address != address_of_.end() && !address->second.empty())
      seats_[seat].circle.insert(address->second);
  }

  /// From the office to oneself at home: nobody else gets it, but for me.
  void note_copy(std::size_t seat, const Item& sent) {
    if (sent.details.references.size() > 1) return;
    std::set<std::size_t> others;
    for (const auto& party : sent.parties) {
      if (me_.is({party.alias}) || is_at(party.alias, seat)) continue;
      const auto other = namesake(seat, party.alias);
      if (!other) return;
      others.insert(*other);
    }
    for (const std::size_t other : others) count(seat, other, EvidenceKind::own_copy);
  }

  /// `details` of a mail from this seat that answers another.
  void note_answer(std::size_t seat, const Details& details) {
    const auto ref =
        store_.db().first("select item from thread_ref where ref = $1 and item is not null", details.references.back());
    if (!ref) return;
    const auto parent = item(ref->integer(0));
    if (!parent) return;
    if (const auto other = namesake(seat, parent->author)) return count(seat, *other, EvidenceKind::answers_other);
    const auto here = [&](const PartyLink& party) { return is_at(party.alias, seat); };
    if (std::ranges::any_of(parent->parties, here)) return;
    for (const auto& party : parent->parties)
      if (const auto other = namesake(seat, party.alias)) return count(seat, *other, EvidenceKind::answers_for);
  }

  void count(std::size_t a, std::size_t b, EvidenceKind kind, std::uint32_t times = 1) {
    counts_[{std::min(a, b), std::max(a, b), kind}] += times;
  }

  void compare_circles() {
    for (std::size_t a = 0; a < seats_.size(); ++a)
      for (std::size_t b = a + 1; b < seats_.size() && seats_[b].group == seats_[a].group; ++b) {
        const auto shared = std::ranges::count_if(
            seats_[a].circle, [&](const std::string& address) { return seats_[b].circle.contains(address); });
        if (share_none(seats_[a].birthdays, seats_[b].birthdays)) count(a, b, EvidenceKind::two_birthdays);
        if (shared > 0) count(a, b, EvidenceKind::same_circle, static_cast<std::uint32_t>(shared));
      }
  }

  Store& store_;
  std::span<const people::Alias> aliases_;
  std::span<const std::int64_t> ids_;
  Me me_;
  std::vector<Seat> seats_;  ///< by group
  std::unordered_map<std::int64_t, std::size_t> seat_of_;
  std::unordered_map<std::int64_t, std::string> address_of_;
  std::map<std::tuple<std::size_t, std::size_t, EvidenceKind>, std::uint32_t> counts_;
};

}  // namespace

std::vector<people::Evidence> namesake_evidence(Store& store, std::span<const people::Alias> aliases,
                                                std::span<const std::int64_t> ids) {
  return Namesakes(store, aliases, ids).evidence();
}

}  // namespace entregent::personal
