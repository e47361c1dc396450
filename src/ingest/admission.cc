// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/admission.h"

#include <algorithm>

#include "base/text.h"

namespace entregent::ingest {
namespace {

bool is_excepted_address(std::string_view address, const personal::Except& except) {
  const std::string small = lower(address);
  if (std::ranges::find(except.addresses, small) != except.addresses.end()) return true;
  const auto at = small.rfind('@');
  if (at == std::string::npos) return false;
  const std::string_view domain = std::string_view(small).substr(at + 1);
  return std::ranges::any_of(except.domains, [&](const std::string& left_out) {
    return domain == left_out || (domain.ends_with(left_out) && domain[domain.size() - left_out.size() - 1] == '.');
  });
}

bool is_excepted(const readers::ExtractedItem& item, const personal::Except& except) {
  if (except.addresses.empty() && except.domains.empty()) return false;
  std::size_t others = 0;
  std::size_t excepted = 0;
  for (const auto& party : item.parties) {
    const bool left_out = is_excepted_address(party.address, except);
    if (party.role == readers::Role::from || party.role == readers::Role::organizer ||
        party.role == readers::Role::card) {
      if (left_out) return true;
      continue;
    }
    if (party.role == readers::Role::delivered_to || party.role == readers::Role::reply_to) continue;
    ++others;
    if (left_out) ++excepted;
  }
  return others > 0 && others == excepted;
}

}  // namespace

std::optional<std::string_view> reason_to_skip(const readers::ExtractedItem& item, const personal::Except& except) {
  if (item.marks.spam_or_trash) return "spam_or_trash";
  if (item.marks.draft) return "draft";
  if (is_excepted(item, except)) return "excepted";
  return std::nullopt;
}

bool is_excepted_folder(std::string_view name, const personal::Except& except) {
  const std::string wanted = folded(name);
  return std::ranges::any_of(except.folders, [&](const std::string& folder) {
    const std::string left_out = folded(folder);
    return wanted == left_out ||
           (wanted.starts_with(left_out) && (wanted[left_out.size()] == '/' || wanted[left_out.size()] == '.'));
  });
}

}  // namespace entregent::ingest
