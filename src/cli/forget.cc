// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/forget.h"

#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/style.h"
#include "personal/me.h"
#include "personal/person_search.h"

namespace entregent::cli {
namespace {

std::string question_text(const Context& context, const std::string& name, const personal::Forgotten& weight) {
  const auto& language = context.language;
  return language.tr("Forget {0}?", plain(name)) + " " +
         language.trn("{0} item goes whole,", "{0} items go whole,", weight.items_gone) + " " +
         language.trn("{0} item of others loses their name.", "{0} items of others lose their name.",
                      weight.items_redacted) +
         " " + language.tr("This cannot be undone; your mail itself is not touched.");
}

}  // namespace

ExitStatus forget(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const std::string word = joined(arguments.words);
  const auto hits = personal::find_persons(store, word);
  if (hits.empty()) return refuse(context, {ErrorCode::not_found, N_("Nobody fits “{0}”."), word});
  if (hits.size() > 1 && hits[1].fit >= hits[0].fit) {
    return refuse(context, {ErrorCode::conflict, N_("“{0}” fits several persons; say an address."), word});
  }
  const auto person = hits.front().person;
  const auto name = personal::shown_name(store, person);
  const auto weight = personal::weigh_forgetting(store, person);
  if (!arguments.yes && ask(context, question_text(context, name, weight), Answer::no) == Answer::no) {
    return refuse(context,
                  {ErrorCode::invalid, N_("Nothing was forgotten; to do it without being asked, add --yes."), {}});
  }
  const auto done = personal::forget(store, person);
  if (context.json) {
    JsonWriter json;
    json.field("items_gone", done.items_gone)
        .field("items_redacted", done.items_redacted)
        .field("aliases", done.aliases);
    *context.out << json.finish();
  } else {
    *context.out << context.language.tr("Forgotten: {0} items whole, their name in {1} others.", done.items_gone,
                                        done.items_redacted)
                 << '\n';
  }
  return 0;
}

}  // namespace entregent::cli
