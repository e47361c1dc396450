// SPDX-License-Identifier: AGPL-3.0-or-later
#include <ostream>

#include "cli/commands.h"
#include "cli/daemon.h"
#include "cli/style.h"
#include "personal/me.h"

namespace entregent::cli {
namespace {

/// Once, at the end of the first run that found who I may be.
void ask_who_i_am(const Context& context) {
  auto store = context.open();
  if (!context.terminal || store.setting("me_asked")) return;
  const auto addresses = personal::my_addresses(store);
  if (addresses.empty() || addresses.front().confirmed) return;
  store.set("me_asked", "1");
  *context.out << '\n' << context.language.tr("These addresses look like yours:") << '\n';
  std::vector<std::string> handles;
  for (const auto& address : addresses) {
    *context.out << "  " << plain(address.handle) << '\n';
    handles.push_back(address.handle);
  }
  if (ask(context, context.language.tr("Are they all yours, and is none missing?"), Answer::yes) == Answer::yes) {
    personal::confirm_me(store, handles, context.clock->now());
  } else {
    *context.out << context.language.tr("Name yours with: {0} me ADDRESS …", context.program) << '\n';
  }
}

}  // namespace

ExitStatus index(const Context& context, const Arguments& arguments) {
  std::vector<std::string> words = common_arguments(context);
  words.emplace_back("index");
  if (arguments.readers != 0) {
    words.emplace_back("--readers");
    words.push_back(std::to_string(arguments.readers));
  }
  if (arguments.stats) words.emplace_back("--stats");
  words.insert(words.end(), arguments.words.begin(), arguments.words.end());
  const ExitStatus status = hand_over(context, words);
  if (status == 0) ask_who_i_am(context);
  return status;
}

}  // namespace entregent::cli
