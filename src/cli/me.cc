// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/me.h"

#include <algorithm>
#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

std::string me_json(const std::vector<personal::MyAddress>& addresses) {
  JsonWriter json;
  json.begin_list("addresses");
  for (const auto& address : addresses) {
    json.begin_object().field("address", address.handle).begin_list("names");
    for (const auto& name : address.names) json.value(name);
    json.end_list();
    json.field("confirmed", address.confirmed).field("sent", address.sent).field("delivered", address.delivered);
    json.field("first_at", address.first_at).field("last_at", address.last_at).end_object();
  }
  json.end_list();
  return json.finish();
}

void print(const Context& context, const personal::MyAddress& address) {
  const auto& language = context.language;
  *context.out << (address.confirmed ? "  ✓ " : "  ? ") << bold(context, plain(address.handle));
  std::string why = language.trn("{0} sent", "{0} sent", address.sent) + ", " +
                    language.trn("{0} delivered", "{0} delivered", address.delivered);
  if (address.first_at && address.last_at)
    why += ", " + date(context, *address.first_at) + " – " + date(context, *address.last_at);
  *context.out << faint(context, "  " + why) << '\n';
  std::string names;
  for (const auto& name : address.names) names += (names.empty() ? "" : " · ") + plain(name);
  if (!names.empty()) *context.out << "      " << fitted(names, static_cast<std::size_t>(context.width) - 6) << '\n';
}

ExitStatus show_me(const Context& context, personal::Store& store) {
  const auto addresses = personal::my_addresses(store);
  if (context.json) {
    *context.out << me_json(addresses);
    return 0;
  }
  for (const auto& address : addresses) print(context, address);
  if (addresses.empty()) {
    *context.out << context.language.tr("Nothing says yet who you are; tell it with: {0} me ADDRESS …", context.program)
                 << '\n';
    return status_nothing_found;
  }
  const bool open = std::ranges::any_of(addresses, [](const auto& address) { return !address.confirmed; });
  if (open) {
    *context.out << context.language.tr("Confirm all with: {0} me --yes; or name yours with: {0} me ADDRESS …",
                                        context.program)
                 << '\n';
  }
  return 0;
}

std::vector<std::string> all_handles(personal::Store& store) {
  std::vector<std::string> handles;
  for (const auto& address : personal::my_addresses(store)) handles.push_back(address.handle);
  return handles;
}

}  // namespace

ExitStatus me(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  if (arguments.words.empty() && !arguments.yes) return show_me(context, store);
  for (const auto& word : arguments.words) {
    if (word.find('@') == std::string::npos)
      return refuse(context, {ErrorCode::invalid, N_("“{0}” is no address."), word});
  }
  const auto handles = arguments.words.empty() ? all_handles(store) : arguments.words;
  if (handles.empty()) return show_me(context, store);
  personal::confirm_me(store, handles, context.clock->now());
  return show_me(context, store);
}

}  // namespace entregent::cli
