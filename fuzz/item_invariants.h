// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "readers/extracted_item.h"
#include "readers/limits.h"

/// What extracted_item.h and limits.h promise of every item, whatever the bytes were. The fuzzers of mail, cards and
/// calendars call check_item.
namespace entregent::fuzzing {

inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

inline void check_text(std::string_view text, std::size_t most) {
  require(is_valid_utf8(text), "valid UTF-8");
  require(text.find('\0') == std::string_view::npos, "no NUL");
  require(text.size() <= most, "length within limits.h");
}

inline void check_facts(const readers::ExtractedItem& item) {
  namespace limits = readers::limits;
  require(item.facts.size() <= limits::facts && item.labels.size() <= limits::facts, "number of facts and labels");
  for (const auto& fact : item.facts) {
    check_text(fact.value, fact.kind == readers::FactKind::note ? limits::section_bytes : limits::header_bytes);
    check_text(fact.detail, limits::header_bytes);
    require(!fact.value.empty(), "no empty fact");
  }
  for (const auto& label : item.labels) check_text(label, limits::header_bytes);
}

inline void check_occurrences(const readers::ExtractedItem& item) {
  require(item.occurrences.size() <= readers::limits::occurrences, "number of occurrences");
  for (const auto& occurrence : item.occurrences)
    require(occurrence.start <= occurrence.end, "an occurrence ends after it starts");
  require(std::is_sorted(item.occurrences.begin(), item.occurrences.end(),
                         [](const auto& a, const auto& b) { return a.start < b.start; }),
          "occurrences by start");
}

inline void check_parties(const readers::ExtractedItem& item) {
  namespace limits = readers::limits;
  require(item.parties.size() <= limits::parties, "number of parties");
  for (const auto& party : item.parties) {
    check_text(party.name, limits::header_bytes);
    check_text(party.address, limits::header_bytes);
    require(!party.name.empty() || !party.address.empty(), "no empty party");
  }
}

inline void check_sections(const readers::ExtractedItem& item) {
  namespace limits = readers::limits;
  std::size_t bytes = 0;
  const readers::TextSection* before = nullptr;
  for (const auto& section : item.texts) {
    check_text(section.text, limits::section_bytes);
    require(!section.text.empty(), "no empty section");
    require(before == nullptr || before->kind != section.kind || section.kind == readers::TextKind::attachment,
            "neighbours of different kinds");
    bytes += section.text.size();
    before = &section;
  }
  // Parts of one section are joined by a blank line, which is not counted.
  require(bytes <= limits::text_bytes + 2 * item.texts.size(), "length of all text");
}

inline void check_attachments(const readers::ExtractedItem& item) {
  namespace limits = readers::limits;
  require(item.attachments.size() <= limits::attachments, "number of attachments");
  for (const auto& attachment : item.attachments) {
    check_text(attachment.name, limits::header_bytes);
    check_text(attachment.media_type, limits::header_bytes);
  }
}

inline void check_references(const readers::ExtractedItem& item) {
  require(item.references.size() <= readers::limits::references, "number of references");
  for (const auto& reference : item.references) check_text(reference, readers::limits::header_bytes);
}

inline void check_notices(const readers::ExtractedItem& item) {
  require(std::adjacent_find(item.notices.begin(), item.notices.end(), [](auto a, auto b) { return a >= b; }) ==
              item.notices.end(),
          "notices ascending, no duplicates");
}

inline void check_item(const readers::ExtractedItem& item) {
  namespace limits = readers::limits;
  check_text(item.identifier, limits::header_bytes);
  check_text(item.title, limits::header_bytes);
  check_text(item.list_id, limits::header_bytes);
  check_text(item.location, limits::header_bytes);
  require(item.content_hash != decltype(item.content_hash){}, "a content hash");
  check_parties(item);
  check_facts(item);
  check_sections(item);
  check_attachments(item);
  check_references(item);
  check_occurrences(item);
  check_notices(item);
  require(item.inside.empty() || item.kind == readers::ItemKind::mail, "things inside a mail only");
  require(item.inside.size() <= limits::attachments, "number of things inside");
  for (const auto& inside : item.inside) {
    require(inside.kind != readers::ItemKind::mail, "no mail inside");
    check_item(inside);
  }
}

}  // namespace entregent::fuzzing
