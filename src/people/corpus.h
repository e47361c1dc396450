// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "people/address.h"
#include "people/name_form.h"
#include "people/resolve.h"

/// The aliases of one call, each name and address taken apart once.
namespace entregent::people {

using Index = std::uint32_t;
inline constexpr Index no_index = ~Index{0};

/// A name and an address that were seen together, in however many spellings: what candidates are sought between.
struct Node {
  Index form = no_index;     ///< into Corpus::forms; read from the local part if the name alone says less
  Index own = no_index;      ///< of the name as seen
  Index address = no_index;  ///< into Corpus::addresses; none for a bare name
  Index alias = no_index;    ///< its first
  bool derived() const { return form != own; }
};

/// What cards and signatures of an address say of whoever has it.
struct Belongings {
  std::vector<std::string> phones;
  std::vector<std::string> organisations;  ///< folded, letters and digits only
  bool acquainted = false;
  Day first = Day::max(), last = Day::min();  ///< when it was seen, if it is known
};

class Corpus {
 public:
  explicit Corpus(std::span<const Alias> all);

  /// By id: an Index of an alias is a rank, so that nothing depends on the order given.
  std::vector<const Alias*> aliases;
  std::vector<NameForm> forms;
  std::vector<AddressForm> addresses;
  std::vector<Node> nodes;        ///< by first alias
  std::vector<Index> node_of;     ///< per alias; none for a list or robot
  std::vector<Index> own_form;    ///< per alias: of the name as seen
  std::vector<Index> address_of;  ///< per alias
  std::vector<Index> word_ids;    ///< of form f: word_ids[first_word[f] … first_word[f + 1])
  std::vector<Index> first_word;
  std::vector<std::string_view> words;

  std::span<const Index> words_of(Index form) const {
    return {word_ids.data() + first_word[form], word_ids.data() + first_word[form + 1]};
  }
  /// Of its address, whatever the name beside it; of a bare name what its own item says.
  const Belongings& belongings_of(const Node& node) const {
    if (node.address != no_index) return belongings_[node.address];
    const auto found = bare_belongings_.find(node.alias);
    return found == bare_belongings_.end() ? nothing_ : found->second;
  }
  Index find_word(std::string_view word) const;
  Index find_alias(std::int64_t id) const;
  const NameForm& form_of(const Node& node) const { return forms[node.form]; }
  const AddressForm* address_of_node(const Node& node) const {
    return node.address == no_index ? nullptr : &addresses[node.address];
  }

 private:
  void take_names();
  void take_addresses();
  void take_belongings();
  void find_providers();
  void make_nodes();
  void intern_words();
  Index intern_form(NameForm form);
  Index derived_form(Index own, const AddressForm& address);

  std::vector<Belongings> belongings_;                     ///< per address
  std::unordered_map<Index, Belongings> bare_belongings_;  ///< per alias
  Belongings nothing_;
  std::unordered_map<std::string, Index> form_ids_;
  std::unordered_map<std::string_view, Index> word_index_;
  std::vector<bool> may_be_word_;  ///< by hash: most of what is looked for is none
};

}  // namespace entregent::people
