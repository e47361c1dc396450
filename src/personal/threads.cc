// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/threads.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/digest.h"
#include "base/text.h"

namespace entregent::personal {
namespace {

/// A reply that refers to nothing joins a mail at most this much older.
constexpr std::int64_t orphan_reach_micros = std::int64_t{90} * 24 * 3600 * 1'000'000;

constexpr std::array<std::string_view, 12> reply_marks = {"re", "aw",  "sv", "antw", "rif", "res",
                                                          "r",  "odp", "vs", "ynt",  "rep", "ref"};
constexpr std::array<std::string_view, 8> forward_marks = {"tr", "fw", "fwd", "wg", "rv", "i", "enc", "trans"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::int64_t hash_of(std::string_view bytes) {
  const Digest whole = digest(bytes);
  std::int64_t result = 0;
  std::memcpy(&result, whole.data(), sizeof result);
  return result;
}

/// `[anything] ` at the front, as lists put it.
std::string_view without_list_mark(std::string_view text) {
  if (text.empty() || text.front() != '[') return text;
  const auto end = text.find(']');
  return end == std::string_view::npos || end > 60 ? text : trimmed(text.substr(end + 1));
}

std::vector<std::int64_t> aliases_of(std::string_view parties) {
  std::vector<std::int64_t> result;
  for (const auto& party : unpack_parties(parties)) {
    if (party.role != readers::Role::delivered_to) result.push_back(party.alias);
  }
  std::ranges::sort(result);
  return result;
}

bool share_one(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  return std::ranges::any_of(a, [&](std::int64_t alias) { return std::ranges::binary_search(b, alias); });
}

}  // namespace

std::int64_t reference_hash(std::string_view message_id) {
  return hash_of(message_id);
}

Subject bare_subject(std::string_view title) {
  const std::string text = folded(title);
  std::string_view rest = without_list_mark(trimmed(text));
  Subject subject;
  while (true) {
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos || colon > 8) break;
    std::string_view mark = trimmed(rest.substr(0, colon));
    mark = mark.substr(0, mark.find_first_of("[(0123456789"));  // Re[2]:, Re(3):
    const bool reply = is_one_of(mark, reply_marks);
    if (!reply && !is_one_of(mark, forward_marks)) break;
    subject.reply = subject.reply || reply;
    rest = without_list_mark(trimmed(rest.substr(colon + 1)));
  }
  subject.bare = squeezed(rest);
  return subject;
}

std::int64_t Threads::join(ItemId item, const Details& details) {
  auto& db = store_.db();
  std::vector<std::int64_t> found;
  std::vector<std::int64_t> unknown;
  for (const auto reference : details.references) {
    if (const auto row = db.first("select thread from thread_ref where ref = $1", reference)) {
      found.push_back(row->integer(0));
    } else {
      unknown.push_back(reference);
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  const std::int64_t thread = found.empty() ? item.value : found.front();
  for (std::size_t i = 1; i < found.size(); ++i) unite(thread, found[i]);
  for (const auto reference : unknown) {
    db.run("insert or ignore into thread_ref(ref, thread) values ($1, $2)", reference, thread);
  }
  if (details.identified) db.run("update thread_ref set item = $2 where ref = $1", details.references.front(), item);
  return thread;
}

std::vector<ItemId> Threads::ancestors(Store& store, const Details& details) {
  std::vector<ItemId> result;
  for (std::size_t i = details.identified ? 1 : 0; i < details.references.size(); ++i) {
    const std::int64_t item = store.db().number("select item from thread_ref where ref = $1", details.references[i]);
    if (item != 0) result.push_back({item});
  }
  return result;
}

bool Threads::has_parent(Store& store, const Details& details) {
  if (details.references.size() <= (details.identified ? 1U : 0U)) return false;
  return store.db().number("select item from thread_ref where ref = $1", details.references.back()) != 0;
}

void Threads::unite(std::int64_t into, std::int64_t from) {
  auto& db = store_.db();
  db.run("update thread_ref set thread = $1 where thread = $2", into, from);
  db.run("update item set thread = $1 where thread = $2", into, from);
  if (stale_.erase(from) != 0) stale_.insert(into);
}

void Threads::note_subject(std::string_view title, std::int64_t at, ItemId item, bool orphan) {
  const Subject subject = bare_subject(title);
  if (subject.bare.empty()) return;
  const std::int64_t hash = hash_of(subject.bare);
  store_.db().run("insert or ignore into subject values ($1, $2, $3, $4)", hash, at, item, orphan);
  subjects_.insert(hash);
}

void Threads::drop_subject(std::string_view title, std::int64_t at, ItemId item) {
  const Subject subject = bare_subject(title);
  if (subject.bare.empty()) return;
  const std::int64_t hash = hash_of(subject.bare);
  store_.db().run("delete from subject where hash = $1 and at = $2 and item = $3", hash, at, item);
  subjects_.insert(hash);
}

struct Threads::Member {
  ItemId item;
  std::int64_t at = 0;
  std::string title;
  std::vector<std::int64_t> aliases;
  Details details;
};

void Threads::settle() {
  add_orphans_threads();
  subjects_.clear();
  while (!stale_.empty()) {
    // Taken out first: while it is rebuilt it may swallow another that waits, and must then be rebuilt once more.
    const std::int64_t thread = *stale_.begin();
    stale_.erase(stale_.begin());
    rebuild(thread);
  }
}

void Threads::add_orphans_threads() {
  auto& db = store_.db();
  for (const auto hash : subjects_) {
    db.each(
        "select item.thread from subject join item on item.id = subject.item where subject.hash = $1 and "
        "subject.orphan = 1",
        [&](const db::Statement& row) { stale_.insert(row.integer(0)); }, hash);
  }
}

std::vector<Threads::Member> Threads::take_apart(std::int64_t thread) {
  auto& db = store_.db();
  std::vector<Member> members;
  db.each(
      "select id, happened_at, title, parties, details from item where thread = $1 order by id",
      [&](const db::Statement& row) {
        members.push_back({.item = row.id<ItemRow>(0),
                           .at = row.integer(1),
                           .title = row.text(2),
                           .aliases = aliases_of(row.view(3)),
                           .details = unpack_details(row.view(4))});
      },
      thread);
  db.run("delete from thread_ref where thread = $1", thread);
  db.run("update item set thread = null where thread = $1", thread);
  return members;
}

void Threads::rebuild(std::int64_t thread) {
  auto& db = store_.db();
  const auto members = take_apart(thread);
  for (const auto& member : members) {
    const std::int64_t joined = join(member.item, member.details);
    db.run("update item set thread = $1 where id = $2", joined, member.item);
  }
  for (const auto& member : members) {
    if (!member.details.replies) continue;
    const auto parent = parent_of_orphan(member);
    if (!parent) continue;
    const std::int64_t mine = db.number("select thread from item where id = $1", member.item);
    const std::int64_t theirs = db.number("select thread from item where id = $1", *parent);
    if (mine != theirs) unite(std::min(mine, theirs), std::max(mine, theirs));
  }
}

std::optional<std::int64_t> Threads::parent_of_orphan(const Member& orphan) {
  auto& db = store_.db();
  std::optional<std::int64_t> found;
  db.each(
      "select item.id, item.parties from subject join item on item.id = subject.item "
      "where subject.hash = $1 and subject.at >= $2 and subject.at < $3 order by subject.at desc, item.key limit 20",
      [&](const db::Statement& row) {
        if (!found && share_one(orphan.aliases, aliases_of(row.view(1)))) found = row.integer(0);
      },
      hash_of(bare_subject(orphan.title).bare), orphan.at - orphan_reach_micros, orphan.at);
  return found;
}

void Threads::clear() {
  stale_.clear();
  subjects_.clear();
}

}  // namespace entregent::personal
