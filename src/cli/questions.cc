// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <charconv>
#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/meant.h"
#include "cli/style.h"
#include "personal/me.h"
#include "personal/persons.h"

namespace entregent::cli {
namespace {

/// `with_words` where the words say more than the two names beside it.
struct ReasonText {
  std::string_view code, text, with_words;
};
constexpr std::array<ReasonText, 24> reason_texts = {
    {{"decided", N_("you said so"), {}},
     {"same_address", N_("same address"), {}},
     {"same_name", N_("same name"), {}},
     {"rare_name", N_("same name, and a rare one"), {}},
     {"name_order", N_("same name in another order"), {}},
     {"initials", N_("initials fit"), {}},
     {"nickname", N_("short form of the same given name"), {}},
     {"typo", N_("one letter apart"), {}},
     {"local_part", N_("the address spells the name"), N_("the address spells the name: {0}")},
     {"own_domain", N_("own domain"), N_("own domain: {0}")},
     {"same_card", N_("on one contact card"), {}},
     {"reply_to", N_("answers go to the other address"), {}},
     {"same_phone", N_("same phone number"), N_("same phone number: {0}")},
     {"same_organisation", N_("same organisation"), N_("same organisation: {0}")},
     {"common_name", N_("but the name is common"), {}},
     {"different_given_name", N_("but the given names differ"), {}},
     {"answers_other", N_("but one answers the other"), {}},
     {"successor", N_("the address may have passed to somebody else"),
      N_("the address may have passed to somebody else: {0}")},
     {"answers_for", N_("one answers what was sent to the other"), {}},
     {"same_circle", N_("both write with the same people"), {}},
     {"same_document", N_("sends documents made under the other name"), {}},
     {"other_surname", N_("but the surnames differ"), {}},
     {"own_copy", N_("one sends copies to the other"), {}},
     {"only_bearer", N_("nobody else you write with has the name"), {}}}};

std::string reason_text(const Language& language, const personal::StoredReason& reason) {
  for (const auto& known : reason_texts)
    if (known.code == reason.code)
      return reason.words.empty() || known.with_words.empty() ? language.tr(known.text)
                                                              : language.tr(known.with_words, plain(reason.words));
  return reason.words;
}

std::string reasons_line(const Language& language, const std::string& stored) {
  std::string line;
  for (const auto& reason : personal::stored_reasons(stored))
    line = line.empty() ? reason_text(language, reason) : language.tr("{0}; {1}", line, reason_text(language, reason));
  return line;
}

struct Pair {
  personal::AliasId a, b;
};

Result<Pair> pair_meant(personal::Store& store, const std::vector<std::string>& words) {
  if (words.size() == 1) {
    std::size_t number = 0;
    std::from_chars(words[0].data(), words[0].data() + words[0].size(), number);
    const auto asked = personal::questions(store);
    if (number == 0 || number > asked.size())
      return fail({ErrorCode::not_found, N_("There is no question {0}."), words[0]});
    return Pair{asked[number - 1].a, asked[number - 1].b};
  }
  const auto a = alias_meant(store, words[0]);
  if (!a) return fail(a.error());
  const auto b = alias_meant(store, words[1]);
  if (!b) return fail(b.error());
  if (*a == *b)
    return fail({ErrorCode::conflict, N_("Both words mean the same entry; say two different addresses."), {}});
  return Pair{*a, *b};
}

enum class Verdict { same, different };

ExitStatus settle(const Context& context, const Arguments& arguments, Verdict verdict) {
  auto store = context.open();
  const auto pair = pair_meant(store, arguments.words);
  if (!pair) return refuse(context, pair.error());
  personal::decide(store, pair->a, pair->b, verdict == Verdict::same, context.clock->now());
  if (context.json) {
    JsonWriter json;
    json.field("done", true);
    *context.out << json.finish();
  } else {
    *context.out << context.language.tr(verdict == Verdict::same
                                            ? N_("They are one person now. Taken back by: {0} undo")
                                            : N_("They are different persons now. Taken back by: {0} undo"),
                                        context.program)
                 << '\n';
  }
  return 0;
}

}  // namespace

ExitStatus questions(const Context& context, const Arguments&) {
  auto store = context.open();
  const auto moment = store.one_moment();
  const auto asked = personal::questions(store);
  if (context.json) {
    JsonWriter json;
    json.begin_list("questions");
    for (const auto& question : asked) {
      json.begin_object()
          .field("a", question.name_a)
          .field("b", question.name_b)
          .field("probability", question.probability);
      json.begin_list("reasons");
      for (const auto& reason : personal::stored_reasons(question.reasons))
        json.begin_object().field("code", reason.code).field("words", reason.words).end_object();
      json.end_list().end_object();
    }
    json.end_list();
    *context.out << json.finish();
    return 0;
  }
  std::int64_t number = 0;
  for (const auto& question : asked) {
    *context.out << bold(context, fmt::format("{:3}  {}", ++number, plain(question.name_a))) << '\n'
                 << bold(context, fmt::format("     {}", plain(question.name_b))) << '\n'
                 << "     " << faint(context, reasons_line(context.language, question.reasons)) << '\n';
  }
  if (asked.empty()) {
    *context.out << context.language.tr("There is no question to settle.") << '\n';
  } else {
    *context.out << '\n'
                 << context.language.tr("Settle one with: {0} same 1, or {0} different 1", context.program) << '\n';
  }
  return 0;
}

ExitStatus same(const Context& context, const Arguments& arguments) {
  return settle(context, arguments, Verdict::same);
}
ExitStatus different(const Context& context, const Arguments& arguments) {
  return settle(context, arguments, Verdict::different);
}

}  // namespace entregent::cli
