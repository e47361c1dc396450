// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/forget.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/tokens.h"
#include "people/name.h"
#include "personal/contents.h"
#include "personal/date_pages.h"
#include "personal/me.h"
#include "personal/redaction.h"
#include "personal/word_stems.h"

namespace entregent::personal {
namespace {

using readers::Role;

/// A word this short may be anything.
constexpr std::size_t shortest_lone_word = 4;

bool is_author(Role role) {
  return role == Role::from || role == Role::sender || role == Role::organizer || role == Role::card;
}

class Forgetting {
 public:
  Forgetting(Store& store, PersonId person)
      : store_(store), db_(store.db()), members_(members(store, person)), me_(me(store)) {
    for (const auto& member : members_) aliases_.insert(member.alias.value);
    collect_runs();
    collect_items();
  }

  [[nodiscard]] Forgotten counts() const {
    return {.items_gone = static_cast<std::int64_t>(whole_.size()),
            .items_redacted = static_cast<std::int64_t>(partly_.size()),
            .aliases = static_cast<std::int64_t>(aliases_.size())};
  }

  void act() {
    db::Transaction transaction(db_);
    Redaction redaction(store_);
    for (const auto& member : members_)
      if (!member.handle.empty()) redaction.forget_handle(member.handle);
    for (const auto& run : runs_) redaction.forget_words(run);
    Contents contents(store_);
    DatePages dates(store_);
    for (const auto item : whole_) erase(contents, dates, item);
    for (const auto item : partly_) contents.redact({item}, aliases_, redaction);
    contents.threads().settle();
    dates.write();
    erase_aliases();
    store_.set("forgetting", "1");
    store_.set("unsettled", "1");
    transaction.commit();
  }

 private:
  void collect_runs() {
    for (const auto& member : members_) {
      if (!member.handle.empty()) {
        runs_.insert(tokens(member.handle));
        add_lone(tokens(member.handle.substr(0, member.handle.find('@'))));
      }
      add_name(member.name);
    }
  }

  void add_name(const std::string& seen) {
    const auto name = people::parse_name(seen);
    auto words = tokens(seen);
    if (words.size() >= 2) runs_.insert(words);
    if (name.words.size() >= 2) {
      runs_.insert(name.words);
      runs_.insert({name.words.rbegin(), name.words.rend()});
    }
    if (!name.given.empty() && !name.surname.empty()) {
      std::vector<std::string> forth = parts(name.given);
      std::vector<std::string> back = parts(name.surname);
      const auto surname = back;
      back.insert(back.end(), forth.begin(), forth.end());
      forth.insert(forth.end(), surname.begin(), surname.end());
      runs_.insert(forth);
      runs_.insert(back);
      add_lone(surname);
    }
  }

  static std::vector<std::string> parts(const std::vector<std::string>& words) {
    std::vector<std::string> result;
    for (const auto& word : words)
      for (auto& part : tokens(word)) result.push_back(std::move(part));
    return result;
  }

  /// One word by itself goes only if nobody else bears it.
  void add_lone(const std::vector<std::string>& words) {
    if (words.size() != 1 || words.front().size() < shortest_lone_word ||
        people::is_role_address(words.front() + "@x.example"))
      return;
    bool borne_by_others = false;
    db_.each(
        "select alias from alias_word where word = $1",
        [&](const db::Statement& row) { borne_by_others = borne_by_others || !aliases_.contains(row.integer(0)); },
        words.front());
    if (!borne_by_others) runs_.insert(words);
  }

  void collect_items() {
    for (const auto alias : aliases_) {
      db_.each(
          "select distinct item from link where alias = $1",
          [&](const db::Statement& row) { sort_out(row.integer(0)); }, alias);
    }
    for (const auto& run : runs_) collect_mentions(run);
  }

  void collect_mentions(const std::vector<std::string>& run) {
    std::string phrase = "\"";
    for (const auto& word : run) phrase += (phrase.size() == 1 ? "" : " ") + word;
    phrase += '"';
    db_.each(
        "select rowid from item_words where item_words match $1",
        [&](const db::Statement& row) {
          if (!whole_.contains(row.integer(0))) partly_.insert(row.integer(0));
        },
        phrase);
  }

  void sort_out(std::int64_t item) {
    const auto row = db_.first("select parties from item where id = $1", item);
    if (!row) return;
    bool by_them = false;
    bool others = false;
    for (const auto& party : unpack_parties(row->view(0))) {
      const bool them = aliases_.contains(party.alias);
      by_them = by_them || (them && is_author(party.role));
      others = others || (!them && party.role != Role::delivered_to && !me_.is({party.alias}));
    }
    (by_them || !others ? whole_ : partly_).insert(item);
  }

  void erase(Contents& contents, DatePages& dates, std::int64_t item) {
    contents.erase({item});
    dates.set({item}, std::nullopt);
    db_.run("update place set item = null, origin = 0, skipped = 'forgotten' where item = $1", item);
  }

  void erase_aliases() {
    for (const auto alias : aliases_) {
      db_.run("delete from alias_word where alias = $1", alias);
      db_.run("delete from link where alias = $1", alias);
      db_.run("delete from fact where alias = $1", alias);
      db_.run("delete from note where alias = $1", alias);
      db_.run("delete from decision where a = $1 or b = $1", alias);
      db_.run("delete from alias where id = $1", alias);
    }
  }

  Store& store_;
  db::Connection& db_;
  std::vector<Member> members_;
  Me me_;
  std::set<std::int64_t> aliases_;
  std::set<std::vector<std::string>> runs_;
  std::set<std::int64_t> whole_, partly_;
};

}  // namespace

Forgotten weigh_forgetting(Store& store, PersonId person) {
  return Forgetting(store, person).counts();
}

Forgotten forget(Store& store, PersonId person) {
  Forgetting forgetting(store, person);
  forgetting.act();
  end_forgetting(store);
  return forgetting.counts();
}

void end_forgetting(Store& store) {
  if (!store.setting("forgetting")) return;
  auto& db = store.db();
  settle_persons(store);
  store.unset("unsettled");
  db.run("insert into item_words(item_words) values ('rebuild')");
  WordStems::prune(store);
  db.script("vacuum; pragma wal_checkpoint(truncate)");
  store.unset("forgetting");
}

}  // namespace entregent::personal
