// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/diary.h"

#include <gmock/gmock.h>

#include "personal/backup.h"
#include "personal/forget.h"
#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::mail;
using tests::noon;

const Day monday = *parse_iso_day("2026-11-30");

class Diary : public testing::Test {
 protected:
  Diary() {
    index_.add({mail("1").from("Jean Martin <jm1@acme.example>").to("me@x.example").at("2026-01-01"),
                mail("2").from("Zoé Quillivic <zoe@brumes.example>").to("me@x.example").at("2026-01-02")});
    index_.me({"me@x.example"});
    jean_ = index_.alias("jm1@acme.example");
    zoe_ = index_.alias("zoe@brumes.example");
  }
  void write_all() {
    write_note(index_.store, zoe_, "préfère le train", noon("2026-02-01"));
    write_promise(index_.store, zoe_, "envoyer le devis", monday, noon("2026-02-01"));
    write_met(index_.store, zoe_, *parse_iso_day("2026-01-31"), "salon du livre");
  }
  std::int64_t rows(const std::string& table) {
    const auto file = index_.store.file();
    db::Connection db(file, db::Connection::Mode::read_only);
    return db.number("select count(*) from " + table);
  }
  std::vector<std::int64_t> all_rows() {
    std::vector<std::int64_t> counts;
    for (const auto* table : {"note", "promise", "met", "act"}) counts.push_back(rows(table));
    return counts;
  }

  tests::PrivateIndex index_;
  AliasId jean_, zoe_;
};

TEST_F(Diary, stands_in_the_dossier) {
  write_all();
  const auto dossier = index_.dossier("zoe@brumes.example");
  ASSERT_EQ(dossier.promises.size(), 1U);
  EXPECT_EQ(dossier.promises[0].text, "envoyer le devis");
  EXPECT_EQ(dossier.promises[0].due, monday);
  EXPECT_FALSE(dossier.promises[0].kept);
  ASSERT_EQ(dossier.met.size(), 1U);
  EXPECT_EQ(dossier.met[0].text, "salon du livre");
  EXPECT_THAT(index_.dossier("jm1@acme.example").promises, IsEmpty());
}

TEST_F(Diary, is_taken_back_in_the_order_in_which_it_was_said) {
  using What = TakenBack::What;
  write_all();
  decide(index_.store, jean_, zoe_, true, noon("2026-02-01"));
  write_note(index_.store, jean_, "la dernière", noon("2026-02-01"));
  std::vector<What> order;
  while (const auto taken = undo_last(index_.store, noon("2026-02-02"))) order.push_back(taken->what);
  EXPECT_THAT(order, ElementsAre(What::note, What::decision, What::met, What::promise, What::note));
  EXPECT_THAT(all_rows(), ElementsAre(0, 0, 0, 0));
}

TEST_F(Diary, tells_what_was_taken_back_and_of_whom) {
  write_all();
  const auto taken = undo_last(index_.store, noon("2026-02-02"));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->text, "salon du livre");
  EXPECT_EQ(taken->name, "Zoé Quillivic");
}

TEST_F(Diary, comes_back_with_a_backup) {
  write_all();
  const auto copy = index_.home.path() / "copy.db";
  ASSERT_TRUE(back_up(index_.store, copy));
  while (undo_last(index_.store, noon("2026-02-02"))) continue;
  ASSERT_TRUE(restore(copy, index_.store.file()));
  EXPECT_THAT(all_rows(), ElementsAre(1, 1, 1, 3));
  EXPECT_EQ(index_.dossier("zoe@brumes.example").promises.size(), 1U);
}

TEST_F(Diary, goes_with_whom_it_is_about_when_they_are_forgotten) {
  write_all();
  write_note(index_.store, jean_, "déjeune avec Zoé Quillivic", noon("2026-02-01"));
  forget(index_.store, index_.person("zoe@brumes.example"));
  EXPECT_THAT(all_rows(), ElementsAre(1, 0, 0, 1));
  EXPECT_THAT(index_.dossier("jm1@acme.example").notes, ElementsAre(testing::Not(testing::HasSubstr("Quillivic"))));
}

}  // namespace
}  // namespace entregent::personal
