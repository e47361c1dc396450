// SPDX-License-Identifier: AGPL-3.0-or-later
#include <ostream>

#include "cli/commands.h"
#include "cli/json.h"
#include "cli/style.h"
#include "personal/diary.h"

namespace entregent::cli {
namespace {

using personal::TakenBack;
using What = TakenBack::What;

std::string_view name_of(What what) {
  switch (what) {
    case What::decision:
      return "decision";
    case What::note:
      return "note";
    case What::promise:
      return "promise";
    case What::met:
      return "met";
    case What::settled:
      return "settled";
  }
  return "";
}

std::string sentence_of(const Language& language, const TakenBack& taken) {
  const std::string name = plain(taken.name);
  const std::string text = plain(taken.text);
  switch (taken.what) {
    case What::decision:
      return language.tr(taken.was_same ? N_("Taken back: they are no longer said to be one person.")
                                        : N_("Taken back: they are no longer said to be different."));
    case What::note:
      return language.tr("Taken back: the note “{0}” about {1}.", text, name);
    case What::promise:
      return language.tr("Taken back: the promise “{0}” to {1}.", text, name);
    case What::met:
      return language.tr("Taken back: that you met {0}.", name);
    case What::settled:
      return language.tr("Taken back: what you said in Today about {0}.", name);
  }
  return {};
}

}  // namespace

ExitStatus undo(const Context& context, const Arguments&) {
  auto store = context.open();
  const auto taken = personal::undo_last(store, context.clock->now());
  if (!taken) return refuse(context, {ErrorCode::not_found, N_("There is nothing to take back."), {}});
  if (!context.json) {
    *context.out << sentence_of(context.language, *taken) << '\n';
    return 0;
  }
  JsonWriter json;
  json.field("done", true).field("was_same", taken->was_same);
  json.field("what", name_of(taken->what)).field("name", taken->name).field("text", taken->text);
  *context.out << json.finish();
  return 0;
}

}  // namespace entregent::cli
