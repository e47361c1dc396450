// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/corpus.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "people/blocks.h"
#include "people/name_tables.h"
#include "people/parallel.h"

namespace entregent::people {
namespace {

std::string form_key(const NameForm& form) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(form.kind)));
  key.push_back(form.several ? '&' : form.compound ? '-' : ' ');
  for (const auto& word : form.words) {
    key += word;
    key.push_back(' ');
  }
  return key;
}

/// `Hôtel des Deux-Rives`, `HOTEL DES DEUX RIVES`: one organisation.
std::string letters_of(std::string_view organisation) {
  std::string letters;
  for (const char c : latin(organisation))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) letters.push_back(c);
  return letters;
}

/// A name read from `jean.dupont@`: only where what was seen as the name agrees with it.
bool agrees(const NameForm& own, const AddressForm& address) {
  if (own.kind == NameKind::none) return true;
  if (own.kind != NameKind::given && own.kind != NameKind::handle) return false;
  if (own.handle == address.handle || own.handle == address.core) return true;
  return std::any_of(address.words.begin(), address.words.end(),
                     [&](const auto& word) { return word == own.handle || are_nicknames(word, own.handle); });
}

NameForm form_from_local(const std::vector<std::string>& words) {
  Name name;
  name.words = words;
  name.order_known = given_share(words.front()) > 0 && given_share(words.back()) == 0;
  const bool reversed = given_share(words.back()) > 0 && given_share(words.front()) == 0 && words.size() == 2;
  if (reversed) std::reverse(name.words.begin(), name.words.end());
  if (name.order_known || reversed) {
    name.given.assign(name.words.begin(), name.words.end() - 1);
    name.surname = {name.words.back()};
    name.order_known = true;
  }
  return form_of(name, false);
}

/// What was seen, each text once, in the order in which it first stands.
class Distinct {
 public:
  explicit Distinct(std::size_t most) { numbers_.reserve(most); }
  Index number(std::string_view text) {
    const auto [found, is_new] = numbers_.try_emplace(text, static_cast<Index>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return found->second;
  }
  const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  std::unordered_map<std::string_view, Index> numbers_;
  std::vector<std::string_view> texts_;
};

/// Takes each text apart, in several threads.
template <class Form, class Parse>
std::vector<Form> parsed(const std::vector<std::string_view>& texts, Parse parse) {
  std::vector<Form> forms(texts.size());
  in_parts(texts.size(), parts_for(texts.size()), [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) forms[i] = parse(texts[i]);
  });
  return forms;
}

}  // namespace

Corpus::Corpus(std::span<const Alias> all) {
  aliases.reserve(all.size());
  for (const auto& alias : all) aliases.push_back(&alias);
  std::sort(aliases.begin(), aliases.end(), [](const Alias* a, const Alias* b) { return a->id < b->id; });
  forms.emplace_back();
  form_ids_.emplace(form_key(forms[0]), 0);
  in_parts(2, parts_for(aliases.size()) > 1 ? 2 : 1, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) i == 0 ? take_names() : take_addresses();
  });
  take_belongings();
  find_providers();
  make_nodes();
  intern_words();
}

Index Corpus::intern_form(NameForm form) {
  const auto [found, is_new] = form_ids_.try_emplace(form_key(form), static_cast<Index>(forms.size()));
  if (is_new) {
    forms.push_back(std::move(form));
  } else if (form.order_known && !forms[found->second].order_known) {
    forms[found->second] = std::move(form);
  }
  return found->second;
}

void Corpus::take_names() {
  Distinct names(aliases.size());
  own_form.reserve(aliases.size());
  for (const Alias* alias : aliases) own_form.push_back(names.number(alias->name));
  auto found = parsed<NameForm>(names.texts(), [](std::string_view name) { return parse_form(name); });
  std::vector<Index> form_of_name;
  form_of_name.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    form_of_name.push_back(names.texts()[i].empty() ? 0 : intern_form(std::move(found[i])));
  for (Index& form : own_form) form = form_of_name[form];
}

void Corpus::take_addresses() {
  Distinct seen(aliases.size());
  address_of.reserve(aliases.size());
  for (const Alias* alias : aliases) address_of.push_back(seen.number(alias->address));
  auto found = parsed<AddressForm>(seen.texts(), [](std::string_view address) { return parse_address(address); });
  std::unordered_map<std::string, Index> normals;
  normals.reserve(found.size());
  std::vector<Index> known_as(found.size(), no_index);
  for (std::size_t i = 0; i < found.size(); ++i) {
    AddressForm& form = found[i];
    if (form.kind == AddressKind::none) continue;
    const auto [known, fresh] = normals.try_emplace(form.normal, static_cast<Index>(addresses.size()));
    // `JeanDupont@` tells more than `jeandupont@`.
    if (fresh)
      addresses.push_back(std::move(form));
    else if (addresses[known->second].words.size() < form.words.size())
      addresses[known->second].words = std::move(form.words);
    known_as[i] = known->second;
  }
  for (Index& address : address_of) address = known_as[address];
}

void Corpus::take_belongings() {
  belongings_.resize(addresses.size());
  const auto put = [](std::vector<std::string>& list, std::string value) {
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
  };
  for (Index i = 0; i < aliases.size(); ++i) {
    const bool says_nothing = aliases[i]->phones.empty() && aliases[i]->organisations.empty();
    if (address_of[i] == no_index && says_nothing) continue;
    Belongings& here = address_of[i] == no_index ? bare_belongings_[i] : belongings_[address_of[i]];
    here.acquainted = here.acquainted || aliases[i]->acquainted;
    if (aliases[i]->last_day != Day{}) {
      here.first = std::min(here.first, aliases[i]->first_day);
      here.last = std::max(here.last, aliases[i]->last_day);
    }
    for (const auto& phone : aliases[i]->phones) put(here.phones, phone);
    for (const auto& organisation : aliases[i]->organisations) put(here.organisations, letters_of(organisation));
  }
}

/// A site of many addresses of which no two name one organisation, where others do, gives mailboxes to everybody.
void Corpus::find_providers() {
  constexpr std::size_t many = 10;
  const auto has_some = [](const Belongings& one) { return !one.organisations.empty(); };
  if (std::none_of(belongings_.begin(), belongings_.end(), has_some)) return;
  struct Site {
    std::size_t addresses = 0;
    bool has_colleagues = false;
    std::unordered_set<std::string_view> organisations;
  };
  std::unordered_map<std::string_view, Site> sites;
  bool some_has = false;
  for (Index i = 0; i < addresses.size(); ++i) {
    Site& site = sites[addresses[i].site];
    ++site.addresses;
    for (const auto& organisation : belongings_[i].organisations)
      site.has_colleagues = !site.organisations.insert(organisation).second || site.has_colleagues;
    some_has = some_has || site.has_colleagues;
  }
  if (!some_has) return;
  for (auto& address : addresses) {
    const Site& site = sites.at(address.site);
    address.free_mail = address.free_mail || (site.addresses >= many && !site.has_colleagues);
  }
}

Index Corpus::derived_form(Index own, const AddressForm& address) {
  if (address.kind != AddressKind::person || address.words.size() < 2 || address.words.size() > 3) return own;
  if (!agrees(forms[own], address) || address.words.back().size() < 2) return own;
  const bool sure = address.words.front().size() == 1 || given_share(address.words.front()) > 0 ||
                    given_share(address.words.back()) > 0;
  if (forms[own].kind != NameKind::given && !sure) return own;
  NameForm form = form_from_local(address.words);
  if (form.kind != NameKind::full && form.kind != NameKind::initials) return own;
  return intern_form(std::move(form));
}

void Corpus::make_nodes() {
  std::unordered_map<std::uint64_t, Index> known;
  known.reserve(aliases.size());
  // A Reply-To robot now and then does not make its address one: most of what was seen of it has to be.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> robots(addresses.size());
  for (Index i = 0; i < aliases.size(); ++i)
    if (address_of[i] != no_index)
      (aliases[i]->list_or_robot ? robots[address_of[i]].first : robots[address_of[i]].second) += aliases[i]->seen;
  for (Index i = 0; i < addresses.size(); ++i)
    if (robots[i].first > robots[i].second) addresses[i].kind = AddressKind::role;
  node_of.assign(aliases.size(), no_index);
  for (Index i = 0; i < aliases.size(); ++i) {
    if (aliases[i]->list_or_robot) continue;
    const Index address = address_of[i];
    const Index form = address == no_index ? own_form[i] : derived_form(own_form[i], addresses[address]);
    Index next = static_cast<Index>(nodes.size());
    if (address != no_index) next = known.try_emplace(std::uint64_t{own_form[i]} << 32U | address, next).first->second;
    if (next == nodes.size()) nodes.push_back({.form = form, .own = own_form[i], .address = address, .alias = i});
    node_of[i] = next;
  }
}

void Corpus::intern_words() {
  std::size_t marks = 1U << 16U;
  while (marks < forms.size() * 8) marks *= 2;
  may_be_word_.assign(marks, false);
  first_word.reserve(forms.size() + 1);
  for (const auto& form : forms) {
    first_word.push_back(static_cast<Index>(word_ids.size()));
    for (const auto& word : form.words) {
      const auto [found, is_new] = word_index_.try_emplace(word, static_cast<Index>(words.size()));
      if (is_new) {
        words.push_back(word);
        may_be_word_[KeyHash().piece(word).value() & (marks - 1)] = true;
      }
      word_ids.push_back(found->second);
    }
  }
  first_word.push_back(static_cast<Index>(word_ids.size()));
}

Index Corpus::find_word(std::string_view word) const {
  if (!may_be_word_[KeyHash().piece(word).value() & (may_be_word_.size() - 1)]) return no_index;
  const auto found = word_index_.find(word);
  return found == word_index_.end() ? no_index : found->second;
}

Index Corpus::find_alias(std::int64_t id) const {
  const auto found = std::lower_bound(aliases.begin(), aliases.end(), id,
                                      [](const Alias* alias, std::int64_t wanted) { return alias->id < wanted; });
  return found == aliases.end() || (*found)->id != id ? no_index : static_cast<Index>(found - aliases.begin());
}

}  // namespace entregent::people
