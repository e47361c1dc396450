// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/walk.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "ingest/folder_names.h"
#include "tests/listing_hook.h"
#include "tests/temporary_folder.h"

namespace entregent::ingest {
namespace {

TEST(Maildir, names_are_taken_apart) {
  EXPECT_EQ(maildir_base("cur/1001.a:2,RS"), "1001.a");
  EXPECT_EQ(maildir_base("new/1001.a"), "1001.a");
  EXPECT_EQ(maildir_base("cur/1001.a!2,S"), "1001.a");
  EXPECT_EQ(maildir_flags("cur/1001.a:2,RS"), "RS");
  EXPECT_EQ(maildir_flags("cur/1001.a;2,"), "");
  EXPECT_EQ(maildir_flags("new/1001.a"), "");
  EXPECT_EQ(maildir_base("cur/12,34"), "12,34");
}

class ListedMaildir : public testing::Test {
 protected:
  ListedMaildir() {
    for (const char* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(folder() / part);
  }
  std::filesystem::path folder() const { return disk_.path() / "a"; }
  void put(const std::string& name) const { std::ofstream(folder() / name) << "mail"; }
  std::string names() const {
    const auto files = files_of({.path = folder(), .name = "a", .maildir = true, .holds_files = true, .stamp = {}});
    if (!files) return files.error().detail;
    std::string all;
    for (const auto& file : *files) all += (all.empty() ? "" : " ") + file.name;
    return all;
  }

 private:
  tests::TemporaryFolder disk_;
};

TEST_F(ListedMaildir, has_mail_that_moves_to_cur_meanwhile_once) {
  put("new/1001.a");
  put("new/1002.b");
  put("cur/1003.c:2,S");
  int listings = 0;
  const tests::ListingHook hook({.at_end = [&](const auto&) {
    if (++listings == 1) std::filesystem::rename(folder() / "new/1001.a", folder() / "cur/1001.a:2,S");
  }});
  EXPECT_EQ(names(), "cur/1001.a:2,S new/1002.b cur/1003.c:2,S");
  EXPECT_EQ(listings, 2);
}

TEST_F(ListedMaildir, is_not_known_by_the_half_of_it) {
  put("cur/1001.a:2,S");
  int entries = 0;
  const tests::ListingHook hook(
      {.before_entry = [&](const auto& path) { return path.filename() == "cur" && ++entries > 2 ? EIO : 0; }});
  EXPECT_EQ(names(), "Input/output error");
}

TEST_F(ListedMaildir, is_left_alone_where_its_listing_breaks_off) {
  std::filesystem::create_directories(folder() / ".below");
  const tests::ListingHook hook({.before_entry = [&](const auto& path) { return path == folder() ? ESTALE : 0; }});
  const auto found = walk(folder().parent_path());
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems.front().name, "a");
}

struct NamedCase {
  std::string_view name, folder;
  std::vector<std::string_view> files;  ///< below the source
  bool is_mail = true;
};
class FolderNamedLikeAProgram : public testing::TestWithParam<NamedCase> {};
TEST_P(FolderNamedLikeAProgram, is_passed_over_only_if_it_is_one) {
  const tests::TemporaryFolder disk;
  const auto& [name, folder, files, is_mail] = GetParam();
  for (const auto file : files) {
    std::filesystem::create_directories((disk.path() / file).parent_path());
    std::ofstream(disk.path() / file) << "some bytes";
  }
  std::vector<std::string> found;
  for (const auto& each : walk(disk.path()).folders) found.push_back(each.name);
  EXPECT_EQ(std::ranges::find(found, folder) != found.end(), is_mail);
}
INSTANTIATE_TEST_SUITE_P(
    table, FolderNamedLikeAProgram,
    testing::Values(
        NamedCase{"list_in_a_maildir", "lists/xapian", {"lists/xapian/cur/1", "lists/xapian/new/2"}},
        NamedCase{"list_in_mh", "xapian", {"xapian/1", "xapian/2", "xapian/.mh_sequences"}},
        NamedCase{"list_in_thunderbird", "lists.sbd/xapian", {"lists.sbd/xapian/users"}},
        NamedCase{"list_of_node", "node_modules", {"node_modules/2026"}},
        NamedCase{
            "maildir_beside_a_package", "node_modules", {"package.json", "node_modules/cur/1", "node_modules/new/2"}},
        NamedCase{"maildir_plus_git", ".git", {".git/cur/1", ".git/new/2"}},
        NamedCase{"maildir_plus_notmuch", ".notmuch", {".notmuch/cur/1", ".notmuch/new/2"}},
        NamedCase{"maildir_plus_mu", ".mu", {".mu/cur/1", ".mu/new/2"}},
        NamedCase{"index_of_notmuch", ".notmuch", {".notmuch/xapian/iamglass"}, false},
        NamedCase{"index_of_notmuch_elsewhere", "default/xapian", {"default/xapian/iamglass"}, false},
        NamedCase{"index_of_mu", ".mu", {".mu/xapian/flintlock"}, false},
        NamedCase{"repository", ".git", {".git/HEAD", ".git/refs/heads/main"}, false},
        NamedCase{"subversion", ".svn", {".svn/wc.db"}, false}, NamedCase{"mercurial", ".hg", {".hg/requires"}, false},
        NamedCase{"packages", "node_modules", {"node_modules/.package-lock.json"}, false},
        NamedCase{"packages_of_a_project", "node_modules", {"package.json", "node_modules/a/package.json"}, false},
        NamedCase{"for_a_search", "Inbox.mozmsgs", {"Inbox.mozmsgs/1.wdseml"}, false}),
    [](const auto& test) { return std::string(test.param.name); });

struct UseCase {
  std::string_view name, path;
  FolderUse use;
};
class UseOfFolder : public testing::TestWithParam<UseCase> {};
TEST_P(UseOfFolder, is_known_by_its_name) {
  EXPECT_EQ(folder_use(GetParam().path), GetParam().use);
}
INSTANTIATE_TEST_SUITE_P(
    table, UseOfFolder,
    testing::Values(UseCase{"none", "", FolderUse::other}, UseCase{"inbox", "INBOX", FolderUse::other},
                    UseCase{"sent", "Sent", FolderUse::sent}, UseCase{"french", "Éléments envoyés", FolderUse::sent},
                    UseCase{"maildir_plus", ".Sent.2024", FolderUse::sent},
                    UseCase{"below_trash", "Corbeille/Clients", FolderUse::trash},
                    UseCase{"sent_in_trash", ".Trash.Sent", FolderUse::trash},
                    UseCase{"mbox", "sent-mail.mbox", FolderUse::sent},
                    UseCase{"thunderbird", "Mail/Local Folders/Trash.sbd/Old", FolderUse::trash},
                    UseCase{"drafts", "Brouillons", FolderUse::drafts}, UseCase{"spam", "Junk E-mail", FolderUse::junk},
                    UseCase{"part_of_a_name", "Sentinelle", FolderUse::other}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace entregent::ingest
