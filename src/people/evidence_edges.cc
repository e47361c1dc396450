// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "people/blocks.h"
#include "people/candidates.h"
#include "people/places.h"

namespace entregent::people {
namespace {

/// Before anything is known of two aliases that something ties: log-odds −1.
constexpr double untold_chance = 2.7;

struct Weight {
  double log_odds = 0;
  std::uint32_t reason = 0;
};

Weight weight_of(const Evidence& said) {
  using Kind = Reason::Kind;
  const double more = std::log(std::min<double>(said.times == 0 ? 1 : said.times, 20));
  switch (said.kind) {
    case EvidenceKind::same_card:
      return {8, bit(Kind::same_card)};
    case EvidenceKind::reply_to:
      return {4.5 + 2 * more, bit(Kind::reply_to)};
    case EvidenceKind::same_signature:
      return {5 + more, bit(Kind::same_phone)};
    case EvidenceKind::forwarded_alias:
      return {7.5 + more, bit(Kind::same_address)};
    default:
      return {};
  }
}

/// What the names alone say of a pair that something else brought together.
double chance_of_names(const Corpus& corpus, const Rarity& rarity, const Node& a, const Node& b,
                       std::uint32_t& reasons) {
  const NameMatch match = compare(corpus.form_of(a), corpus.form_of(b));
  switch (match.relation) {
    case Relation::equal:
    case Relation::compatible:
      reasons |= bit(Reason::Kind::same_name);
      return std::min(untold_chance, rarity.name_chance(a.form, match) * place_factor(corpus, a, b, reasons));
    case Relation::partial:
      reasons |= bit(Reason::Kind::same_name);
      return 1;
    case Relation::unknown:
      return untold_chance;
    default:
      reasons |= bit(Reason::Kind::different_given_name);
      return 1000;
  }
}

void add_tie(const Corpus& corpus, const Rarity& rarity, Index left, Index right, Weight weight,
             std::vector<Edge>& edges) {
  if (weight.log_odds <= 0 || left == no_index || right == no_index || left == right) return;
  const Index node_a = corpus.node_of[left], node_b = corpus.node_of[right];
  if (node_a == no_index || node_b == no_index) return;
  const Node& a = corpus.nodes[node_a];
  const Node& b = corpus.nodes[node_b];
  const auto is_role = [&](const Node& node) {
    return node.address != no_index && corpus.addresses[node.address].kind == AddressKind::role;
  };
  if (is_role(a) || is_role(b)) return;
  std::uint32_t reasons = weight.reason;
  const double chance = chance_of_names(corpus, rarity, a, b, reasons) * std::exp(-weight.log_odds) + 1e-4;
  if (chance < hopeless)
    edges.push_back({.chance = chance, .a = std::min(left, right), .b = std::max(left, right), .reasons = reasons});
}

/// A number that more than so many have is a switchboard.
constexpr std::size_t max_bearers = 6;

void add_phones(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges) {
  std::vector<Entry> entries;
  for (Index i = 0; i < corpus.aliases.size(); ++i)
    for (const auto& phone : corpus.aliases[i]->phones) entries.push_back({KeyHash().add(phone).value(), i, 0});
  for_each_block(entries, [&](std::span<const Entry> block) {
    if (block.size() > max_bearers) return;
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t j = i + 1; j < block.size(); ++j)
        add_tie(corpus, rarity, block[i].index, block[j].index, {5, bit(Reason::Kind::same_phone)}, edges);
  });
}

}  // namespace

void add_evidence_edges(const Corpus& corpus, const Rarity& rarity, std::span<const Evidence> evidence,
                        std::vector<Edge>& edges) {
  for (const auto& said : evidence)
    add_tie(corpus, rarity, corpus.find_alias(said.a), corpus.find_alias(said.b), weight_of(said), edges);
  add_phones(corpus, rarity, edges);
}

}  // namespace entregent::people
