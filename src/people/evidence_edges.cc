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
  bool namesakes_only = false;  ///< says nothing of people whose names do not fit
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
    case EvidenceKind::answers_for:
      return {.log_odds = 6, .reason = bit(Kind::answers_for), .namesakes_only = true};
    case EvidenceKind::same_circle:
      return {
          .log_odds = std::min(1 + 1.5 * said.times, 6.0), .reason = bit(Kind::same_circle), .namesakes_only = true};
    case EvidenceKind::own_copy:
      return {.log_odds = 4 + more, .reason = bit(Kind::own_copy), .namesakes_only = true};
    case EvidenceKind::same_document:
      return {.log_odds = 6, .reason = bit(Kind::same_document), .namesakes_only = true};
    default:
      return {};
  }
}

/// `jdupont`, as whom a program knows Jean Dupont.
bool is_login_of(const NameForm& login, const NameForm& form) {
  if (login.handle.size() < 4 || form.kind != NameKind::full) return false;
  const std::string& given = form.words.front();
  const std::string& surname = form.words.back();
  return login.handle == given + surname || login.handle == surname + given ||
         login.handle == given.substr(0, 1) + surname || login.handle == surname + given.substr(0, 1);
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
      return 0.5;
    case Relation::unknown:
      return untold_chance;
    case Relation::other_surname:
      reasons |= bit(Reason::Kind::other_surname);
      return 5;
    default:
      reasons |= bit(Reason::Kind::different_given_name);
      return 1000;
  }
}

/// Whether their names make two aliases one person's, as far as a habit of theirs may prove it.
bool are_namesakes(const Corpus& corpus, const Node& a, const Node& b) {
  const Relation relation = compare(corpus.form_of(a), corpus.form_of(b)).relation;
  return relation == Relation::equal || relation == Relation::compatible ||
         is_login_of(corpus.forms[a.own], corpus.form_of(b)) || is_login_of(corpus.forms[b.own], corpus.form_of(a));
}

void add_tie(const Corpus& corpus, const Rarity& rarity, Index left, Index right, Weight weight,
             std::vector<Edge>& edges) {
  if (weight.log_odds <= 0 || left == no_index || right == no_index || left == right) return;
  const Index node_a = corpus.node_of[left], node_b = corpus.node_of[right];
  if (node_a == no_index || node_b == no_index) return;
  const Node& a = corpus.nodes[node_a];
  const Node& b = corpus.nodes[node_b];
  const auto is_nobody = [&](const Node& node) {
    return corpus.forms[node.own].several ||
           (node.address != no_index && corpus.addresses[node.address].kind == AddressKind::role);
  };
  if (is_nobody(a) || is_nobody(b) || (weight.namesakes_only && !are_namesakes(corpus, a, b))) return;
  std::uint32_t reasons = weight.reason;
  double chance = chance_of_names(corpus, rarity, a, b, reasons) * std::exp(-weight.log_odds) + 1e-4;
  const NameMatch match = compare(corpus.form_of(a), corpus.form_of(b));
  // A house has one line.
  const bool one_house = match.compound && (weight.reason & bit(Reason::Kind::same_phone)) != 0;
  if (one_house || may_be_relatives(corpus, a, b, match)) chance = std::max(chance, never_alone);
  if ((weight.reason & (bit(Reason::Kind::same_circle) | bit(Reason::Kind::own_copy))) != 0) {
    chance = chance_apart(corpus, rarity, a, b, chance);
    if (numbered_apart(corpus, a, b)) chance = std::max(chance, never_alone);
  }
  // Two surnames are never joined unasked.
  if ((reasons & bit(Reason::Kind::other_surname)) != 0) chance = std::max(chance, never_alone);
  if (chance < hopeless)
    edges.push_back({.chance = chance, .a = std::min(left, right), .b = std::max(left, right), .reasons = reasons});
}

/// A number that more than so many people have is a switchboard.
constexpr std::size_t max_bearers = 6;
constexpr std::size_t max_seen = 300;

/// How many people bear a number, at least: names that contradict each other.
std::size_t bearers(const Corpus& corpus, std::span<const Entry> block) {
  std::vector<const NameForm*> people;
  for (const Entry& entry : block) {
    const Index node = corpus.node_of[entry.index];
    if (node == no_index) continue;
    const NameForm& form = corpus.form_of(corpus.nodes[node]);
    if (form.kind != NameKind::full) continue;
    const auto is_one = [&](const NameForm* known) { return !contradict(*known, form); };
    if (std::none_of(people.begin(), people.end(), is_one)) people.push_back(&form);
    if (people.size() > max_bearers) break;
  }
  return people.size();
}

/// A number that one person has says more than the line of a house or an office.
void add_phones(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges) {
  std::vector<Entry> entries;
  for (Index i = 0; i < corpus.aliases.size(); ++i)
    for (const auto& phone : corpus.aliases[i]->phones) entries.push_back({KeyHash().add(phone).value(), i, 0});
  for_each_block(entries, [&](std::span<const Entry> block) {
    if (block.size() > max_seen) return;
    const std::size_t people = bearers(corpus, block);
    if (people > max_bearers) return;
    const auto is_only_a_number = [&](const Entry& entry) {
      return corpus.aliases[entry.index]->name.empty() && corpus.address_of[entry.index] == no_index;
    };
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t j = i + 1; j < block.size(); ++j) {
        const bool number = is_only_a_number(block[i]) || is_only_a_number(block[j]);
        const double weight = people > 1 ? 4 : number ? 8 : 6;
        add_tie(corpus, rarity, block[i].index, block[j].index,
                {.log_odds = weight, .reason = bit(Reason::Kind::same_phone)}, edges);
      }
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
