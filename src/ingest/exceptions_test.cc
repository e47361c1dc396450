// SPDX-License-Identifier: AGPL-3.0-or-later
// What the owner leaves out by the name of a folder, where a folder is an mbox or a label.
#include <gmock/gmock.h>

#include "ingest/admission.h"
#include "tests/indexed_folders.h"

namespace entregent::ingest {
namespace {

using testing::ElementsAre;
using testing::Pair;
using tests::in_mbox;
using tests::IndexedFolders;
using tests::letter;

constexpr std::string_view jean = "Jean Dupont <jean@acme.example>";
constexpr std::string_view anne = "Anne Roux <anne@x.example>";

std::string numbered(int number, std::string_view labels = {}) {
  const std::string extra = labels.empty() ? "" : "X-Gmail-Labels: " + std::string(labels) + "\n";
  return letter(std::to_string(number), "0" + std::to_string(number) + " Mar", jean, anne, "Bonjour", extra);
}

TEST(Exceptions, of_a_folder_leave_out_what_bears_its_label) {
  IndexedFolders disk;
  disk.write("takeout/All mail Including Spam and Trash.mbox",
             in_mbox(numbered(1, "=?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception?=,Important")) +
                 in_mbox(numbered(2, "=?UTF-8?Q?Priv=C3=A9?=")) +
                 in_mbox(numbered(3, "Inbox,=?UTF-8?Q?Priv=C3=A9/Famille?=,Clients")) +
                 in_mbox(numbered(4, "=?UTF-8?Q?Priv=C3=A9e?=,Prive.2")) + in_mbox(numbered(5)));
  const auto source = disk.add_source(disk.mail() / "takeout", {.folders = {"Privé"}});
  EXPECT_THAT(disk.run().total.skipped, ElementsAre(Pair("excepted", 2)));
  EXPECT_EQ(disk.titles(), "Sujet 1, Sujet 4, Sujet 5");
  personal::Sources(disk.store).set_except(source, {});
  disk.run();
  EXPECT_EQ(disk.titles(), "Sujet 1, Sujet 2, Sujet 3, Sujet 4, Sujet 5");
  personal::Sources(disk.store).set_except(source, {.folders = {"clients"}});
  EXPECT_EQ(disk.run().total.gone, 1U);
  EXPECT_EQ(disk.titles(), "Sujet 1, Sujet 2, Sujet 4, Sujet 5");
}

TEST(Exceptions, of_a_source_leave_what_lies_in_another_one) {
  IndexedFolders disk;
  disk.write("takeout/all.mbox", in_mbox(numbered(1, "Prive")) + in_mbox(numbered(2, "Prive")));
  disk.write("copies/2.eml", numbered(2));
  disk.add_source(disk.mail() / "takeout", {.folders = {"Privé"}});
  disk.add_source(disk.mail() / "copies");
  disk.run();
  EXPECT_EQ(disk.titles(), "Sujet 2");
}

TEST(Exceptions, of_a_folder_leave_out_the_mbox_that_it_is) {
  IndexedFolders disk;
  disk.write("Local Folders/Inbox", in_mbox(numbered(1)));
  disk.write("Local Folders/Privé", in_mbox(numbered(2)));
  disk.write("Local Folders/Privé.sbd/Famille", in_mbox(numbered(3)));
  disk.write("Local Folders/Privés", in_mbox(numbered(4)));
  disk.write("Clients.mbox", in_mbox(numbered(5)));
  disk.write("Clients.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé Quillivic\r\nEND:VCARD\r\n");
  const auto source = disk.add_source(disk.mail());
  disk.run();
  EXPECT_EQ(disk.titles(), "Zoé Quillivic, Sujet 1, Sujet 2, Sujet 3, Sujet 4, Sujet 5");
  personal::Sources(disk.store).set_except(source, {.folders = {"Local Folders/Privé", "clients"}});
  EXPECT_EQ(disk.run().total.gone, 3U);
  EXPECT_EQ(disk.titles(), "Zoé Quillivic, Sujet 1, Sujet 4");
}

TEST(Exceptions, know_labels_by_what_folders_are_called) {
  const personal::Except except{.folders = {"INBOX", "Clients/Nord"}};
  for (const char* label : {"\\Inbox", "inbox", "Clients/Nord", "clients/nord/2026"})
    EXPECT_TRUE(is_excepted_label(label, except)) << label;
  for (const char* label : {"", "\\", "Clients", "Clients/Nord-Est", "Clients/Nord.2026", "Inbox2"})
    EXPECT_FALSE(is_excepted_label(label, except)) << label;
}

}  // namespace
}  // namespace entregent::ingest
