// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/mailbox.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>

namespace entregent::people {
namespace {

constexpr double same_address_chance = 1e-4;

/// `Jean-Luc` is how one calls Jean-Luc Tarvenec, and what no table knows as a given name may still be his.
bool calls(const NameForm& called, const NameForm& full) {
  if (called.handle.empty() || full.kind != NameKind::full) return false;
  std::string given;
  for (std::size_t i = 0; i < std::max<std::size_t>(full.given, 1); ++i) given += full.words[i];
  return given == called.handle;
}

/// The aliases of one address whose names can be one person's.
struct Holder {
  std::vector<Index> nodes;
  Day first = Day::max();
  Day last = Day::min();
  bool dated = true;
};

bool is_named(const NameForm& form) {
  return form.kind == NameKind::full || form.kind == NameKind::initials || form.kind == NameKind::given;
}

class Mailbox {
 public:
  Mailbox(const Corpus& corpus, std::span<const Index> nodes, std::span<const std::vector<Index>> aliases)
      : corpus_(corpus), aliases_(aliases) {
    for (const Index node : nodes) (is_named(form(node)) ? named_ : bare_).push_back(node);
    // The fullest names first, so that `Jean` finds `Jean Dupont` there.
    std::stable_sort(named_.begin(), named_.end(),
                     [&](Index a, Index b) { return form(a).words.size() > form(b).words.size(); });
    for (const Index node : named_) seat(node);
    std::sort(holders_.begin(), holders_.end(), [](const Holder& a, const Holder& b) {
      return a.first != b.first ? a.first < b.first : a.nodes < b.nodes;
    });
  }

  void tie(std::vector<Edge>& edges, std::vector<Tenancy>& tenancies) {
    const bool machine =
        corpus_.addresses[node(named_.empty() ? bare_.front() : named_.front()).address].kind == AddressKind::local;
    for (const Holder& holder : holders_) chain(holder.nodes, machine ? 1e-3 : same_address_chance, edges);
    if (holders_.size() > 1) seat_called(edges);
    if (holders_.empty()) return chain(bare_, machine ? 0.05 : same_address_chance, edges);
    if (holders_.size() == 1) {
      for (const Index bare : bare_) push(holders_[0].nodes[0], bare, machine ? 0.05 : same_address_chance, edges);
    } else if (changed_hands()) {
      share_out(tenancies);
    } else {
      by_local_part(edges);
    }
  }

 private:
  const Node& node(Index index) const { return corpus_.nodes[index]; }
  const NameForm& form(Index index) const { return corpus_.forms[node(index).own]; }

  /// In `purchasing@`, whose name says nothing of its holder, another surname is another holder; in `sophie@` she
  /// married.
  bool is_successor_by_surname(const NameForm& a, const NameForm& b) const {
    const AddressForm& address = corpus_.addresses[node(named_.front()).address];
    if (address.free_mail || address.kind != AddressKind::person || address.handle.empty()) return false;
    if (a.kind != NameKind::full || b.kind != NameKind::full) return false;
    if (compare(a, b).relation != Relation::other_surname) return false;
    const auto stands_in_it = [&](const std::string& word) {
      return address.handle.find(word.substr(0, 3)) != std::string::npos || word.front() == address.handle.front();
    };
    return std::none_of(a.words.begin(), a.words.end(), stands_in_it) &&
           std::none_of(b.words.begin(), b.words.end(), stands_in_it);
  }

  void seat(Index index) {
    Holder* home = nullptr;
    for (Holder& holder : holders_) {
      const bool full = std::any_of(holder.nodes.begin(), holder.nodes.end(),
                                    [&](Index other) { return form(other).kind == NameKind::full; });
      const bool fits = std::none_of(holder.nodes.begin(), holder.nodes.end(), [&](Index other) {
        // The initial of a name that is known in full says nothing more: A. Tarvenec is Abdelkader, who is Kader.
        if (full && form(index).kind == NameKind::full && form(other).kind == NameKind::initials) return false;
        return is_someone_else(form(index), form(other)) || is_successor_by_surname(form(index), form(other));
      });
      if (fits && home != nullptr && form(index).words.size() == 1) return;  // `Dupont` of two Duponts: neither's
      if (fits && home == nullptr) home = &holder;
    }
    if (home == nullptr) home = &holders_.emplace_back();
    home->nodes.push_back(index);
    for (const Index alias : aliases_[index]) {
      const Alias& seen = *corpus_.aliases[alias];
      home->first = std::min(home->first, seen.first_day);
      home->last = std::max(home->last, seen.last_day);
      if (seen.first_day == Day{} && seen.last_day == Day{}) home->dated = false;
    }
  }

  /// Given names alone that were not seen to be some: they go to the one holder who has them.
  void seat_called(std::vector<Edge>& edges) {
    std::erase_if(bare_, [&](Index bare) {
      const auto is_called = [&](const Holder& holder) {
        return std::any_of(holder.nodes.begin(), holder.nodes.end(),
                           [&](Index other) { return calls(form(bare), form(other)); });
      };
      if (std::count_if(holders_.begin(), holders_.end(), is_called) != 1) return false;
      push(std::find_if(holders_.begin(), holders_.end(), is_called)->nodes[0], bare, same_address_chance, edges);
      return true;
    });
  }

  void push(Index a, Index b, double chance, std::vector<Edge>& edges) const {
    edges.push_back(edge_between(node(a), node(b), chance, bit(Reason::Kind::same_address)));
  }

  void chain(const std::vector<Index>& nodes, double chance, std::vector<Edge>& edges) const {
    for (std::size_t i = 1; i < nodes.size(); ++i) push(nodes[0], nodes[i], chance, edges);
  }

  bool changed_hands() const {
    for (std::size_t i = 0; i < holders_.size(); ++i)
      if (!holders_[i].dated || (i > 0 && holders_[i].first <= holders_[i - 1].last)) return false;
    return true;
  }

  void share_out(std::vector<Tenancy>& tenancies) const {
    for (const Index bare : bare_)
      for (const Index alias : aliases_[bare])
        for (std::size_t i = 0; i < holders_.size(); ++i) {
          const Day from = i == 0 ? Day::min() : holders_[i].first;
          const Day to = i + 1 == holders_.size() ? Day::max() : holders_[i + 1].first - std::chrono::days(1);
          const Alias& seen = *corpus_.aliases[alias];
          const bool dated = seen.first_day != Day{} || seen.last_day != Day{};
          if (!dated || (seen.first_day <= to && seen.last_day >= from))
            tenancies.push_back(
                {.alias = alias, .holder = node(holders_[i].nodes[0]).alias, .from_day = from, .to_day = to});
        }
  }

  /// Behind a shared mailbox `marie.dupont@`, an alias without a name is Marie Dupont's.
  void by_local_part(std::vector<Edge>& edges) const {
    const auto& words = corpus_.addresses[node(named_.front()).address].words;
    if (words.empty()) return;
    const auto is_owner = [&](const Holder& holder) {
      const auto& name = form(holder.nodes[0]).words;
      return std::all_of(words.begin(), words.end(),
                         [&](const auto& word) { return std::find(name.begin(), name.end(), word) != name.end(); });
    };
    if (std::count_if(holders_.begin(), holders_.end(), is_owner) != 1) return;
    const auto& owner = *std::find_if(holders_.begin(), holders_.end(), is_owner);
    for (const Index bare : bare_) push(owner.nodes[0], bare, same_address_chance, edges);
  }

  const Corpus& corpus_;
  std::span<const std::vector<Index>> aliases_;
  std::vector<Index> named_, bare_;
  std::vector<Holder> holders_;
};

}  // namespace

void add_address_edges(const Corpus& corpus, std::vector<Edge>& edges, std::vector<Tenancy>& tenancies) {
  std::vector<std::vector<Index>> aliases(corpus.nodes.size());
  for (Index i = 0; i < corpus.aliases.size(); ++i)
    if (corpus.node_of[i] != no_index) aliases[corpus.node_of[i]].push_back(i);
  std::vector<std::vector<Index>> nodes(corpus.addresses.size());
  for (Index i = 0; i < corpus.nodes.size(); ++i) {
    // The same name at the same address, in whatever spelling of the address.
    for (std::size_t k = 1; k < aliases[i].size(); ++k)
      edges.push_back({.chance = same_address_chance / 2,
                       .a = aliases[i][0],
                       .b = aliases[i][k],
                       .reasons = bit(Reason::Kind::same_address)});
    if (corpus.nodes[i].address != no_index) nodes[corpus.nodes[i].address].push_back(i);
  }
  for (Index i = 0; i < corpus.addresses.size(); ++i)
    if (nodes[i].size() > 1 && corpus.addresses[i].kind != AddressKind::role)
      Mailbox(corpus, nodes[i], aliases).tie(edges, tenancies);
}

}  // namespace entregent::people
