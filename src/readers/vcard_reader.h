// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/limits.h"

namespace entregent::readers {

/// Contact cards, vCard 2.1, 3.0 and 4.0 (RFC 2426, 6350, 6474, 6715, 8605, 9554) and what programs make of them: one
/// item for each card, in the order of the file. `bytes` may be any bytes: UTF-8, UTF-16, or text of an undeclared
/// 8-bit charset, which is read as Windows-1252 (Notice::charset_guessed).
///
/// - A broken card costs itself only: one that was cut off, or of which nothing could be read, is an item with
///   Notice::malformed (and text_missing where it is empty); the others come as if it were not there.
/// - A group (KIND:group, X-ADDRESSBOOKSERVER-KIND:group) describes nobody: it is read and gives no item. An
///   organisation (KIND:org, X-ABShowAs:COMPANY, a card with ORG and no name) is an item with the fact `other` KIND
///   = `org`.
/// - `title` is FN, else N in reading order, else NICKNAME, ORG or the first address. Parties: one of Role::card
///   per address, all with that name (but an address in the place of a name is no name).
/// - `identifier` is UID without `urn:uuid:`; the fact `uid` has it as written.
/// - Phones are as written, without `tel:` (base/phones.h normalises them once a country is known; `;ext=` stays).
/// - A fact's detail is the user's own label, else the types in lower case without `internet`, `voice` and `pref`
///   (`work fax`). Facts `other`: detail is the property's name, and after a `;` its label where it has one
///   (`X-ABRELATEDNAMES;Spouse`); the fact `N` has the components of the name between `;`.
/// - NOTE is both a fact and the text. Photos, logos, sounds, keys and nested cards (AGENT) are left out.
///
/// Refuses with ErrorCode::malformed what holds no card at all. More than `max_cards`: the rest is left out and the
/// last item says Notice::truncated.
Result<std::vector<ExtractedItem>> read_vcards(std::string_view bytes, std::size_t max_cards = limits::cards);

}  // namespace entregent::readers
