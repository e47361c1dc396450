// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "people/corpus.h"
#include "people/rarity.h"

/// Which aliases may be one person: blocks of equal keys (sorted, so about linear), each pair scored.
namespace entregent::people {

/// Two aliases that may be one person.
struct Edge {
  double chance = 0;          ///< expected number of others who would fit as well; the probability is 1 / (1 + chance)
  Index a = 0, b = 0;         ///< ranks of aliases, a < b
  std::uint32_t reasons = 0;  ///< bit i: Reason::Kind i
};

constexpr std::uint32_t bit(Reason::Kind kind) {
  return 1U << static_cast<unsigned>(kind);
}

/// What sharing a handle, a name or a generated local part alone can reach at most, where the rules forbid to merge on
/// it.
inline constexpr double never_alone = 0.02;
/// Who is named without an address is likelier somebody with whom the owner writes than a stranger, by so much.
inline constexpr double acquainted = 0.02;
/// More than this is not worth a question.
inline constexpr double hopeless = 4;

/// By names: exact, reordered, initials, nicknames, typos.
void add_name_edges(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges);
/// By local parts: the same handle, or one made from the other's name.
void add_handle_edges(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges);
/// By phones, and what items said.
void add_evidence_edges(const Corpus& corpus, const Rarity& rarity, std::span<const Evidence> evidence,
                        std::vector<Edge>& edges);

Edge edge_between(const Node& a, const Node& b, double chance, std::uint32_t reasons);

}  // namespace entregent::people
