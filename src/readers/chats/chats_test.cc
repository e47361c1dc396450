// SPDX-License-Identifier: AGPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/chats/chat_items.h"
#include "readers/chats/json_chats.h"
#include "readers/chats/whatsapp_reader.h"
#include "tests/archive_of.h"

namespace entregent::readers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// `2026-03-09T10:15:00Z Léa → Jean: Bonjour`.
std::string line_of(const ExtractedItem& item) {
  std::string line = item.happened_at ? iso_instant(*item.happened_at) : "-";
  std::string to;
  for (const auto& party : item.parties) {
    const std::string name = party.name + (party.address.empty() ? "" : "<" + party.address + ">");
    if (party.role == Role::from)
      line += " " + name;
    else
      to += (to.empty() ? "" : ", ") + name;
  }
  return line + (to.empty() ? "" : " → " + to) + ": " + (item.texts.empty() ? "" : item.texts.front().text);
}

std::vector<std::string> lines_of(const Result<std::vector<ExtractedItem>>& items) {
  std::vector<std::string> lines;
  if (items)
    for (const auto& item : *items) lines.push_back(line_of(item));
  return lines;
}

std::vector<std::string> whatsapp(std::string_view text) {
  return lines_of(read_whatsapp(text, Zone::utc()));
}

struct StampCase {
  const char* name;
  const char* line;
  const char* at;
};
std::ostream& operator<<(std::ostream& out, const StampCase& one) {
  return out << one.name;
}

class WhatsappStamp : public ::testing::TestWithParam<StampCase> {};

TEST_P(WhatsappStamp, is_understood) {
  EXPECT_TRUE(is_whatsapp(GetParam().line));
  EXPECT_THAT(whatsapp(GetParam().line), ElementsAre(std::string(GetParam().at) + " Léa: Oui"));
}

INSTANTIATE_TEST_SUITE_P(
    Lines, WhatsappStamp,
    ::testing::Values(StampCase{"iphone", "[09/03/2026 10:15:32] Léa: Oui", "2026-03-09T10:15:32Z"},
                      StampCase{"iphone_comma", "\xE2\x80\x8E[9/3/26, 10:15:32] Léa: Oui", "2026-03-09T10:15:32Z"},
                      StampCase{"iphone_american", "[3/19/26, 10:15:32\xE2\x80\xAFPM] Léa: Oui",
                                "2026-03-19T22:15:32Z"},
                      StampCase{"android_french", "09/03/2026 à 10:15 - Léa: Oui", "2026-03-09T10:15:00Z"},
                      StampCase{"android", "09/03/2026, 10:15 - Léa: Oui", "2026-03-09T10:15:00Z"},
                      StampCase{"android_american", "3/9/26, 12:15 AM - Léa: Oui", "2026-03-09T00:15:00Z"},
                      StampCase{"german", "09.03.26, 10:15 - Léa: Oui", "2026-03-09T10:15:00Z"},
                      StampCase{"iso", "2026-03-09, 10:15 p.m. - Léa: Oui", "2026-03-09T22:15:00Z"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ReadWhatsapp, tells_day_and_month_apart_over_the_whole_file) {
  EXPECT_THAT(whatsapp("3/9/26, 10:15 - Léa: a\n3/19/26, 10:15 - Léa: b\n"),
              ElementsAre("2026-03-09T10:15:00Z Léa: a", "2026-03-19T10:15:00Z Léa: b"));
  EXPECT_THAT(whatsapp("3/9/26, 10:15 - Léa: a\n19/9/26, 10:15 - Léa: b\n"),
              ElementsAre("2026-09-03T10:15:00Z Léa: a", "2026-09-19T10:15:00Z Léa: b"));
  // Only one order lets time go forward.
  EXPECT_THAT(whatsapp("2/11/26, 10:15 - Léa: a\n3/9/26, 10:15 - Léa: b\n"),
              ElementsAre("2026-02-11T10:15:00Z Léa: a", "2026-03-09T10:15:00Z Léa: b"));
}

TEST(ReadWhatsapp, reads_messages_of_several_lines_and_leaves_out_what_nobody_said) {
  EXPECT_THAT(whatsapp("09/03/2026 à 10:14 - Les messages sont chiffrés de bout en bout.\n"
                       "09/03/2026 à 10:15 - Léa: Bonjour,\nun audit : quand ?\r\n"
                       "09/03/2026 à 10:16 - Jean: <Médias omis>\n"
                       "09/03/2026 à 10:17 - Jean: \xE2\x80\x8E<pièce jointe : 01-PHOTO.jpg>\n"),
              ElementsAre("2026-03-09T10:15:00Z Léa → Jean: Bonjour,\nun audit : quand ?",
                          "2026-03-09T10:17:00Z Jean → Léa: "));
}

TEST(ReadWhatsapp, names_whom_the_phone_does_not_know_by_their_number) {
  EXPECT_THAT(whatsapp("09/03/2026 à 10:15 - \xE2\x80\xAA+33\xC2\xA0"
                       "6 12 34 56 78\xE2\x80\xAC: Oui\n"
                       "09/03/2026 à 10:16 - ~\xE2\x80\xAFZoé: Non\n"),
              ElementsAre("2026-03-09T10:15:00Z +33 6 12 34 56 78 → Zoé: Oui",
                          "2026-03-09T10:16:00Z Zoé → +33 6 12 34 56 78: Non"));
}

TEST(ReadWhatsapp, times_are_those_of_the_phone) {
  EXPECT_THAT(lines_of(read_whatsapp("09/07/2026 à 10:15 - Léa: Oui", *Zone::find("Europe/Paris"))),
              ElementsAre("2026-07-09T08:15:00Z Léa: Oui"));
}

TEST(ReadWhatsapp, keeps_identities_in_a_newer_export) {
  const std::string older = "09/03/2026 à 10:15 - Léa: Oui\n09/03/2026 à 10:15 - Léa: Oui\n";
  const auto first = read_whatsapp(older, Zone::utc());
  const auto second = read_whatsapp(older + "10/03/2026 à 10:15 - Léa: Non\n", Zone::utc());
  ASSERT_TRUE(first && second);
  EXPECT_NE((*first)[0].content_hash, (*first)[1].content_hash);
  EXPECT_EQ((*first)[0].content_hash, (*second)[0].content_hash);
  EXPECT_EQ((*first)[1].content_hash, (*second)[1].content_hash);
  EXPECT_EQ((*first)[0].references, (*second)[2].references);
}

TEST(ReadWhatsapp, refuses_other_text) {
  EXPECT_FALSE(is_whatsapp("09/03/2026 was a Monday"));
  EXPECT_FALSE(read_whatsapp("Bonjour\n", Zone::utc()));
}

TEST(ChatItems, a_large_group_makes_no_ties) {
  ChatItems items("test", "1", "Tous");
  for (int i = 0; i < 9; ++i)
    items.add({.author = "N" + std::to_string(i), .address = {}, .at = {}, .text = "a", .id = {}, .files = {}});
  const auto made = items.take();
  EXPECT_TRUE(made[0].marks.list);
  EXPECT_THAT(made[0].parties, SizeIs(1));
}

TEST(ReadTelegram, reads_one_chat_and_a_whole_account) {
  const std::string chat =
      R"({"name":"Léa Martin","type":"personal_chat","id":42,"messages":[
{"id":1,"type":"service","action":"phone_call","date":"2026-03-09T10:00:00"},
{"id":2,"type":"message","date":"2026-03-09T11:15:00","date_unixtime":"1773051300","from":"Léa Martin","from_id":"user42","text":["Voir ",{"type":"link","text":"https://a.example"}," ?"]},
{"id":3,"type":"message","date":"2026-03-09T11:16:00","from":"Jean Dupont","text":"Oui","file":"files/devis.pdf"}]})";
  EXPECT_TRUE(is_telegram(chat));
  const auto one = read_telegram(chat);
  EXPECT_THAT(lines_of(one), ElementsAre("2026-03-09T10:15:00Z Léa Martin → Jean Dupont: Voir https://a.example ?",
                                         "2026-03-09T11:16:00Z Jean Dupont → Léa Martin: Oui"));
  EXPECT_EQ((*one)[0].title, "Léa Martin");
  EXPECT_EQ((*one)[1].attachments[0].name, "devis.pdf");
  const auto account =
      read_telegram(R"({"about":"Here is the data you requested from Telegram","chats":{"list":[)" + chat + "]}}");
  EXPECT_THAT(lines_of(account), SizeIs(2));
  EXPECT_EQ((*account)[0].content_hash, (*one)[0].content_hash);
}

TEST(ReadTelegram, refuses_what_is_none) {
  EXPECT_FALSE(read_telegram("{\"messages\":"));
  EXPECT_FALSE(read_telegram("[1,2]"));
  EXPECT_FALSE(read_telegram(std::string(5000, '[')));
  EXPECT_FALSE(is_telegram("{\"name\":\"package\"}"));
}

TEST(ReadSlack, reads_a_workspace) {
  const std::string bytes = tests::archive_of(
      {{"users.json",
        R"([{"id":"U1","name":"lea","profile":{"real_name":"Léa Martin","email":"lea@mill.example"}},{"id":"U2","name":"jean","profile":{"real_name":"Jean Dupont","email":"jean@dupont.example"}},{"id":"B1","name":"bot","is_bot":true,"profile":{"real_name":"Bot"}}])"},
       {"channels.json", R"([{"id":"C1","name":"audit","members":["U1","U2"]}])"},
       {"dms.json", R"([{"id":"D1","members":["U1","U2"]}])"},
       {"audit/2026-03-10.json", R"([{"type":"message","user":"U2","text":"suite","ts":"1773137700.000100"}])"},
       {"audit/2026-03-09.json",
        R"([{"type":"message","subtype":"channel_join","user":"U1","text":"joined","ts":"1773051000.0"},
{"type":"message","user":"U1","text":"Bonjour <@U2>, voir <https://a.example|ici> &amp; là","ts":"1773051300.000100"},
{"type":"message","subtype":"bot_message","username":"Bot","text":"ping","ts":"1773051400.0"}])"},
       {"D1/2026-03-09.json", R"([{"type":"message","user":"U1","text":"entre nous","ts":"1773051500.0"}])"}});
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive);
  EXPECT_TRUE(is_slack_archive(*archive));
  const auto items = read_slack(*archive);
  ASSERT_TRUE(items);
  EXPECT_THAT(
      lines_of(items),
      ElementsAre("2026-03-09T10:18:20Z Léa Martin<lea@mill.example> → Jean Dupont<jean@dupont.example>: entre nous",
                  "2026-03-09T10:15:00Z Léa Martin<lea@mill.example> → Jean Dupont<jean@dupont.example>, Bot: Bonjour "
                  "@Jean Dupont, voir ici (https://a.example) & là",
                  "2026-03-09T10:16:40Z Bot → Léa Martin<lea@mill.example>, Jean Dupont<jean@dupont.example>: ping",
                  "2026-03-10T10:15:00Z Jean Dupont<jean@dupont.example> → Léa Martin<lea@mill.example>, Bot: suite"));
  EXPECT_TRUE((*items)[2].marks.robot);
  EXPECT_EQ((*items)[1].title, "#audit");
}

}  // namespace
}  // namespace entregent::readers
