// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "people/blocks.h"
#include "people/candidates.h"
#include "people/name_tables.h"
#include "people/parallel.h"
#include "people/places.h"

namespace entregent::people {
namespace {

/// Above this a block is not compared pair by pair: its neighbours by spelling are.
constexpr std::size_t large_block = 60;
constexpr std::size_t neighbours = 6;
constexpr std::size_t max_words_keyed = 5;

enum Role : std::uint32_t { whole, with_initial };

std::uint64_t pair_key(std::string_view a, std::string_view b) {
  if (b < a) std::swap(a, b);
  return KeyHash().add("2").add(a).add(b).value();
}

class NameKeys {
 public:
  NameKeys(const Corpus& corpus, std::vector<Entry>& entries) : corpus_(corpus), entries_(entries) {}

  void add(Index index) {
    const NameForm& form = corpus_.forms[index];
    if (form.kind != NameKind::full && form.kind != NameKind::initials) return;
    index_ = index;
    add_pairs(form);
    add_initials(form);
    if (form.kind == NameKind::full) {
      add_short_forms(form);
      add_similar(form);
    }
    add_letters(form);
  }

 private:
  void put(std::uint64_t key, Role role = whole) { entries_.push_back({key, index_, role}); }

  void add_pairs(const NameForm& form) {
    const std::size_t count = std::min(form.words.size(), max_words_keyed);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = i + 1; j < count; ++j)
        if (form.words[i].size() > 1 && form.words[j].size() > 1) put(pair_key(form.words[i], form.words[j]));
  }

  /// `j|dupont` of J. Dupont meets the same of Jean Dupont and of Dupont Jean.
  void add_initials(const NameForm& form) {
    const std::size_t last = form.words.size() - 1;
    const bool has_initial =
        std::any_of(form.words.begin(), form.words.end(), [](const auto& word) { return word.size() == 1; });
    const auto put_initial = [&](std::size_t initial, std::size_t word) {
      if (form.words[word].size() > 2)
        put(KeyHash().add("i").add(form.words[initial].substr(0, 1)).add(form.words[word]).value(),
            has_initial ? with_initial : whole);
    };
    put_initial(0, last);
    put_initial(last, 0);
  }

  void add_short_forms(const NameForm& form) {
    for (const auto shorter : short_forms(form.words.front())) put(pair_key(shorter, form.words.back()));
    if (!form.order_known)
      for (const auto shorter : short_forms(form.words.back())) put(pair_key(shorter, form.words.front()));
  }

  /// One edit leaves either the beginning or the end of a word as it was.
  void add_similar(const NameForm& form) {
    const std::string_view first = form.words.front(), last = form.words.back();
    const auto put_ends = [&](std::string_view exact, std::string_view changed) {
      if (changed.size() < 5) return;
      put(KeyHash().add("b").add(exact).add(changed.substr(0, 3)).value());
      put(KeyHash().add("e").add(exact).add(changed.substr(changed.size() - 3)).value());
    };
    put_ends(first, last);
    put_ends(last, first);
  }

  void add_letters(const NameForm& form) {
    KeyHash hash;
    hash.add("l");
    for (const auto& word : form.words) hash.piece(word);
    put(hash.value());
  }

  const Corpus& corpus_;
  std::vector<Entry>& entries_;
  Index index_ = 0;
};

std::uint32_t reasons_of(const NameMatch& match, const NameForm& form, double chance, bool derived) {
  using Kind = Reason::Kind;
  std::uint32_t reasons = match.relation == Relation::equal ? bit(Kind::same_name) : 0;
  if (match.nickname) reasons |= bit(Kind::nickname);
  if (match.typo) reasons |= bit(Kind::typo);
  if (match.initial) reasons |= bit(Kind::initials);
  if (match.reordered && !match.initial) reasons |= bit(Kind::name_order);
  if (reasons == 0) reasons = bit(Kind::same_name);
  if (derived) reasons |= bit(Kind::local_part);
  if (form.words.size() > 1) reasons |= chance < 0.002 ? bit(Kind::rare_name) : bit(Kind::common_name);
  return reasons;
}

/// Makes edges between the nodes of two fitting names (or of one).
class NameEdges {
 public:
  NameEdges(const Corpus& corpus, const Rarity& rarity) : corpus_(corpus), rarity_(rarity) {
    first_.assign(corpus.forms.size() + 1, 0);
    for (const auto& node : corpus.nodes) ++first_[node.form + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    nodes_.resize(corpus.nodes.size());
    auto next = first_;
    for (Index i = 0; i < corpus.nodes.size(); ++i) nodes_[next[corpus.nodes[i].form]++] = i;
  }

  void within(Index form, std::vector<Edge>& edges) const {
    const auto list = nodes_of(form);
    if (list.size() < 2) return;
    const NameMatch match = compare(corpus_.forms[form], corpus_.forms[form]);
    const double chance = rarity_.name_chance(form, match);
    std::vector<Index> addressed, bare;
    for (const Index node : list) (corpus_.nodes[node].address == no_index ? bare : addressed).push_back(node);
    for (std::size_t i = 0; i < addressed.size(); ++i)
      for (std::size_t j = i + 1; j < addressed.size() && (addressed.size() <= few || j <= i + 2); ++j)
        link(addressed[i], addressed[j], match, chance, edges);
    for (std::size_t i = 0; i < bare.size(); ++i) {
      for (std::size_t j = 0; j < std::min(addressed.size(), few); ++j)
        link(bare[i], addressed[j], match, chance, edges);
      if (i > 0) link(bare[0], bare[i], match, chance, edges);
    }
  }

  void between(Index a, Index b, std::vector<Edge>& edges) const {
    if (!may_fit(corpus_.forms[a], corpus_.forms[b])) return;
    const NameMatch match = compare(corpus_.forms[a], corpus_.forms[b]);
    if (match.relation != Relation::equal && match.relation != Relation::compatible) return;
    const double chance = rarity_.name_chance(a, match);
    if (chance > hopeless * 20) return;
    const auto left = nodes_of(a), right = nodes_of(b);
    for (std::size_t i = 0; i < std::min(left.size(), few); ++i)
      for (std::size_t j = 0; j < std::min(right.size(), few); ++j) link(left[i], right[j], match, chance, edges);
  }

 private:
  static constexpr std::size_t few = 12;

  std::span<const Index> nodes_of(Index form) const {
    return std::span(nodes_).subspan(first_[form], first_[form + 1] - first_[form]);
  }

  void link(Index left, Index right, const NameMatch& match, double chance, std::vector<Edge>& edges) const {
    const Node& a = corpus_.nodes[left];
    const Node& b = corpus_.nodes[right];
    const auto blocks = [](const AddressForm* address) {
      return address != nullptr && address->kind == AddressKind::role;
    };
    if (blocks(corpus_.address_of_node(a)) || blocks(corpus_.address_of_node(b))) return;
    const bool derived = a.derived() || b.derived();
    std::uint32_t reasons = 0;
    chance *= place_factor(corpus_, a, b, reasons) * succession_factor(corpus_, a, b) * (derived ? 2 : 1);
    if (a.address == no_index || b.address == no_index) chance = bare_chance(a, b, chance, match);
    chance = chance_apart(corpus_, rarity_, a, b, chance);
    if (match.compound || may_be_relatives(corpus_, a, b, match)) chance = std::max(chance, never_alone);
    if (numbered_apart(corpus_, a, b)) chance = std::max(chance, never_alone);
    if (chance > hopeless) return;
    edges.push_back(edge_between(a, b, chance, reasons | reasons_of(match, corpus_.forms[a.form], chance, derived)));
  }

  /// Who is named without an address in what the owner keeps is likelier somebody whom the owner knows than a stranger;
  /// all the more who has the same employer. Of a common name the place or the acquaintance must say so.
  double bare_chance(const Node& a, const Node& b, double chance, const NameMatch& match) const {
    constexpr double likely_known = 0.1;
    if (match.relation != Relation::equal) return match.left_over > 0 ? std::max(chance, never_alone) : chance;
    std::uint32_t reasons = 0;
    const Node& addressed = a.address == no_index ? b : a;
    if (corpus_.belongings_of(addressed).acquainted || place_factor(corpus_, a, b, reasons) < 1)
      return chance * acquainted;
    return is_common(corpus_.form_of(a)) ? chance : chance * likely_known;
  }

  const Corpus& corpus_;
  const Rarity& rarity_;
  std::vector<std::size_t> first_;
  std::vector<Index> nodes_;
};

/// Two forms, the smaller in the upper half: sorted as one number.
using FormPair = std::uint64_t;

FormPair pair_of(Index a, Index b) {
  return std::uint64_t{std::min(a, b)} << 32U | std::max(a, b);
}

void take_small(std::span<const Entry> block, std::vector<FormPair>& pairs) {
  const bool initials_only =
      std::any_of(block.begin(), block.end(), [](const Entry& entry) { return entry.role == with_initial; });
  for (std::size_t i = 0; i < block.size(); ++i)
    for (std::size_t j = i + 1; j < block.size(); ++j)
      if (!initials_only || block[i].role == with_initial || block[j].role == with_initial)
        if (block[i].index != block[j].index) pairs.push_back(pair_of(block[i].index, block[j].index));
}

/// The second key of a large block is the spelling: what differs by little stands close.
void take_large(const Corpus& corpus, std::span<const Entry> block, std::vector<FormPair>& pairs) {
  std::vector<std::pair<std::string, Index>> spelled;
  spelled.reserve(block.size());
  for (const auto& entry : block) {
    const auto& words = corpus.forms[entry.index].words;
    spelled.emplace_back(words.back() + ' ' + words.front(), entry.index);
  }
  std::sort(spelled.begin(), spelled.end());
  for (std::size_t i = 0; i < spelled.size(); ++i)
    for (std::size_t j = i + 1; j < std::min(spelled.size(), i + 1 + neighbours); ++j)
      if (spelled[i].second != spelled[j].second) pairs.push_back(pair_of(spelled[i].second, spelled[j].second));
}

}  // namespace

void add_name_edges(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges) {
  const NameEdges maker(corpus, rarity);
  std::vector<Entry> entries;
  const auto take = [](std::size_t parts, auto& kept, const auto& from) {
    std::size_t size = kept.size();
    for (std::size_t part = 0; part < parts; ++part) size += from[part].size();
    kept.reserve(size);
    for (std::size_t part = 0; part < parts; ++part) kept.insert(kept.end(), from[part].begin(), from[part].end());
  };
  {
    const std::size_t parts = parts_for(corpus.forms.size());
    std::vector<std::vector<Entry>> keys(parts);
    std::vector<std::vector<Edge>> found(parts);
    in_parts(corpus.forms.size(), parts, [&](std::size_t part, std::size_t begin, std::size_t end) {
      NameKeys maker_of_keys(corpus, keys[part]);
      for (std::size_t i = begin; i < end; ++i) {
        const auto form = static_cast<Index>(i);
        maker_of_keys.add(form);
        const NameKind kind = corpus.forms[form].kind;
        if (kind == NameKind::full || kind == NameKind::initials) maker.within(form, found[part]);
      }
    });
    take(parts, entries, keys);
    take(parts, edges, found);
  }
  std::vector<FormPair> pairs;
  for_each_block(entries, [&](std::span<const Entry> block) {
    if (block.size() <= large_block)
      take_small(block, pairs);
    else
      take_large(corpus, block, pairs);
  });
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  const std::size_t parts = parts_for(pairs.size());
  std::vector<std::vector<Edge>> found(parts);
  in_parts(pairs.size(), parts, [&](std::size_t part, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      maker.between(static_cast<Index>(pairs[i] >> 32U), static_cast<Index>(pairs[i]), found[part]);
  });
  take(parts, edges, found);
}

}  // namespace entregent::people
