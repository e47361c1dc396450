// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/item_builder.h"

#include <algorithm>

#include "base/text.h"
#include "readers/limits.h"
#include "readers/transfer_decoding.h"

namespace entregent::readers {
namespace {

/// ASCII letters only: made for addresses, and called often.
bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return small(x) == small(y); });
}

bool is_mailto(std::string_view text) {
  constexpr std::string_view scheme = "mailto:";
  return text.size() >= scheme.size() && lower(text.substr(0, scheme.size())) == scheme;
}

}  // namespace

void note(ExtractedItem& item, Notice notice) {
  const auto at = std::lower_bound(item.notices.begin(), item.notices.end(), notice);
  if (at == item.notices.end() || *at != notice) item.notices.insert(at, notice);
}

std::string capped(ExtractedItem& item, std::string_view text, std::size_t max_bytes) {
  const std::string_view kept = utf8_prefix(text, max_bytes);
  if (kept.size() < text.size()) note(item, Notice::truncated);
  return std::string{kept};
}

std::string one_line(ExtractedItem& item, std::string_view text) {
  return capped(item, squeezed(text), limits::header_bytes);
}

void add_fact(ExtractedItem& item, FactKind kind, std::string_view value, std::string_view detail) {
  value = trimmed(value);
  if (value.empty()) return;
  if (item.facts.size() >= limits::facts) return note(item, Notice::truncated);
  const std::size_t room = kind == FactKind::note ? limits::section_bytes : limits::header_bytes;
  Fact fact{kind, capped(item, value, room), one_line(item, detail)};
  if (std::find(item.facts.begin(), item.facts.end(), fact) == item.facts.end()) item.facts.push_back(std::move(fact));
}

void add_party(ExtractedItem& item, Role role, std::string_view name, std::string_view address) {
  Party party{role, one_line(item, name), one_line(item, address)};
  if (party.name.empty() && party.address.empty()) return;
  if (item.parties.size() >= limits::parties) return note(item, Notice::truncated);
  const auto known = std::find_if(item.parties.begin(), item.parties.end(), [&](const Party& other) {
    if (other.role != role) return false;
    if (party.address.empty()) return other.address.empty() && other.name == party.name;
    return equal_ignoring_case(other.address, party.address);
  });
  if (known == item.parties.end())
    item.parties.push_back(std::move(party));
  else if (known->name.empty())
    known->name = std::move(party.name);
}

void add_fresh_text(ExtractedItem& item, std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return;
  if (item.texts.empty()) item.texts.push_back({TextKind::fresh, {}});
  std::string& section = item.texts.back().text;
  constexpr std::size_t compared_bytes =
      16384;  // saying a thing twice is looked for in short texts only: time stays linear
  if (section.size() <= compared_bytes && section.find(text) != std::string::npos) return;
  if (!section.empty()) section += "\n\n";
  section += utf8_prefix(text, limits::section_bytes);
  if (section.size() <= limits::section_bytes && text.size() <= limits::section_bytes) return;
  section.resize(utf8_prefix(section, std::min(section.size(), limits::section_bytes)).size());
  note(item, Notice::truncated);
}

void add_label(ExtractedItem& item, std::string_view label) {
  if (item.labels.size() >= limits::facts) return note(item, Notice::truncated);
  std::string made = one_line(item, label);
  if (made.empty() || std::find(item.labels.begin(), item.labels.end(), made) != item.labels.end()) return;
  item.labels.push_back(std::move(made));
}

std::string mail_address(std::string_view text) {
  text = trimmed(text);
  std::string address;
  if (is_mailto(text)) {
    text.remove_prefix(7);
    address = repaired_utf8(decode_percent(text.substr(0, text.find('?'))));
  } else {
    const auto open = text.rfind('<');
    const auto close = text.rfind('>');
    if (open != std::string_view::npos && close != std::string_view::npos && open < close)
      text = text.substr(open + 1, close - open - 1);
    address = text;
  }
  std::erase_if(address, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '<' || c == '>'; });
  const auto at = address.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == address.size()) return {};
  return address;
}

}  // namespace entregent::readers
