// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/truth.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string moment_text(Moment moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss time{moment - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", day_text(day), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

/// Writes one JSON object field by field.
class Object {
 public:
  Object& text(std::string_view name, std::string_view value) { return raw(name, quoted(value)); }
  Object& number(std::string_view name, std::int64_t value) { return raw(name, std::to_string(value)); }
  Object& flag(std::string_view name, bool value) { return raw(name, value ? "true" : "false"); }
  Object& raw(std::string_view name, std::string_view json) {
    if (out_.size() > 1) out_ += ',';
    out_ += quoted(name);
    out_ += ':';
    out_ += json;
    return *this;
  }
  std::string done() const { return out_ + "}"; }

 private:
  std::string out_ = "{";
};

template <class List, class Show>
std::string list_of(const List& list, Show show, std::string_view between = ",") {
  std::string out = "[";
  for (const auto& value : list) {
    if (out.size() > 1) out += between;
    out += show(value);
  }
  return out + "]";
}

std::string texts(const std::vector<std::string>& list) {
  return list_of(list, quoted);
}
std::string numbers(const std::vector<int>& list) {
  return list_of(list, [](int value) { return std::to_string(value); });
}

std::string_view kind_text(PersonKind kind) {
  switch (kind) {
    case PersonKind::human:
      return "human";
    case PersonKind::role:
      return "role";
    case PersonKind::list:
      return "list";
    case PersonKind::robot:
      return "robot";
  }
  return "";
}

std::string address_json(const TrueAddress& address) {
  return Object{}
      .text("address", address.address)
      .text("first", day_text(address.first))
      .text("last", day_text(address.last))
      .flag("shared", address.shared)
      .flag("handed_over", address.handed_over)
      .done();
}

std::string person_json(const TruePerson& person) {
  Object out;
  out.number("id", person.id).text("name", person.name).text("kind", kind_text(person.kind)).flag("me", person.me);
  out.text("company", person.company).text("title", person.title).text("phone", person.phone);
  out.raw("names", texts(person.names)).raw("addresses", list_of(person.addresses, address_json));
  out.number("received", person.received).number("sent", person.sent);
  out.number("invitations_received", person.invitations_received).number("invitations_sent", person.invitations_sent);
  out.number("automatic", person.automatic).number("through_lists", person.through_lists);
  out.number("meetings", person.meetings).number("meeting_days", person.meeting_days);
  out.number("files_received", person.files_received).number("files_in_winmail", person.files_in_winmail);
  out.number("files_sent", person.files_sent).number("mentions", person.mentions).number("cards", person.cards);
  if (person.first) out.text("first", moment_text(*person.first));
  if (person.last) out.text("last", moment_text(*person.last)).flag("last_was_me", person.last_was_me);
  out.raw("common", numbers(person.common)).raw("homonyms", numbers(person.homonyms));
  if (person.successor) out.number("successor", *person.successor);
  if (person.former_name) out.text("former_name", *person.former_name);
  out.raw("traps", texts(person.traps));
  return out.done();
}

std::string alias_json(const TrueAlias& alias) {
  return Object{}
      .text("name", alias.name)
      .text("address", alias.address)
      .number("person", alias.person)
      .number("uses", alias.uses)
      .flag("nothing_in_common", alias.nothing_in_common)
      .done();
}

std::string question_json(const TrueQuestion& question) {
  return Object{}
      .raw("one", alias_json(question.one))
      .raw("other", alias_json(question.other))
      .flag("same", question.same)
      .text("why", question.why)
      .done();
}

std::string mail_json(const TrueMail& mail) {
  return Object{}
      .text("message_id", mail.message_id)
      .text("when", moment_text(mail.when))
      .number("writer", mail.writer)
      .raw("to", numbers(mail.to))
      .raw("cc", numbers(mail.cc))
      .text("subject", mail.subject)
      .raw("files", texts(mail.files))
      .raw("mentions", numbers(mail.mentions))
      .raw("places", texts(mail.places))
      .number("thread", mail.thread)
      .flag("counted", mail.counted)
      .flag("automatic", mail.automatic)
      .flag("list", mail.list)
      .flag("invitation", mail.invitation)
      .done();
}

}  // namespace

const TruePerson* find_person(const Truth& truth, std::string_view name) {
  const auto found =
      std::find_if(truth.persons.begin(), truth.persons.end(), [&](const auto& person) { return person.name == name; });
  return found == truth.persons.end() ? nullptr : &*found;
}

std::string json_of(const Truth& truth) {
  Object trap_counts;
  for (const auto& [name, count] : truth.traps) trap_counts.number(name, count);
  Object out;
  out.number("version", 1).number("seed", static_cast<std::int64_t>(truth.seed));
  out.text("first_day", day_text(truth.first_day)).text("last_day", day_text(truth.last_day));
  out.number("me", truth.me).text("best_known", truth.best_known).number("best_known_id", truth.best_known_id);
  out.number("messages", truth.messages).number("skipped_messages", truth.skipped_messages);
  out.number("cards", truth.cards).number("events", truth.events);
  out.raw("sources", texts(truth.sources)).raw("unreadable", texts(truth.unreadable));
  out.raw("traps", trap_counts.done());
  out.raw("persons", list_of(truth.persons, person_json, ",\n"));
  out.raw("aliases", list_of(truth.aliases, alias_json, ",\n"));
  out.raw("questions", list_of(truth.questions, question_json, ",\n"));
  out.raw("mails", list_of(truth.mails, mail_json, ",\n"));
  return out.done() + "\n";
}

}  // namespace entregent::demo
