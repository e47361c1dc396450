// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/resolve.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "people/candidates.h"
#include "people/clusters.h"
#include "people/mailbox.h"
#include "people/parallel.h"
#include "people/places.h"

namespace entregent::people {
namespace {

double probability(double chance) {
  return 1 / (1 + chance);
}

/// The words that both names have, or the handle, or the phone: what a reason shows.
std::string shared_words(const Corpus& corpus, Index a, Index b) {
  const auto form_of = [&](Index alias) -> const NameForm& {
    const Index node = corpus.node_of[alias];
    return corpus.forms[node == no_index ? corpus.own_form[alias] : corpus.nodes[node].form];
  };
  const auto& left = form_of(a).words;
  const auto& right = form_of(b).words;
  std::string result;
  for (const auto& word : left)
    if (word.size() > 1 && std::find(right.begin(), right.end(), word) != right.end())
      result += (result.empty() ? "" : " ") + word;
  return result;
}

std::string words_for(const Corpus& corpus, Reason::Kind kind, Index a, Index b) {
  using Kind = Reason::Kind;
  const auto address = [&](Index alias) {
    return corpus.address_of[alias] == no_index ? nullptr : &corpus.addresses[corpus.address_of[alias]];
  };
  const AddressForm* left = address(a);
  const AddressForm* right = address(b);
  switch (kind) {
    case Kind::same_address:
      return left != nullptr && right != nullptr && left->normal == right->normal ? left->normal : std::string();
    case Kind::local_part: {
      if (left != nullptr && right != nullptr && left->handle == right->handle) return left->handle;
      const bool right_is_bare = corpus.forms[corpus.own_form[b]].words.size() < 2;
      return right_is_bare && right != nullptr ? right->handle : left != nullptr ? left->handle : std::string();
    }
    case Kind::own_domain:
      return left != nullptr && !left->free_mail ? left->site : right != nullptr ? right->site : std::string();
    case Kind::same_organisation:
      return left != nullptr && right != nullptr && left->site == right->site ? left->site : std::string();
    case Kind::decided:
    case Kind::same_card:
    case Kind::reply_to:
    case Kind::same_phone:
    case Kind::answers_other:
    case Kind::successor:
    case Kind::answers_for:
    case Kind::same_circle:
    case Kind::same_document:
    case Kind::own_copy:
    case Kind::only_bearer:
      return {};
    default:
      return shared_words(corpus, a, b);
  }
}

std::vector<Reason> reasons_of(const Corpus& corpus, const Edge& edge) {
  std::vector<Reason> reasons;
  for (unsigned i = 0; i < Reason::kinds; ++i) {
    const auto kind = static_cast<Reason::Kind>(i);
    if ((edge.reasons & bit(kind)) != 0)
      reasons.push_back({.kind = kind, .words = words_for(corpus, kind, edge.a, edge.b)});
  }
  return reasons;
}

bool better(const Edge& a, const Edge& b) {
  return std::tie(a.chance, a.a, a.b, a.reasons) < std::tie(b.chance, b.a, b.b, b.reasons);
}

class Resolver {
 public:
  Resolver(std::span<const Alias> aliases, const Options& options)
      : corpus_(aliases), clusters_(corpus_), options_(options) {}

  Resolution run(std::span<const Evidence> evidence, std::span<const Decision> decisions) {
    clusters_.decide(decisions, merges_);
    clusters_.hold_apart(evidence);
    find_edges(evidence);
    release_decided(decisions);
    join_best_first();
    join_only_bearers();
    join_bare();
    return {.persons = persons(), .questions = questions()};
  }

 private:
  void find_edges(std::span<const Evidence> evidence) {
    const Rarity rarity(corpus_);
    add_address_edges(corpus_, edges_, tenancies_);
    std::vector<Edge> by_handle;
    in_parts(2, parts_for(corpus_.aliases.size()) > 1 ? 2 : 1, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        i == 0 ? add_name_edges(corpus_, rarity, edges_) : add_handle_edges(corpus_, rarity, by_handle);
    });
    edges_.insert(edges_.end(), by_handle.begin(), by_handle.end());
    add_evidence_edges(corpus_, rarity, evidence, edges_);
    std::sort(edges_.begin(), edges_.end(), better);
  }

  /// What the user said of an alias holds for all its days: it changes hands no more.
  void release_decided(std::span<const Decision> decisions) {
    is_tenant_.assign(corpus_.aliases.size(), false);
    for (const auto& tenancy : tenancies_) is_tenant_[tenancy.alias] = true;
    for (const auto& decision : decisions)
      for (const Index alias : {corpus_.find_alias(decision.a), corpus_.find_alias(decision.b)})
        if (alias != no_index && decision.same) is_tenant_[alias] = false;
    std::erase_if(tenancies_, [&](const Tenancy& tenancy) { return !is_tenant_[tenancy.alias]; });
  }

  void join_best_first() {
    const double merge_up_to = 1 / options_.merge_from - 1;
    const double ask_up_to = 1 / options_.ask_from - 1;
    for (const Edge& edge : edges_) {
      if (edge.chance > ask_up_to) break;
      if (is_tenant_[edge.a] || is_tenant_[edge.b] || clusters_.find(edge.a) == clusters_.find(edge.b)) continue;
      if (is_bare(edge.a) || is_bare(edge.b)) {
        bare_.push_back(edge);
        continue;
      }
      const bool same_address =
          corpus_.address_of[edge.a] != no_index && corpus_.address_of[edge.a] == corpus_.address_of[edge.b];
      const Veto veto = clusters_.veto(edge.a, edge.b, same_address);
      if (veto == Veto::none && edge.chance <= merge_up_to) {
        clusters_.join(edge.a, edge.b);
        merges_.push_back(edge);
      } else if (veto == Veto::none || may_ask_despite(veto, edge)) {
        open_.push_back(edge);
      }
    }
  }

  /// Somebody who married has two surnames: the owner may know.
  static bool may_ask_despite(Veto veto, const Edge& edge) {
    return veto == Veto::names && (edge.reasons & bit(Reason::Kind::other_surname)) != 0;
  }

  /// Whether the two are addresses under one full name of people with whom the owner writes.
  bool are_known_namesakes(const Edge& edge) const {
    const Index left = corpus_.node_of[edge.a], right = corpus_.node_of[edge.b];
    if (left == no_index || right == no_index) return false;
    const auto is_known = [&](const Node& node) {
      const AddressForm* address = corpus_.address_of_node(node);
      return address != nullptr && address->kind == AddressKind::person && corpus_.belongings_of(node).acquainted &&
             corpus_.forms[node.own].kind == NameKind::full;
    };
    const Node& a = corpus_.nodes[left];
    const Node& b = corpus_.nodes[right];
    return is_known(a) && is_known(b) &&
           compare(corpus_.forms[a.own], corpus_.forms[b.own]).relation == Relation::equal;
  }

  std::uint64_t name_key(Index form) const {
    const auto ids = corpus_.words_of(form);
    std::vector<Index> words(ids.begin(), ids.end());
    std::sort(words.begin(), words.end());
    std::uint64_t key = 0;
    for (const Index word : words) key = (key ^ word) * 0x9E3779B97F4A7C15ULL + 1;
    return key;
  }

  /// What a group does: an office from one day to another, or mail from home only.
  struct Work {
    bool at_home_only = true;
    Day first = Day::max(), last = Day::min();
  };
  using Bearers = std::map<Index, Work>;  ///< by group

  /// One office after the other, and one home: several people would be seen at work at the same time.
  static bool is_one_life(const Bearers& bearers) {
    constexpr std::chrono::days clearly{30};
    std::vector<Work> offices;
    for (const auto& [group, work] : bearers)
      if (!work.at_home_only) offices.push_back(work);
    const std::size_t homes = bearers.size() - offices.size();
    if (bearers.size() < 2 || homes > (offices.empty() ? 2U : 1U)) return false;
    std::sort(offices.begin(), offices.end(), [](const Work& a, const Work& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < offices.size(); ++i) {
      const bool known = offices[i - 1].first <= offices[i - 1].last && offices[i].first <= offices[i].last;
      if (!known || offices[i].first - offices[i - 1].last < clearly) return false;
    }
    return true;
  }

  void add_work(const Node& node, Work& work) const {
    if (corpus_.addresses[node.address].free_mail) return;
    const Belongings& used = corpus_.belongings_of(node);
    work.at_home_only = false;
    work.first = std::min(work.first, used.first);
    work.last = std::max(work.last, used.last);
  }

  /// A name too common to join on is one person's where those who bear it, among the people with whom the owner writes,
  /// make one life.
  void join_only_bearers() {
    constexpr double alone_among_known = 0.02;
    std::unordered_map<std::uint64_t, Bearers> names;
    std::vector<Edge> pairs;
    for (const Edge& edge : open_)
      if (edge.chance * alone_among_known <= 1 / options_.merge_from - 1 && are_known_namesakes(edge)) {
        pairs.push_back(edge);
        names[name_key(corpus_.own_form[edge.a])];
      }
    if (pairs.empty()) return;
    for (const Node& node : corpus_.nodes) {
      if (node.address == no_index) continue;
      const auto found = names.find(name_key(node.form));
      if (found != names.end()) found->second[clusters_.find(node.alias)];
    }
    std::unordered_map<Index, Work> works;
    for (const auto& [key, bearers] : names)
      for (const auto& [group, work] : bearers) works[group];
    for (const Node& node : corpus_.nodes)
      if (node.address != no_index)
        if (const auto found = works.find(clusters_.find(node.alias)); found != works.end())
          add_work(node, found->second);
    for (auto& [key, bearers] : names)
      for (auto& [group, work] : bearers) work = works.at(group);
    for (Edge edge : pairs) {
      if (!is_one_life(names.at(name_key(corpus_.own_form[edge.a])))) continue;
      edge.chance *= alone_among_known;
      edge.reasons |= bit(Reason::Kind::only_bearer);
      join_if_sure(edge);
    }
  }

  bool is_bare(Index alias) const { return corpus_.address_of[alias] == no_index; }

  /// Names without address come last: each goes to the one person who bears it, and to nobody where two do.
  void join_bare() {
    std::vector<std::pair<Index, Edge>> ways;
    for (const Edge& edge : bare_)
      if (is_bare(edge.a) != is_bare(edge.b)) ways.emplace_back(is_bare(edge.a) ? edge.a : edge.b, edge);
    std::stable_sort(ways.begin(), ways.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    std::vector<bool> contested(corpus_.aliases.size(), false);
    for (std::size_t begin = 0; begin < ways.size();) {
      std::size_t end = begin;
      while (end < ways.size() && ways[end].first == ways[begin].first) ++end;
      contested[ways[begin].first] = !settle_bare(std::span(ways).subspan(begin, end - begin));
      begin = end;
    }
    for (const Edge& edge : bare_)
      if (is_bare(edge.a) && is_bare(edge.b) && !contested[edge.a] && !contested[edge.b]) join_if_sure(edge);
  }

  /// `ways`: of one alias, the best first. False if it may be one of several persons.
  bool settle_bare(std::span<const std::pair<Index, Edge>> ways) {
    constexpr double clearly_better = 20;
    const Index bare = ways.front().first;
    const auto person = [&](const Edge& edge) { return clusters_.find(edge.a == bare ? edge.b : edge.a); };
    const Edge& best = ways.front().second;
    for (const auto& [alias, edge] : ways)
      if (person(edge) != person(best) && edge.chance < best.chance * clearly_better) return false;
    if (works_elsewhere(bare, ways)) return best.chance * 10 <= 1 / options_.merge_from - 1 && join_if_sure(best);
    if (!join_if_sure(best) && (best.reasons & corroborating) != 0 && clusters_.veto(best.a, best.b) == Veto::none)
      open_.push_back(best);
    return true;
  }

  /// An employer is named, and it is none of those at whose addresses the name is known.
  bool works_elsewhere(Index bare, std::span<const std::pair<Index, Edge>> ways) const {
    if (corpus_.aliases[bare]->organisations.empty()) return false;
    bool at_work = false;
    for (const auto& [alias, edge] : ways) {
      if ((edge.reasons & bit(Reason::Kind::same_organisation)) != 0) return false;
      const Index address = corpus_.address_of[edge.a == bare ? edge.b : edge.a];
      at_work = at_work || !own_label(corpus_.addresses[address]).empty();
    }
    return at_work;
  }

  bool join_if_sure(const Edge& edge) {
    if (edge.chance > 1 / options_.merge_from - 1 || clusters_.find(edge.a) == clusters_.find(edge.b)) return false;
    if (clusters_.veto(edge.a, edge.b) != Veto::none) return false;
    clusters_.join(edge.a, edge.b);
    merges_.push_back(edge);
    return true;
  }

  std::vector<Question> questions() {
    // One card for two persons: the best of their pairs, if nothing that joined since contradicts.
    std::vector<std::pair<std::uint64_t, Edge>> best;
    for (const Edge& edge : open_) {
      const Index a = clusters_.find(edge.a), b = clusters_.find(edge.b);
      if (a != b) best.emplace_back(std::uint64_t{std::min(a, b)} << 32U | std::max(a, b), edge);
    }
    std::stable_sort(best.begin(), best.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    best.erase(std::unique(best.begin(), best.end(), [](const auto& x, const auto& y) { return x.first == y.first; }),
               best.end());
    std::erase_if(best, [&](const auto& card) {
      const Veto veto = clusters_.veto(card.second.a, card.second.b);
      return veto != Veto::none && !may_ask_despite(veto, card.second);
    });
    std::stable_sort(best.begin(), best.end(), [](const auto& x, const auto& y) { return better(x.second, y.second); });
    std::vector<Edge> asked;
    asked.reserve(best.size());
    for (const auto& [key, edge] : best) asked.push_back(edge);
    return told<Question>(asked);
  }

  std::int64_t id(Index alias) const { return corpus_.aliases[alias]->id; }

  bool is_human(Index alias) const {
    if (corpus_.aliases[alias]->list_or_robot) return false;
    return corpus_.address_of[alias] == no_index ||
           corpus_.addresses[corpus_.address_of[alias]].kind != AddressKind::role;
  }

  Merge merge_of(const Edge& edge) const {
    return {.a = id(edge.a),
            .b = id(edge.b),
            .probability = probability(edge.chance),
            .reasons = reasons_of(corpus_, edge)};
  }

  /// Each edge in words, which is most of the work of answering.
  template <class Told>
  std::vector<Told> told(std::span<const Edge> edges) const {
    std::vector<Told> result(edges.size());
    in_parts(edges.size(), parts_for(edges.size()), [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        result[i] = {.a = id(edges[i].a),
                     .b = id(edges[i].b),
                     .probability = probability(edges[i].chance),
                     .reasons = reasons_of(corpus_, edges[i])};
    });
    return result;
  }

  /// Groups in the order of their smallest alias, each with its members.
  std::vector<Person> persons() {
    std::vector<Person> persons;
    std::vector<Index> person_of(corpus_.aliases.size(), no_index);
    for (Index i = 0; i < corpus_.aliases.size(); ++i) {
      if (is_tenant_[i]) continue;
      Index& person = person_of[clusters_.find(i)];
      if (person == no_index) {
        person = static_cast<Index>(persons.size());
        persons.push_back({.members = {}, .merges = {}, .human = false});
      }
      persons[person].members.push_back({.alias = id(i)});
      persons[person].human = persons[person].human || is_human(i);
    }
    auto merges = told<Merge>(merges_);
    for (std::size_t i = 0; i < merges.size(); ++i)
      persons[person_of[clusters_.find(merges_[i].a)]].merges.push_back(std::move(merges[i]));
    add_tenants(persons, person_of);
    const auto smallest = [](const Person& person) { return person.members.front().alias; };
    std::sort(persons.begin(), persons.end(), [&](const Person& a, const Person& b) {
      return std::pair(smallest(a), a.members.back().alias) < std::pair(smallest(b), b.members.back().alias);
    });
    return persons;
  }

  /// An alias with days joins every person who held its address; one holder for all of them gets it without days.
  void add_tenants(std::vector<Person>& persons, const std::vector<Index>& person_of) {
    for (std::size_t begin = 0; begin < tenancies_.size();) {
      std::size_t end = begin;
      std::vector<Index> holders;
      for (; end < tenancies_.size() && tenancies_[end].alias == tenancies_[begin].alias; ++end)
        holders.push_back(person_of[clusters_.find(tenancies_[end].holder)]);
      const bool one =
          std::all_of(holders.begin(), holders.end(), [&](Index holder) { return holder == holders.front(); });
      for (std::size_t i = begin; i < (one ? begin + 1 : end); ++i)
        add_tenant(persons[holders[i - begin]], tenancies_[i], one);
      begin = end;
    }
  }

  void add_tenant(Person& person, const Tenancy& tenancy, bool whole) const {
    const Membership member =
        whole ? Membership{.alias = id(tenancy.alias)}
              : Membership{.alias = id(tenancy.alias), .from_day = tenancy.from_day, .to_day = tenancy.to_day};
    const auto at = std::upper_bound(person.members.begin(), person.members.end(), member,
                                     [](const Membership& a, const Membership& b) {
                                       return std::tie(a.alias, a.from_day) < std::tie(b.alias, b.from_day);
                                     });
    person.members.insert(at, member);
    person.merges.push_back(
        merge_of({.chance = 1e-3,
                  .a = std::min(tenancy.holder, tenancy.alias),
                  .b = std::max(tenancy.holder, tenancy.alias),
                  .reasons = bit(Reason::Kind::same_address) | (whole ? 0U : bit(Reason::Kind::successor))}));
  }

  Corpus corpus_;
  Clusters clusters_;
  Options options_;
  /// What makes a name without address worth a question: else every document would ask.
  static constexpr std::uint32_t corroborating =
      bit(Reason::Kind::same_phone) | bit(Reason::Kind::same_card) | bit(Reason::Kind::same_organisation);

  std::vector<Edge> edges_, merges_, open_, bare_;
  std::vector<Tenancy> tenancies_;
  std::vector<bool> is_tenant_;
};

}  // namespace

Resolution resolve(std::span<const Alias> aliases, std::span<const Evidence> evidence,
                   std::span<const Decision> decisions, const Options& options) {
  return Resolver(aliases, options).run(evidence, decisions);
}

}  // namespace entregent::people
