// SPDX-License-Identifier: AGPL-3.0-or-later
// Invented homes, laid out as each program does it.
#include "ingest/discover.h"

#include <fstream>

#include <gmock/gmock.h>

#include "ingest/muttrc.h"
#include "tests/temporary_folder.h"

namespace entregent::ingest {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class Home {
 public:
  Home() { fs::create_directories(path()); }
  /// As discover_sources gives it, where /tmp is a link too.
  fs::path path() const { return fs::canonical(disk_.path()) / "home"; }
  /// `@home` stands for the home.
  void write(const std::string& name, std::string text = "some mail") const {
    for (auto at = text.find("@home"); at != std::string::npos; at = text.find("@home"))
      text.replace(at, 5, path().string());
    const auto file = path() / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  void folder(const std::string& name) const { fs::create_directories(path() / name); }
  /// `program: path`, below the home.
  std::vector<std::string> found() const {
    std::vector<std::string> lines;
    for (const auto& each : discover_sources(path()))
      lines.push_back(each.program + ": " + each.path.lexically_relative(path()).string());
    return lines;
  }

 private:
  tests::TemporaryFolder disk_;
};

struct HomeFile {
  std::string name;
  std::string text = "some mail";
};
struct HomeCase {
  std::string_view name;
  std::vector<HomeFile> files;
  std::vector<std::string> found;
};
class InventedHome : public testing::TestWithParam<HomeCase> {};
TEST_P(InventedHome, shows_its_mail) {
  const Home home;
  for (const auto& file : GetParam().files) home.write(file.name, file.text);
  EXPECT_EQ(home.found(), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    thunderbird, InventedHome,
    testing::Values(
        HomeCase{"own",
                 {{".thunderbird/x1.default/Mail/Local Folders/Archives"},
                  {".thunderbird/x1.default/ImapMail/imap.post.example/INBOX"},
                  {".thunderbird/x1.default/prefs.js"}},
                 {"Thunderbird: .thunderbird/x1.default/Mail", "Thunderbird: .thunderbird/x1.default/ImapMail"}},
        HomeCase{"snap",
                 {{"snap/thunderbird/common/.thunderbird/x/Mail/Local Folders/Sent"}},
                 {"Thunderbird: snap/thunderbird/common/.thunderbird/x/Mail"}},
        HomeCase{"flatpak",
                 {{".var/app/org.mozilla.Thunderbird/.thunderbird/x/Mail/Local Folders/Sent"},
                  {".var/app/net.thunderbird.Thunderbird/.thunderbird/y/Mail/Local Folders/Sent"}},
                 {"Thunderbird: .var/app/net.thunderbird.Thunderbird/.thunderbird/y/Mail",
                  "Thunderbird: .var/app/org.mozilla.Thunderbird/.thunderbird/x/Mail"}},
        HomeCase{"on_a_mac",
                 {{"Library/Thunderbird/profiles.ini", "[Profile0]\nIsRelative=1\nPath=Profiles/x.default\n"},
                  {"Library/Thunderbird/Profiles/x.default/Mail/Local Folders/Sent"}},
                 {"Thunderbird: Library/Thunderbird/Profiles/x.default/Mail"}},
        HomeCase{"on_windows",
                 {{"AppData/Roaming/Thunderbird/Profiles/x/ImapMail/imap.post.example/INBOX"}},
                 {"Thunderbird: AppData/Roaming/Thunderbird/Profiles/x/ImapMail"}},
        HomeCase{"elsewhere",
                 {{".thunderbird/profiles.ini",
                   "[Profile1]\r\nName=work\r\nPath=@home/data/work\r\nIsRelative=0\r\n\r\n"
                   "[Profile0]\r\nName=home\r\nIsRelative=1\r\nPath=deep/er/x.home\r\nDefault=1\r\n"},
                  {"data/work/Mail/Local Folders/Sent"},
                  {".thunderbird/deep/er/x.home/Mail/Local Folders/Sent"}},
                 {"Thunderbird: data/work/Mail", "Thunderbird: .thunderbird/deep/er/x.home/Mail"}},
        HomeCase{"named_and_there_is_one",
                 {{".thunderbird/profiles.ini", "[Profile0]\nIsRelative=1\nPath=x.default\n"},
                  {".thunderbird/x.default/Mail/Local Folders/Sent"}},
                 {"Thunderbird: .thunderbird/x.default/Mail"}},
        HomeCase{"moved_out_of_its_profile",
                 {{".thunderbird/x/Mail/Local Folders/Sent"},
                  {".thunderbird/x/prefs.js",
                   "user_pref(\"mail.server.server1.directory\", \"/nowhere/at/all\");\n"
                   "user_pref(\"mail.server.server2.directory-rel\", \"@home/wrong\");\n"
                   "user_pref(\"mail.server.server2.directory\", \"@home/data/pop\");\n"},
                  {".thunderbird/y/prefs.js",
                   "// user_pref(\"mail.server.server3.directory\", \"@home/wrong\");\r\n"
                   "user_pref(\"mail.server.server3.directory\", \"\");\r\n"
                   "user_pref(\"mail.server.server4.directory\", \"@home/data/imap\");\r\n"},
                  {"data/imap/INBOX"},
                  {"data/pop/Inbox"},
                  {"wrong/Inbox"}},
                 {"Thunderbird: .thunderbird/x/Mail", "Thunderbird: data/pop", "Thunderbird: data/imap"}},
        HomeCase{"never_used",
                 {{".thunderbird/x/Mail/Local Folders/Trash", ""},
                  {".thunderbird/x/Mail/Local Folders/Trash.msf"},
                  {".thunderbird/x/Mail/Local Folders/msgFilterRules.dat"},
                  {".thunderbird/x/ImapMail/imap.post.example.msf"},
                  {".thunderbird/profiles.ini", "[Profile0]\nPath=/nowhere/at/all\nIsRelative=0\n"}},
                 {}}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    apple_mail, InventedHome,
    testing::Values(HomeCase{"versions",
                             {{"Library/Mail/V10/AA/INBOX.mbox/BB/Data/Messages/1.emlx"},
                              {"Library/Mail/V9/AA/INBOX.mbox/BB/Data/Messages/1.emlx"},
                              {"Library/Mail/Vacation/notes.txt"},
                              {"Library/Mail/PersistenceInfo.plist"}},
                             {"Apple Mail: Library/Mail/V10", "Apple Mail: Library/Mail/V9"}},
                    HomeCase{"exported",
                             {{"Library/Mail/Clients.mbox/mbox"}, {"Library/Mail/Mailboxes/Old.mbox/mbox"}},
                             {"Apple Mail: Library/Mail/Clients.mbox", "Apple Mail: Library/Mail/Mailboxes"}}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    mutt, InventedHome,
    testing::Values(
        HomeCase{"folder_by_default", {{".muttrc", "set sort=threads\n"}, {"Mail/in"}}, {"mutt: Mail"}},
        HomeCase{"several_on_a_line",
                 {{".muttrc", "  set folder=\"~/my post\" spoolfile = ~/in.box sort='date' # set mbox=~/wrong\n"},
                  {"my post/lists"},
                  {"in.box"},
                  {"wrong"}},
                 {"mutt: my post", "mutt: in.box"}},
        HomeCase{"below_the_folder_named_later",
                 {{".mutt/muttrc", "set spoolfile=+INBOX; set record==sent\nset folder=$HOME\n"}, {"INBOX"}, {"sent"}},
                 {"mutt: INBOX", "mutt: sent"}},
        HomeCase{"mailboxes",
                 {{".neomuttrc",
                   "set my_lists = '~/lists'\nmailboxes -nopoll -label Team ~/team \\\n  $my_lists/a \"~/with blank\" "
                   "`ls ~/listed`\nnamed-mailboxes 'The boss' ~/boss ; unmailboxes ~/not\n# mailboxes ~/comment\n"},
                  {"team"},
                  {"lists/a"},
                  {"with blank"},
                  {"listed"},
                  {"boss"},
                  {"not"},
                  {"comment"}},
                 {"mutt: team", "mutt: lists/a", "mutt: with blank", "mutt: boss"}},
        HomeCase{"sourced",
                 {{".config/neomutt/neomuttrc", "source accounts/one\nsource \"~/two rc\"\nsource 'run this|'\n"},
                  {".config/neomutt/accounts/one", "set folder = ~/one\nsource three"},
                  {".config/neomutt/accounts/three", "set spoolfile=~/three"},
                  {"two rc", "set folder=~/two\n"},
                  {"one/a"},
                  {"two/a"},
                  {"three"}},
                 {"mutt: one", "mutt: two", "mutt: three"}},
        HomeCase{"on_a_server",
                 {{".muttrc", "set folder=imaps://post.example/ spoolfile=+INBOX record=\"~other/sent\"\n"}, {"INBOX"}},
                 {}},
        HomeCase{
            "unfinished", {{".muttrc", "set folder=\"~/in\nset\nsource\nmailboxes `\nset = ; ;\n#"}, {"x/y"}}, {}}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    other, InventedHome,
    testing::Values(HomeCase{"maildir", {{"Maildir/cur/1"}, {"mail/old"}}, {"Maildir: Maildir", "Mail: mail"}},
                    HomeCase{"nothing", {{"Documents/letter.txt"}}, {}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Discovery, lists_nothing_twice) {
  const Home home;
  for (const char* name : {"Mail/work/in", "Mail/home/in"}) home.write(name);
  fs::create_directory_symlink("Mail", home.path() / "mail");
  home.write(".muttrc", "set folder=~/Mail/work spoolfile=~/mail/home/in record=+in\n");
  home.write(".neomuttrc", "set folder=~/Mail/work/\n");
  EXPECT_THAT(home.found(), ElementsAre("Mail: Mail")) << "one source may not lie in another";
}

TEST(Discovery, lists_nothing_that_is_missing_or_empty) {
  const Home home;
  for (const char* name : {"Maildir/cur", "Maildir/new", ".maildir", "Mail", ".thunderbird/x/Mail", "Library/Mail/V10"})
    home.folder(name);
  home.write("Mail/empty", "");
  home.write("Maildir/dovecot.index.log", "not mail");
  home.write(".muttrc", "set folder=~/gone spoolfile=~/Mail/empty record=/dev/null\n");
  EXPECT_THAT(home.found(), IsEmpty());
  EXPECT_THAT(discover_sources(home.path() / "gone"), IsEmpty());
}

TEST(Discovery, never_lists_the_home_itself) {
  const Home home;
  home.write("notes.txt", "not mail");
  home.write(".muttrc", "set folder=~ spoolfile=/ record=~/..\n");
  EXPECT_THAT(home.found(), IsEmpty());
}

TEST(Discovery, looks_at_a_copied_home_and_not_beside_it) {
  const Home home;
  home.write("../other/Mail/in");
  home.write("Mail/in");
  EXPECT_THAT(home.found(), ElementsAre("Mail: Mail"));
}

TEST(MuttFolders, of_files_that_source_each_other_come_to_an_end) {
  const Home home;
  home.write(".muttrc", "source a\nset folder=~/one\n");
  home.write("a", "source ~/b\nset mbox=~/two\n");
  home.write("b", "source a\nsource .muttrc\nsource ~/b\nset record=~/three\n");
  std::vector<std::string> names;
  for (const auto& path : mutt_folders(home.path() / ".muttrc", home.path())) names.push_back(path.filename());
  EXPECT_THAT(names, ElementsAre("one", "three", "two"));
}

TEST(MuttFolders, of_a_chain_without_end_are_those_of_its_beginning) {
  const Home home;
  for (int i = 0; i < 40; ++i) {
    const auto number = std::to_string(i);
    home.write("rc" + number, "set record=~/" + number + "\nsource rc" + std::to_string(i + 1) + "\n");
  }
  EXPECT_EQ(mutt_folders(home.path() / "rc0", home.path()).size(), 1U + 11U);
}

}  // namespace
}  // namespace entregent::ingest
