// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/meant.h"

#include "cli/style.h"

namespace entregent::cli {

std::vector<personal::PersonHit> also_meant(const std::vector<personal::PersonHit>& hits) {
  std::vector<personal::PersonHit> result;
  for (std::size_t i = 1; i < hits.size(); ++i)
    if (hits[i].fit >= nearly_as_well * hits[0].fit) result.push_back(hits[i]);
  return result;
}

std::string person_line(const Context& context, personal::Store& store, const personal::PersonHit& hit) {
  std::string address;
  for (const auto& member : personal::members(store, hit.person))
    if (address.empty()) address = plain(member.handle);
  const std::string name = plain(personal::shown_name(store, hit.person));
  const std::string seen = context.language.trn("seen {0} time", "seen {0} times", hit.seen);
  return "  " + name + (address.empty() || address == name ? "" : " <" + address + ">") + faint(context, "  " + seen);
}

}  // namespace entregent::cli
