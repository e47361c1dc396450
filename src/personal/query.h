// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "readers/extracted_item.h"

namespace entregent::personal {

/// One thing asked for: words in the texts, or a property of the item.
struct Term {
  enum class Kind : std::uint8_t {
    word,     ///< words[0], widened by its stems
    phrase,   ///< words in this order
    prefix,   ///< the last of words is the beginning of one
    subject,  ///< as phrase or word, in the title only
    from,
    to,
    with,
    before,
    after,  ///< day: before its first moment; from its first moment on
    in,     ///< a source's or folder's name, or a list
    kind,
    has_attachment,
  };
  Kind kind = Kind::word;
  bool negative = false;
  std::vector<std::string> words;  ///< folded
  std::string value;               ///< as typed, for from, to, with, in
  bool is_prefix = false;          ///< for subject
  Day day{};
  readers::ItemKind item_kind = readers::ItemKind::mail;
  friend bool operator==(const Term&, const Term&) = default;
};

/// All groups must hold; a group holds if one of its terms does (OR binds its two neighbours).
struct Query {
  std::vector<std::vector<Term>> groups;
  friend bool operator==(const Query&, const Query&) = default;
};

/// `audit "lettre de mission" aud* from:durand -facture before:2026-01 OR …`. French field names too (de: à: avec:
/// objet: avant: après: dans: genre: contient:pièce). Days: YYYY, YYYY-MM, YYYY-MM-DD. `invalid` with a sentence for
/// what cannot be understood, or nothing asked.
Result<Query> parse_query(std::string_view text);

/// The words of all positive text terms, for marking; a prefix ends in `*`.
std::vector<std::string> marked_words(const Query& query);

}  // namespace entregent::personal
