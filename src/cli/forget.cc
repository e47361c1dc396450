// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/forget.h"

#include <algorithm>
#include <ostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/meant.h"
#include "cli/style.h"
#include "personal/backup.h"
#include "personal/me.h"
#include "personal/person_search.h"
#include "personal/run_lock.h"

namespace entregent::cli {
namespace {

std::string question_text(const Context& context, const std::string& name, const personal::Forgotten& weight,
                          std::size_t copies) {
  const auto& language = context.language;
  return language.tr("Forget {0}?", plain(name)) + " " +
         language.trn("{0} item goes whole,", "{0} items go whole,", weight.items_gone) + " " +
         language.trn("{0} item of others loses their name.", "{0} items of others lose their name.",
                      weight.items_redacted) +
         (copies == 0 ? std::string()
                      : " " + language.trn("{0} older copy beside the private file holds them too and is deleted.",
                                           "{0} older copies beside the private file hold them too and are deleted.",
                                           static_cast<std::int64_t>(copies))) +
         " " + language.tr("This cannot be undone; your mail itself is not touched.");
}

/// Those who may be meant, best first. A whole name or an address means those whom it fits best, a part of a name all
/// whom it fits nearly as well. A program that writes in somebody's name is not meant where a human fits as well.
std::vector<personal::PersonHit> all_meant(personal::Store& store, const std::string& word) {
  auto hits = personal::find_persons(store, word);
  double best = 0;
  for (const auto& hit : hits) best = std::max(best, hit.fit);
  const bool whole = best >= 1 || word.find('@') != std::string::npos;
  const double least = whole ? best : nearly_as_well * best;
  std::erase_if(hits, [&](const personal::PersonHit& hit) { return hit.fit < least; });
  if (std::ranges::any_of(hits, &personal::PersonHit::human))
    std::erase_if(hits, [](const personal::PersonHit& hit) { return !hit.human; });
  return hits;
}

ExitStatus refuse_several(const Context& context, personal::Store& store, const std::string& word,
                          const std::vector<personal::PersonHit>& hits) {
  const auto status = refuse(context, {ErrorCode::conflict, N_("“{0}” fits several persons; say an address."), word});
  if (context.json) return status;
  for (const auto& hit : hits) *context.err << person_line(context, store, hit) << '\n';
  return status;
}

}  // namespace

ExitStatus forget(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const personal::RunLock lock(store.file());
  if (!lock.held())
    return refuse(context, {ErrorCode::conflict, N_("Another index run is under way; wait for it, or stop it."), {}});
  const std::string word = joined(arguments.words);
  const auto hits = all_meant(store, word);
  if (hits.empty()) return refuse(context, {ErrorCode::not_found, N_("Nobody fits “{0}”."), word});
  if (hits.size() > 1) return refuse_several(context, store, word, hits);
  const auto person = hits.front().person;
  const auto name = personal::shown_name(store, person);
  const auto weight = personal::weigh_forgetting(store, person);
  const auto copies = personal::copies_beside(store.file()).size();
  if (!arguments.yes && ask(context, question_text(context, name, weight, copies), Answer::no) == Answer::no) {
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
    const auto& language = context.language;
    *context.out << language.tr("Forgotten.") << ' '
                 << language.trn("{0} item went whole,", "{0} items went whole,", done.items_gone) << ' '
                 << language.trn("{0} item of others lost their name.", "{0} items of others lost their name.",
                                 done.items_redacted)
                 << '\n';
  }
  return 0;
}

}  // namespace entregent::cli
