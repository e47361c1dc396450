// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/clusters.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "people/compare.h"

namespace entregent::people {
namespace {

/// A group with more names than this takes no more by itself: something is wrong with it.
constexpr std::size_t max_names = 40;

bool may_contradict(const NameForm& form) {
  return form.kind == NameKind::full || form.kind == NameKind::initials || form.kind == NameKind::given;
}

}  // namespace

Clusters::Clusters(const Corpus& corpus)
    : corpus_(corpus),
      parents_(corpus.aliases.size()),
      sizes_(corpus.aliases.size(), 1),
      facts_(corpus.aliases.size()) {
  std::iota(parents_.begin(), parents_.end(), Index{0});
  for (Index i = 0; i < corpus.aliases.size(); ++i) {
    const Index node = corpus.node_of[i];
    const Index own = corpus.own_form[i];
    // What was read from a local part stands for the name only where there is none.
    const Index form = node == no_index || corpus.forms[own].kind != NameKind::none ? own : corpus.nodes[node].form;
    if (may_contradict(corpus.forms[form])) facts_[i].forms.push_back(form);
  }
}

Index Clusters::find(Index alias) const {
  while (parents_[alias] != alias) {
    parents_[alias] = parents_[parents_[alias]];
    alias = parents_[alias];
  }
  return alias;
}

void Clusters::keep_apart(Index a, Index b, Veto why) {
  facts_[find(a)].apart.push_back({a, b, why});
  facts_[find(b)].apart.push_back({a, b, why});
}

void Clusters::decide(std::span<const Decision> decisions, std::vector<Edge>& joined) {
  for (std::size_t i = decisions.size(); i-- > 0;) {
    const Index a = corpus_.find_alias(decisions[i].a), b = corpus_.find_alias(decisions[i].b);
    if (a == no_index || b == no_index || find(a) == find(b)) continue;
    if (!decisions[i].same) {
      keep_apart(a, b, Veto::decision);
    } else if (veto(a, b) != Veto::decision) {
      join(a, b);
      joined.push_back({.chance = 0, .a = std::min(a, b), .b = std::max(a, b), .reasons = bit(Reason::Kind::decided)});
    }
  }
}

void Clusters::hold_apart(std::span<const Evidence> evidence) {
  for (const auto& said : evidence) {
    if (said.kind != EvidenceKind::answers_other && said.kind != EvidenceKind::two_birthdays) continue;
    const Index a = corpus_.find_alias(said.a), b = corpus_.find_alias(said.b);
    if (a != no_index && b != no_index && find(a) != find(b)) keep_apart(a, b, Veto::evidence);
  }
}

/// `A. Tarvenec` does not contradict `Kader Tarvenec` where its group knows that it is Abdelkader's, who may be called
/// so.
bool Clusters::is_initial_of(const NameForm& initial, const NameForm& full, const Facts& group) const {
  if (initial.kind != NameKind::initials || full.kind != NameKind::full) return false;
  return std::any_of(group.forms.begin(), group.forms.end(), [&](Index other) {
    const NameForm& form = corpus_.forms[other];
    return form.kind == NameKind::full && !contradict(form, initial) && !is_someone_else(form, full);
  });
}

/// A pair of names that contradict is excused where one of them stands in the other group as well: that group is known
/// to bear both (a decision, a changed surname).
bool Clusters::names_contradict(const Facts& left, const Facts& right, bool same_address) const {
  if (left.forms.size() + right.forms.size() > max_names) return true;
  const auto equals = [&](Index a, Index b) {
    return a == b || compare(corpus_.forms[a], corpus_.forms[b]).relation == Relation::equal;
  };
  for (const Index a : left.forms)
    for (const Index b : right.forms) {
      const NameForm& one = corpus_.forms[a];
      const NameForm& second = corpus_.forms[b];
      if (a == b || !(same_address ? is_someone_else(one, second) : contradict(one, second))) continue;
      const auto known = [&](Index form, const Facts& group) {
        return std::any_of(group.forms.begin(), group.forms.end(), [&](Index other) { return equals(form, other); });
      };
      if (known(a, right) || known(b, left)) continue;
      if (same_address && (is_initial_of(second, one, right) || is_initial_of(one, second, left))) continue;
      return true;
    }
  return false;
}

Veto Clusters::veto(Index a, Index b, bool same_address) const {
  const Index left = find(a), right = find(b);
  if (left == right) return Veto::none;
  const Facts& fewer = facts_[facts_[left].apart.size() < facts_[right].apart.size() ? left : right];
  Veto found = Veto::none;
  for (const Apart& apart : fewer.apart) {
    const Index one = find(apart.a), other = find(apart.b);
    if ((one == left && other == right) || (one == right && other == left)) found = std::max(found, apart.why);
  }
  if (found != Veto::none) return found;
  return names_contradict(facts_[left], facts_[right], same_address) ? Veto::names : Veto::none;
}

void Clusters::join(Index a, Index b) {
  Index into = find(a), from = find(b);
  if (into == from) return;
  if (sizes_[into] < sizes_[from] || (sizes_[into] == sizes_[from] && from < into)) std::swap(into, from);
  parents_[from] = into;
  sizes_[into] += sizes_[from];
  Facts& facts = facts_[into];
  for (const Index form : facts_[from].forms)
    if (std::find(facts.forms.begin(), facts.forms.end(), form) == facts.forms.end()) facts.forms.push_back(form);
  facts.apart.insert(facts.apart.end(), facts_[from].apart.begin(), facts_[from].apart.end());
  facts_[from] = {};
}

}  // namespace entregent::people
