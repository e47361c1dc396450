// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <string>
#include <unordered_map>

#include "people/blocks.h"
#include "people/candidates.h"
#include "people/name_tables.h"
#include "people/places.h"

namespace entregent::people {
namespace {

/// How a local part can be made from a name; also how it came by its key on the side of the local part.
enum Role : std::uint32_t {
  made_whole,      ///< jeandupont, dupontjean
  made_initial,    ///< jdupont, dupontj
  made_initials,   ///< jpdupont
  made_cut,        ///< jdupontd, cut to eight letters as old systems do
  made_surname,    ///< dupont
  made_given,      ///< jeand
  login,           ///< an address's local part
  login_domain,    ///< local part and own domain: jp@dupont.fr
  name_as_handle,  ///< a name of one word
};

constexpr std::size_t cut_length = 8;
constexpr std::size_t max_block = 200;

std::uint64_t made_key(std::string_view a, std::string_view b = {}, std::string_view c = {}) {
  return KeyHash().piece(a).piece(b).piece(c).value();
}

/// The surname as a local part has it: its last word, or all of it.
std::vector<std::string> surnames_of(const NameForm& form) {
  std::vector<std::string> result{form.words.back()};
  const std::size_t first = form.order_known ? std::max<std::size_t>(form.given, 1) : form.words.size() - 1;
  std::string all;
  for (std::size_t i = first; i < form.words.size(); ++i) all += form.words[i];
  if (all != result[0]) result.push_back(all);
  return result;
}

void add_made_keys(const NameForm& form, Index index, std::vector<Entry>& entries) {
  const auto put = [&](std::uint64_t key, Role role) { entries.push_back({key, index, role}); };
  const std::string& given = form.words.front();
  std::string initials;
  for (std::size_t i = 0; i + 1 < form.words.size(); ++i) initials += form.words[i][0];
  for (const auto& surname : surnames_of(form)) {
    if (surname.size() < 3) {
      put(made_key(given, surname), made_whole);
      continue;
    }
    const std::string_view initial = std::string_view(given).substr(0, 1);
    if (given.size() > 1) {
      put(made_key(given, surname), made_whole);
      put(made_key(surname, given), made_whole);
      put(made_key(given, std::string_view(surname).substr(0, 1)), made_given);
      for (const auto shorter : short_forms(given))
        if (shorter.size() > 2) put(made_key(shorter, surname), made_whole);
    }
    put(made_key(initial, surname), made_initial);
    put(made_key(surname, initial), made_initial);
    if (initials.size() > 1) put(made_key(initials, surname), made_initials);
    if (surname.size() + 1 > cut_length)
      put(made_key(initial, std::string_view(surname).substr(0, cut_length - 1)), made_cut);
    if (surname.size() > cut_length) put(made_key(std::string_view(surname).substr(0, cut_length)), made_cut);
    if (surname.size() >= 5) put(made_key(surname), made_surname);
    if (given.size() > 1 && form.words.size() > 2 && form.words[1].size() > 1)
      put(made_key(given, form.words[1], surname), made_whole);
  }
}

class HandleEdges {
 public:
  HandleEdges(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges)
      : corpus_(corpus), rarity_(rarity), edges_(edges) {}

  /// Blocks of the same handle, digits included.
  void same_handle() {
    std::vector<Entry> entries;
    for (Index i = 0; i < corpus_.nodes.size(); ++i) {
      const AddressForm* address = corpus_.address_of_node(corpus_.nodes[i]);
      if (address != nullptr && address->kind == AddressKind::role) continue;
      if (address != nullptr && address->handle.size() >= 4) entries.push_back({made_key(address->handle), i, login});
      const NameForm& form = corpus_.forms[corpus_.nodes[i].own];
      if (form.handle.size() >= 4 && (address == nullptr || address->handle != form.handle))
        entries.push_back({made_key(form.handle), i, name_as_handle});
    }
    for_each_block(entries, [&](std::span<const Entry> block) { link_same(block); });
  }

  /// Blocks of a local part and the names it can be made from.
  void made_from_name() {
    std::vector<Entry> entries;
    entries.reserve(corpus_.forms.size() * 8);
    mark_reachable();
    for (Index i = 0; i < corpus_.forms.size(); ++i) {
      const NameKind kind = corpus_.forms[i].kind;
      if (first_node_[i] != no_index && (kind == NameKind::full || kind == NameKind::initials))
        add_made_keys(corpus_.forms[i], i, entries);
    }
    for (Index i = 0; i < corpus_.nodes.size(); ++i) add_logins(i, entries);
    for_each_block(entries, [&](std::span<const Entry> block) { link_made(block); });
  }

 private:
  void mark_reachable() {
    first_node_.assign(corpus_.forms.size(), no_index);
    // Those with an address first: only a few of each form are looked at.
    for (const bool bare : {false, true})
      for (Index i = 0; i < corpus_.nodes.size(); ++i) {
        const Node& node = corpus_.nodes[i];
        const AddressForm* address = corpus_.address_of_node(node);
        if ((address == nullptr) != bare || (address != nullptr && address->kind == AddressKind::role)) continue;
        if (first_node_[node.form] == no_index) first_node_[node.form] = i;
        by_form_[node.form].push_back(i);
      }
  }

  void add_logins(Index index, std::vector<Entry>& entries) const {
    const Node& node = corpus_.nodes[index];
    const NameForm& form = corpus_.forms[node.own];
    if (form.kind == NameKind::full || form.kind == NameKind::initials) return;
    const AddressForm* address = corpus_.address_of_node(node);
    if (address != nullptr && address->kind == AddressKind::role) return;
    const auto put = [&](std::uint64_t key, Role role) { entries.push_back({key, index, role}); };
    if (address != nullptr && address->core.size() >= 4) put(made_key(address->core), login);
    if (address != nullptr) {
      const std::string_view label = own_label(*address);
      if (!label.empty() && address->core.size() <= 12) put(made_key(address->core, label), login_domain);
    }
    std::string_view handle = form.handle;
    while (!handle.empty() && handle.back() >= '0' && handle.back() <= '9') handle.remove_suffix(1);
    if (handle.size() >= 4 && form.kind == NameKind::handle && (address == nullptr || address->core != handle))
      put(made_key(handle), name_as_handle);
  }

  std::string_view handle_of(const Entry& entry) const {
    const Node& node = corpus_.nodes[entry.index];
    return entry.role == name_as_handle ? std::string_view(corpus_.forms[node.own].handle)
                                        : std::string_view(corpus_.addresses[node.address].handle);
  }

  /// More than one person bears it, as their names show.
  bool is_contested(std::span<const Entry> block) const {
    const NameForm* first = nullptr;
    for (const Entry& entry : block.first(std::min<std::size_t>(block.size(), 40))) {
      const NameForm& form = corpus_.forms[corpus_.nodes[entry.index].own];
      if (form.kind != NameKind::full) continue;
      if (first == nullptr)
        first = &form;
      else if (contradict(*first, form))
        return true;
    }
    return false;
  }

  void link_same(std::span<const Entry> block) {
    const auto at = [&](const Entry& entry) { return corpus_.nodes[entry.index].address; };
    if (std::all_of(block.begin(), block.end(),
                    [&](const Entry& entry) { return at(entry) != no_index && at(entry) == at(block.front()); }))
      return;
    const double share = rarity_.handle_share(handle_of(block.front()));
    double chance = share * rarity_.people() + 1e-4;
    if (is_contested(block)) chance = std::max(chance, 0.5);
    if (chance > hopeless) return;
    const std::size_t reach = block.size() <= 10 ? block.size() : 2;
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t j = i + 1; j < std::min(block.size(), i + 1 + reach); ++j) link_pair(block[i], block[j], chance);
  }

  void link_pair(const Entry& left, const Entry& right, double chance) {
    const Node& a = corpus_.nodes[left.index];
    const Node& b = corpus_.nodes[right.index];
    if (left.index == right.index) return;
    const Relation relation = compare(corpus_.forms[a.own], corpus_.forms[b.own]).relation;
    if (relation >= Relation::other_surname) chance = std::max(chance, relation == Relation::disjoint ? 0.5 : hopeless);
    if (left.role == name_as_handle && right.role == name_as_handle) chance = std::max(chance, never_alone);
    push(a, b, chance, bit(Reason::Kind::local_part));
  }

  void push(const Node& a, const Node& b, double chance, std::uint32_t reasons, double least = 0) {
    chance = std::max(chance * place_factor(corpus_, a, b, reasons), least);
    // A document knows its maker by a login: most likely of somebody with whom the owner writes.
    if (a.address == no_index && corpus_.belongings_of(b).acquainted) chance *= acquainted;
    if (b.address == no_index && corpus_.belongings_of(a).acquainted) chance *= acquainted;
    if (chance < hopeless) edges_.push_back(edge_between(a, b, chance, reasons));
  }

  void link_made(std::span<const Entry> block) {
    if (block.size() > max_block) return;
    const auto is_made = [](const Entry& entry) { return entry.role < login; };
    if (std::none_of(block.begin(), block.end(), is_made) || std::all_of(block.begin(), block.end(), is_made)) return;
    const bool contested = is_made_contested(block);
    for (const Entry& name : block) {
      if (!is_made(name)) continue;
      for (const Entry& other : block)
        if (!is_made(other)) link_made_pair(name, other, contested);
    }
  }

  bool is_made_contested(std::span<const Entry> block) const {
    const NameForm* first = nullptr;
    for (const Entry& entry : block) {
      if (entry.role >= login) continue;
      const NameForm& form = corpus_.forms[entry.index];
      if (first == nullptr)
        first = &form;
      else if (contradict(*first, form))
        return true;
    }
    return false;
  }

  double made_chance(const NameForm& form, Role how, bool digits) const {
    const double people = rarity_.people();
    const double surname = rarity_.share(form.words.back(), NamePlace::surname);
    const double initial = initial_share(form.words.front().front());
    const double given = form.words.front().size() == 1 ? initial : rarity_.share(form.words.front(), NamePlace::given);
    switch (how) {
      case made_whole:
        return std::max(people * 1.5 * given * surname + 1e-4, is_common(form) ? common_chance : 0);
      case made_initial:
        return people * initial * surname * (digits ? 2 : 1) + 3e-4;
      case made_initials:
        return people * initial * 0.08 * surname + 3e-4;
      case made_cut:
        return digits ? 1 : people * initial * surname * 2 + 5e-4;
      case made_surname:
        return surname_chance(form, surname, digits);
      default:
        return std::max(never_alone, people * given * 0.08);
    }
  }

  /// A bare surname is the family's, unless nobody else here has it and it is none of the common ones or a word of
  /// everyday.
  double surname_chance(const NameForm& form, double share, bool digits) const {
    const std::string_view word = form.words.back();
    if (digits || word.size() < 5 || !rarity_.is_rare(word) || !looks_human(form))
      return std::max(0.2, rarity_.people() * share * 10);
    return 9e-4 + 50 * share;
  }

  /// `dupont.jean1987@` and `jeandupont1987@`: the same digits after another order of the name.
  double digits_factor(Index target, std::string_view handle) const {
    const AddressForm* address = corpus_.address_of_node(corpus_.nodes[target]);
    const auto digits = [](std::string_view text) {
      return text.substr(std::min(text.find_last_not_of("0123456789") + 1, text.size()));
    };
    return address != nullptr && digits(handle).size() >= 2 && digits(handle) == digits(address->handle) ? 0.05 : 1;
  }

  /// `paul.hughes@` may be Paul Brown-Hughes's who has that address, but says nothing of one who is only named so.
  bool leaves_words_over(const NameForm& form, Role how, const Node& node) const {
    if (how != made_whole || form.words.size() < 3 || node.address == no_index) return false;
    std::size_t letters = 0;
    for (const auto& word : form.words) letters += word.size();
    return corpus_.addresses[node.address].core.size() != letters;
  }

  void link_made_pair(const Entry& name, const Entry& other, bool contested) {
    const NameForm& form = corpus_.forms[name.index];
    const Node& node = corpus_.nodes[other.index];
    const auto how = static_cast<Role>(name.role);
    const std::string_view handle = handle_of(other);
    const bool digits = !handle.empty() && handle.back() >= '0' && handle.back() <= '9';
    if (how == made_cut && other.role == login && handle.size() != cut_length) return;
    double chance = made_chance(form, how, digits);
    const NameForm& own = corpus_.forms[node.own];
    const Relation relation = compare(own, form).relation;
    if (relation >= Relation::other_surname) return;
    // `Jean <jdupont@…>`: the given name says more than its initial.
    if (relation == Relation::partial && !own.words.empty() && word_fit(own.words[0], form.words[0]) >= Fit::nickname)
      chance = chance * std::min(1.0, 30 * rarity_.share(own.words[0], NamePlace::given)) + 1e-4;
    if (other.role == name_as_handle && how == made_surname) chance = std::max(chance, never_alone);
    if (other.role == login_domain) chance += 2e-4;
    if (contested) chance = std::max(chance, 0.6);
    const bool by_initial = how == made_initial || how == made_cut || how == made_initials;
    std::uint32_t reasons = bit(Reason::Kind::local_part);
    if (other.role == login_domain) reasons |= bit(Reason::Kind::own_domain);
    const auto& targets = by_form_[name.index];
    for (std::size_t i = 0; i < std::min<std::size_t>(targets.size(), 4); ++i)
      if (targets[i] != other.index) {
        const Node& target = corpus_.nodes[targets[i]];
        const double with_digits = chance * digits_factor(targets[i], handle);
        const double apart = chance_apart(corpus_, rarity_, target, node, with_digits);
        const bool relatives = by_initial && other.role != login_domain &&
                               (is_of_the_family(corpus_, node, form) ||
                                (node.address == no_index && is_of_the_family(corpus_, target, form)));
        const bool half_a_name = (target.address == no_index || form.compound) && leaves_words_over(form, how, node);
        push(target, node, apart, reasons, relatives || half_a_name ? never_alone : 0);
      }
  }

  const Corpus& corpus_;
  const Rarity& rarity_;
  std::vector<Edge>& edges_;
  std::vector<Index> first_node_;
  std::unordered_map<Index, std::vector<Index>> by_form_;
};

}  // namespace

void add_handle_edges(const Corpus& corpus, const Rarity& rarity, std::vector<Edge>& edges) {
  HandleEdges maker(corpus, rarity, edges);
  maker.same_handle();
  maker.made_from_name();
}

Edge edge_between(const Node& a, const Node& b, double chance, std::uint32_t reasons) {
  return {.chance = chance, .a = std::min(a.alias, b.alias), .b = std::max(a.alias, b.alias), .reasons = reasons};
}

}  // namespace entregent::people
