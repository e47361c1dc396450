// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "readers/extracted_item.h"

/// The compact forms in which the private file keeps what no query looks into. All unpack functions throw
/// db::Failure::corrupt for bytes that pack did not make.
namespace entregent::personal {

/// Who took part in an item, as aliases.
struct PartyLink {
  readers::Role role = readers::Role::from;
  std::int64_t alias = 0;
  friend bool operator==(const PartyLink&, const PartyLink&) = default;
};
std::string pack_parties(const std::vector<PartyLink>& parties);
std::vector<PartyLink> unpack_parties(std::string_view bytes);

struct Details {
  std::array<std::uint8_t, 16> content_hash{};  ///< of all that this copy of the item says
  std::vector<std::int64_t> references;         ///< hashes of message ids
  bool identified = false;                      ///< the first of them is the item's own
  bool replies = false;                         ///< the subject says Re: though nothing is referred to
  std::vector<readers::Attachment> attachments;
  std::vector<readers::Occurrence> occurrences;
  std::vector<std::string> labels;
  std::string list_id;
  std::string location;
  std::int32_t sequence = 0;
  std::uint64_t text_bytes = 0;
  friend bool operator==(const Details&, const Details&) = default;
};
std::string pack_details(const Details& details);
Details unpack_details(std::string_view bytes);

/// An item's words: what full text indexes, and the sections in their order for showing.
struct Texts {
  std::string title = {};
  std::string people = {};      ///< names and addresses of all parties
  std::string file_names = {};  ///< of attachments; part of the column `attachment`
  std::vector<readers::TextSection> sections = {};

  /// One column of `item_text`: title, fresh, signature, quoted, attachment, people.
  [[nodiscard]] std::string column(std::string_view name) const;
  friend bool operator==(const Texts&, const Texts&) = default;
};
std::string pack_texts(const Texts& texts);
Texts unpack_texts(std::string_view bytes);

}  // namespace entregent::personal
