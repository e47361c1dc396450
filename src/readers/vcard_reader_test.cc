// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/vcard_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "readers/limits.h"
#include "readers/vcard_item.h"

namespace entregent::readers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::vector<ExtractedItem> cards(std::string_view bytes) {
  auto read = read_vcards(bytes);
  EXPECT_TRUE(read) << bytes;
  return read ? *read : std::vector<ExtractedItem>{};
}

/// The one card with these lines (version 3.0 unless they say another).
ExtractedItem card(std::string_view lines) {
  const std::string version = lines.find("VERSION:") == std::string_view::npos ? "VERSION:3.0\r\n" : "";
  const auto all = cards("BEGIN:VCARD\r\n" + version + std::string{lines} + "\r\nEND:VCARD\r\n");
  EXPECT_EQ(all.size(), 1U) << lines;
  return all.empty() ? ExtractedItem{} : all.front();
}

std::vector<std::string> facts(const ExtractedItem& item, FactKind kind) {
  std::vector<std::string> values;
  for (const Fact& fact : item.facts)
    if (fact.kind == kind) values.push_back(fact.detail.empty() ? fact.value : fact.value + " [" + fact.detail + "]");
  return values;
}

bool has(const ExtractedItem& item, Notice notice) {
  return std::find(item.notices.begin(), item.notices.end(), notice) != item.notices.end();
}

TEST(Vcard, gives_name_addresses_and_facts) {
  const auto item = card(
      "FN:Hélène Dubreuil\r\nN:Dubreuil;Hélène;Marie;Mme;\r\nNICKNAME:Léna,Lena\r\nORG:Atelier "
      "Nord;Études;Lille\r\nTITLE:Architecte\r\nROLE:Associée\r\n"
      "TEL;TYPE=WORK,VOICE:+33 3 20 00 00 17\r\nTEL;TYPE=CELL:06 12 00 00 "
      "34\r\nEMAIL;TYPE=INTERNET,WORK:helene@atelier-nord.example\r\n"
      "EMAIL;TYPE=HOME:HD@maison.example\r\nURL;TYPE=WORK:https://atelier-nord.example\r\nADR;TYPE=WORK:;;12 rue des "
      "Lices;Lille;;59000;France\r\n"
      "BDAY:1971-04-02\r\nNOTE:rencontrée à "
      "Lyon\r\nUID:urn:uuid:4fbe8971\r\nREV:2024-05-06T07:08:09Z\r\nCATEGORIES:Clients,Amis");
  EXPECT_EQ(item.kind, ItemKind::contact);
  EXPECT_EQ(item.title, "Hélène Dubreuil");
  EXPECT_EQ(item.identifier, "4fbe8971");
  EXPECT_THAT(item.parties, ElementsAre(Party{Role::card, "Hélène Dubreuil", "helene@atelier-nord.example"},
                                        Party{Role::card, "Hélène Dubreuil", "HD@maison.example"}));
  EXPECT_THAT(facts(item, FactKind::nickname), ElementsAre("Léna", "Lena"));
  EXPECT_THAT(facts(item, FactKind::company), ElementsAre("Atelier Nord"));
  EXPECT_THAT(facts(item, FactKind::department), ElementsAre("Études, Lille"));
  EXPECT_THAT(facts(item, FactKind::title), ElementsAre("Architecte", "Associée [role]"));
  EXPECT_THAT(facts(item, FactKind::phone), ElementsAre("+33 3 20 00 00 17 [work]", "06 12 00 00 34 [cell]"));
  EXPECT_THAT(facts(item, FactKind::url), ElementsAre("https://atelier-nord.example [work]"));
  EXPECT_THAT(facts(item, FactKind::postal_address), ElementsAre("12 rue des Lices, Lille, 59000, France [work]"));
  EXPECT_THAT(facts(item, FactKind::birthday), ElementsAre("1971-04-02"));
  EXPECT_THAT(facts(item, FactKind::note), ElementsAre("rencontrée à Lyon"));
  EXPECT_THAT(facts(item, FactKind::uid), ElementsAre("urn:uuid:4fbe8971"));
  EXPECT_THAT(facts(item, FactKind::other), ElementsAre("Dubreuil;Hélène;Marie;Mme [N]"));
  EXPECT_THAT(item.texts, ElementsAre(TextSection{TextKind::fresh, "rencontrée à Lyon"}));
  EXPECT_THAT(item.labels, ElementsAre("Clients", "Amis"));
  ASSERT_TRUE(item.happened_at);
  EXPECT_EQ(iso_instant(*item.happened_at), "2024-05-06T07:08:09Z");
  EXPECT_THAT(item.notices, IsEmpty());
}

// The traps, one test each.

TEST(VcardTrap, charset_and_quoted_printable_with_soft_breaks) {
  const auto item = card(
      "VERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96zt=C3=BCrk;Zo=C3=\r\n=AB;;;\r\n"
      "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB =D6zt=FCrk\r\nTEL;CELL:0612000034");
  EXPECT_EQ(item.title, "Zoë Öztürk");
  EXPECT_THAT(facts(item, FactKind::other), ElementsAre("Öztürk;Zoë [N]"));
  EXPECT_THAT(facts(item, FactKind::phone), ElementsAre("0612000034 [cell]"));
}

TEST(VcardTrap, quoted_printable_without_the_word_encoding) {
  EXPECT_EQ(card("VERSION:2.1\r\nFN;QUOTED-PRINTABLE:Zo=C3=AB").title, "Zoë");
  EXPECT_EQ(card("VERSION:2.1\r\nFN;CHARSET=UTF-8:Zo=C3=AB").title, "Zoë");
}

TEST(VcardTrap, folding_never_splits_a_character) {
  EXPECT_EQ(card("VERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=96mer").title, "Ömer");
  EXPECT_EQ(card("VERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=\r\n =96mer").title, "Ömer");
  EXPECT_EQ(card("VERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C\r\n 3=96mer").title, "Ömer");
  EXPECT_EQ(card("FN:\xC3\r\n \x96mer").title, "Ömer");
}

TEST(VcardTrap, escaped_too_much) {
  const auto item = card(R"(FN:Zoé Martin\\, PhD)"
                         "\r\n"
                         R"(ORG:Martin\, Fils\; Cie)"
                         "\r\n"
                         R"(URL:http\://zoe.example)"
                         "\r\n"
                         R"(NICKNAME:Zo\,Zozo)"
                         "\r\n"
                         R"(CATEGORIES:Amis\, Clients)");
  EXPECT_EQ(item.title, "Zoé Martin, PhD");
  EXPECT_THAT(facts(item, FactKind::company), ElementsAre("Martin, Fils; Cie"));
  EXPECT_THAT(facts(item, FactKind::url), ElementsAre("http://zoe.example"));
  EXPECT_THAT(facts(item, FactKind::nickname), ElementsAre("Zo", "Zozo"));
  EXPECT_THAT(item.labels, ElementsAre("Amis", "Clients"));
}

TEST(VcardTrap, grouped_labels_of_several_items) {
  const auto item = card(
      "FN:Zoé\r\nitem1.URL:https://a.example\r\nitem1.X-ABLabel:Mon "
      "blog\r\nitem2.URL:https://b.example\r\nitem2.X-ABLabel:_$!<HomePage>!$_\r\n"
      "item3.TEL:0142000017\r\nitem3.X-ABLabel:_$!<Home>!$_\r\nitem4.X-ABRELATEDNAMES:Paul\r\nitem4.X-ABLabel:_$!<"
      "Spouse>!$_");
  EXPECT_THAT(facts(item, FactKind::url), ElementsAre("https://a.example [Mon blog]", "https://b.example [HomePage]"));
  EXPECT_THAT(facts(item, FactKind::phone), ElementsAre("0142000017 [Home]"));
  EXPECT_THAT(facts(item, FactKind::other), ElementsAre("Paul [X-ABRELATEDNAMES;Spouse]"));
}

TEST(VcardTrap, note_of_many_lines_is_whole) {
  EXPECT_THAT(facts(card("FN:Z\r\nNOTE:un\\ndeux\\n\\nquatre"), FactKind::note), ElementsAre("un\ndeux\n\nquatre"));
  EXPECT_THAT(
      facts(card("VERSION:2.1\r\nFN:Z\r\nNOTE;ENCODING=QUOTED-PRINTABLE:un=0D=0A=\r\ndeux=0D=0A"), FactKind::note),
      ElementsAre("un\ndeux"));
  const auto unfolded = card("FN:Z\r\nNOTE:un\r\ndeux mots\r\nAdresse: 12 rue des Lices\r\nTEL:0142000017");
  EXPECT_THAT(facts(unfolded, FactKind::note), ElementsAre("un\ndeux mots\nAdresse: 12 rue des Lices"));
  EXPECT_THAT(facts(unfolded, FactKind::phone), ElementsAre("0142000017"));
}

TEST(VcardTrap, blank_lines_before_begin) {
  EXPECT_THAT(cards("\r\n\r\n  \r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé\r\nEND:VCARD"), SizeIs(1));
}

TEST(VcardTrap, identity_without_uid_and_name) {
  const auto address = card("EMAIL:zoe@a.example\r\nTEL:0142000017");
  EXPECT_EQ(address.content_hash, card("EMAIL;TYPE=HOME:ZOE@a.example\r\nFN:Zoé").content_hash);
  const auto profile = card("URL:https://linkedin.example/in/zoe/\r\nTEL:0142000017");
  EXPECT_EQ(profile.content_hash, card("X-SOCIALPROFILE;TYPE=linkedin:https://linkedin.example/in/zoe").content_hash);
  const auto content = card("TEL:0142000017\r\nREV:20200101T000000Z");
  EXPECT_EQ(content.content_hash, card("REV:20240101T000000Z\r\nTEL:0142000017").content_hash);
  EXPECT_NE(content.content_hash, card("TEL:0142000018").content_hash);
  EXPECT_NE(content.content_hash, address.content_hash);
  EXPECT_TRUE(content.identifier.empty());
  EXPECT_THAT(content.parties, IsEmpty());
  EXPECT_EQ(address.title, "zoe@a.example");
  EXPECT_THAT(address.parties, ElementsAre(Party{Role::card, "", "zoe@a.example"}));
}

TEST(VcardTrap, unknown_properties_are_kept) {
  const auto item = card(
      "FN:Z\r\nX-PHONETIC-FIRST-NAME:zo-é\r\nX-GTALK;TYPE=HOME:zoe@talk.example\r\nGENDER:F\r\nIMPP;X-SERVICE-TYPE="
      "Skype:skype:zoe");
  EXPECT_THAT(
      facts(item, FactKind::other),
      ElementsAre("zo-é [X-PHONETIC-FIRST-NAME]", "zoe@talk.example [X-GTALK;home]", "F [GENDER]", "skype:zoe [IMPP]"));
}

TEST(VcardTrap, latin_1_without_declaration) {
  const auto item = card("FN:H\xE9l\xE8ne");
  EXPECT_EQ(item.title, "Hélène");
  EXPECT_TRUE(has(item, Notice::charset_guessed));
  EXPECT_EQ(card("FN:HÃ©lÃ¨ne").title, "Hélène");
}

TEST(VcardTrap, utf_16_and_marks) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view{"BEGIN:VCARD\r\nFN:Zo\xEB\r\nEND:VCARD\r\n"}) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(cards(wide).front().title, "Zoë");
  EXPECT_EQ(cards("\xEF\xBB\xBF"
                  "BEGIN:VCARD\nFN:Zoë\nEND:VCARD")
                .front()
                .title,
            "Zoë");
}

TEST(VcardTrap, bare_line_ends) {
  EXPECT_EQ(cards("BEGIN:VCARD\nFN:Zoë\n Martin\nEND:VCARD\n").front().title, "ZoëMartin");
  EXPECT_EQ(cards("BEGIN:VCARD\rFN:Zoë\r  Martin\rEND:VCARD\r").front().title, "Zoë Martin");
  EXPECT_EQ(cards("BEGIN:VCARD\r\r\nFN:Zoë\r\r\n  Martin\r\r\nEND:VCARD\r\r\n").front().title, "Zoë Martin");
}

TEST(VcardTrap, pictures_are_passed_over) {
  for (const std::string_view picture :
       {"PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRgAB\r\n AQEA", "PHOTO;BASE64:\r\n  /9j/4AAQ\r\n  SkZJ\r\n\r\n",
        "PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n/9j/4AAQ\r\nSkZJRg==\r\n", "PHOTO:https://pictures.example/zoe.jpg"}) {
    const auto item = card("FN:Zoé\r\n" + std::string{picture} + "\r\nTEL:0142000017");
    EXPECT_THAT(item.facts, ElementsAre(Fact{FactKind::phone, "0142000017", ""})) << picture;
    EXPECT_THAT(item.notices, IsEmpty()) << picture;
  }
}

TEST(VcardTrap, a_card_in_a_card) {
  const auto item = card(
      "VERSION:2.1\r\nFN:Zoé\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Autre\r\nTEL:1\r\nEND:VCARD\r\nTEL:"
      "0142000017");
  EXPECT_EQ(item.title, "Zoé");
  EXPECT_THAT(facts(item, FactKind::phone), ElementsAre("0142000017"));
  EXPECT_EQ(card("FN:Zoé\r\nAGENT:BEGIN:VCARD\\nFN:Autre\\nEND:VCARD\\n").title, "Zoé");
}

TEST(VcardTrap, a_broken_card_costs_itself_only) {
  const auto all = cards(
      "BEGIN:VCARD\r\nFN:Un\r\nBEGIN:VCARD\r\n\x01\x02garbage\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Trois\r\nEND:"
      "VCARD\r\nBEGIN:VCARD\r\nFN:Quatre");
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(all[0].title, "Un");
  EXPECT_TRUE(has(all[0], Notice::malformed));
  EXPECT_THAT(all[1].notices, ElementsAre(Notice::text_missing, Notice::malformed));
  EXPECT_EQ(all[2].title, "Trois");
  EXPECT_THAT(all[2].notices, IsEmpty());
  EXPECT_EQ(all[3].title, "Quatre");
  EXPECT_TRUE(has(all[3], Notice::malformed));
  for (const auto& item : all) EXPECT_NE(item.content_hash, decltype(item.content_hash){});
}

TEST(Vcard, leaves_groups_out) {
  EXPECT_THAT(cards("BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Amis\nMEMBER:urn:uuid:1\nEND:VCARD\nBEGIN:VCARD\nVERSION:"
                    "3.0\nX-ADDRESSBOOKSERVER-KIND:group\nFN:B\nEND:VCARD"),
              IsEmpty());
}

TEST(Vcard, marks_organisations) {
  EXPECT_THAT(card("KIND:org\r\nFN:ACME\r\nEMAIL:info@acme.example").facts,
              Contains(Fact{FactKind::other, "org", "KIND"}));
  EXPECT_THAT(card("FN:ACME\r\nX-ABShowAs:COMPANY").facts, Contains(Fact{FactKind::other, "org", "KIND"}));
  const auto unnamed = card("ORG:ACME;Ventes\r\nTEL:0142000017");
  EXPECT_EQ(unnamed.title, "ACME");
  EXPECT_THAT(unnamed.facts, Contains(Fact{FactKind::other, "org", "KIND"}));
}

TEST(Vcard, reads_former_names_and_profiles) {
  const auto item = card(
      "FN:Zoé "
      "Martin\r\nX-MAIDENNAME:Duval\r\nX-SOCIALPROFILE;type=linkedin:https://linkedin.example/in/"
      "zoe\r\nSOCIALPROFILE;SERVICE-TYPE=Mastodon:https://m.example/@zoe");
  EXPECT_THAT(facts(item, FactKind::former_name), ElementsAre("Duval"));
  EXPECT_THAT(facts(item, FactKind::url),
              ElementsAre("https://linkedin.example/in/zoe [linkedin]", "https://m.example/@zoe [mastodon]"));
}

TEST(Vcard, reads_phones_as_uris) {
  const auto item =
      card("VERSION:4.0\r\nFN:Zoé\r\nTEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+33-1-42-00-00-17;ext=102");
  EXPECT_THAT(facts(item, FactKind::phone), ElementsAre("+33-1-42-00-00-17;ext=102 [work]"));
}

TEST(Vcard, takes_the_name_apart_where_there_is_no_full_name) {
  EXPECT_EQ(card("N:Martin;Zoé;Anne,Lou;Dr;PhD").title, "Zoé Anne Lou Martin");
  EXPECT_EQ(card("VERSION:4.0\r\nN:Pérez;Ana;;;;López;").title, "Ana Pérez López");
  EXPECT_EQ(card("NICKNAME:Zo").title, "Zo");
}

TEST(Vcard, prefers_the_preferred_full_name) {
  const auto item = card("VERSION:4.0\r\nFN:Zoe\r\nFN;PREF=1:Zoé Martin");
  EXPECT_EQ(item.title, "Zoé Martin");
  EXPECT_THAT(facts(item, FactKind::other), ElementsAre("Zoe [FN]"));
}

TEST(Vcard, takes_addresses_in_any_dress) {
  const auto item = card(
      "FN:Zoé\r\nEMAIL:mailto:a@x.example\r\nEMAIL:Zoé "
      "<b@x.example>\r\nEMAIL:A@X.example\r\nEMAIL;TYPE=X400:c=FR\\;s=zoe\r\nEMAIL:");
  EXPECT_THAT(item.parties,
              ElementsAre(Party{Role::card, "Zoé", "a@x.example"}, Party{Role::card, "Zoé", "b@x.example"}));
  EXPECT_THAT(facts(item, FactKind::other), ElementsAre("c=FR;s=zoe [EMAIL;x400]"));
}

struct DayCase {
  std::string_view text, expected;  // empty: no day
};
class Birthday : public testing::TestWithParam<DayCase> {};
TEST_P(Birthday, is_a_day_or_nothing) {
  EXPECT_EQ(birthday(GetParam().text).value_or(""), GetParam().expected) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(table, Birthday,
                         testing::Values(DayCase{"19710402", "1971-04-02"}, DayCase{"1971-04-02", "1971-04-02"},
                                         DayCase{"--0402", "--04-02"}, DayCase{"--04-02", "--04-02"},
                                         DayCase{"--0229", "--02-29"}, DayCase{"19710402T231000Z", "1971-04-02"},
                                         DayCase{"1971-04-02T00:00:00", "1971-04-02"}, DayCase{"0000-04-02", "--04-02"},
                                         DayCase{"1971", ""}, DayCase{"1971-04", ""}, DayCase{"---02", ""},
                                         DayCase{"--04", ""}, DayCase{"T102200", ""}, DayCase{"circa 1800", ""},
                                         DayCase{"1971-02-30", ""}, DayCase{"--1301", ""}, DayCase{"", ""},
                                         DayCase{"-------", ""}));

TEST(Vcard, keeps_a_birthday_that_is_no_day) {
  EXPECT_THAT(facts(card("VERSION:4.0\r\nFN:Z\r\nBDAY;VALUE=text:vers 1800"), FactKind::other),
              ElementsAre("vers 1800 [BDAY]"));
}

TEST(Vcard, drops_the_year_that_apple_omits) {
  EXPECT_THAT(facts(card("FN:Z\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-04-02"), FactKind::birthday),
              ElementsAre("--04-02"));
}

TEST(Vcard, reads_moments_of_revision) {
  EXPECT_EQ(iso_instant(*timestamp("20120305T131933Z")), "2012-03-05T13:19:33Z");
  EXPECT_EQ(iso_instant(*timestamp("2012-03-05T13:19:33+02:00")), "2012-03-05T11:19:33Z");
  EXPECT_EQ(iso_instant(*timestamp("2012-03-05T13:19:33.250Z")), "2012-03-05T13:19:33Z");
  EXPECT_EQ(iso_instant(*timestamp("20120305T131933-0500")), "2012-03-05T18:19:33Z");
  EXPECT_EQ(iso_instant(*timestamp("2012-03-05")), "2012-03-05T00:00:00Z");
  for (const std::string_view text : {"", "yesterday", "2012-13-05", "20120305T2599", "2012"})
    EXPECT_FALSE(timestamp(text)) << text;
}

// A fuzzer found a NUL that came through in a line without a name.
TEST(Vcard, lets_no_nul_through) {
  const auto all = read_vcards(std::string_view{"BEGIN:VCARD\nNOTE:a\nb\0c\nEND:VCARD", 32});
  ASSERT_TRUE(all);
  EXPECT_THAT(facts(all->front(), FactKind::note), ElementsAre("a\nb\uFFFDc"));
}

TEST(Vcard, puts_an_address_of_many_rows_in_one) {
  EXPECT_THAT(facts(card("FN:Z\r\nADR:;;Bâtiment 6\\nÉtage 8\\n;Lyon;;69001;"), FactKind::postal_address),
              ElementsAre("Bâtiment 6, Étage 8, Lyon, 69001"));
}

TEST(Vcard, refuses_what_holds_no_card) {
  for (const std::string_view bytes :
       {"", "BEGIN:VCALENDAR\nEND:VCALENDAR", "FN:Zoé\nEND:VCARD", "\xFF\xFE", "\0\0\0\0"}) {
    const auto read = read_vcards(bytes);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::malformed);
  }
}

TEST(Vcard, cuts_what_is_too_long_and_says_so) {
  const auto item = card("FN:" + std::string(limits::header_bytes, 'a') +
                         "é\r\nNOTE:" + std::string(limits::section_bytes + 10, 'b'));
  EXPECT_EQ(item.title.size(), limits::header_bytes);
  EXPECT_EQ(facts(item, FactKind::note).front().size(), limits::section_bytes);
  EXPECT_TRUE(has(item, Notice::truncated));
}

TEST(Vcard, stops_at_the_limit_of_cards) {
  const std::string one = "BEGIN:VCARD\nTEL:0142000017\nEND:VCARD\n";
  const auto all = read_vcards(one + one + one, 2);
  ASSERT_TRUE(all);
  EXPECT_THAT(*all, SizeIs(2));
  EXPECT_TRUE(has(all->back(), Notice::truncated));
  EXPECT_THAT(read_vcards(one + one, 2)->back().notices, IsEmpty());
}

}  // namespace
}  // namespace entregent::readers
