// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/contents.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "base/text.h"

namespace entregent::personal {
namespace {

using readers::ExtractedItem;
using readers::Role;

std::int64_t first_with(const std::vector<PartyLink>& parties, Role role) {
  for (const auto& party : parties)
    if (party.role == role) return party.alias;
  return 0;
}

/// The alias that the item is by, or about: From, organiser or the card's, else Sender; of a document its author, else
/// who saved it last.
std::int64_t author_of(const std::vector<PartyLink>& parties, readers::ItemKind kind) {
  if (kind == readers::ItemKind::document) {
    const auto author = first_with(parties, Role::author);
    return author != 0 ? author : first_with(parties, Role::last_editor);
  }
  for (const auto& party : parties)
    if (is_author(party.role) && party.role != Role::sender) return party.alias;
  return first_with(parties, Role::sender);
}

bool is_mail(readers::ItemKind kind) {
  return kind == readers::ItemKind::mail;
}
bool has_thread(readers::ItemKind kind) {
  return is_mail(kind) || kind == readers::ItemKind::chat;
}

std::int64_t flags_of(const ExtractedItem& item) {
  const auto& marks = item.marks;
  std::int64_t flags = 0;
  if (marks.list) flags |= item_flags::list;
  if (marks.robot) flags |= item_flags::robot;
  if (marks.draft) flags |= item_flags::draft;
  if (marks.sent_by_me) flags |= item_flags::sent;
  if (marks.cancelled) flags |= item_flags::cancelled;
  if (!item.attachments.empty()) flags |= item_flags::attachments;
  if (!item.occurrences.empty() && item.occurrences.front().all_day) flags |= item_flags::all_day;
  return flags;
}

std::int64_t notices_of(const ExtractedItem& item) {
  std::int64_t bits = 0;
  for (const auto notice : item.notices) bits |= std::int64_t{1} << static_cast<unsigned>(notice);
  return bits;
}

/// With the names of people: of two copies with the same words, the one that names them says more.
std::uint64_t text_bytes_of(const ExtractedItem& item) {
  std::uint64_t bytes = item.title.size();
  for (const auto& party : item.parties) bytes += alias_key(party.name, party.address).name.size();
  for (const auto& section : item.texts) bytes += section.text.size();
  return bytes;
}

/// Of all that is kept of an item: two copies with the same digest are the same. The reader's hash stands for a mail's
/// date, subject and body; a card or an event is told apart by everything that it says.
Digest content_digest(const ExtractedItem& item) {
  QuickDigester digester;
  const auto add = [&](std::string_view text) {
    digester.add(text);
    digester.add(std::string_view("\0", 1));
  };
  const auto add_number = [&](std::int64_t number) { add(std::to_string(number)); };
  digester.add({reinterpret_cast<const char*>(item.content_hash.data()), item.content_hash.size()});
  add_number(item.happened_at ? micros(*item.happened_at) : 0);
  for (const auto& party : item.parties)
    add_number(static_cast<std::int64_t>(party.role)), add(party.name), add(party.address);
  for (const auto& fact : item.facts)
    add_number(static_cast<std::int64_t>(fact.kind)), add(fact.value), add(fact.detail);
  for (const auto& file : item.attachments) add(file.name), add_number(static_cast<std::int64_t>(file.bytes));
  for (const auto& label : item.labels) add(label);
  for (const auto& when : item.occurrences) add_number(micros(when.start)), add_number(micros(when.end));
  for (const auto& reference : item.references) add(reference);
  add(item.title), add(item.list_id), add(item.location), add_number(flags_of(item) & ~item_flags::sent);
  if (item.kind != readers::ItemKind::mail)
    for (const auto& section : item.texts) add(section.text);
  return digester.value();
}

/// As link_parties() keeps them: each role and alias once.
std::uint64_t count_parties(const ExtractedItem& item) {
  std::set<std::tuple<Role, std::string, std::string>> distinct;
  for (const auto& party : item.parties) {
    const auto key = alias_key(party.name, party.address);
    if (!key.handle.empty() || !key.name.empty()) distinct.emplace(party.role, key.handle, key.name);
  }
  return distinct.size();
}

Details details_of(const ExtractedItem& item) {
  Details details;
  details.content_hash = content_digest(item);
  details.attachments = item.attachments;
  details.occurrences = item.occurrences;
  details.labels = item.labels;
  details.list_id = item.list_id;
  details.location = item.location;
  details.sequence = item.sequence;
  details.text_bytes = text_bytes_of(item);
  if (has_thread(item.kind)) {
    details.identified = !item.identifier.empty();
    if (details.identified) details.references.push_back(reference_hash(item.identifier));
    for (const auto& reference : item.references) details.references.push_back(reference_hash(reference));
    details.replies = is_mail(item.kind) && item.references.empty() && bare_subject(item.title).reply;
  }
  return details;
}

/// The moments at which an item ties its people: one for a mail, each occurrence of an event.
std::vector<std::int64_t> moments(std::int64_t at, const std::vector<readers::Occurrence>& occurrences) {
  if (occurrences.empty()) return {at};
  std::vector<std::int64_t> result;
  for (const auto& occurrence : occurrences) result.push_back(micros(occurrence.start));
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

LinkRole link_role(Role role, std::int64_t flags, readers::ItemKind kind) {
  return {.role = role,
          .list = (flags & item_flags::list) != 0,
          .robot = (flags & item_flags::robot) != 0,
          .attachments = (flags & item_flags::attachments) != 0,
          .cancelled = (flags & item_flags::cancelled) != 0,
          .chat = kind == readers::ItemKind::chat};
}

void add_person_text(std::string& text, const readers::Party& party) {
  if (!text.empty()) text += ", ";
  text += party.name;
  if (party.address.empty() || party.address == party.name) return;
  if (!party.name.empty()) text += ' ';
  text += party.address;
}

}  // namespace

Texts texts_of(const ExtractedItem& item) {
  Texts texts{.title = item.title, .people = {}, .file_names = {}, .sections = item.texts};
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const auto& party : item.parties) {
    if (party.role == Role::delivered_to || !seen.emplace(party.name, party.address).second) continue;
    add_person_text(texts.people, party);
  }
  for (const auto& attachment : item.attachments) {
    if (attachment.name.empty()) continue;
    if (!texts.file_names.empty()) texts.file_names += '\n';
    texts.file_names += attachment.name;
  }
  if (!item.location.empty()) texts.sections.push_back({readers::TextKind::attachment, item.location});
  for (const auto& fact : item.facts) {
    if (item.kind != readers::ItemKind::contact || fact.kind == readers::FactKind::uid ||
        fact.kind == readers::FactKind::other)
      continue;
    texts.sections.push_back({readers::TextKind::attachment, fact.value});
  }
  return texts;
}

CopyRank Contents::rank(const ExtractedItem& item) {
  return {.sent_by_me = item.kind == readers::ItemKind::mail && item.marks.sent_by_me,
          .sequence = item.sequence,
          .parties = count_parties(item),
          .text_bytes = text_bytes_of(item),
          .content_hash = content_digest(item)};
}

CopyRank Contents::rank(const Details& details, std::size_t parties, bool sent_by_me) {
  return {.sent_by_me = sent_by_me,
          .sequence = details.sequence,
          .parties = parties,
          .text_bytes = details.text_bytes,
          .content_hash = details.content_hash};
}

void Contents::insert(ItemId id, std::string_view key, const ExtractedItem& item) {
  auto& db = store_.db();
  const auto parties = link_parties(item, key);
  const auto details = details_of(item);
  const std::int64_t author = author_of(parties, item.kind);
  const std::int64_t at = item.happened_at ? micros(*item.happened_at) : 0;
  std::optional<std::int64_t> thread;
  if (has_thread(item.kind)) thread = threads_.join(id, details);
  if (is_mail(item.kind)) threads_.note_subject(item.title, at, id, details.replies);
  const std::string packed_parties = pack_parties(parties);
  const std::string packed_details = pack_details(details);
  db.run("insert into item values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", id, db::blob(key),
         static_cast<std::int64_t>(item.kind), item.happened_at, author, thread, flags_of(item), notices_of(item),
         item.title, db::blob(packed_parties), db::blob(packed_details));
  insert_texts(id, item);
  insert_links(id, item, parties, author, list_alias(item, key));
  insert_facts(id, item, author);
}

std::int64_t Contents::list_alias(const ExtractedItem& item, std::string_view key) {
  if (item.list_id.empty()) return 0;
  const std::string wanted = lower(item.list_id);
  for (const auto& party : item.parties) {
    if (party.role != Role::to && party.role != Role::cc) continue;
    const AliasKey alias = alias_key(party.name, party.address);
    std::string dotted = alias.handle;
    std::ranges::replace(dotted, '@', '.');
    if (dotted == wanted) return aliases_.find_or_add(alias, key).value;
  }
  return 0;
}

std::vector<PartyLink> Contents::link_parties(const ExtractedItem& item, std::string_view key) {
  std::vector<PartyLink> result;
  std::set<std::pair<Role, std::int64_t>> seen;
  // Who has no address is known within the item only; within all of a chat, who is called so there.
  const bool chat = item.kind == readers::ItemKind::chat && !item.references.empty();
  const Digest conversation = chat ? digest(item.references.front()) : Digest{};
  if (chat) key = {reinterpret_cast<const char*>(conversation.data()), conversation.size()};
  for (const auto& party : item.parties) {
    const AliasId alias = aliases_.find_or_add(alias_key(party.name, party.address), key);
    if (alias && seen.emplace(party.role, alias.value).second) result.push_back({party.role, alias.value});
  }
  return result;
}

void Contents::insert_texts(ItemId id, const ExtractedItem& item) {
  write_texts(id, texts_of(item));
}

void Contents::write_texts(ItemId id, const Texts& texts) {
  auto& db = store_.db();
  const std::string packed = store_.compressor().compress(pack_texts(texts));
  db.run("insert into text values ($1, $2)", id, db::blob(packed));
  db.run(
      "insert into item_words(rowid, title, fresh, signature, quoted, attachment, people) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      id, texts.column("title"), texts.column("fresh"), texts.column("signature"), texts.column("quoted"),
      texts.column("attachment"), texts.column("people"));
}

void Contents::insert_links(ItemId id, const ExtractedItem& item, const std::vector<PartyLink>& parties,
                            std::int64_t author, std::int64_t list) {
  auto& db = store_.db();
  const std::int64_t flags = flags_of(item);
  for (const std::int64_t at : moments(item.happened_at ? micros(*item.happened_at) : 0, item.occurrences)) {
    for (const auto& party : parties) {
      LinkRole role = link_role(party.role, flags, item.kind);
      role.list_itself = party.alias == list;
      db.run("insert or ignore into link values ($1, $2, $3, $4, $5)", party.alias, at, id, role.packed(), author);
    }
  }
}

void Contents::insert_facts(ItemId id, const ExtractedItem& item, std::int64_t author) {
  if (author == 0) return;
  auto& db = store_.db();
  const std::int64_t at = item.happened_at ? micros(*item.happened_at) : 0;
  for (const auto& fact : item.facts) {
    if (fact.value.empty()) continue;
    db.run("insert or ignore into fact values ($1, $2, $3, $4, $5, $6)", author, static_cast<std::int64_t>(fact.kind),
           fact.value, id, fact.detail, at);
  }
}

void Contents::erase(ItemId id) {
  auto& db = store_.db();
  const auto row =
      db.first("select kind, happened_at, thread, title, parties, details, flags from item where id = $1", id);
  if (!row) return;
  const auto parties = unpack_parties(row->view(4));
  const auto details = unpack_details(row->view(5));
  const std::int64_t at = row->integer(1);
  if (!row->is_null(2)) {
    threads_.leave(row->integer(2));
    if (is_mail(static_cast<readers::ItemKind>(row->integer(0)))) threads_.drop_subject(row->view(3), at, id);
  }
  erase_texts(id);
  erase_links(id, parties, at, details);
  db.run("delete from fact where item = $1", id);
  db.run("delete from item where id = $1", id);
}

void Contents::erase_texts(ItemId id) {
  const auto texts = store_.texts(id);
  if (!texts) return;
  auto& db = store_.db();
  // FTS5 takes words out by the very texts that it was given.
  db.run(
      "insert into item_words(item_words, rowid, title, fresh, signature, quoted, attachment, people) "
      "values ('delete', $1, $2, $3, $4, $5, $6, $7)",
      id, texts->column("title"), texts->column("fresh"), texts->column("signature"), texts->column("quoted"),
      texts->column("attachment"), texts->column("people"));
  db.run("delete from text where item = $1", id);
}

void Contents::erase_links(ItemId id, const std::vector<PartyLink>& parties, std::int64_t at, const Details& details) {
  auto& db = store_.db();
  for (const std::int64_t moment : moments(at, details.occurrences)) {
    for (const auto& party : parties) {
      db.run("delete from link where alias = $1 and at = $2 and item = $3", party.alias, moment, id);
    }
  }
}

namespace {

void put_instead(std::vector<PartyLink>& parties, const std::map<std::int64_t, std::int64_t>& instead) {
  for (auto& party : parties)
    if (const auto other = instead.find(party.alias); other != instead.end()) party.alias = other->second;
  std::set<std::pair<Role, std::int64_t>> seen;
  std::erase_if(parties, [&](const PartyLink& party) {
    return party.alias == 0 || !seen.emplace(party.role, party.alias).second;
  });
}

}  // namespace

void Contents::redact(ItemId id, const std::map<std::int64_t, std::int64_t>& instead, const Redaction& redaction) {
  auto& db = store_.db();
  const auto row = db.first("select parties, details from item where id = $1", id);
  auto texts = store_.texts(id);
  if (!row || !texts) return;
  const auto clean = [&](std::string& text) {
    if (auto changed = redaction.redacted(text)) text = *std::move(changed);
  };
  auto parties = unpack_parties(row->view(0));
  put_instead(parties, instead);
  auto details = unpack_details(row->view(1));
  for (auto& attachment : details.attachments) clean(attachment.name);
  for (auto& label : details.labels) clean(label);
  clean(details.location);
  clean(details.list_id);
  erase_texts(id);
  texts->people = people_text(parties);
  for (std::string* text : {&texts->title, &texts->people, &texts->file_names}) clean(*text);
  for (auto& section : texts->sections) clean(section.text);
  write_texts(id, *texts);
  redact_facts(id, redaction);
  const std::string packed_parties = pack_parties(parties);
  const std::string packed_details = pack_details(details);
  db.run("update item set title = $2, parties = $3, details = $4 where id = $1", id, texts->title,
         db::blob(packed_parties), db::blob(packed_details));
}

std::string Contents::people_text(const std::vector<PartyLink>& parties) {
  std::string text;
  std::set<std::int64_t> seen;
  for (const auto& party : parties) {
    if (party.role == Role::delivered_to || !seen.insert(party.alias).second) continue;
    const auto row = store_.db().first("select name, handle from alias where id = $1", party.alias);
    if (row) add_person_text(text, {.role = party.role, .name = row->text(0), .address = row->text(1)});
  }
  return text;
}

void Contents::redact_facts(ItemId id, const Redaction& redaction) {
  struct Fact {
    std::int64_t alias, kind;
    std::string value, detail;
  };
  auto& db = store_.db();
  std::vector<Fact> held;
  db.each(
      "select alias, kind, value, detail from fact where item = $1",
      [&](const db::Statement& row) {
        if (redaction.redacted(row.view(2)) || redaction.redacted(row.view(3)))
          held.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3)});
      },
      id);
  for (const auto& fact : held) {
    db.run(
        "update or replace fact set value = $5, detail = $6 where alias = $1 and kind = $2 and value = $3 and item = "
        "$4",
        fact.alias, fact.kind, fact.value, id, redaction.redacted(fact.value).value_or(fact.value),
        redaction.redacted(fact.detail).value_or(fact.detail));
  }
}

}  // namespace entregent::personal
