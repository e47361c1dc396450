// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/forget.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "base/text.h"
#include "base/tokens.h"
#include "people/name.h"
#include "personal/backup.h"
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
/// A lone word that stands in more items without the person than this, and than half of those with them, is a word of
/// the language (`petit`, `price`), and not theirs.
constexpr std::int64_t most_elsewhere = 5;

/// All that is one person's alone, and where it stands.
class Forgetting {
 public:
  Forgetting(Store& store, PersonId person)
      : store_(store), db_(store.db()), contents_(store), person_(person), me_(me(store)) {
    // What passed to somebody else, or before from somebody else, stays with them.
    for (auto& member : members(store, person))
      if (!is_others_too(member.alias) && instead_.emplace(member.alias.value, 0).second)
        members_.push_back(std::move(member));
    collect_runs();
    collect_names_of_others();
    collect_items();
  }

  [[nodiscard]] Forgotten counts() const {
    return {.items_gone = static_cast<std::int64_t>(whole_.size()),
            .items_redacted = static_cast<std::int64_t>(partly_.size()),
            .aliases = static_cast<std::int64_t>(members_.size())};
  }

  void act() {
    db::Transaction transaction(db_);
    Redaction redaction(store_);
    for (const auto& handle : handles_) redaction.forget_handle(handle);
    for (const auto& [handle, name] : shared_) redaction.forget_alias(handle, name);
    for (const auto& run : runs_) redaction.forget_words(run);
    DatePages dates(store_);
    for (const auto item : whole_) erase(dates, item);
    for (const auto& key : nameless_) put_nameless_instead(key);
    for (const auto item : partly_) contents_.redact({item}, instead_, redaction);
    contents_.threads().settle();
    dates.write();
    for (const auto& [alias, other] : instead_) erase_alias(alias, other);
    rename_places(redaction);
    store_.set("forgetting", "1");
    store_.set("unsettled", "1");
    transaction.commit();
  }

 private:
  bool is_theirs(std::int64_t alias) const {
    const auto found = instead_.find(alias);
    return found != instead_.end() && found->second == 0;
  }
  bool is_others_too(AliasId alias) {
    return db_.number("select exists (select 1 from identity where alias = $1 and person != $2)", alias, person_) != 0;
  }
  /// A shared mailbox, or one that was handed over.
  bool is_shared(const std::string& handle) {
    return db_.number(
               "select exists (select 1 from alias join identity on identity.alias = alias.id "
               "where alias.handle = $1 and identity.person != $2)",
               handle, person_) != 0;
  }

  void collect_runs() {
    std::set<std::vector<std::string>> lone;
    for (const auto& member : members_) {
      add_name(member.name, lone);
      if (member.handle.empty()) continue;
      if (is_shared(member.handle)) {
        shared_.emplace(member.handle, member.name);
        continue;
      }
      handles_.insert(member.handle);
      runs_.insert(tokens(member.handle));
      lone.insert(tokens(member.handle.substr(0, member.handle.find('@'))));
    }
    for (const auto& words : lone) add_lone(words);
  }

  void add_name(const std::string& seen, std::set<std::vector<std::string>>& lone) {
    const auto name = people::parse_name(seen);
    if (name.words.size() < 2 || is_borne_by_others(name.words)) return;
    runs_.insert(tokens(seen));
    runs_.insert(name.words);
    runs_.insert({name.words.rbegin(), name.words.rend()});
    if (name.given.empty() || name.surname.empty()) return;
    const auto given = parts(name.given);
    const auto surname = parts(name.surname);
    runs_.insert(joined(given, surname));
    runs_.insert(joined(surname, given));
    lone.insert(surname);
    lone.insert({as_one_word(joined(given, surname))});
    lone.insert({as_one_word(joined(surname, given))});
  }

  static std::vector<std::string> parts(const std::vector<std::string>& words) {
    std::vector<std::string> result;
    for (const auto& word : words)
      for (auto& part : tokens(word)) result.push_back(std::move(part));
    return result;
  }
  static std::vector<std::string> joined(std::vector<std::string> first, const std::vector<std::string>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }
  static std::string as_one_word(const std::vector<std::string>& words) {
    std::string result;
    for (const auto& word : words) result += word;
    return result;
  }

  /// Another human of the same name: it is theirs too and stays.
  bool is_borne_by_others(std::vector<std::string> words) {
    std::ranges::sort(words);
    bool found = false;
    db_.each(
        "select alias.id, alias.name from alias_word join alias on alias.id = alias_word.alias "
        "where word = $1 and exists (select 1 from identity join person on person.id = identity.person "
        "where identity.alias = alias.id and person.human)",
        [&](const db::Statement& row) {
          if (found || is_theirs(row.integer(0))) return;
          auto others = people::parse_name(row.view(1)).words;
          std::ranges::sort(others);
          found = others == words;
        },
        words.front());
    return found;
  }

  /// One word by itself goes only if nobody else bears it, and if it stands where the person is.
  void add_lone(const std::vector<std::string>& words) {
    if (words.size() != 1 || words.front().size() < shortest_lone_word ||
        people::is_role_address(words.front() + "@x.example"))
      return;
    bool borne = false;
    db_.each(
        "select alias.id, alias.name from alias_word join alias on alias.id = alias_word.alias where word = $1",
        [&](const db::Statement& row) {
          borne = borne || (!is_theirs(row.integer(0)) && !holds_a_run(tokens(row.view(1))));
        },
        words.front());
    if (!borne && !is_ordinary(words.front())) runs_.insert(words);
  }

  bool is_ordinary(const std::string& word) {
    if (own_items_.empty()) {
      for (const auto& member : members_)
        db_.each(
            "select distinct item from link where alias = $1",
            [&](const db::Statement& row) { own_items_.insert(row.integer(0)); }, member.alias);
    }
    std::int64_t elsewhere = 0;
    db_.each(
        "select rowid from item_words where item_words match $1",
        [&](const db::Statement& row) { elsewhere += own_items_.contains(row.integer(0)) ? 0 : 1; }, '"' + word + '"');
    return elsewhere > most_elsewhere && elsewhere * 2 > static_cast<std::int64_t>(own_items_.size());
  }

  [[nodiscard]] bool holds_a_run(const std::vector<std::string>& words) const {
    return std::ranges::any_of(runs_, [&](const auto& run) {
      return !run.empty() && std::search(words.begin(), words.end(), run.begin(), run.end()) != words.end();
    });
  }

  /// `Zoé Quillivic via a program <robot@program.example>`: the address stays, without a name.
  void collect_names_of_others() {
    db_.each("select id, handle, name from alias where name != ''", [&](const db::Statement& row) {
      if (instead_.contains(row.integer(0)) || !holds_a_run(tokens(row.view(2)))) return;
      nameless_.push_back({row.integer(0), row.text(1)});
    });
  }
  struct Nameless {
    std::int64_t alias;
    std::string handle;
  };
  void put_nameless_instead(const Nameless& key) {
    instead_[key.alias] = contents_.aliases().find_or_add({.handle = key.handle, .name = {}}, {}).value;
  }

  void collect_items() {
    for (const auto& member : members_) {
      db_.each(
          "select distinct item from link where alias = $1",
          [&](const db::Statement& row) { sort_out(row.integer(0)); }, member.alias);
    }
    for (const auto& each : nameless_) {
      db_.each(
          "select distinct item from link where alias = $1", [&](const db::Statement& row) { add_partly(row); },
          each.alias);
    }
    for (const auto& run : runs_) collect_mentions(run);
  }

  void collect_mentions(const std::vector<std::string>& run) {
    std::string phrase = "\"";
    for (const auto& word : run) phrase += (phrase.size() == 1 ? "" : " ") + word;
    phrase += '"';
    db_.each(
        "select rowid from item_words where item_words match $1", [&](const db::Statement& row) { add_partly(row); },
        phrase);
  }

  void add_partly(const db::Statement& row) {
    if (!whole_.contains(row.integer(0))) partly_.insert(row.integer(0));
  }

  void sort_out(std::int64_t item) {
    const auto row = db_.first("select parties from item where id = $1", item);
    if (!row) return;
    bool by_them = false;
    bool others = false;
    for (const auto& party : unpack_parties(row->view(0))) {
      const bool them = is_theirs(party.alias);
      by_them = by_them || (them && is_author(party.role));
      others = others || (!them && party.role != Role::delivered_to && !me_.is({party.alias}));
    }
    (by_them || !others ? whole_ : partly_).insert(item);
  }

  void erase(DatePages& dates, std::int64_t item) {
    contents_.erase({item});
    dates.set({item}, std::nullopt);
    db_.run("update place set item = null, origin = 0, skipped = 'forgotten' where item = $1", item);
  }

  void erase_alias(std::int64_t alias, std::int64_t other) {
    if (other != 0) move_alias(alias, other);
    db_.run("delete from alias_word where alias = $1", alias);
    db_.run("delete from link where alias = $1", alias);
    db_.run("delete from fact where alias = $1", alias);
    for (const auto* written : {"delete from note where alias = $1", "delete from promise where alias = $1",
                                "delete from met where alias = $1", "delete from settled where alias = $1",
                                "delete from suggested where alias = $1"})
      db_.run(written, alias);
    db_.run("delete from decision where a = $1 or b = $1", alias);
    db_.run("delete from alias where id = $1", alias);
  }

  void move_alias(std::int64_t alias, std::int64_t other) {
    db_.run("update or ignore link set alias = $2 where alias = $1", alias, other);
    db_.run("update or ignore fact set alias = $2 where alias = $1", alias, other);
    db_.run("update link set author = $2 where author = $1", alias, other);
    db_.run("update item set author = $2 where author = $1", alias, other);
    for (const auto* written :
         {"update note set alias = $2 where alias = $1", "update promise set alias = $2 where alias = $1",
          "update met set alias = $2 where alias = $1", "update settled set alias = $2 where alias = $1",
          "update or ignore suggested set alias = $2 where alias = $1"})
      db_.run(written, alias, other);
    db_.run("update decision set a = $2 where a = $1", alias, other);
    db_.run("update decision set b = $2 where b = $1", alias, other);
  }

  /// Of folders and files, what was said of them, and what the owner wrote about others.
  void rename_places(const Redaction& redaction) {
    const auto rename = [&](std::string_view read, std::string_view write, const auto& clean) {
      std::vector<std::pair<std::int64_t, std::string>> changed;
      db_.each(read, [&](const db::Statement& row) {
        if (const std::string name = clean(row.view(1)); name != row.view(1))
          changed.emplace_back(row.integer(0), name);
      });
      for (const auto& [id, name] : changed) db_.run(write, id, name);
    };
    const auto stored = [&](std::string_view name) { return redaction.stored_name(name); };
    const auto redacted = [&](std::string_view text) { return redaction.redacted(text).value_or(std::string(text)); };
    rename("select id, path from folder", "update folder set path = $2 where id = $1", stored);
    rename("select id, name from file", "update file set name = $2 where id = $1", stored);
    rename("select id, problem_detail from file where problem_detail != ''",
           "update file set problem_detail = $2 where id = $1", redacted);
    rename("select file, problem_detail from place where problem_detail != ''",
           "update place set problem_detail = $2 where file = $1", redacted);
    rename("select id, text from note", "update note set text = $2 where id = $1", redacted);
    rename("select id, text from promise", "update promise set text = $2 where id = $1", redacted);
    rename("select id, text from met", "update met set text = $2 where id = $1", redacted);
    rename("select id, error_detail from source where error_detail != ''",
           "update source set error_detail = $2 where id = $1", redacted);
  }

  Store& store_;
  db::Connection& db_;
  Contents contents_;
  PersonId person_;
  Me me_;
  std::vector<Member> members_;
  std::map<std::int64_t, std::int64_t> instead_;  ///< theirs: nothing; others' whose name goes: without it
  std::vector<Nameless> nameless_;
  std::set<std::string> handles_;
  std::set<std::pair<std::string, std::string>> shared_;
  std::set<std::vector<std::string>> runs_;
  std::set<std::int64_t> whole_, partly_;
  std::unordered_set<std::int64_t> own_items_;  ///< all that a member has a part in
};

/// Copies that were made before a migration or a restoring hold the person too.
void remove_copies(const std::filesystem::path& file) {
  for (const auto& copy : copies_beside(file)) std::filesystem::remove(copy);
}

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
  db.script("vacuum");
  remove_copies(store.file());
  // Somebody who reads still hinders it: then the next run ends this.
  if (db.first("pragma wal_checkpoint(truncate)")->integer(0) == 0) store.unset("forgetting");
}

}  // namespace entregent::personal
