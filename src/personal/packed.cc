// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/packed.h"

#include <algorithm>

#include "db/failure.h"

namespace entregent::personal {
namespace {

/// Unsigned numbers as base-128 varints, signed ones zigzag, strings with their length before them.
class Packer {
 public:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<char>(value | 0x80U));
      value >>= 7U;
    }
    bytes_.push_back(static_cast<char>(value));
  }
  void signed_number(std::int64_t value) {
    number(static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63));
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  void raw(std::string_view value) { bytes_ += value; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(raw(1)[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    throw db::Failure(db::Failure::Kind::corrupt, "a number of more than 64 bits");
  }
  std::int64_t signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1U ^ (~(value & 1U) + 1U));
  }
  std::size_t count() {
    const std::uint64_t value = number();
    if (value > bytes_.size()) throw db::Failure(db::Failure::Kind::corrupt, "a count beyond the bytes");
    return value;
  }
  std::string_view raw(std::size_t size) {
    if (size > bytes_.size()) throw db::Failure(db::Failure::Kind::corrupt, "packed bytes end too soon");
    const auto result = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return result;
  }
  std::string text() { return std::string(raw(count())); }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

void pack_occurrence(Packer& packer, const readers::Occurrence& occurrence) {
  packer.signed_number(micros(occurrence.start));
  packer.signed_number(micros(occurrence.end) - micros(occurrence.start));
  packer.number(occurrence.all_day ? 1 : 0);
}

readers::Occurrence unpack_occurrence(Unpacker& unpacker) {
  readers::Occurrence occurrence;
  const std::int64_t start = unpacker.signed_number();
  occurrence.start = from_micros(start);
  occurrence.end = from_micros(start + unpacker.signed_number());
  occurrence.all_day = unpacker.number() != 0;
  return occurrence;
}

}  // namespace

std::string pack_parties(const std::vector<PartyLink>& parties) {
  Packer packer;
  for (const auto& party : parties) {
    packer.number(static_cast<std::uint64_t>(party.role));
    packer.number(static_cast<std::uint64_t>(party.alias));
  }
  return packer.take();
}

std::vector<PartyLink> unpack_parties(std::string_view bytes) {
  std::vector<PartyLink> result;
  Unpacker unpacker(bytes);
  while (!unpacker.empty()) {
    const auto role = static_cast<readers::Role>(unpacker.number());
    result.push_back({role, static_cast<std::int64_t>(unpacker.number())});
  }
  return result;
}

std::string pack_details(const Details& details) {
  Packer packer;
  packer.raw({reinterpret_cast<const char*>(details.content_hash.data()), details.content_hash.size()});
  packer.number(details.references.size());
  for (const auto reference : details.references) packer.signed_number(reference);
  packer.number((details.replies ? 1U : 0U) | (details.identified ? 2U : 0U));
  packer.number(details.text_bytes);
  packer.number(details.attachments.size());
  for (const auto& attachment : details.attachments) {
    packer.text(attachment.name);
    packer.text(attachment.media_type);
    packer.number(attachment.bytes);
  }
  packer.number(details.occurrences.size());
  for (const auto& occurrence : details.occurrences) pack_occurrence(packer, occurrence);
  packer.number(details.labels.size());
  for (const auto& label : details.labels) packer.text(label);
  packer.text(details.list_id);
  packer.text(details.location);
  packer.signed_number(details.sequence);
  return packer.take();
}

Details unpack_details(std::string_view bytes) {
  Details details;
  Unpacker unpacker(bytes);
  std::ranges::copy(unpacker.raw(details.content_hash.size()), reinterpret_cast<char*>(details.content_hash.data()));
  for (std::size_t left = unpacker.count(); left > 0; --left) details.references.push_back(unpacker.signed_number());
  const std::uint64_t bits = unpacker.number();
  details.replies = (bits & 1U) != 0;
  details.identified = (bits & 2U) != 0;
  details.text_bytes = unpacker.number();
  for (std::size_t left = unpacker.count(); left > 0; --left) {
    readers::Attachment attachment;
    attachment.name = unpacker.text();
    attachment.media_type = unpacker.text();
    attachment.bytes = unpacker.number();
    details.attachments.push_back(std::move(attachment));
  }
  for (std::size_t left = unpacker.count(); left > 0; --left)
    details.occurrences.push_back(unpack_occurrence(unpacker));
  for (std::size_t left = unpacker.count(); left > 0; --left) details.labels.push_back(unpacker.text());
  details.list_id = unpacker.text();
  details.location = unpacker.text();
  details.sequence = static_cast<std::int32_t>(unpacker.signed_number());
  return details;
}

std::string Texts::column(std::string_view name) const {
  if (name == "title") return title;
  if (name == "people") return people;
  const auto wanted = name == "fresh"       ? readers::TextKind::fresh
                      : name == "signature" ? readers::TextKind::signature
                      : name == "quoted"    ? readers::TextKind::quoted
                                            : readers::TextKind::attachment;
  std::string result = wanted == readers::TextKind::attachment ? file_names : std::string();
  for (const auto& section : sections) {
    if (section.kind != wanted) continue;
    if (!result.empty()) result += '\n';
    result += section.text;
  }
  return result;
}

std::string pack_texts(const Texts& texts) {
  Packer packer;
  packer.text(texts.title);
  packer.text(texts.people);
  packer.text(texts.file_names);
  for (const auto& section : texts.sections) {
    packer.number(static_cast<std::uint64_t>(section.kind));
    packer.text(section.text);
  }
  return packer.take();
}

Texts unpack_texts(std::string_view bytes) {
  Texts texts;
  Unpacker unpacker(bytes);
  texts.title = unpacker.text();
  texts.people = unpacker.text();
  texts.file_names = unpacker.text();
  while (!unpacker.empty()) {
    const auto kind = static_cast<readers::TextKind>(unpacker.number());
    texts.sections.push_back({kind, unpacker.text()});
  }
  return texts;
}

}  // namespace entregent::personal
