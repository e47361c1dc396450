// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>

#include "personal/aliases.h"
#include "personal/redaction.h"
#include "personal/threads.h"
#include "readers/extracted_item.h"

namespace entregent::personal {

/// Which of two copies of one item is kept: of a mail that which I sent, as anybody who got it can send another text
/// under the same Message-ID (my answer to an invitation is no such copy of it); then the later SEQUENCE, then more
/// parties, then more text with the names of people, then the greater digest of all that it says. Total, so that the
/// order in which copies come does not matter.
struct CopyRank {
  bool sent_by_me = false;
  std::int32_t sequence = 0;
  std::uint64_t parties = 0;
  std::uint64_t text_bytes = 0;
  std::array<std::uint8_t, 16> content_hash{};
  friend auto operator<=>(const CopyRank&, const CopyRank&) = default;
};

/// Writes and deletes what is derived from one item: its row, texts, words, links, facts, thread.
class Contents {
 public:
  explicit Contents(Store& store) : store_(store), aliases_(store), threads_(store) {}

  void insert(ItemId id, std::string_view key, const readers::ExtractedItem& item);
  void erase(ItemId id);
  /// Takes what the redaction knows out of an item that stays, and puts other aliases in the place of some; 0 is none.
  void redact(ItemId id, const std::map<std::int64_t, std::int64_t>& instead, const Redaction& redaction);

  static CopyRank rank(const readers::ExtractedItem& item);
  static CopyRank rank(const Details& details, std::size_t parties, bool sent_by_me);

  Aliases& aliases() { return aliases_; }
  Threads& threads() { return threads_; }

 private:
  std::vector<PartyLink> link_parties(const readers::ExtractedItem& item, std::string_view key);
  /// The alias that is the mailing list itself: its address is the List-Id with an @ (RFC 2919 §3); 0 if none is.
  std::int64_t list_alias(const readers::ExtractedItem& item, std::string_view key);
  void insert_texts(ItemId id, const readers::ExtractedItem& item);
  /// `list` is list_alias().
  void insert_links(ItemId id, const readers::ExtractedItem& item, const std::vector<PartyLink>& parties,
                    std::int64_t author, std::int64_t list);
  void insert_facts(ItemId id, const readers::ExtractedItem& item, std::int64_t author);
  void redact_facts(ItemId id, const Redaction& redaction);
  std::string people_text(const std::vector<PartyLink>& parties);
  void write_texts(ItemId id, const Texts& texts);
  void erase_texts(ItemId id);
  void erase_links(ItemId id, const std::vector<PartyLink>& parties, std::int64_t at, const Details& details);

  Store& store_;
  Aliases aliases_;
  Threads threads_;
};

/// The words of an item as they are stored.
Texts texts_of(const readers::ExtractedItem& item);

}  // namespace entregent::personal
