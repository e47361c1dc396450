// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/writer.h"

#include <algorithm>
#include <set>

#include "personal/contents.h"
#include "personal/date_pages.h"
#include "personal/me.h"
#include "personal/persons.h"
#include "personal/redaction.h"
#include "personal/sources.h"
#include "personal/word_stems.h"

namespace entregent::personal {

namespace {

/// Bits of `place.origin`.
namespace place_marks {
constexpr std::int64_t origin = 1;  ///< the item's content is what lies here
constexpr std::int64_t sent = 2;    ///< this copy says that I sent it
}  // namespace place_marks

bool has_origin(db::Connection& db, ItemId item) {
  return db.number("select exists (select 1 from place where item = $1 and origin & 1)", item) != 0;
}

}  // namespace

struct Writer::State {
  explicit State(Store& of) : store(of), contents(of), stems(of), dates(of), redaction(of) {
    for (const auto& address : my_addresses(store)) my_handles.insert(address.handle);
  }

  Store& store;
  Contents contents;
  WordStems stems;
  DatePages dates;
  Redaction redaction;
  std::set<std::string, std::less<>> my_handles;
  std::optional<db::Transaction> transaction;
  std::int64_t last_id = 0;
  std::set<std::int64_t> to_reread;
  bool people_changed = false;

  PutOutcome put(const readers::ExtractedItem& item, const Place& place);
  void remember_place(const Place& place, ItemId item, std::int64_t marks);
  void leave_item(ItemId item, std::int64_t marks, std::size_t& gone);
  void settle_sent(ItemId item);
  void read_again(ItemId item);
  void erase(ItemId item);
};

namespace {

/// Some programs give every mail the same Message-ID: another Date is another mail. All copies of one mail have its
/// Date, but a date that had to be repaired comes from the way of one copy, and a calendar's entry may be moved.
std::string date_that_identifies(const readers::ExtractedItem& item) {
  if (item.kind != readers::ItemKind::mail || !item.happened_at) return {};
  for (const auto notice : item.notices)
    if (notice == readers::Notice::date_repaired) return {};
  return std::to_string(micros(*item.happened_at) / 1'000'000);
}

}  // namespace

Digest item_key(const readers::ExtractedItem& item) {
  std::string bytes(1, static_cast<char>(item.kind));
  if (item.identifier.empty()) {
    bytes += '#';
    bytes.append(reinterpret_cast<const char*>(item.content_hash.data()), item.content_hash.size());
  } else {
    bytes += '=' + item.identifier + '@' + date_that_identifies(item);
  }
  return digest(bytes);
}

Writer::Writer(Store& store) : state_(std::make_unique<State>(store)) {
  store.prepare_for_writing();
  store.listen_to_words([state = state_.get()](std::string_view word) { state->stems.note(word); });
}

Writer::~Writer() {
  state_->store.listen_to_words(nullptr);
}

void Writer::begin() {
  state_->transaction.emplace(state_->store.db());
  state_->last_id = state_->store.db().number("select max(id) from item");
}

void Writer::commit() {
  // Within the batch: whatever cuts the run off, threads are never left half joined.
  state_->contents.threads().settle();
  if (std::exchange(state_->people_changed, false)) state_->store.set("unsettled", "1");
  state_->stems.write();
  state_->dates.write();
  state_->transaction->commit();
  state_->transaction.reset();
}

void Writer::roll_back() {
  state_->transaction.reset();
  state_->contents.aliases().clear();
  state_->contents.threads().clear();
  state_->stems.clear();
  state_->dates.clear();
}

PutOutcome Writer::put(const readers::ExtractedItem& item, const Place& place) {
  if (state_->redaction.empty()) return state_->put(item, place);
  auto admitted = item;
  if (state_->redaction.admit(admitted, state_->my_handles)) return state_->put(admitted, place);
  Sources(state_->store).skip_place(place, "forgotten");
  return PutOutcome::forgotten;
}

PutOutcome Writer::State::put(const readers::ExtractedItem& item, const Place& place) {
  auto& db = store.db();
  const Digest key = item_key(item);
  const std::string_view key_bytes(reinterpret_cast<const char*>(key.data()), key.size());
  const CopyRank rank = Contents::rank(item);
  ItemId id;
  PutOutcome outcome = PutOutcome::added;
  bool origin = true;
  if (const auto row = db.first("select id, parties, details from item where key = $1", db::blob(key))) {
    id = row->id<ItemRow>(0);
    const bool sent = item.kind == readers::ItemKind::mail &&
                      db.number("select exists (select 1 from place where item = $1 and origin & 3 = 3)", id) != 0;
    const CopyRank old = Contents::rank(unpack_details(row->view(2)), unpack_parties(row->view(1)).size(), sent);
    // Where the copy that the item was taken from has gone, what it said does not count any more.
    const bool better = old < rank || (old != rank && !has_origin(db, id));
    outcome = better ? PutOutcome::replaced : PutOutcome::known;
    origin = better || old == rank;
  }
  if (outcome == PutOutcome::replaced) {
    contents.erase(id);
    db.run("update place set origin = origin & ~1 where item = $1", id);
  } else if (outcome == PutOutcome::added) {
    id = ItemId{++last_id};
  }
  if (outcome != PutOutcome::known) {
    contents.insert(id, key_bytes, item);
    dates.set(id, item.happened_at);
    people_changed = true;
  }
  remember_place(place, id, (origin ? place_marks::origin : 0) | (item.marks.sent_by_me ? place_marks::sent : 0));
  if (outcome != PutOutcome::added) settle_sent(id);
  return outcome;
}

/// I sent it if one of its places says so, whichever copy won.
void Writer::State::settle_sent(ItemId item) {
  store.db().run(
      "update item set flags = (flags & ~$2) | (case when exists (select 1 from place where item = $1 and origin & 2) "
      "then $2 else 0 end) where id = $1",
      item, item_flags::sent);
}

void Writer::State::remember_place(const Place& place, ItemId item, std::int64_t marks) {
  const auto fingerprint = place.fingerprint ? std::optional(db::blob(*place.fingerprint)) : std::nullopt;
  store.db().run(
      "insert or replace into place(file, part, sub, length, fingerprint, item, origin) values ($1, $2, $3, $4, $5, "
      "$6, $7)",
      place.file, place.part, place.sub, place.length, fingerprint, item, marks);
}

std::size_t Writer::drop_file(FileId file) {
  std::vector<std::int64_t> parts;
  state_->store.db().each(
      "select distinct part from place where file = $1",
      [&](const db::Statement& row) { parts.push_back(row.integer(0)); }, file);
  std::size_t gone = 0;
  for (const auto part : parts) gone += drop_part(file, part);
  state_->store.db().run("delete from file where id = $1", file);
  return gone;
}

std::size_t Writer::drop_part(FileId file, std::int64_t part) {
  return replace_part(file, part, [] {});
}

std::size_t Writer::drop_unparted(FileId file) {
  const bool whole =
      state_->store.db().number("select count(*) from place where file = $1 and part = 0 and length = 0", file) != 0;
  return whole ? drop_part(file, 0) : 0;
}

std::size_t Writer::replace_part(FileId file, std::int64_t part, const std::function<void()>& put_anew) {
  struct Held {
    ItemId item;
    std::int64_t marks;
  };
  std::vector<Held> held;
  auto& db = state_->store.db();
  db.each(
      "select item, origin from place where file = $1 and part = $2",
      [&](const db::Statement& row) {
        if (!row.is_null(0)) held.push_back({row.id<ItemRow>(0), row.integer(1)});
      },
      file, part);
  db.run("delete from place where file = $1 and part = $2", file, part);
  put_anew();
  std::size_t gone = 0;
  for (const auto& place : held) state_->leave_item(place.item, place.marks, gone);
  return gone;
}

void Writer::State::leave_item(ItemId item, std::int64_t marks, std::size_t& gone) {
  auto& db = store.db();
  if (db.number("select exists (select 1 from place where item = $1)", item) == 0) {
    erase(item);
    ++gone;
    return;
  }
  if ((marks & place_marks::sent) != 0) settle_sent(item);
  if ((marks & place_marks::origin) != 0 && !has_origin(db, item)) read_again(item);
}

/// Another copy holds less or other content than the one that went. Until it has been read, by this run or the next,
/// the item stays as it was.
void Writer::State::read_again(ItemId item) {
  auto& db = store.db();
  std::vector<std::pair<std::int64_t, std::int64_t>> parts;
  db.each(
      "select distinct file, part from place where item = $1",
      [&](const db::Statement& row) { parts.emplace_back(row.integer(0), row.integer(1)); }, item);
  for (const auto& [file, part] : parts) {
    db.run("update place set fingerprint = null where file = $1 and part = $2", file, part);
    db.run("update file set mtime = -1 where id = $1", file);
    db.run("update folder set stamp = null, highest_modseq = null where id = (select folder from file where id = $1)",
           file);
    to_reread.insert(file);
  }
}

void Writer::State::erase(ItemId item) {
  contents.erase(item);
  dates.set(item, std::nullopt);
  people_changed = true;
}

void Writer::erase_item(ItemId item) {
  state_->erase(item);
  state_->store.db().run("update place set item = null, origin = 0 where item = $1", item);
}

std::vector<FileId> Writer::take_to_reread() {
  std::vector<FileId> result;
  for (const auto file : state_->to_reread) result.push_back({file});
  state_->to_reread.clear();
  return result;
}

std::size_t remove_source(Store& store, Writer& writer, SourceId source) {
  auto& db = store.db();
  std::vector<FileId> files;
  db.each(
      "select file.id from file join folder on folder.id = file.folder where folder.source = $1",
      [&](const db::Statement& row) { files.push_back(row.id<FileRow>(0)); }, source);
  constexpr std::size_t batch = 5000;
  std::size_t gone = 0;
  for (std::size_t at = 0; at < files.size(); at += batch) {
    writer.begin();
    for (std::size_t i = at; i < std::min(files.size(), at + batch); ++i) gone += writer.drop_file(files[i]);
    writer.commit();
  }
  db.run("delete from source where id = $1", source);
  settle_persons(store);
  return gone;
}

}  // namespace entregent::personal
