// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/writer.h"

#include <algorithm>
#include <random>
#include <utility>

#include <gmock/gmock.h>

#include "personal/coverage.h"
#include "personal/date_pages.h"
#include "personal/word_stems.h"
#include "tests/private_index.h"

namespace entregent::personal {
namespace {

using readers::FactKind;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::card;
using tests::event;
using tests::mail;
using tests::noon;

class WriterTest : public testing::Test {
 protected:
  PutOutcome put(const readers::ExtractedItem& item, Place place) {
    index_.writer.begin();
    const auto outcome = index_.writer.put(item, place);
    index_.writer.commit();
    return outcome;
  }
  std::int64_t count(std::string_view table_sql) { return index_.store.db().number(table_sql); }
  std::string text_of(std::string_view identifier) {
    const auto texts = index_.store.texts(index_.item(identifier));
    return texts ? texts->column("fresh") : "(none)";
  }
  std::int64_t mtime(FileId file) { return index_.sources.file(file)->mtime; }

  tests::PrivateIndex index_;
};

tests::ItemBuilder letter(std::string_view text) {
  return mail("m1@x")
      .title("Devis")
      .at("2026-03-02")
      .from("Jean Dupont <jean@acme.example>")
      .to("me@x.example")
      .text(text);
}

TEST_F(WriterTest, adds_then_knows_then_replaces) {
  const auto first = index_.file("a");
  EXPECT_EQ(put(letter("court"), {.file = first}), PutOutcome::added);
  EXPECT_EQ(put(letter("court"), {.file = index_.file("b")}), PutOutcome::known);
  EXPECT_EQ(put(letter("bien plus long"), {.file = index_.file("c")}), PutOutcome::replaced);
  EXPECT_EQ(put(letter("court"), {.file = index_.file("d")}), PutOutcome::known);
  EXPECT_EQ(count("select count(*) from item"), 1);
  EXPECT_EQ(count("select count(*) from place where item is not null"), 4);
  EXPECT_EQ(text_of("m1@x"), "bien plus long");
  index_.check_words();
}

TEST_F(WriterTest, the_same_copy_again_is_known_though_it_names_somebody_twice) {
  const readers::ExtractedItem item = letter("a").to("me@x.example").cc("").to("ME@x.example");
  EXPECT_EQ(put(item, {.file = index_.file("a")}), PutOutcome::added);
  EXPECT_EQ(put(item, {.file = index_.file("b")}), PutOutcome::known);
}

TEST_F(WriterTest, without_identifier_the_content_tells_items_apart) {
  const auto one = mail().title("a").from("x@x.example").text("eins");
  EXPECT_EQ(put(one, {.file = index_.file("a")}), PutOutcome::added);
  EXPECT_EQ(put(one, {.file = index_.file("b")}), PutOutcome::known);
  EXPECT_EQ(put(mail().title("a").from("x@x.example").text("zwei"), {.file = index_.file("c")}), PutOutcome::added);
}

// Some programs give every mail the same Message-ID.
TEST_F(WriterTest, a_message_id_names_a_mail_together_with_its_date) {
  const auto on = [](std::string_view day, std::string_view text) {
    return mail("0@robot.example").title("Relevé").at(day).from("robot@bank.example").text(text);
  };
  EXPECT_EQ(put(on("2026-03-02", "mars"), {.file = index_.file("a")}), PutOutcome::added);
  EXPECT_EQ(put(on("2026-04-02", "avril"), {.file = index_.file("b")}), PutOutcome::added);
  EXPECT_EQ(put(on("2026-03-02", "mars"), {.file = index_.file("c")}), PutOutcome::known);
  EXPECT_THAT(index_.find("releve"), ElementsAre("Relevé", "Relevé"));
  EXPECT_THAT(index_.find("mars"), ElementsAre("Relevé"));
  EXPECT_THAT(index_.find("avril"), ElementsAre("Relevé"));
  index_.check_words();
}

TEST_F(WriterTest, a_date_taken_from_the_way_of_one_copy_does_not_tell_copies_apart) {
  const auto arrived = [](std::string_view day) {
    readers::ExtractedItem item = mail("m1@x").title("Devis").at(day).from("Jean Dupont <jean@acme.example>");
    item.notices = {readers::Notice::date_repaired};
    return item;
  };
  EXPECT_EQ(put(arrived("2026-03-02"), {.file = index_.file("a")}), PutOutcome::added);
  EXPECT_NE(put(arrived("2026-03-03"), {.file = index_.file("b")}), PutOutcome::added);
  EXPECT_EQ(count("select count(*) from item"), 1);
}

/// One program strips the names off a mail's header, another keeps them; the text is the same. Eight mails, as chance
/// would choose rightly for half of them.
TEST_F(WriterTest, of_two_copies_with_the_same_words_the_one_that_names_people_counts) {
  const std::string bare = "zoe@acme.example", named = "Zoé Quillivic <zoe@acme.example>";
  for (const auto& order : {std::pair(bare, named), std::pair(named, bare)}) {
    tests::PrivateIndex index;
    for (const auto& whom : {order.first, order.second}) {
      std::vector<readers::ExtractedItem> copies;
      for (int i = 0; i < 8; ++i)
        copies.push_back(mail(std::to_string(i)).from("paul@acme.example").to(whom).text("mot" + std::to_string(i)));
      index.add(copies);
    }
    EXPECT_EQ(index.store.db().number("select count(*) from item"), 8);
    EXPECT_THAT(index.find("quillivic"), testing::SizeIs(8)) << order.first << " first";
  }
}

TEST_F(WriterTest, a_mail_and_an_event_with_one_identifier_are_two_items) {
  put(mail("same").from("x@x.example"), {.file = index_.file("a")});
  EXPECT_EQ(put(event("same").occurs(noon("2026-01-02")), {.file = index_.file("b")}), PutOutcome::added);
}

TEST_F(WriterTest, a_later_sequence_wins_over_a_longer_text) {
  const auto file = index_.file("a");
  put(event("e").title("Réunion préparatoire longue").occurs(noon("2026-01-02")), {.file = file});
  EXPECT_EQ(put(event("e").title("Réunion").sequence(1).occurs(noon("2026-01-09")), {.file = index_.file("b")}),
            PutOutcome::replaced);
  EXPECT_EQ(index_.find("kind:event"), std::vector<std::string>{"Réunion"});
}

TEST_F(WriterTest, the_order_of_copies_does_not_matter) {
  std::vector<readers::ExtractedItem> copies{letter("court"),
                                             letter("moyen, un peu"),
                                             letter("egal, mais b."),
                                             letter("court").sent(),
                                             letter("court").to("paul@acme.example"),
                                             card("c")
                                                 .title("Paul")
                                                 .with(readers::Role::card, "Paul Roux <paul@acme.example>")
                                                 .fact(FactKind::phone, "+33100000001"),
                                             card("c")
                                                 .title("Paul")
                                                 .with(readers::Role::card, "Paul Roux <paul@acme.example>")
                                                 .fact(FactKind::phone, "+33100000002")};
  std::vector<std::size_t> order(copies.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(7);
  std::vector<std::string> first;
  for (int round = 0; round < 12; ++round) {
    tests::PrivateIndex other;
    std::ranges::shuffle(order, random);
    other.writer.begin();
    for (const auto i : order) other.writer.put(copies[i], {.file = other.file(std::to_string(i))});
    other.writer.commit();
    std::vector<std::string> lines;
    other.store.db().each(
        "select hex(key) || ' ' || flags || ' ' || title || ' ' || (select group_concat(value) from fact where "
        "fact.item = item.id) from item where kind = 2 union all select hex(key) || ' ' || flags || ' ' || fresh from "
        "item join item_text on item_text.id = item.id where kind = 1 order by 1",
        [&](const db::Statement& row) { lines.push_back(row.text(0)); });
    if (round == 0) first = lines;
    EXPECT_EQ(lines, first) << "round " << round;
    other.check_words();
  }
  EXPECT_EQ(first.size(), 2U);
}

TEST_F(WriterTest, nobody_can_put_other_words_into_what_i_sent) {
  const auto forged = letter("tout autre chose, et bien plus long").cc("paul@acme.example");
  const auto sent = index_.file("sent");
  put(letter("mes mots").sent(), {.file = sent});
  EXPECT_EQ(put(forged, {.file = index_.file("inbox")}), PutOutcome::known);
  EXPECT_EQ(text_of("m1@x"), "mes mots");
  index_.drop(sent);
  put(forged, {.file = index_.file("again")});
  EXPECT_EQ(put(letter("mes mots").sent(), {.file = index_.file("sent again")}), PutOutcome::replaced);
  EXPECT_EQ(text_of("m1@x"), "mes mots");
  index_.check_words();
}

TEST_F(WriterTest, sent_holds_as_long_as_a_copy_says_so) {
  const auto sent = index_.add(letter("court").sent());
  const auto other = index_.add(letter("bien plus long"));
  const auto flags = [&] { return count("select flags & 8 from item"); };
  EXPECT_EQ(flags(), 8);
  index_.drop(sent);
  EXPECT_EQ(flags(), 0);
  index_.drop(other);
  EXPECT_EQ(count("select count(*) from item"), 0);
}

TEST_F(WriterTest, a_changed_card_is_taken_anew_though_nothing_but_a_number_changed) {
  const auto with_phone = [](std::string_view phone) {
    return card("c")
        .title("Paul")
        .with(readers::Role::card, "Paul Roux <paul@acme.example>")
        .fact(FactKind::phone, phone);
  };
  const auto file = index_.add(with_phone("+33199999999"));
  const auto change = [&](std::string_view phone) {
    index_.writer.begin();
    const auto gone =
        index_.writer.replace_part(file, 0, [&] { index_.writer.put(with_phone(phone), {.file = file}); });
    index_.writer.commit();
    EXPECT_EQ(gone, 0U);
    return index_.store.db().first("select group_concat(value) from fact")->text(0);
  };
  EXPECT_EQ(change("+33100000000"), "+33100000000");
  EXPECT_EQ(change("+33177777777"), "+33177777777");
  EXPECT_EQ(count("select count(*) from item"), 1);
}

TEST_F(WriterTest, an_item_goes_with_its_last_place) {
  const auto a = index_.add(letter("mot"));
  const auto b = index_.add(letter("mot"));
  EXPECT_EQ(index_.drop(a), 0U);
  EXPECT_THAT(index_.find("mot"), ElementsAre("Devis"));
  EXPECT_EQ(index_.drop(b), 1U);
  EXPECT_THAT(index_.find("mot"), IsEmpty());
  for (const auto* table : {"item", "text", "link", "fact", "place", "person", "identity", "thread_ref", "subject"})
    EXPECT_EQ(index_.store.db().number("select count(*) from " + std::string(table) + " where 1"), 0) << table;
  index_.check_words();
}

TEST_F(WriterTest, when_the_best_copy_goes_the_others_are_read_again_and_the_item_stays_meanwhile) {
  const auto good = index_.add(letter("bien plus long"));
  const auto poor = index_.add(letter("court"));
  const auto id = index_.item("m1@x");
  EXPECT_EQ(index_.drop(good), 0U);
  EXPECT_THAT(index_.writer.take_to_reread(), ElementsAre(poor));
  EXPECT_EQ(mtime(poor), -1);
  EXPECT_EQ(text_of("m1@x"), "bien plus long");
  index_.writer.begin();
  index_.writer.replace_part(poor, 0, [&] { index_.writer.put(letter("court"), {.file = poor}); });
  index_.writer.commit();
  EXPECT_EQ(text_of("m1@x"), "court");
  EXPECT_EQ(index_.item("m1@x"), id);
  EXPECT_THAT(index_.writer.take_to_reread(), IsEmpty());
  index_.check_words();
}

TEST_F(WriterTest, what_a_part_no_longer_holds_goes) {
  const auto file = index_.file("a.ics");
  index_.writer.begin();
  index_.writer.put(event("e1").title("Un").occurs(noon("2026-01-02")), {.file = file, .sub = 0});
  index_.writer.put(event("e2").title("Deux").occurs(noon("2026-01-03")), {.file = file, .sub = 1});
  index_.writer.commit();
  index_.writer.begin();
  const auto gone = index_.writer.replace_part(file, 0, [&] {
    index_.writer.put(event("e2").title("Deux").occurs(noon("2026-01-03")), {.file = file, .sub = 0});
  });
  index_.writer.commit();
  EXPECT_EQ(gone, 1U);
  EXPECT_THAT(index_.find("kind:event"), ElementsAre("Deux"));
  index_.check_words();
}

TEST_F(WriterTest, a_batch_rolled_back_leaves_nothing) {
  index_.add(letter("avant"));
  index_.writer.begin();
  index_.writer.put(mail("m2@x").title("Perdu").from("Paul <paul@acme.example>").text("inoubliable"),
                    {.file = index_.file("lost")});
  index_.writer.roll_back();
  EXPECT_THAT(index_.find("inoubliable"), IsEmpty());
  EXPECT_EQ(index_.alias("paul@acme.example").value, 0);
  // What was in the caches is not taken for written.
  index_.add(mail("m3@x").title("Gardé").from("Paul <paul@acme.example>").text("inoubliables"));
  EXPECT_THAT(index_.find("inoubliable"), ElementsAre("Gardé"));
  EXPECT_NE(index_.alias("paul@acme.example").value, 0);
  index_.check_words();
}

TEST_F(WriterTest, words_stay_exact_after_any_sequence) {
  std::mt19937 random(11);
  const std::vector<std::string> words{"audit", "facture", "réunion", "l'été", "œuvre",
                                       "x",     "été",     "devis",   "🙂",  ""};
  std::vector<FileId> files;
  for (int step = 0; step < 150; ++step) {
    const auto before = files;
    index_.writer.begin();
    if (files.size() > 5 && random() % 3 == 0) {
      const auto at = random() % files.size();
      index_.writer.drop_file(files[at]);
      files.erase(files.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      auto item = mail(std::to_string(random() % 20)).at(noon("2026-01-01", step)).from("a@x.example");
      item.title(words[random() % words.size()]);
      for (auto n = random() % 4; n > 0; --n)
        item.text(words[random() % words.size()] + " " + words[random() % words.size()],
                  static_cast<readers::TextKind>(1 + random() % 4));
      if (random() % 3 == 0) item.file(words[random() % words.size()]);
      files.push_back(index_.file("s" + std::to_string(step)));
      index_.writer.put(item, {.file = files.back()});
    }
    if (random() % 10 == 0) {
      index_.writer.roll_back();
      files = before;
    } else {
      index_.writer.commit();
    }
    if (step % 10 == 0) index_.check_words();
  }
  index_.check_words();
  for (const auto file : files) index_.drop(file);
  index_.check_words();
  EXPECT_EQ(count("select count(*) from text"), 0);
}

TEST_F(WriterTest, date_pages_hold_every_date) {
  const auto gone = index_.add(mail("old").at("1980-05-05").from("a@x.example"));
  index_.add({mail("new").at("2026-05-05").from("a@x.example"), mail("none").undated().from("a@x.example"),
              mail("far").at("2200-01-01").from("a@x.example"), mail("before").at("1960-01-01").from("a@x.example")});
  const auto date = [&](std::string_view identifier) {
    return ItemDates(index_.store).of(index_.item(identifier).value);
  };
  EXPECT_EQ(date("old"), micros(noon("1980-05-05")) / 1'000'000);
  EXPECT_EQ(date("new"), micros(noon("2026-05-05")) / 1'000'000);
  EXPECT_EQ(date("none"), 0U);
  EXPECT_EQ(date("far"), 0xFFFFFFFFU);
  const auto id = index_.item("old");
  index_.drop(gone);
  EXPECT_EQ(ItemDates(index_.store).of(id.value), 0U);
}

TEST_F(WriterTest, stems_widen_words_in_both_languages) {
  index_.add(mail("1").from("a@x.example").text("les factures payées, the meetings were moved"));
  EXPECT_THAT(WordStems::related(index_.store, "facture"), ElementsAre("facture", "factures"));
  EXPECT_THAT(WordStems::related(index_.store, "meeting"), ElementsAre("meeting", "meetings"));
  EXPECT_THAT(WordStems::related(index_.store, "ab"), ElementsAre("ab"));
}

TEST_F(WriterTest, removing_a_source_keeps_what_another_holds) {
  const auto shared = letter("partage");
  index_.add(shared);
  index_.add(mail("only@x").title("Seul").from("b@x.example"));
  const auto second = index_.sources.add({.id = {}, .kind = "folder", .location = "/other"}, noon("2026-01-01"));
  const auto folder = index_.sources.folder(*second, "");
  put(shared, {.file = index_.sources.add_file(folder, {.id = {}, .name = "x", .size = 1, .mtime = 1})});
  const auto first = index_.sources.find("/mail");
  EXPECT_EQ(remove_source(index_.store, index_.writer, first->id), 1U);
  EXPECT_EQ(count("select count(*) from item"), 1);
  EXPECT_EQ(count("select count(*) from place"), 1);
  EXPECT_EQ(text_of("m1@x"), "partage");
  EXPECT_EQ(coverage(index_.store).sources, 1);
  index_.check_words();
}

}  // namespace
}  // namespace entregent::personal
