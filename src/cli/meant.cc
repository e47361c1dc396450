// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/meant.h"

#include <algorithm>

#include "base/tokens.h"
#include "cli/arguments.h"
#include "cli/style.h"

namespace entregent::cli {

std::vector<personal::PersonHit> also_meant(const std::vector<personal::PersonHit>& hits) {
  std::vector<personal::PersonHit> result;
  for (std::size_t i = 1; i < hits.size(); ++i)
    if (hits[i].fit >= nearly_as_well * hits[0].fit) result.push_back(hits[i]);
  return result;
}

Result<personal::AliasId> alias_meant(personal::Store& store, const std::string& text) {
  const auto hits = personal::find_persons(store, text);
  if (hits.empty()) return fail({ErrorCode::not_found, N_("Nobody fits “{0}”."), text});
  if (hits.size() > 1 && hits[1].fit >= hits[0].fit && text.find('@') == std::string::npos) {
    return fail({ErrorCode::conflict, N_("“{0}” fits several persons; say an address."), text});
  }
  for (const auto& member : personal::members(store, hits.front().person))
    if (member.handle == text) return member.alias;
  return personal::members(store, hits.front().person).front().alias;
}

std::size_t words_of_name(personal::Store& store, const std::vector<std::string>& words) {
  constexpr std::size_t most = 4;
  if (words.front().find('@') != std::string::npos) return 1;
  for (std::size_t count = std::min(most, words.size()); count > 1; --count) {
    const std::string name = joined({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count)});
    const auto hits = personal::find_persons(store, name, 1);
    if (hits.empty()) continue;
    const auto all_in = [&](const personal::Member& member) {
      const auto of = tokens(member.name);
      return std::ranges::all_of(tokens(name),
                                 [&](const auto& word) { return std::ranges::find(of, word) != of.end(); });
    };
    if (std::ranges::any_of(personal::members(store, hits.front().person), all_in)) return count;
  }
  return 1;
}

std::string name_and_address(personal::Store& store, personal::AliasId alias) {
  const auto row = store.db().first("select name, handle from alias where id = $1", alias);
  if (!row) return {};
  const std::string handle = row->text(1);
  const auto person = store.db().number("select person from identity where alias = $1 order by from_day desc", alias);
  const std::string name = person == 0 ? row->text(0) : personal::shown_name(store, personal::PersonId{person});
  if (name.empty() || name == handle) return handle;
  return handle.empty() ? name : name + " <" + handle + ">";
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
