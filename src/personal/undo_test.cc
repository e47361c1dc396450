// SPDX-License-Identifier: AGPL-3.0-or-later
// Random sequences of merge, note, promise, meeting, split, import and undo on a real private file: undoing all of them
// gives back the first answers, and what was written sits with the alias that it was written on.
#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "personal/diary.h"
#include "personal/dossier.h"
#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using tests::mail;
using tests::noon;

constexpr int sequences = 1000;
constexpr int most_steps = 5;

/// Who is at stake: homonyms, one person with two addresses, spellings, a bare name, a role.
const std::vector<std::string>& correspondents() {
  static const std::vector<std::string> who{
      "Jean Martin <jm1@acme.example>",      "Jean Martin <jmartin@post.example>",
      "J. Martin <j.m@other.example>",       "Zoé Quillivic <zoe@atelier.example>",
      "QUILLIVIC Zoé <zq@post.example>",     "Ewen Le Bihan <ewen@acme.example>",
      "Ewen <e.lebihan@post.example>",       "contact@acme.example",
      "Marie Le Bihan <marie@post.example>", "Jean Martin"};
  return who;
}

readers::ExtractedItem letter(int number) {
  const auto& who = correspondents();
  const auto writer = static_cast<std::size_t>(number) % who.size();
  return mail("m" + std::to_string(number))
      .title("Lettre")
      .at(noon("2026-01-01", number))
      .from(who[writer])
      .to("me@x.example")
      .text("mot");
}

/// All that is answered about who is who, by alias: independent of row numbers of persons.
std::vector<std::string> answers(tests::PrivateIndex& index) {
  std::vector<std::string> lines;
  auto& db = index.store.db();
  db.each(
      "select alias.handle || '/' || alias.name || '/' || hex(alias.item_key), identity.person, from_day, to_day, "
      "(select group_concat(text) from note where note.alias = alias.id) from alias join identity on identity.alias = "
      "alias.id order by alias.id",
      [&](const db::Statement& row) {
        lines.push_back(row.text(0) + " is " + row.text(1) + " " + row.text(2) + ".." + row.text(3) + " note " +
                        row.text(4));
      });
  db.each("select a || '?' || b || ' ' || probability || ' ' || reasons from question order by a, b",
          [&](const db::Statement& row) { lines.push_back(row.text(0)); });
  db.each("select person || ': ' || a || '+' || b || ' ' || reasons from merge order by 1",
          [&](const db::Statement& row) { lines.push_back(row.text(0)); });
  db.each("select id || ' ' || human || ' ' || seen || ' ' || first_at || ' ' || last_at from person order by id",
          [&](const db::Statement& row) { lines.push_back(row.text(0)); });
  db.each("select count(*) from decision",
          [&](const db::Statement& row) { lines.push_back(row.text(0) + " decisions"); });
  for (const auto* table : {"select count(*) from promise", "select count(*) from met", "select count(*) from act"})
    lines.push_back(std::to_string(db.number(table)) + " written");
  return lines;
}

class Sequence {
 public:
  explicit Sequence(tests::PrivateIndex& index, unsigned seed) : index_(index), random_(seed) {}

  void run() {
    const int steps = 1 + static_cast<int>(random_() % most_steps);
    for (int i = 0; i < steps; ++i) step();
    expect_all_with_their_aliases();
    while (!said_.empty()) undo();
    EXPECT_FALSE(undo_last(index_.store, noon("2026-02-02")));
    for (const auto file : imported_) drop(file);
    index_.settle();
  }
  const std::string& log() const { return log_; }

 private:
  void step() {
    switch (random_() % 8) {
      case 0:
      case 1:
        return say(true);
      case 2:
        return say(false);
      case 3:
        return note();
      case 4:
        return promise();
      case 5:
        return meet();
      case 6:
        return import();
      default:
        if (!said_.empty()) undo();
    }
  }

  AliasId any_alias() {
    std::vector<AliasId> all;
    index_.store.db().each("select distinct alias from identity order by alias",
                           [&](const db::Statement& row) { all.push_back(row.id<AliasRow>(0)); });
    return all[random_() % all.size()];
  }

  void say(bool same) {
    const auto a = any_alias();
    const auto b = any_alias();
    log_ += (same ? "same " : "different ") + std::to_string(a.value) + " " + std::to_string(b.value) + "; ";
    decide(index_.store, a, b, same, noon("2026-02-01"));
    if (a != b) {
      EXPECT_EQ(person(a) == person(b), same) << log_;
    }
    said_.push_back({What::decision, {}, {}});
  }

  PersonId person(AliasId alias) {
    return {index_.store.db().number("select person from identity where alias = $1", alias)};
  }

  void undo() {
    log_ += "undo; ";
    const auto taken = undo_last(index_.store, noon("2026-02-02"));
    ASSERT_TRUE(taken) << log_;
    EXPECT_EQ(taken->what, said_.back().what) << log_;
    EXPECT_EQ(taken->text, said_.back().text) << log_;
    said_.pop_back();
  }

  void note() {
    const auto alias = any_alias();
    const std::string text = "n" + std::to_string(random_() % 1000);
    log_ += "note " + std::to_string(alias.value) + "; ";
    write_note(index_.store, alias, text, noon("2026-02-01"));
    said_.push_back({What::note, alias, text});
  }

  void promise() {
    const auto alias = any_alias();
    const std::string text = "p" + std::to_string(random_() % 1000);
    log_ += "promise " + std::to_string(alias.value) + "; ";
    write_promise(index_.store, alias, text, std::nullopt, noon("2026-02-01"));
    said_.push_back({What::promise, alias, text});
  }

  void meet() {
    const auto alias = any_alias();
    const std::string text = "m" + std::to_string(random_() % 1000);
    log_ += "met " + std::to_string(alias.value) + "; ";
    write_met(index_.store, alias, *parse_iso_day("2026-02-01"), text);
    said_.push_back({What::met, alias, text});
  }

  /// More mail of somebody known, without settling twice.
  void import() {
    const int number = 100 + static_cast<int>(random_() % 50);
    log_ += "import " + std::to_string(number) + "; ";
    index_.writer.begin();
    imported_.push_back(index_.file("i" + std::to_string(imported_.size())));
    index_.writer.put(letter(number), {.file = imported_.back()});
    index_.writer.commit();
    index_.settle();
  }

  void drop(FileId file) {
    index_.writer.begin();
    index_.writer.drop_file(file);
    index_.writer.commit();
  }

  void expect_all_with_their_aliases() {
    for (const auto& said : said_) {
      if (said.what == What::decision) continue;
      const auto dossier = make_dossier(index_.store, person(said.alias), noon("2026-03-01"), {.newest = 0});
      std::vector<std::string> texts = dossier.notes;
      for (const auto& promised : dossier.promises) texts.push_back(promised.text);
      for (const auto& met : dossier.met) texts.push_back(met.text);
      EXPECT_THAT(texts, testing::Contains(said.text)) << log_;
    }
  }

  using What = TakenBack::What;
  struct Said {
    What what;
    AliasId alias;
    std::string text;
  };
  tests::PrivateIndex& index_;
  std::mt19937 random_;
  std::string log_;
  std::vector<Said> said_;
  std::vector<FileId> imported_;
};

TEST(Undo, gives_back_the_first_state_after_any_sequence) {
  tests::PrivateIndex index;
  std::vector<readers::ExtractedItem> items;
  for (int i = 0; i < 12; ++i) items.push_back(letter(i));
  index.add(items);
  index.me({"me@x.example"});
  const auto first = answers(index);
  ASSERT_GE(first.size(), correspondents().size());
  for (unsigned seed = 0; seed < sequences; ++seed) {
    Sequence sequence(index, seed);
    sequence.run();
    ASSERT_EQ(answers(index), first) << "seed " << seed << ": " << sequence.log();
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << ": " << sequence.log();
  }
  index.check_words();
}

}  // namespace
}  // namespace entregent::personal
