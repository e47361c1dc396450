// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/dossier_json.h"

#include <algorithm>
#include <array>
#include <ostream>

#include <fmt/format.h>

#include "cli/style.h"

namespace entregent::cli {
namespace {

using personal::Direction;
using personal::Dossier;

std::string_view direction_name(Direction direction) {
  switch (direction) {
    case Direction::incoming:
      return "in";
    case Direction::outgoing:
      return "out";
    case Direction::between_others:
      return "others";
  }
  return "";
}

std::string_view fact_name(readers::FactKind kind) {
  constexpr std::array<std::string_view, 13> names = {"",    "phone",       "company",  "title", "department",
                                                      "url", "nickname",    "birthday", "note",  "postal_address",
                                                      "uid", "former_name", "other"};
  const auto index = static_cast<std::size_t>(kind);
  return index < names.size() ? names[index] : "other";
}

void write_head(JsonWriter& json, const Dossier& dossier) {
  json.field("person", dossier.person.value)
      .field("name", dossier.name)
      .field("human", dossier.human)
      .field("is_me", dossier.is_me);
  json.begin_list("names");
  for (const auto& name : dossier.names)
    json.begin_object().field("name", name.name).field("seen", name.seen).end_object();
  json.end_list().begin_list("addresses");
  for (const auto& address : dossier.addresses) {
    json.begin_object()
        .field("address", address.address)
        .field("seen", address.seen)
        .field("first_at", address.first_at)
        .field("last_at", address.last_at)
        .end_object();
  }
  json.end_list().begin_list("said");
  for (const auto& said : dossier.said) {
    json.begin_object().field("what", fact_name(said.kind)).field("value", said.value).field("detail", said.detail);
    json.field("at", said.at)
        .field("item", said.item.value)
        .field("where", said.on_card ? "card" : "signature")
        .end_object();
  }
  json.end_list();
}

void write_sums(JsonWriter& json, const Dossier& dossier) {
  json.field("direction_certain", dossier.direction_certain);
  json.field("chat_received", dossier.chat_incoming).field("chat_sent", dossier.chat_outgoing);
  json.field("received", dossier.incoming)
      .field("sent", dossier.outgoing)
      .field("on_lists", dossier.on_lists)
      .field("between_others", dossier.between_others)
      .field("automatic", dossier.automatic);
  json.field("first_at", dossier.first_at).field("last_at", dossier.last_at);
  json.field("last_direction", dossier.last_direction ? direction_name(*dossier.last_direction) : "");
  json.begin_list("months");
  for (const auto& month : dossier.months) {
    const auto name =
        fmt::format("{:04}-{:02}", static_cast<int>(month.month.year()), static_cast<unsigned>(month.month.month()));
    json.begin_object()
        .field("month", name)
        .field("received", month.incoming)
        .field("sent", month.outgoing)
        .end_object();
  }
  json.end_list();
}

void write_items(JsonWriter& json, const Dossier& dossier) {
  json.begin_list("newest");
  for (const auto& exchange : dossier.newest) {
    json.begin_object()
        .field("item", exchange.item.value)
        .field("kind", kind_name(exchange.kind))
        .field("at", exchange.at);
    json.field("direction", direction_name(exchange.direction))
        .field("list", exchange.list)
        .field("title", exchange.title)
        .end_object();
  }
  json.end_list().field("files_total", dossier.files_total).field("files_more", dossier.files_more).begin_list("files");
  for (const auto& file : dossier.files) {
    json.begin_object()
        .field("item", file.item.value)
        .field("at", file.at)
        .field("direction", direction_name(file.direction));
    json.field("name", file.file.name)
        .field("media_type", file.file.media_type)
        .field("bytes", file.file.bytes)
        .end_object();
  }
  json.end_list().field("meetings_total", dossier.meetings_total).begin_list("meetings");
  for (const auto& meeting : dossier.meetings) {
    json.begin_object()
        .field("item", meeting.item.value)
        .field("start", std::optional(meeting.when.start))
        .field("end", std::optional(meeting.when.end));
    json.field("all_day", meeting.when.all_day).field("title", meeting.title).field("location", meeting.location);
    json.field("cancelled", meeting.cancelled).field("times", meeting.times).end_object();
  }
  json.end_list().begin_list("mentions");
  for (const auto& mention : dossier.mentions) {
    json.begin_object()
        .field("item", mention.item.value)
        .field("at", mention.at)
        .field("by", mention.by)
        .field("title", mention.title)
        .field("snippet", mention.snippet)
        .end_object();
  }
  json.end_list();
}

void write_documents(JsonWriter& json, const Dossier& dossier) {
  json.field("documents_total", dossier.documents_total).begin_list("documents");
  for (const auto& document : dossier.documents) {
    json.begin_object().field("item", document.item.value).field("kind", kind_name(document.kind));
    json.field("at", document.at).field("title", document.title).end_object();
  }
  json.end_list();
}

void write_people(JsonWriter& json, const Dossier& dossier) {
  json.begin_list("in_common");
  for (const auto& common : dossier.in_common) {
    json.begin_object()
        .field("person", common.person.value)
        .field("name", common.name)
        .field("items", common.items)
        .end_object();
  }
  json.end_list().begin_list("notes");
  for (const auto& note : dossier.notes) json.begin_object().field("text", note).end_object();
  json.end_list().begin_list("promises");
  for (const auto& promise : dossier.promises) {
    json.begin_object().field("text", promise.text).field("made_at", std::optional(promise.made_at));
    json.field("due", promise.due ? iso_day(*promise.due) : std::string()).field("kept", promise.kept).end_object();
  }
  json.end_list().begin_list("met");
  for (const auto& met : dossier.met)
    json.begin_object().field("day", iso_day(met.day)).field("text", met.text).end_object();
  json.end_list();
}

void write_owed(JsonWriter& json, std::string_view name, const std::optional<personal::OwedReply>& owed) {
  json.begin_list(name);
  if (owed) json.begin_object().field("item", owed->item.value).field("at", std::optional(owed->at));
  if (owed) json.field("asks", owed->asks).end_object();
  json.end_list();
}

void write_tie(JsonWriter& json, const TieAnswer& tie) {
  json.key("tie").begin_object().field("strength", tie.state.step).field("probability", tie.state.probability);
  json.field("weeks", tie.counts.weeks).field("days", tie.counts.days).field("meetings", tie.counts.meetings);
  json.field("silent_days", tie.state.silence).field("usual_gap_days", tie.state.usual_gap).end_object();
  write_owed(json, "i_owe_a_reply", tie.owing.by_me);
  write_owed(json, "they_owe_a_reply", tie.owing.by_them);
}

}  // namespace

std::string_view kind_name(readers::ItemKind kind) {
  switch (kind) {
    case readers::ItemKind::mail:
      return "mail";
    case readers::ItemKind::contact:
      return "contact";
    case readers::ItemKind::event:
      return "event";
    case readers::ItemKind::document:
      return "document";
    case readers::ItemKind::chat:
      return "chat";
  }
  return "";
}

void write_coverage(JsonWriter& json, const personal::Coverage& coverage) {
  json.key("coverage").begin_object().field("sources", coverage.sources).field("current", coverage.current);
  json.field("unreadable", coverage.unreadable).field("running", coverage.running).end_object();
}

TieAnswer tie_answer(const Context& context, personal::Store& store, personal::PersonId person) {
  const Instant now = context.clock->now();
  const auto counts = personal::tie_of(store, person);
  return {.counts = counts,
          .state = ties::state_of(counts, now),
          .owing = personal::owing_between_us(store, personal::Settled(store), person, now, today_of(context))};
}

std::string dossier_json(personal::Store& store, const Dossier& dossier, const TieAnswer& tie,
                         const std::vector<personal::PersonHit>& others) {
  JsonWriter json;
  json.field("found", true);
  write_head(json, dossier);
  write_sums(json, dossier);
  write_items(json, dossier);
  write_documents(json, dossier);
  write_people(json, dossier);
  write_tie(json, tie);
  json.begin_list("others");
  for (const auto& hit : others) {
    json.begin_object()
        .field("person", hit.person.value)
        .field("name", personal::shown_name(store, hit.person))
        .field("seen", hit.seen)
        .end_object();
  }
  json.end_list();
  write_coverage(json, dossier.coverage);
  return json.finish();
}

std::string nobody_json(const personal::Coverage& coverage) {
  JsonWriter json;
  json.field("found", false);
  write_coverage(json, coverage);
  return json.finish();
}

void print_stats(const Context& context, personal::Store& store) {
  if (!context.stats) return;
  const auto work = store.db().work();
  *context.err << fmt::format("statements {}, pages read {}, allocations {}\n", work.statements, work.pages_read,
                              context.allocations == nullptr ? 0 : context.allocations());
}

}  // namespace entregent::cli
