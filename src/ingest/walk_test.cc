// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/walk.h"

#include <gtest/gtest.h>

#include "ingest/folder_names.h"

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
