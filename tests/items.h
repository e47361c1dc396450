// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/digest.h"
#include "readers/extracted_item.h"

/// Items made by hand, as a reader would give them.
namespace entregent::tests {

/// `2026-03-02`, at noon UTC, and so many seconds later.
inline Instant noon(std::string_view day, int seconds = 0) {
  return *parse_iso_day(day) + std::chrono::hours(12) + std::chrono::seconds(seconds);
}

/// `Jean Dupont <jean@acme.example>`, or a bare address, or a bare name.
inline readers::Party party(readers::Role role, std::string_view text) {
  const auto open = text.find('<');
  if (open == std::string_view::npos) {
    const bool address = text.find('@') != std::string_view::npos;
    return {.role = role, .name = std::string(address ? "" : text), .address = std::string(address ? text : "")};
  }
  auto name = text.substr(0, open);
  while (name.ends_with(' ')) name.remove_suffix(1);
  return {
      .role = role, .name = std::string(name), .address = std::string(text.substr(open + 1, text.size() - open - 2))};
}

class ItemBuilder {
 public:
  explicit ItemBuilder(readers::ItemKind kind) { item_.kind = kind; }

  ItemBuilder& identifier(std::string_view value) { return item_.identifier = value, *this; }
  ItemBuilder& title(std::string_view value) { return item_.title = value, *this; }
  ItemBuilder& at(Instant value) { return item_.happened_at = value, *this; }
  ItemBuilder& at(std::string_view day) { return at(noon(day)); }
  ItemBuilder& undated() { return item_.happened_at.reset(), *this; }
  ItemBuilder& with(readers::Role role, std::string_view who) {
    return item_.parties.push_back(party(role, who)), *this;
  }
  ItemBuilder& from(std::string_view who) { return with(readers::Role::from, who); }
  ItemBuilder& to(std::string_view who) { return with(readers::Role::to, who); }
  ItemBuilder& cc(std::string_view who) { return with(readers::Role::cc, who); }
  ItemBuilder& text(std::string_view value, readers::TextKind kind = readers::TextKind::fresh) {
    return item_.texts.push_back({kind, std::string(value)}), *this;
  }
  ItemBuilder& quoted(std::string_view value) { return text(value, readers::TextKind::quoted); }
  ItemBuilder& file(std::string_view name, std::uint64_t bytes = 1000) {
    return item_.attachments.push_back({std::string(name), "application/pdf", bytes}), *this;
  }
  ItemBuilder& fact(readers::FactKind kind, std::string_view value, std::string_view detail = {}) {
    return item_.facts.push_back({kind, std::string(value), std::string(detail)}), *this;
  }
  ItemBuilder& answers(std::string_view message_id) { return item_.references.emplace_back(message_id), *this; }
  ItemBuilder& occurs(Instant start, std::chrono::minutes length = std::chrono::minutes(60)) {
    if (item_.occurrences.empty()) item_.happened_at = start;
    return item_.occurrences.push_back({start, start + length, false}), *this;
  }
  ItemBuilder& list(std::string_view id) { return item_.marks.list = true, item_.list_id = id, *this; }
  ItemBuilder& robot() { return item_.marks.robot = true, *this; }
  ItemBuilder& sent() { return item_.marks.sent_by_me = true, *this; }
  ItemBuilder& sequence(std::int32_t value) { return item_.sequence = value, *this; }
  ItemBuilder& location(std::string_view value) { return item_.location = value, *this; }

  /// With the hash of its content, as every reader gives it.
  operator readers::ExtractedItem() const {  // NOLINT(google-explicit-constructor): ends the chain
    auto item = item_;
    std::string bytes = item.title + '\n' + std::to_string(item.happened_at ? micros(*item.happened_at) : 0);
    for (const auto& each : item.parties) bytes += '\n' + each.address;
    for (const auto& section : item.texts) bytes += '\n' + section.text;
    item.content_hash = digest(bytes);
    return item;
  }

 private:
  readers::ExtractedItem item_;
};

inline ItemBuilder mail(std::string_view identifier = {}) {
  return ItemBuilder(readers::ItemKind::mail).identifier(identifier);
}
inline ItemBuilder card(std::string_view identifier = {}) {
  return ItemBuilder(readers::ItemKind::contact).identifier(identifier);
}
inline ItemBuilder event(std::string_view identifier = {}) {
  return ItemBuilder(readers::ItemKind::event).identifier(identifier);
}

}  // namespace entregent::tests
