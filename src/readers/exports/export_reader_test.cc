// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/exports/export_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/exports/csv_table.h"
#include "tests/archive_of.h"

namespace entregent::readers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ExportItems read(std::string_view bytes) {
  auto made = read_contact_table(bytes);
  if (!made) throw std::runtime_error(made.error().message);
  return *std::move(made);
}

/// `Léa Martin <lea@mill.example> company=Mill title=Chief`.
std::string line_of(const ExtractedItem& item) {
  std::string line = item.title;
  for (const auto& party : item.parties) line += " <" + party.address + ">";
  for (const auto& fact : item.facts) {
    const char* name = fact.kind == FactKind::company    ? "company"
                       : fact.kind == FactKind::title    ? "title"
                       : fact.kind == FactKind::phone    ? "phone"
                       : fact.kind == FactKind::birthday ? "birthday"
                       : fact.kind == FactKind::url      ? "url"
                                                         : nullptr;
    if (name != nullptr) line += std::string(" ") + name + "=" + fact.value;
  }
  return line;
}

std::vector<std::string> lines_of(const ExportItems& made) {
  std::vector<std::string> lines;
  for (const auto& item : made.items) lines.push_back(line_of(item));
  return lines;
}

struct CsvCase {
  const char* name;
  std::string bytes;
  std::vector<std::vector<std::string>> rows;
};
std::ostream& operator<<(std::ostream& out, const CsvCase& one) {
  return out << one.name;
}

class Csv : public ::testing::TestWithParam<CsvCase> {};

TEST_P(Csv, is_cut_into_cells) {
  NoticeSet notices;
  EXPECT_EQ(read_csv(GetParam().bytes, notices).rows, GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(Tables, Csv,
                         ::testing::Values(CsvCase{"plain", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
                                           CsvCase{"semicolons", "a;b\nc;\"d;e\"\n", {{"a", "b"}, {"c", "d;e"}}},
                                           CsvCase{"tabs", "a\tb\nc\td, e\n", {{"a", "b"}, {"c", "d, e"}}},
                                           CsvCase{"declared", "sep=;\na;b,c\n", {{"a", "b,c"}}},
                                           CsvCase{"line_in_a_cell",
                                                   "a,b\n\"c\r\nd\",\"e \"\"f\"\"\"\n",
                                                   {{"a", "b"}, {"c\r\nd", "e \"f\""}}},
                                           CsvCase{"latin", "pr\xE9nom,ville\n", {{"prénom", "ville"}}},
                                           CsvCase{"mark", "\xEF\xBB\xBF\"a\",b\n", {{"a", "b"}}},
                                           CsvCase{"utf16",
                                                   std::string("\xFF\xFE"
                                                               "a\0,\0\xE9\0\n\0",
                                                               10),
                                                   {{"a", "é"}}},
                                           CsvCase{"open_quote", "a,\"b\nc,d\n", {{"a", "\"b"}, {"c", "d"}}},
                                           CsvCase{"empty_rows", "a,b\n,\n\nc,\n", {{"a", "b"}, {"c", ""}}}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(ReadContactTable, reads_linkedin_connections_below_their_notes) {
  const auto made = read(
      "Notes:\n\"When exporting your connection data, you may notice\nthat some of the email addresses are "
      "missing.\"\n\n"
      "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
      "Léa,Martin,https://www.linkedin.com/in/lea-martin,,Moulin SARL,Directrice,05 Oct 2020\n"
      "Jean,Dupont,https://www.linkedin.com/in/jdupont,jean@dupont.example,,,06 Oct 2020\n"
      ",,,,,,07 Oct 2020\n");
  EXPECT_THAT(
      lines_of(made),
      ElementsAre("Léa Martin <https://www.linkedin.com/in/lea-martin> url=https://www.linkedin.com/in/lea-martin "
                  "company=Moulin SARL title=Directrice",
                  "Jean Dupont <jean@dupont.example> <https://www.linkedin.com/in/jdupont> "
                  "url=https://www.linkedin.com/in/jdupont"));
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0],
            (TableReport{.kind = ExportKind::linkedin_connections, .rows = 3, .used = 2, .nameless = 1}));
}

TEST(ReadContactTable, a_newer_export_says_the_same_person_anew) {
  const std::string header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
  const auto older = read(header + "Léa,Martin,https://www.linkedin.com/in/Lea/,,Moulin,Chef,05 Oct 2020\n");
  const auto newer = read(header + "Léa,Martin-Roux,https://www.linkedin.com/in/lea,,Rivage,Chef,05 Oct 2020\n");
  EXPECT_EQ(older.items[0].content_hash, newer.items[0].content_hash);
}

TEST(ReadContactTable, reads_google_of_both_generations) {
  const auto made = read(
      "\xEF\xBB\xBF"
      "First Name,Middle Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - "
      "Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
      "Léa,,Martin,Moulin,Chef,1980-03-09,\"une\nnote\",* myContacts ::: Clients,* Work,lea@mill.example ::: "
      "lea@home.example,Mobile,+33 6 12 34 56 78\n");
  EXPECT_THAT(lines_of(made), ElementsAre("Léa Martin <lea@mill.example> <lea@home.example> company=Moulin title=Chef "
                                          "birthday=1980-03-09 phone=+33 6 12 34 56 78"));
  EXPECT_THAT(made.items[0].labels, ElementsAre("Clients"));
  EXPECT_EQ(made.items[0].texts.front().text, "une\nnote");
  const auto old = read(
      "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - "
      "Name\nJean P. Dupont,Jean,P.,Dupont,* myContacts,* Work,jean@dupont.example,Rivage\n");
  EXPECT_THAT(lines_of(old), ElementsAre("Jean P. Dupont <jean@dupont.example> company=Rivage"));
  EXPECT_EQ(old.tables[0].kind, ExportKind::google_old);
}

TEST(ReadContactTable, reads_outlook_in_english_and_french) {
  const auto english = read(
      "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Company\",\"Job Title\",\"Business "
      "Phone\",\"Birthday\","
      "\"E-mail Address\",\"E-mail Type\"\r\n"
      "\"Mr\",\"Jean\",\"\",\"Dupont\",\"Rivage\",\"Chef\",\"01 42 68 53 "
      "00\",\"0/0/00\",\"jean@dupont.example\",\"SMTP\"\r\n"
      "\"\",\"Anne\",\"\",\"Roy\",\"\",\"\",\"\",\"3/25/1980\",\"/o=First/ou=x/cn=aroy\",\"EX\"\r\n");
  EXPECT_THAT(lines_of(english),
              ElementsAre("Jean Dupont <jean@dupont.example> company=Rivage title=Chef phone=01 42 68 53 00",
                          "Anne Roy <> birthday=1980-03-25"));
  EXPECT_EQ(english.tables[0].kind, ExportKind::outlook);
  const auto french = read(
      "Titre;Pr\xE9nom;Deuxi\xE8me pr\xE9nom;Nom;Soci\xE9t\xE9;Profession;T\xE9l\xE9phone (bureau);T\xE9l. "
      "mobile;Adresse de messagerie\r\n"
      "M.;L\xE9"
      "a;;Martin;Moulin;Directrice;0142685300;0612345678;lea@mill.example\r\n");
  EXPECT_THAT(lines_of(french),
              ElementsAre("Léa Martin <lea@mill.example> company=Moulin title=Directrice phone=0142685300 "
                          "phone=0612345678"));
  EXPECT_EQ(french.tables[0].kind, ExportKind::outlook);
}

TEST(ReadContactTable, reads_thunderbird_and_other_tables_that_name_people) {
  const auto bird = read(
      "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Job Title,Organization\n"
      "Léa,Martin,Léa Martin,,lea@mill.example,,01,Chef,Moulin\n,,,,,,,,\n");
  EXPECT_THAT(lines_of(bird), ElementsAre("Léa Martin <lea@mill.example> phone=01 title=Chef company=Moulin"));
  EXPECT_EQ(bird.tables[0].kind, ExportKind::thunderbird);
  EXPECT_THAT(lines_of(read("Nom;Prénom;Courriel;Entreprise\nMartin;Léa;lea@mill.example;Moulin\n")),
              ElementsAre("Léa Martin <lea@mill.example> company=Moulin"));
}

TEST(ReadContactTable, refuses_a_table_of_something_else) {
  EXPECT_FALSE(read_contact_table("date,amount\n2026-03-09,12\n"));
  EXPECT_FALSE(read_contact_table(""));
}

const std::string messages =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
    "URLS,DATE,SUBJECT,CONTENT,FOLDER,IS "
    "MESSAGE DRAFT\n"
    "c1,Audit,Léa Martin,https://www.linkedin.com/in/lea,Moi,https://www.linkedin.com/in/moi,2026-09-19 13:28:00 UTC,,"
    "\"<p>Bonjour,<br>un audit ?</p>\",INBOX,No\n"
    "c1,Audit,Moi,https://www.linkedin.com/in/moi,Léa Martin,https://www.linkedin.com/in/lea,2026-09-19 14:00:00 "
    "UTC,,Oui,"
    "INBOX,No\nc1,Audit,Moi,,Léa,,2026-09-19 15:00:00 UTC,,jamais,INBOX,Yes\n";

TEST(ReadContactArchive, reads_linkedin_straight_from_its_archive) {
  const std::string bytes = tests::archive_of(
      {{"Basic/Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nLéa,Martin,https://x/lea,,M,D,05 Oct "
        "2020\n"},
       {"Basic/messages.csv", messages},
       {"Basic/Invitations.csv",
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nJean,Moi,\"9/19/26, 1:28 PM\",Bonjour,"
        "INCOMING,https://x/jean,https://x/moi\n"},
       {"Basic/Skills.csv", "Name\nAudit\n"}});
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive);
  EXPECT_TRUE(is_contact_archive(*archive));
  const auto made = read_contact_archive(*archive);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->tables.size(), 3u);
  ASSERT_EQ(made->items.size(), 4u);
  const auto& first = made->items[1];
  EXPECT_EQ(first.kind, ItemKind::chat);
  EXPECT_EQ(first.parties, (std::vector<Party>{{Role::from, "Léa Martin", "https://www.linkedin.com/in/lea"},
                                               {Role::to, "Moi", "https://www.linkedin.com/in/moi"}}));
  EXPECT_EQ(iso_instant(*first.happened_at), "2026-09-19T13:28:00Z");
  EXPECT_THAT(first.texts.front().text, HasSubstr("un audit ?"));
  EXPECT_EQ(first.references, made->items[2].references);
  EXPECT_EQ(made->tables[1], (TableReport{.kind = ExportKind::linkedin_messages, .rows = 3, .used = 2, .drafts = 1}));
  EXPECT_EQ(iso_instant(*made->items[3].happened_at), "2026-09-19T13:28:00Z");
}

}  // namespace
}  // namespace entregent::readers
