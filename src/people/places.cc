// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/places.h"

#include <algorithm>
#include <string>
#include <vector>

#include "people/candidates.h"

namespace entregent::people {
namespace {

/// One site, or one under two top levels: acme.fr and acme.com.
bool same_company(const AddressForm& a, const AddressForm& b) {
  if (a.kind != AddressKind::person || b.kind != AddressKind::person || a.free_mail || b.free_mail) return false;
  return a.site == b.site || (own_label(a).size() >= 5 && own_label(a) == own_label(b));
}

/// Calls `take(word)` for each word of a label, parted at hyphens.
template <class Take>
void for_each_part(std::string_view label, Take take) {
  while (!label.empty()) {
    const std::size_t end = std::min(label.find('-'), label.size());
    take(label.substr(0, end));
    label.remove_prefix(std::min(end + 1, label.size()));
  }
}

/// `dupont.fr`, `dupont-conseil.fr`.
bool owns(const AddressForm* address, const NameForm& form) {
  if (address == nullptr || form.words.size() < 2) return false;
  const std::string_view label = own_label(*address);
  bool found = false;
  std::string surname;  // its last word, then all but the given names
  for (std::size_t i = form.words.size() - 1; i >= std::max<std::size_t>(form.given, 1); --i) {
    surname.insert(0, form.words[i]);
    found = found || label == surname;
    for_each_part(label, [&](std::string_view part) { found = found || (part.size() >= 5 && part == surname); });
  }
  return found;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const auto& one) { return std::find(b.begin(), b.end(), one) != b.end(); });
}

bool differ(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return !a.empty() && !b.empty() && !share_one(a, b);
}

/// `Nord Conseil` is whose site is nord.example or nord-conseil.example.
bool is_named_by(const AddressForm* address, const Belongings& belongings) {
  if (address == nullptr) return false;
  std::string label(own_label(*address));
  std::erase(label, '-');
  if (label.empty()) return false;
  return std::any_of(belongings.organisations.begin(), belongings.organisations.end(),
                     [&](const auto& one) { return one.starts_with(label) || label.starts_with(one); });
}

/// More people than this box shows bear a surname of so large a share.
constexpr double shared_surname = 1e-3;
constexpr double ask_at_least = 0.01;

}  // namespace

std::string_view own_label(const AddressForm& address) {
  if (address.free_mail || address.kind != AddressKind::person) return {};
  std::string_view label = std::string_view(address.site).substr(0, address.site.find('.'));
  while (!label.empty() && label.back() >= '0' && label.back() <= '9') label.remove_suffix(1);
  const bool plain = std::all_of(label.begin(), label.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  return plain && label.size() >= 4 && label.size() < 25 ? label : std::string_view();
}

double place_factor(const Corpus& corpus, const Node& a, const Node& b, std::uint32_t& reasons) {
  const AddressForm* left = corpus.address_of_node(a);
  const AddressForm* right = corpus.address_of_node(b);
  double factor = 1;
  if (left != nullptr && right != nullptr && left->normal != right->normal && same_company(*left, *right)) {
    factor *= 0.1;
    reasons |= bit(Reason::Kind::same_organisation);
  }
  if (owns(left, corpus.form_of(b)) || owns(right, corpus.form_of(a))) {
    factor *= 0.1;
    reasons |= bit(Reason::Kind::own_domain);
  }
  if (share_one(corpus.belongings_of(a).organisations, corpus.belongings_of(b).organisations) ||
      is_named_by(left, corpus.belongings_of(b)) || is_named_by(right, corpus.belongings_of(a))) {
    factor *= 0.15;
    reasons |= bit(Reason::Kind::same_organisation);
  }
  return factor;
}

bool in_family_company(const Corpus& corpus, const Node& a, const Node& b) {
  const AddressForm* left = corpus.address_of_node(a);
  const AddressForm* right = corpus.address_of_node(b);
  return left != nullptr && right != nullptr && left->normal != right->normal && same_company(*left, *right) &&
         (owns(left, corpus.form_of(a)) || owns(right, corpus.form_of(b)));
}

bool is_of_the_family(const Corpus& corpus, const Node& node, const NameForm& form) {
  return owns(corpus.address_of_node(node), form);
}

bool may_be_relatives(const Corpus& corpus, const Node& a, const Node& b, const NameMatch& match) {
  const bool nearly =
      match.initial || match.initials > 0 || match.compound || match.nickname || match.relation == Relation::partial;
  return nearly && in_family_company(corpus, a, b);
}

double succession_factor(const Corpus& corpus, const Node& a, const Node& b) {
  const AddressForm* left = corpus.address_of_node(a);
  const AddressForm* right = corpus.address_of_node(b);
  const auto is_work = [](const AddressForm* address) {
    return address != nullptr && address->kind == AddressKind::person && !address->free_mail;
  };
  if (!is_work(left) || !is_work(right) || left->site == right->site) return 1;
  const Belongings& one = corpus.belongings_of(a);
  const Belongings& other = corpus.belongings_of(b);
  const auto is_long = [](const Belongings& used) {
    return used.first < used.last && used.last - used.first >= std::chrono::days(30);
  };
  if (!is_long(one) || !is_long(other)) return 1;
  return one.last < other.first || other.last < one.first ? 0.2 : 1;
}

bool numbered_apart(const Corpus& corpus, const Node& a, const Node& b) {
  const AddressForm* left = corpus.address_of_node(a);
  const AddressForm* right = corpus.address_of_node(b);
  return left != nullptr && right != nullptr && !left->free_mail && left->site == right->site &&
         left->handle != right->handle && left->core == right->core;
}

double chance_apart(const Corpus& corpus, const Rarity& rarity, const Node& a, const Node& b, double chance) {
  const Belongings& left = corpus.belongings_of(a);
  const Belongings& right = corpus.belongings_of(b);
  if (share_one(left.phones, right.phones)) return chance;
  const bool other_phone = differ(left.phones, right.phones);
  const bool other_organisation = differ(left.organisations, right.organisations);
  if (!other_phone && !other_organisation) return chance;
  const double weighed = chance * (other_phone ? 2 : 1) * (other_organisation ? 3 : 1);
  const auto is_shared = [&](const Node& node) {
    const auto& words = corpus.form_of(node).words;
    return words.size() > 1 && rarity.share(words.back(), NamePlace::surname) >= shared_surname;
  };
  return is_shared(a) || is_shared(b) ? std::max(weighed, ask_at_least) : weighed;
}

}  // namespace entregent::people
