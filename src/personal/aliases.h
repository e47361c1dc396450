// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "personal/store.h"

namespace entregent::personal {

/// How somebody was written: what the table `alias` holds. Never changed, only added.
struct AliasKey {
  std::string handle;  ///< address in lower case, or empty
  std::string name;    ///< as seen, white space squeezed; empty if it only repeats the address
};
AliasKey alias_key(std::string_view name, std::string_view address);

/// Finds and adds aliases; remembers those it met. A bare name (no handle) is an alias of the item that it was seen in,
/// so that two bare "Jean Martin" stay two.
class Aliases {
 public:
  explicit Aliases(Store& store) : store_(store) {}
  /// 0 if there is neither handle nor name.
  AliasId find_or_add(const AliasKey& key, std::string_view item_key);
  /// After a rollback, or after forgetting: what was remembered may be gone.
  void clear() { known_.clear(); }

 private:
  AliasId add(const AliasKey& key, std::string_view item_key);

  Store& store_;
  std::unordered_map<std::string, AliasId> known_;
};

/// The words by which an alias is found: of the name, and of the address's local part.
std::vector<std::string> search_words(const AliasKey& key);

}  // namespace entregent::personal
