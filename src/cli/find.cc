// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/find.h"

#include <array>
#include <cstring>
#include <ostream>

#include <fmt/format.h>

#include "base/digest.h"
#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/style.h"

namespace entregent::cli {
namespace {

std::string_view place_code(personal::MatchedIn where) {
  using personal::MatchedIn;
  switch (where) {
    case MatchedIn::nothing:
      return "";
    case MatchedIn::title:
      return "title";
    case MatchedIn::fresh:
      return "text";
    case MatchedIn::signature:
      return "signature";
    case MatchedIn::quoted:
      return "quoted";
    case MatchedIn::attachment:
      return "attachment";
    case MatchedIn::people:
      return "people";
  }
  return "";
}

std::string place_name(const Language& language, personal::MatchedIn where) {
  using personal::MatchedIn;
  switch (where) {
    case MatchedIn::title:
      return language.tr("subject");
    case MatchedIn::signature:
      return language.tr("signature");
    case MatchedIn::quoted:
      return language.tr("quoted text");
    case MatchedIn::attachment:
      return language.tr("attachment");
    case MatchedIn::people:
      return language.tr("people");
    default:
      return {};
  }
}

/// The first eight bytes of BLAKE2b-128 of the Message-ID, for programs that know the mail by it; empty if it has none.
std::string message_text(std::int64_t message) {
  if (message == 0) return {};
  std::array<std::uint8_t, 8> bytes{};
  std::memcpy(bytes.data(), &message, bytes.size());
  return hex(bytes);
}

std::string findings_json(const personal::Findings& findings) {
  JsonWriter json;
  json.field("more", findings.more).begin_list("found");
  for (const auto& found : findings.found) {
    json.begin_object()
        .field("item", found.item.value)
        .field("message", message_text(found.message))
        .field("kind", kind_name(found.kind))
        .field("at", found.at);
    json.field("title", found.title).field("author", found.author);
    json.field("matched_in", place_code(found.snippet.where)).field("snippet", found.snippet.text).end_object();
  }
  json.end_list();
  write_coverage(json, findings.coverage);
  return json.finish();
}

void print(const Context& context, const personal::Found& found) {
  const auto& language = context.language;
  const std::string number = fmt::format("#{}", found.item.value);
  const std::size_t author_width = is_narrow(context) ? 14 : 22;
  const std::string author = fitted(plain(found.author), author_width, Fill::yes);
  const std::size_t left = room(context, date_width(context) + author_width + 6 + number.size());
  const std::string title = found.title.empty() ? language.tr("(no subject)") : plain(found.title);
  const bool card = found.kind == readers::ItemKind::contact;
  const std::string when =
      card ? fitted(language.tr("contact"), date_width(context), Fill::yes) : date_column(context, found.at);
  *context.out << when << "  " << author << "  " << bold(context, fitted(title, left, Fill::yes)) << "  "
               << faint(context, number) << '\n';
  // The line above shows the subject already.
  if (found.snippet.text.empty() || found.snippet.where == personal::MatchedIn::title) return;
  const std::string name = place_name(language, found.snippet.where);
  const std::string where = name.empty() ? name : language.tr("{0}: {1}", name, "");
  *context.out << "    " << faint(context, where)
               << marked(context, shortened(found.snippet, room(context, 4 + columns(where)))) << '\n';
}

}  // namespace

ExitStatus find(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const auto query = personal::parse_query(joined(arguments.words));
  if (!query) return refuse(context, query.error());
  const auto moment = store.one_moment();
  const personal::FindOptions options{.limit = arguments.all ? 0 : arguments.limit,
                                      .with_quoted = arguments.with_quoted,
                                      .snippets = !(arguments.all && context.json)};
  const auto findings = personal::find(store, *query, options);
  const ExitStatus status = findings.found.empty() ? status_nothing_found : 0;
  if (context.json) {
    *context.out << findings_json(findings);
    print_stats(context, store);
    return status;
  }
  for (const auto& found : findings.found) print(context, found);
  if (findings.found.empty()) *context.out << context.language.tr("Nothing was found.") << '\n';
  if (findings.more) {
    *context.out << context.language.tr("These are the newest; --limit {0} or --all shows more.",
                                        static_cast<std::int64_t>(arguments.limit * 5))
                 << '\n';
  }
  *context.out << '\n' << faint(context, coverage_line(context, findings.coverage)) << '\n';
  print_stats(context, store);
  return status;
}

}  // namespace entregent::cli
