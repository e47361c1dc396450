// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/style.h"
#include "personal/item.h"

namespace entregent::cli {
namespace {

using personal::ShownItem;
using readers::Role;

std::optional<personal::ItemId> item_number(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value <= 0) return std::nullopt;
  return personal::ItemId{value};
}

std::string role_name(const Language& language, Role role) {
  switch (role) {
    case Role::from:
      return language.tr("From");
    case Role::sender:
      return language.tr("Sender");
    case Role::reply_to:
      return language.tr("Reply to");
    case Role::to:
      return language.tr("To");
    case Role::cc:
      return language.tr("Cc");
    case Role::bcc:
      return language.tr("Bcc");
    case Role::organizer:
      return language.tr("Organiser");
    case Role::attendee:
      return language.tr("With");
    case Role::card:
      return language.tr("Contact");
    case Role::author:
      return language.tr("Author");
    case Role::last_editor:
      return language.tr("Saved by");
    case Role::delivered_to:
      return {};
  }
  return {};
}

std::string_view role_code(Role role) {
  constexpr std::array<std::string_view, 13> codes = {"",     "from",   "sender",       "reply_to",  "to",
                                                      "cc",   "bcc",    "delivered_to", "organizer", "attendee",
                                                      "card", "author", "last_editor"};
  return codes[static_cast<std::size_t>(role)];
}

std::string_view section_code(readers::TextKind kind) {
  constexpr std::array<std::string_view, 5> codes = {"", "text", "quoted", "signature", "attachment"};
  return codes[static_cast<std::size_t>(kind)];
}

std::string party_text(const ShownItem::Party& party) {
  if (party.name.empty()) return plain(party.address);
  return party.address.empty() ? plain(party.name) : plain(party.name) + " <" + plain(party.address) + ">";
}

constexpr std::size_t label_width = 14;

void print_parties(const Context& context, const ShownItem& item) {
  Role last = Role::delivered_to;
  for (const auto& party : item.parties) {
    const std::string name = role_name(context.language, party.role);
    if (name.empty()) continue;
    const std::string label = party.role == last ? std::string() : name;
    last = party.role;
    *context.out << faint(context, fitted(label, label_width, Fill::yes)) << party_text(party) << '\n';
  }
}

void print_when(const Context& context, const ShownItem& item) {
  const auto label = [&](const std::string& text) {
    *context.out << faint(context, fitted(text, label_width, Fill::yes));
  };
  const bool card = item.kind == readers::ItemKind::contact && !item.at;
  if (item.details.occurrences.empty() && !card) {
    label(context.language.tr("Date"));
    *context.out << (item.at ? date_and_time(context, *item.at) : context.language.tr("no date")) << '\n';
  }
  std::size_t shown = 0;
  for (const auto& occurrence : item.details.occurrences) {
    if (++shown > 5) break;
    label(shown == 1 ? context.language.tr("When") : std::string());
    const Day day = std::chrono::floor<std::chrono::days>(occurrence.start);
    *context.out << (occurrence.all_day ? context.language.short_date(day) : date_and_time(context, occurrence.start))
                 << '\n';
  }
  if (item.details.occurrences.size() > 5) {
    *context.out << std::string(label_width, ' ')
                 << context.language.trn("and {0} more time", "and {0} more times",
                                         static_cast<std::int64_t>(item.details.occurrences.size() - 5))
                 << '\n';
  }
  if (!item.details.location.empty()) {
    label(context.language.tr("Where"));
    *context.out << plain(item.details.location) << '\n';
  }
}

std::string trimmed_text(std::string_view text) {
  return std::string(trimmed(text));
}

/// At most one empty line in a row: HTML mail leaves many.
std::string without_gaps(std::string_view text) {
  std::string result;
  int empty_lines = 1;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    empty_lines = trimmed(line).empty() ? empty_lines + 1 : 0;
    if (empty_lines < 2) result += std::string(line) + '\n';
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  while (result.ends_with('\n')) result.pop_back();
  return result;
}

/// What a card or an event says beside its text: company, phone, place …; each once.
void print_facts(const Context& context, const ShownItem& item) {
  std::set<std::string> said{trimmed_text(item.details.location), trimmed_text(item.title)};
  for (const auto& section : item.texts)
    if (section.kind != readers::TextKind::attachment) said.insert(trimmed_text(section.text));
  bool first = true;
  for (const auto& section : item.texts) {
    if (section.kind != readers::TextKind::attachment || !said.insert(trimmed_text(section.text)).second) continue;
    if (first) *context.out << '\n';
    first = false;
    *context.out << without_gaps(plain_lines(section.text)) << '\n';
  }
}

void print_texts(const Context& context, const ShownItem& item) {
  const bool facts = item.kind == readers::ItemKind::contact || item.kind == readers::ItemKind::event;
  if (facts) print_facts(context, item);
  for (const auto& section : item.texts) {
    if (facts && section.kind == readers::TextKind::attachment) continue;
    *context.out << '\n';
    const std::string text = without_gaps(plain_lines(section.text));
    switch (section.kind) {
      case readers::TextKind::fresh:
        *context.out << text << '\n';
        break;
      case readers::TextKind::signature:
        *context.out << faint(context, text) << '\n';
        break;
      case readers::TextKind::attachment:
        *context.out << bold(context, context.language.tr("Attached text")) << '\n' << text << '\n';
        break;
      case readers::TextKind::quoted: {
        std::string_view rest = text;
        while (!rest.empty()) {
          const auto end = rest.find('\n');
          *context.out << faint(context, "│ " + std::string(rest.substr(0, end))) << '\n';
          rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
        break;
      }
    }
  }
}

void print_attachments(const Context& context, const ShownItem& item) {
  if (item.details.attachments.empty()) return;
  *context.out << '\n';
  for (const auto& file : item.details.attachments) {
    const std::string name = file.name.empty() ? context.language.tr("(without name)") : plain(file.name);
    *context.out << "  " << name
                 << faint(context, fmt::format("  {}, {}", plain(file.media_type),
                                               context.language.size(static_cast<std::int64_t>(file.bytes))))
                 << '\n';
  }
}

void print_thread(const Context& context, const ShownItem& item) {
  if (item.thread.empty()) return;
  *context.out << '\n'
               << bold(context, context.language.trn("Conversation of {0} mail", "Conversation of {0} mails",
                                                     static_cast<std::int64_t>(item.thread.size())))
               << '\n';
  const std::size_t author_width = is_narrow(context) ? 14 : 24;
  for (const auto& other : item.thread) {
    const std::string number = fmt::format("#{}", other.item.value);
    const std::size_t left = room(context, 2 + date_width(context) + 2 + author_width + 2 + 2 + number.size());
    const std::string sign = other.item == item.item ? "▸ " : "  ";
    *context.out << sign << date_column(context, other.at) << "  "
                 << fitted(plain(other.author), author_width, Fill::yes) << "  "
                 << fitted(plain(other.title), left, Fill::yes) << "  " << faint(context, number) << '\n';
  }
}

struct NoticeText {
  readers::Notice notice;
  std::string_view text;
};
constexpr std::array<NoticeText, 10> notice_texts = {
    {{readers::Notice::sender_missing, N_("It names no sender.")},
     {readers::Notice::date_missing, N_("It has no usable date.")},
     {readers::Notice::date_repaired, N_("Its date was wrong; the date of its delivery was taken.")},
     {readers::Notice::text_missing, N_("It has no readable text.")},
     {readers::Notice::encrypted, N_("It is encrypted and stays closed.")},
     {readers::Notice::charset_guessed, N_("Its character set was wrong or missing, and was guessed.")},
     {readers::Notice::truncated, N_("It is so large that a part was left out.")},
     {readers::Notice::recurrence_capped, N_("It recurs more often than is kept.")},
     {readers::Notice::zone_unknown, N_("Its time zone is not known.")},
     {readers::Notice::malformed, N_("It is damaged and was read as far as possible.")}}};

void print_notices(const Context& context, const ShownItem& item) {
  for (const auto& entry : notice_texts) {
    if ((item.notices >> static_cast<unsigned>(entry.notice) & 1) != 0)
      *context.out << faint(context, context.language.tr(entry.text)) << '\n';
  }
}

void print(const Context& context, const ShownItem& item) {
  *context.out << bold(context, item.title.empty() ? context.language.tr("(no subject)") : plain(item.title)) << '\n';
  print_parties(context, item);
  print_when(context, item);
  print_notices(context, item);
  print_texts(context, item);
  print_attachments(context, item);
  print_thread(context, item);
  *context.out << '\n';
  for (const auto& place : item.places) *context.out << faint(context, plain(place)) << '\n';
}

std::string item_json(const ShownItem& item) {
  JsonWriter json;
  json.field("item", item.item.value)
      .field("kind", kind_name(item.kind))
      .field("at", item.at)
      .field("title", item.title);
  json.begin_list("parties");
  for (const auto& party : item.parties) {
    json.begin_object().field("role", role_code(party.role)).field("name", party.name).field("address", party.address);
    json.field("person", party.person ? party.person->value : 0).end_object();
  }
  json.end_list().begin_list("texts");
  for (const auto& section : item.texts)
    json.begin_object().field("kind", section_code(section.kind)).field("text", section.text).end_object();
  json.end_list().begin_list("attachments");
  for (const auto& file : item.details.attachments) {
    json.begin_object()
        .field("name", file.name)
        .field("media_type", file.media_type)
        .field("bytes", file.bytes)
        .end_object();
  }
  json.end_list().begin_list("occurrences");
  for (const auto& occurrence : item.details.occurrences) {
    json.begin_object()
        .field("start", std::optional(occurrence.start))
        .field("end", std::optional(occurrence.end))
        .field("all_day", occurrence.all_day)
        .end_object();
  }
  json.end_list().field("location", item.details.location).begin_list("places");
  for (const auto& place : item.places) json.begin_object().field("path", place).end_object();
  json.end_list().begin_list("thread");
  for (const auto& other : item.thread)
    json.begin_object()
        .field("item", other.item.value)
        .field("at", other.at)
        .field("author", other.author)
        .field("title", other.title)
        .end_object();
  json.end_list();
  return json.finish();
}

}  // namespace

ExitStatus show(const Context& context, const Arguments& arguments) {
  const std::string word = joined(arguments.words);
  const auto number = item_number(word);
  if (!number)
    return refuse(context, {ErrorCode::invalid, N_("“{0}” is no item number; who and find print them as #123."), word});
  auto store = context.open();
  const auto moment = store.one_moment();
  const auto item = personal::shown_item(store, *number);
  if (!item) return refuse(context, {ErrorCode::not_found, N_("There is no item {0}."), word});
  if (context.json) {
    *context.out << item_json(*item);
  } else {
    print(context, *item);
  }
  return 0;
}

}  // namespace entregent::cli
