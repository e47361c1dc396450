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

/// `name` is `left_out`, or lies below it.
bool is_below(std::string_view name, std::string_view left_out, std::string_view between_levels) {
  return name.starts_with(left_out) &&
         (name.size() == left_out.size() || between_levels.find(name[left_out.size()]) != std::string_view::npos);
}

bool is_excepted_name(std::string_view name, const personal::Except& except, std::string_view between_levels) {
  if (except.folders.empty()) return false;
  const std::string wanted = folded(name);
  return std::ranges::any_of(
      except.folders, [&](const std::string& left_out) { return is_below(wanted, folded(left_out), between_levels); });
}

bool is_excepted(const readers::ExtractedItem& item, const personal::Except& except) {
  const bool is_mail = item.kind == readers::ItemKind::mail;  // the labels of a card or an event name no folder
  if (is_mail && std::ranges::any_of(item.labels, [&](const auto& label) { return is_excepted_label(label, except); }))
    return true;
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
  return is_excepted_name(name, except, "/.");
}

bool is_excepted_file(std::string_view name, const personal::Except& except) {
  for (const std::string_view ending : {".mbox", ".mbx"})
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  return is_excepted_name(name, except, "/");
}

bool is_excepted_label(std::string_view label, const personal::Except& except) {
  if (label.starts_with('\\')) label.remove_prefix(1);
  return is_excepted_name(label, except, "/");
}

}  // namespace entregent::ingest
