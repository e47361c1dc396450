// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

/// An address taken apart, as the resolver needs it.
namespace entregent::people {

enum class AddressKind : unsigned char {
  none,   ///< no address
  role,   ///< contact@, noreply@, you@: nobody's; it transmits nothing
  local,  ///< jean@laptop.local, root@192.168.1.2: made by a machine, two people may share it
  person,
};

struct AddressForm {
  AddressKind kind = AddressKind::none;
  std::string normal;  ///< normal_address()
  std::string domain;
  std::string site;    ///< what one registers: `lab.acme.co.uk` → `acme.co.uk`
  std::string handle;  ///< the local part's letters and digits; empty where it is `mail`, `me`, a role …
  std::string core;    ///< the handle without digits at its end
  std::vector<std::string>
      words;               ///< the local part at . - _ + and CamelCase, digits off; only if more than one, letters only
  bool free_mail = false;  ///< gmail.com, orange.fr …: sharing the site means nothing
};

AddressForm parse_address(std::string_view seen);

}  // namespace entregent::people
