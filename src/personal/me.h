// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "personal/store.h"

namespace entregent::personal {

/// An address that is mine, or looks like it.
struct MyAddress {
  std::string handle;
  std::vector<std::string> names;  ///< as seen with it, most often first
  bool confirmed = false;
  std::int64_t sent = 0;       ///< mails by it in sent folders or with a sent label
  std::int64_t delivered = 0;  ///< mails delivered to it
  std::optional<Instant> first_at, last_at;
};

/// Confirmed ones first, then the proposed, most likely first.
std::vector<MyAddress> my_addresses(Store& store);

/// Looks again for addresses that may be mine (sent folders and labels, Delivered-To); those confirmed stay.
void propose_me(Store& store);

/// These and no others are mine; settles the persons again. Handles are lowered.
void confirm_me(Store& store, const std::vector<std::string>& handles, Instant now);

/// Who I am, for directions: the confirmed addresses, or while none is confirmed the proposed ones.
struct Me {
  std::vector<AliasId> aliases;  ///< ascending
  bool confirmed = false;
  [[nodiscard]] bool is(AliasId alias) const;
};
Me me(Store& store);

}  // namespace entregent::personal
