// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include "people/compare.h"
#include "people/corpus.h"
#include "people/rarity.h"

/// Where somebody works and is called, as domains, cards and signatures say: for and against two aliases being one
/// person's.
namespace entregent::people {

/// The first label of one's own domain: `dupont-conseil` of dupont-conseil.fr; empty of a mail provider's.
std::string_view own_label(const AddressForm& address);

/// How the places corroborate: the same company or the surname as one's own domain. Multiplies the chance.
double place_factor(const Corpus& corpus, const Node& a, const Node& b, std::uint32_t& reasons);

/// Two mailboxes of a company that bears the surname, `dupont-et-fils.fr`: everybody there has it, so only the given
/// name tells them apart.
bool in_family_company(const Corpus& corpus, const Node& a, const Node& b);

/// An address below the surname's own domain, where relatives have one as well.
bool is_of_the_family(const Corpus& corpus, const Node& node, const NameForm& form);

/// What little sets two names apart, an initial, a short form, a second given name, may set two people apart there.
bool may_be_relatives(const Corpus& corpus, const Node& a, const Node& b, const NameMatch& match);

/// Somebody who changed the company: the one address was used until the other was. Multiplies the chance.
double succession_factor(const Corpus& corpus, const Node& a, const Node& b);

/// `jean.martin@` and `jean.martin2@` of one site: the host told two people apart.
bool numbered_apart(const Corpus& corpus, const Node& a, const Node& b);

/// How the places contradict: what the chance of a pair with one name comes to where cards and signatures of the two
/// addresses give only other phones, or only other organisations. Somebody who moved keeps a rare name; of a name that
/// others bear as well they are two until the user says so.
double chance_apart(const Corpus& corpus, const Rarity& rarity, const Node& a, const Node& b, double chance);

}  // namespace entregent::people
