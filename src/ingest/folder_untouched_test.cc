// SPDX-License-Identifier: AGPL-3.0-or-later
// A source is never written to: no byte, no name, no time of it changes, and where nobody may write, all is read.
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "personal/coverage.h"
#include "tests/as_nobody.h"
#include "tests/indexed_folders.h"

namespace entregent::ingest {
namespace {

namespace fs = std::filesystem;
using tests::AsNobody;
using tests::in_mbox;
using tests::IndexedFolders;
using tests::letter;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view anne = "Anne Roux <anne@x.example>";

std::string numbered(int number) {
  return letter(std::to_string(number), "0" + std::to_string(number) + " Mar", jean, anne);
}

std::string emlx(const std::string& message) {
  return std::to_string(message.size()) + "\n" + message +
         "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>flags</key><integer>1</integer></dict></plist>\n";
}

/// One of everything that is read.
class EveryKind : public testing::Test {
 protected:
  void SetUp() override {
    disk_.write("Inbox", in_mbox(numbered(1)) + in_mbox(numbered(2)));
    disk_.make_maildir("list");
    disk_.write("list/cur/1001.a:2,S", numbered(3));
    disk_.write("list/new/1002.b", numbered(4));
    disk_.write("list/tmp/1003.c", "half of a");
    disk_.write("V10/AA/INBOX.mbox/BB/Data/Messages/12.emlx", emlx(numbered(5)));
    disk_.write("Clients.mbox/mbox", in_mbox(numbered(6)));
    disk_.write("Clients.mbox/table_of_contents", std::string("\0\0\0\1toc", 7));
    disk_.write("one.eml", numbered(7));
    disk_.write("cards.vcf",
                "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé Quillivic\r\nEMAIL:zoe@post.example\r\nEND:VCARD\r\n");
    disk_.write("dates.ics",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:e1\r\nSUMMARY:Point\r\n"
                "DTSTART:20260303T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    disk_.write("empty", "");
    disk_.let_time_pass();
    source_ = disk_.add_source(disk_.mail());
  }
  /// Of everything: what lstat tells but for the time of the last reading, and the bytes. No change escapes ctime.
  std::map<std::string, std::string> all() const {
    std::map<std::string, std::string> result;
    note(disk_.mail(), result);
    for (const auto& entry : fs::recursive_directory_iterator(disk_.mail())) note(entry.path(), result);
    return result;
  }
  static void note(const fs::path& path, std::map<std::string, std::string>& result) {
    struct stat info {};
    ASSERT_EQ(::lstat(path.c_str(), &info), 0) << path;
    std::ostringstream text;
    text << info.st_ino << ' ' << info.st_mode << ' ' << info.st_nlink << ' ' << info.st_uid << ' ' << info.st_size
         << ' ' << info.st_mtim.tv_sec << '.' << info.st_mtim.tv_nsec << ' ' << info.st_ctim.tv_sec << '.'
         << info.st_ctim.tv_nsec << '\n';
    if (S_ISREG(info.st_mode)) text << std::ifstream(path, std::ios::binary).rdbuf();
    result[path.string()] = text.str();
  }
  void set_modes(mode_t of_folders, mode_t of_files) const {
    std::vector<fs::path> paths{disk_.mail()};
    for (const auto& entry : fs::recursive_directory_iterator(disk_.mail())) paths.push_back(entry.path());
    for (const auto& path : paths) {
      const mode_t mode = fs::is_directory(path) ? of_folders : of_files;
      ASSERT_EQ(::chmod(path.c_str(), mode), 0) << path;
    }
  }

  static constexpr std::uint64_t items = 9;
  IndexedFolders disk_;
  personal::SourceId source_;
};

TEST_F(EveryKind, of_mail_is_as_it_was_after_each_run) {
  const auto before = all();
  EXPECT_EQ(disk_.run().total.added, items);
  EXPECT_EQ(all(), before);
  EXPECT_EQ(disk_.run().total.read, 0U);
  EXPECT_EQ(all(), before);
  personal::Sources(disk_.store).set_except(source_, {.folders = {"list"}});
  EXPECT_EQ(disk_.run().total.gone, 2U);
  EXPECT_EQ(all(), before) << "what leaves the index stays where it lies";
}

TEST_F(EveryKind, of_mail_is_read_where_nobody_may_write) {
  const AsNobody nobody(disk_.home());
  set_modes(0500, 0400);
  const auto before = all();
  ASSERT_FALSE(std::ofstream(disk_.mail() / "try")) << "the folder can be written to";
  const auto outcome = disk_.run();
  EXPECT_EQ(outcome.total.added, items);
  EXPECT_EQ(outcome.total.unreadable, 0U);
  EXPECT_EQ(personal::coverage(disk_.store).current, 1);
  EXPECT_EQ(disk_.run().total.read, 0U);
  EXPECT_EQ(all(), before);
  set_modes(0700, 0600);
}

TEST(AppleExport, is_a_folder_with_an_mbox_in_it) {
  IndexedFolders disk;
  disk.write("Clients.mbox/mbox", in_mbox(numbered(1)) + in_mbox(numbered(2)));
  disk.write("Clients.mbox/table_of_contents", std::string("\0\0\0\1toc", 7));
  disk.write("Sent Messages.mbox/mbox", in_mbox(numbered(3)));
  disk.write("Deleted Messages.mbox/mbox", in_mbox(numbered(4)));
  disk.write("Famille.mbox/mbox", in_mbox(numbered(5)));
  disk.add_source(disk.mail(), {.folders = {"Famille"}});
  const auto outcome = disk.run();
  EXPECT_EQ(disk.titles(), "Sujet 1, Sujet 2, Sujet 3");
  EXPECT_EQ(outcome.total.unreadable, 0U);
  EXPECT_THAT(outcome.total.skipped,
              testing::ElementsAre(testing::Pair("not_recognised", 1), testing::Pair("spam_or_trash", 1)));
  EXPECT_EQ(disk.store.db().number("select count(*) from item where flags & 8"), 1) << "what was sent is mine";
}

TEST(AppleExport, may_be_a_source_of_its_own) {
  IndexedFolders disk;
  disk.write("Clients.mbox/mbox", in_mbox(numbered(1)));
  disk.add_source(disk.mail() / "Clients.mbox");
  disk.run();
  EXPECT_EQ(disk.titles(), "Sujet 1");
}

}  // namespace
}  // namespace entregent::ingest
