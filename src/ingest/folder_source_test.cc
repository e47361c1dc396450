// SPDX-License-Identifier: AGPL-3.0-or-later
// Folders on a disk, read by real reader processes.
#include "ingest/folder_source.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "personal/coverage.h"
#include "personal/item.h"
#include "tests/as_nobody.h"
#include "tests/indexed_folders.h"
#include "tests/listing_hook.h"

namespace entregent::ingest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using tests::AsNobody;
using tests::in_mbox;
using tests::IndexedFolders;
using tests::letter;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view anne = "Anne Roux <anne@x.example>";

class FolderSourceTest : public testing::Test {
 protected:
  void maildir(std::string_view name) {
    disk_.make_maildir(name);
    for (int i = 1; i <= 3; ++i) {
      const auto number = std::to_string(i);
      disk_.write(std::string(name) + "/cur/100" + number + ".a:2,S",
                  letter(std::string(name) + number, "Mon, 0" + number + " Mar", jean, anne));
    }
  }
  IndexedFolders disk_;
};

TEST_F(FolderSourceTest, reads_a_maildir_and_then_nothing) {
  maildir("a");
  disk_.add_source(disk_.mail());
  const auto first = disk_.run();
  EXPECT_EQ(first.total.read, 3U);
  EXPECT_EQ(first.total.added, 3U);
  EXPECT_TRUE(first.sources.at(0).complete);
  const auto untrusted = disk_.run();
  EXPECT_EQ(untrusted.total.read, 0U);
  disk_.let_time_pass();
  disk_.run();
  std::uint64_t units = 1;
  const auto quiet = run(
      disk_.store, disk_.options(), [&](const Progress& progress) { units = progress.total_units; },
      [] { return false; });
  ASSERT_TRUE(quiet);
  EXPECT_EQ(quiet->total.read, 0U);
  EXPECT_EQ(units, 0U) << "an unchanged Maildir is not even listed";
}

TEST_F(FolderSourceTest, a_single_folder_is_listed_no_more_often_than_many) {
  disk_.write("a.eml", letter("1", "Mon, 02 Mar", jean, anne));
  disk_.add_source(disk_.mail());
  int listings = 0;
  const tests::ListingHook hook({.at_end = [&](const auto& folder) { listings += folder == disk_.mail() ? 1 : 0; }});
  disk_.run();
  EXPECT_EQ(listings, 3) << "what lies there, how much it is, and to read it";
}

TEST_F(FolderSourceTest, follows_what_happens_in_a_maildir) {
  maildir("a");
  disk_.make_maildir(".Archive");
  disk_.add_source(disk_.mail());
  disk_.run();
  const auto id = disk_.store.db().number("select id from item where title = 'Sujet a1'");
  disk_.move("a/cur/1001.a:2,S", ".Archive/cur/1001.a:2,RS");  // moved and answered
  disk_.move("a/cur/1002.a:2,S", "a/cur/1002.a:2,FS");
  disk_.remove("a/cur/1003.a:2,S");
  disk_.write("a/new/1004.b", letter("a4", "Thu, 05 Mar", jean, anne));
  const auto second = disk_.run();
  EXPECT_EQ(second.total.read, 2U);
  EXPECT_EQ(second.total.added, 1U);
  EXPECT_EQ(second.total.known, 1U);
  EXPECT_EQ(second.total.gone, 1U);
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a4");
  EXPECT_EQ(disk_.store.db().number("select id from item where title = 'Sujet a1'"), id);
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, what_a_maildir_is_being_given_is_no_mail_until_it_is_whole) {
  maildir("a");
  disk_.write("a/tmp/1004.b", letter("a4", "Thu, 05 Mar", jean, anne));
  disk_.add_source(disk_.mail());
  const auto first = disk_.run();
  EXPECT_EQ(first.total.read, 3U);
  EXPECT_TRUE(first.total.skipped.empty());
  disk_.move("a/tmp/1004.b", "a/new/1004.b");
  EXPECT_EQ(disk_.run().total.added, 1U);
}

TEST_F(FolderSourceTest, a_mail_that_is_opened_is_the_same_and_not_read_again) {
  disk_.make_maildir("a");
  disk_.write("a/new/1001.b", letter("a1", "Mon, 02 Mar", jean, anne));
  disk_.add_source(disk_.mail());
  disk_.run();
  const auto id = disk_.store.db().number("select id from item");
  disk_.move("a/new/1001.b", "a/cur/1001.b:2,S");
  const auto opened = disk_.run();
  EXPECT_EQ(opened.total.read, 0U);
  EXPECT_EQ(opened.total.gone, 0U);
  EXPECT_EQ(disk_.store.db().number("select id from item"), id);
  EXPECT_EQ(disk_.store.db().number("select count(*) from file where name = 'cur/1001.b:2,S'"), 1);
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, folders_within_a_maildir_are_read_by_their_names) {
  for (const auto* name : {"Mail", "Mail/.Clients.Nord", "Mail/.Sent", "Mail/.Trash"}) maildir(name);
  disk_.add_source(disk_.mail() / "Mail");
  const auto first = disk_.run();
  EXPECT_EQ(first.total.added, 9U);
  EXPECT_THAT(first.total.skipped, ElementsAre(Pair("spam_or_trash", 3)));
  auto& db = disk_.store.db();
  EXPECT_EQ(db.number("select count(*) from folder where path in ('', '.Clients.Nord', '.Sent', '.Trash')"), 4);
  EXPECT_EQ(db.number("select count(*) from item where flags & 8"), 3);
  EXPECT_EQ(db.number("select count(*) from item where flags & 8 and title like 'Sujet Mail/.Sent%'"), 3);
}

/// Five copies as five ways have left them, in a Maildir, an mbox and a file of its own.
void write_five_copies(IndexedFolders& disk, const std::string& mail) {
  std::string crlf;
  for (const char c : mail) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  disk.make_maildir("Mail");
  disk.make_maildir("Mail/.Archive");
  disk.make_maildir("Mail/.Sent");
  disk.write("Mail/new/1001.a", "Received: from b.example by a.example; Mon, 02 Mar 2026 10:00:05 +0000\n" + mail);
  disk.write("Mail/.Archive/cur/1002.a:2,RS", "Delivered-To: anne@x.example\n" + mail);
  disk.write("Mail/.Sent/cur/1003.a:2,S", mail);
  disk.write("Old/Inbox", in_mbox("X-Mozilla-Status: 0001\n" + mail));
  disk.write("saved/devis.eml", crlf);
}

TEST_F(FolderSourceTest, one_mail_in_five_folders_is_one_item_with_five_places) {
  const auto mail = letter("1", "Mon, 02 Mar", jean, anne);
  const auto id_begin = mail.find("Message-ID");
  auto nameless = mail;
  nameless.erase(id_begin, mail.find('\n', id_begin) + 1 - id_begin);
  for (const auto& each : {mail, nameless}) {
    IndexedFolders disk;
    write_five_copies(disk, each);
    disk.add_source(disk.mail());
    const auto first = disk.run();
    EXPECT_EQ(first.total.read, 5U);
    EXPECT_EQ(first.total.added, 1U) << each;
    ASSERT_EQ(disk.store.db().number("select count(*) from item"), 1) << each;
    const auto shown = personal::shown_item(disk.store, {disk.store.db().number("select id from item")});
    EXPECT_EQ(shown->places.size(), 5U);
    EXPECT_EQ(disk.store.db().number("select count(*) from item where flags & 8"), 1);
    for (const auto* gone : {"Mail/new/1001.a", "Mail/.Sent", "Old", "saved/devis.eml"}) {
      disk.remove(gone);
      EXPECT_EQ(disk.run().total.gone, 0U) << gone;
    }
    disk.expect_like_new();
    disk.remove("Mail/.Archive/cur/1002.a:2,RS");
    EXPECT_EQ(disk.run().total.gone, 1U);
  }
}

TEST_F(FolderSourceTest, two_mails_with_one_message_id_are_two_items) {
  disk_.write("1.eml", letter("same", "Mon, 02 Mar", jean, anne, "le premier"));
  disk_.write("2.eml", letter("same", "Tue, 03 Mar", jean, anne, "le second"));
  disk_.write("1 again.eml", letter("same", "Mon, 02 Mar", jean, anne, "le premier"));
  disk_.add_source(disk_.mail());
  EXPECT_EQ(disk_.run().total.added, 2U);
  EXPECT_EQ(disk_.titles(), "Sujet same, Sujet same");
}

TEST_F(FolderSourceTest, a_mail_marked_as_trash_or_draft_leaves_and_comes_back) {
  maildir("a");
  disk_.add_source(disk_.mail());
  disk_.run();
  disk_.move("a/cur/1001.a:2,S", "a/cur/1001.a:2,ST");
  disk_.move("a/cur/1002.a:2,S", "a/cur/1002.a:2,DS");
  const auto out = disk_.run();
  EXPECT_EQ(out.total.gone, 2U);
  EXPECT_THAT(out.total.skipped, ElementsAre(Pair("draft", 1), Pair("spam_or_trash", 1)));
  EXPECT_EQ(disk_.titles(), "Sujet a3");
  disk_.expect_like_new();
  disk_.move("a/cur/1001.a:2,ST", "a/cur/1001.a:2,S");
  EXPECT_EQ(disk_.run().total.added, 1U);
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a3");
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, a_folder_that_is_gone_takes_its_mail_along) {
  maildir("a");
  maildir("b/c");
  disk_.add_source(disk_.mail());
  disk_.run();
  disk_.remove("b");
  EXPECT_EQ(disk_.run().total.gone, 3U);
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a3");
  disk_.move("a", "renamed");
  const auto moved = disk_.run();
  EXPECT_EQ(moved.total.gone, 0U);
  EXPECT_EQ(moved.total.known, 3U);
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, a_source_that_is_away_loses_nothing) {
  maildir("a");
  disk_.add_source(disk_.mail());
  disk_.run();
  std::filesystem::rename(disk_.mail(), disk_.home() / "away");
  const auto away = disk_.run();
  ASSERT_TRUE(away.sources.at(0).error);
  EXPECT_EQ(away.sources.at(0).error->code, ErrorCode::unavailable);
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a3");
  EXPECT_EQ(personal::coverage(disk_.store).current, 0);
}

TEST_F(FolderSourceTest, an_empty_place_to_mount_a_disk_loses_nothing) {
  maildir("a");
  disk_.add_source(disk_.mail());
  disk_.run();
  std::filesystem::rename(disk_.mail(), disk_.home() / "away");
  std::filesystem::create_directory(disk_.mail());
  const auto away = disk_.run();
  ASSERT_TRUE(away.sources.at(0).error);
  EXPECT_EQ(away.sources.at(0).error->code, ErrorCode::unavailable);
  EXPECT_THAT(away.sources.at(0).error->message, HasSubstr("mounted"));
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a3");
  std::filesystem::remove(disk_.mail());
  std::filesystem::rename(disk_.home() / "away", disk_.mail());
  const auto back = disk_.run();
  EXPECT_TRUE(back.sources.at(0).complete);
  EXPECT_EQ(back.total.read, 0U);
}

TEST_F(FolderSourceTest, an_emptied_maildir_is_empty) {
  maildir("a");
  disk_.add_source(disk_.mail() / "a");
  disk_.run();
  for (int i = 1; i <= 3; ++i) disk_.remove("a/cur/100" + std::to_string(i) + ".a:2,S");
  EXPECT_EQ(disk_.run().total.gone, 3U);
  EXPECT_EQ(disk_.titles(), "");
}

TEST_F(FolderSourceTest, a_listing_that_breaks_off_costs_no_mail_and_is_told) {
  maildir("a");
  maildir("b");
  disk_.add_source(disk_.mail());
  disk_.run();
  disk_.remove("b/cur/1001.a:2,S");
  {
    const tests::ListingHook hook(
        {.before_entry = [&](const auto& folder) { return folder == disk_.mail() / "a/cur" ? EIO : 0; }});
    const auto broken = disk_.run();
    EXPECT_TRUE(broken.sources.at(0).complete);
    EXPECT_EQ(broken.total.gone, 1U);
    EXPECT_THAT(broken.total.unreadable_why, ElementsAre(Pair("folder_unreadable", 1)));
  }
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet b2, Sujet a3, Sujet b3");
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 1);
  EXPECT_EQ(disk_.run().total.gone, 0U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, spam_trash_and_drafts_stay_out_by_their_folder) {
  for (const auto* name : {"a", "Spam", ".Corbeille", "Brouillons", "Envoyés"}) maildir(name);
  disk_.add_source(disk_.mail());
  const auto first = disk_.run();
  EXPECT_EQ(first.total.added, 6U);
  EXPECT_THAT(first.total.skipped, ElementsAre(Pair("draft", 3), Pair("spam_or_trash", 6)));
  EXPECT_EQ(disk_.store.db().number("select count(*) from item where flags & 8"), 3);
}

TEST_F(FolderSourceTest, what_is_excepted_stays_out_now_and_later) {
  maildir("a");
  maildir("Privé/Famille");
  disk_.write("a/cur/2001.x", letter("x1", "Tue, 10 Mar", "Bank <x@bank.example>", anne));
  disk_.write("a/cur/2002.x", letter("x2", "Wed, 11 Mar", anne, "advice@mail.bank.example"));
  disk_.write("a/cur/2003.x", letter("x3", "Thu, 12 Mar", anne, "secret@post.example"));
  disk_.write("a/cur/2004.x", letter("x4", "Fri, 13 Mar", anne, "secret@post.example, jean@acme.example"));
  const personal::Except except{
      .folders = {"Privé"}, .addresses = {"secret@post.example"}, .domains = {"bank.example"}};
  const auto source = disk_.add_source(disk_.mail(), except);
  const auto first = disk_.run();
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a3, Sujet x4");
  EXPECT_THAT(first.total.skipped, ElementsAre(Pair("excepted", 3)));
  personal::Sources(disk_.store).set_except(source, {});
  disk_.run();
  EXPECT_THAT(disk_.titles(), HasSubstr("Sujet x3"));
  EXPECT_THAT(disk_.titles(), HasSubstr("Famille1"));
  disk_.expect_like_new();
  personal::Sources(disk_.store).set_except(source, except);
  disk_.run();
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a3, Sujet x4");
  disk_.expect_like_new();
}

std::string cards(std::string_view phone, bool second = true) {
  std::string text =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:Jean Dupont\r\nEMAIL:jean@acme.example\r\nTEL:" + std::string(phone) +
      "\r\nEND:VCARD\r\n";
  if (second)
    text += "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u2\r\nFN:Zoé Quillivic\r\nEMAIL:zoe@post.example\r\nEND:VCARD\r\n";
  return text;
}

std::string calendar(std::string_view title, std::string_view start) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//"
         "EN\r\nBEGIN:VEVENT\r\nUID:e1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:" +
         std::string(title) + "\r\nDTSTART:" + std::string(start) +
         "\r\nORGANIZER;CN=Jean Dupont:mailto:jean@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

TEST_F(FolderSourceTest, changed_cards_and_calendars_are_read_anew) {
  disk_.write("me.vcf", cards("+33 1 00 00 00 01"));
  disk_.write("me.ics", calendar("Point", "20260303T100000Z"));
  disk_.add_source(disk_.mail());
  EXPECT_EQ(disk_.run().total.added, 3U);
  EXPECT_EQ(disk_.run().total.read, 0U);
  disk_.write("me.vcf", cards("+33 1 00 00 00 022", false));
  disk_.write("me.ics", calendar("Pt", "20260404T100000Z"));
  const auto second = disk_.run();
  EXPECT_EQ(second.total.changed, 2U);
  EXPECT_EQ(second.total.gone, 1U);
  EXPECT_EQ(disk_.store.db().number("select count(*) from fact where kind = 1"), 1);
  EXPECT_EQ(disk_.titles(), "Jean Dupont, Pt");
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, the_best_copy_wherever_it_lies) {
  const auto shorter = letter("same", "Mon, 02 Mar", jean, anne, "Bonjour");
  const auto longer = letter("same", "Mon, 02 Mar", jean, anne, "Bonjour, avec le pied de page de la liste");
  disk_.write("first/a.eml", shorter);
  disk_.write("second/b.eml", longer);
  disk_.write("second/notes.log", "Not mail, but a sign that the disk is there.");
  disk_.add_source(disk_.mail() / "first");
  disk_.add_source(disk_.mail() / "second");
  disk_.run();
  EXPECT_EQ(disk_.store.db().number("select count(*) from item"), 1);
  disk_.expect_like_new();
  // The better copy goes, from a source that is looked at after the other: the other is read again in the same run.
  disk_.remove("second/b.eml");
  const auto second = disk_.run();
  EXPECT_EQ(second.total.gone, 0U);
  EXPECT_EQ(second.total.changed, 1U);
  disk_.expect_like_new();
  EXPECT_EQ(disk_.run().total.read, 0U);
}

TEST_F(FolderSourceTest, a_file_whose_reader_dies_costs_itself_only) {
  disk_.reader_program = ENTREGENT_ATTACKS;
  disk_.write("good.eml", letter("1", "Mon, 02 Mar", jean, anne));
  disk_.write("bad.eml", "!attack segv\n");
  disk_.add_source(disk_.mail());
  const auto outcome = disk_.run();
  EXPECT_EQ(outcome.total.added, 1U);
  EXPECT_THAT(outcome.total.unreadable_why, ElementsAre(Pair("crashed", 1)));
  EXPECT_TRUE(outcome.sources.at(0).complete);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 1);
  EXPECT_EQ(disk_.run().total.unreadable, 0U) << "not tried again while it is the same";
  // Mended, it is read.
  disk_.reader_program = ENTREGENT_BUILD_DIR "/entregent-read";
  disk_.write("bad.eml", letter("2", "Tue, 03 Mar", jean, anne));
  EXPECT_EQ(disk_.run().total.added, 1U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
}

TEST_F(FolderSourceTest, a_fault_of_the_disk_costs_nothing_and_is_tried_again) {
  disk_.write("plain/1.eml", letter("1", "Mon, 02 Mar", jean, anne));
  disk_.make_maildir("m");
  disk_.write("m/cur/1001.a", letter("2", "Tue, 03 Mar", jean, anne, "!disk fault"));
  disk_.add_source(disk_.mail());
  disk_.run();
  EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  // Changed on one side, to be read again on the other.
  disk_.write("plain/1.eml", letter("1", "Mon, 02 Mar", jean, anne, "!disk fault"));
  disk_.store.db().run("update file set mtime = -1");
  disk_.store.db().run("update folder set stamp = null");
  disk_.reader_program = ENTREGENT_ATTACKS;
  for (int again = 0; again < 2; ++again) {
    disk_.let_time_pass();
    const auto broken = disk_.run();
    EXPECT_EQ(broken.total.gone, 0U);
    EXPECT_THAT(broken.total.unreadable_why, ElementsAre(Pair("unreadable", 2)));
    EXPECT_EQ(personal::coverage(disk_.store).unreadable, 2);
    EXPECT_EQ(disk_.titles(), "Sujet 1, Sujet 2");
  }
  disk_.reader_program = ENTREGENT_BUILD_DIR "/entregent-read";
  EXPECT_EQ(disk_.run().total.read, 2U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
  disk_.expect_like_new();
  EXPECT_EQ(disk_.run().total.read, 0U);
}

TEST_F(FolderSourceTest, a_fifo_or_a_link_is_no_mail) {
  maildir("a");
  ASSERT_EQ(::mkfifo((disk_.mail() / "a/cur/3001.fifo").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((disk_.mail() / "plain.fifo").c_str(), 0600), 0);
  std::filesystem::create_symlink("/etc/passwd", disk_.mail() / "a/cur/3002.link");
  std::filesystem::create_directory_symlink(disk_.mail() / "a", disk_.mail() / "round");
  disk_.add_source(disk_.mail());
  const auto outcome = disk_.run();
  EXPECT_EQ(outcome.total.added, 3U);
  EXPECT_THAT(outcome.total.unreadable_why, ElementsAre(Pair("unreadable", 2)));
}

TEST_F(FolderSourceTest, what_is_forbidden_stays_and_is_tried_again) {
  maildir("a");
  maildir("closed/below");
  disk_.write("locked.eml", letter("l", "Mon, 09 Mar", jean, anne));
  disk_.add_source(disk_.mail());
  disk_.let_time_pass();
  disk_.run();
  const auto before = disk_.answers();
  disk_.write("a/cur/1009.new", letter("a9", "Tue, 10 Mar", jean, anne));
  const AsNobody nobody(disk_.home());
  ASSERT_EQ(::chmod((disk_.mail() / "a/cur/1009.new").c_str(), 0), 0);
  ASSERT_EQ(::chmod((disk_.mail() / "closed").c_str(), 0), 0);
  const auto second = disk_.run();
  EXPECT_EQ(second.total.gone, 0U);
  EXPECT_THAT(second.total.unreadable_why, ElementsAre(Pair("folder_unreadable", 1), Pair("unreadable", 1)));
  EXPECT_THAT(disk_.titles(), HasSubstr("Sujet closed/below1"));
  ASSERT_EQ(::chmod((disk_.mail() / "a/cur/1009.new").c_str(), 0600), 0);
  ASSERT_EQ(::chmod((disk_.mail() / "closed").c_str(), 0700), 0);
  const auto third = disk_.run();
  EXPECT_EQ(third.total.added, 1U);
  EXPECT_EQ(third.total.read, 1U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
}

TEST_F(FolderSourceTest, folders_that_may_be_listed_but_not_entered_keep_their_mail) {
  maildir("a");
  maildir("b");
  disk_.write("plain/p.eml", letter("p", "Mon, 09 Mar", jean, anne));
  disk_.add_source(disk_.mail());
  disk_.run();
  const auto before = disk_.titles();
  const AsNobody nobody(disk_.home());
  const auto set_mode = [&](const char* folder, mode_t mode) {
    ASSERT_EQ(::chmod((disk_.mail() / folder).c_str(), mode), 0) << folder;
  };
  set_mode("a", 0644);
  set_mode("b/new", 0);
  set_mode("plain", 0644);
  disk_.remove("b/cur/1001.a:2,S");  // so that it is looked into
  const auto second = disk_.run();
  EXPECT_EQ(second.total.gone, 0U);
  EXPECT_THAT(second.total.unreadable_why, ElementsAre(Pair("folder_unreadable", 3)));
  EXPECT_EQ(disk_.titles(), before);
  const auto coverage = personal::coverage(disk_.store);
  EXPECT_EQ(coverage.unreadable, 3);
  EXPECT_EQ(coverage.folders_unreadable, 3);
  const auto status = personal::source_status(disk_.store).at(0);
  ASSERT_EQ(status.problems.size(), 1U);
  EXPECT_EQ(status.problems[0].code, "folder_unreadable");
  EXPECT_EQ(status.problems[0].examples.at(0).where, "a");
  EXPECT_EQ(status.problems[0].examples.at(0).detail, "its permissions do not allow it");
  EXPECT_EQ(status.files, 7);
  for (const char* folder : {"a", "b/new", "plain"}) set_mode(folder, 0700);
  EXPECT_EQ(disk_.run().total.gone, 1U);
  EXPECT_EQ(personal::coverage(disk_.store).unreadable, 0);
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, a_source_that_may_be_listed_but_not_entered_loses_nothing) {
  maildir("a");
  disk_.add_source(disk_.mail());
  disk_.run();
  const AsNobody nobody(disk_.home());
  ASSERT_EQ(::chmod(disk_.mail().c_str(), 0644), 0);
  const auto closed = disk_.run();
  ASSERT_TRUE(closed.sources.at(0).error);
  EXPECT_EQ(closed.sources.at(0).error->code, ErrorCode::unavailable);
  EXPECT_EQ(disk_.titles(), "Sujet a1, Sujet a2, Sujet a3");
  ASSERT_EQ(::chmod(disk_.mail().c_str(), 0700), 0);
}

TEST_F(FolderSourceTest, an_unreadable_folder_that_is_excepted_goes_and_is_no_problem) {
  maildir("a");
  maildir("b");
  const auto source = disk_.add_source(disk_.mail());
  disk_.run();
  const AsNobody nobody(disk_.home());
  ASSERT_EQ(::chmod((disk_.mail() / "b").c_str(), 0), 0);
  personal::Sources(disk_.store).set_except(source, {.folders = {"b"}});
  const auto outcome = disk_.run();
  EXPECT_EQ(outcome.total.gone, 3U);
  EXPECT_EQ(outcome.total.unreadable, 0U);
  ASSERT_EQ(::chmod((disk_.mail() / "b").c_str(), 0700), 0);
}

TEST_F(FolderSourceTest, the_newer_half_first_then_the_older_is_as_both_at_once) {
  const std::vector<std::string_view> who{jean, "DUPONT Jean <jean@acme.example>", "J. Dupont <jd@post.example>",
                                          "Zoé Quillivic <zoe@post.example>", "zoe@post.example"};
  const auto all = [&](int number) {
    const auto from = who[static_cast<std::size_t>(number) % who.size()];
    const bool mine = number % 3 == 0;
    const std::string id = "n" + std::to_string(number);
    std::string extra = number % 4 == 1 ? "In-Reply-To: <n" + std::to_string(number - 1) + "@x.example>\n" : "";
    if (number % 5 == 0) extra += "Cc: Yann Kermarrec <yann@post.example>\n";
    std::string day = std::to_string(1 + number / 2);
    return letter(id, day + " Jan", mine ? anne : from, mine ? from : anne, "Zoé Quillivic et le point " + id, extra);
  };
  disk_.make_maildir("m");
  disk_.make_maildir("Sent");
  const auto put = [&](int from, int to) {
    for (int i = from; i < to; ++i)
      disk_.write((i % 3 == 0 ? "Sent/cur/" : "m/cur/") + std::to_string(9000 - i), all(i));
  };
  disk_.add_source(disk_.mail());
  put(30, 60);
  disk_.run();
  put(0, 30);
  disk_.run();
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, a_run_that_is_stopped_goes_on_where_it_was) {
  for (int folder = 0; folder < 4; ++folder) {
    const auto name = "f" + std::to_string(folder);
    disk_.make_maildir(name);
    for (int i = 0; i < 40; ++i)
      disk_.write(name + "/cur/" + std::to_string(1000 + i),
                  letter(name + "." + std::to_string(i), "Mon, 02 Mar", jean, anne));
  }
  disk_.add_source(disk_.mail());
  int asked = 0;
  std::uint64_t read = 0;
  for (int stop_at = 5; stop_at < 2000; stop_at += stop_at) {
    asked = 0;
    const auto outcome = disk_.run([&] { return ++asked > stop_at; });
    read += outcome.total.read;
    EXPECT_EQ(outcome.stopped, !outcome.sources.empty() && !outcome.sources.at(0).complete);
  }
  const auto last = disk_.run();
  EXPECT_TRUE(last.sources.at(0).complete);
  EXPECT_EQ(read + last.total.read, 160U) << "nothing is read twice";
  disk_.expect_like_new();
}

TEST_F(FolderSourceTest, one_run_at_a_time) {
  disk_.add_source(disk_.mail());
  disk_.write("a.eml", letter("1", "Mon, 02 Mar", jean, anne));
  bool tried = false;
  disk_.run([&] {
    if (!std::exchange(tried, true)) {
      personal::Store second(disk_.database());
      const auto refused = run(second, disk_.options(), {}, [] { return false; });
      EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    }
    return false;
  });
  EXPECT_TRUE(tried);
}

}  // namespace
}  // namespace entregent::ingest
