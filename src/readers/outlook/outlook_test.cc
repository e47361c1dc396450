// SPDX-License-Identifier: AGPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/documents/rtf_reader.h"
#include "readers/mail_reader.h"
#include "readers/outlook/compressed_rtf.h"
#include "readers/outlook/msg_reader.h"
#include "readers/outlook/tnef_reader.h"
#include "tests/outlook_files.h"

namespace entregent::readers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::CompoundMaker;
using tests::tnef_of;
using tests::TnefFile;

std::string text_of(const ExtractedItem& item) {
  std::string text;
  for (const auto& section : item.texts) text += section.text + "\n";
  return text;
}

/// Utf-16 of ASCII and Latin-1.
std::string wide(std::string_view text) {
  std::string result;
  for (const char c : text) result += {c, '\0'};
  return result;
}

const std::string known_header =
    "Received: from a\r\nMessage-ID: <m1@mill.example>\r\nDate: Mon, 09 Mar 2026 10:15:00 +0100\r\n"
    "From: =?utf-8?Q?L=C3=A9a?= Martin <lea@mill.example>\r\nTo: jean@dupont.example\r\nSubject: Audit\r\n"
    "Content-Type: multipart/alternative;\r\n boundary=x\r\nMIME-Version: 1.0\r\n";

TEST(ReadMsg, is_the_same_item_as_the_mail_it_was) {
  CompoundMaker file;
  file.add("__properties_version1.0", std::string(32, '\0'));
  file.add("__substg1.0_001A001F", wide("IPM.Note"));
  file.add("__substg1.0_007D001F", wide(known_header));
  file.add("__substg1.0_1000001F", wide("Bonjour,\r\n\r\nle devis suit.\r\n"));
  file.add("__attach_version1.0_#00000000/__properties_version1.0", std::string(8, '\0'));
  file.add("__attach_version1.0_#00000000/__substg1.0_3707001F", wide("devis.txt"));
  file.add("__attach_version1.0_#00000000/__substg1.0_37010102", "douze mille");
  const auto item = read_msg(file.bytes());
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(item->kind, ItemKind::mail);
  EXPECT_EQ(item->identifier, "m1@mill.example");
  EXPECT_EQ(iso_instant(*item->happened_at), "2026-03-09T09:15:00Z");
  EXPECT_EQ(item->parties[0], (Party{Role::from, "Léa Martin", "lea@mill.example"}));
  EXPECT_THAT(text_of(*item), HasSubstr("le devis suit."));
  EXPECT_THAT(item->attachments, ElementsAre(Attachment{"devis.txt", "application/octet-stream", 11}));
  const auto mail =
      read_mail(known_header.substr(0, known_header.find("Content-Type")) + "\r\nBonjour,\r\n\r\nle devis suit.\r\n");
  EXPECT_EQ(item->content_hash, mail->content_hash);
}

TEST(ReadMsg, of_what_never_left_outlook_is_read_by_its_properties) {
  CompoundMaker file;
  std::string fixed(32, '\0');
  fixed += tests::fixed_property(0x0040, 0x0039, 134'175'213'000'000'000ULL);  // 2026-03-09T09:15Z
  fixed += tests::fixed_property(0x0003, 0x3FFD, 1252);
  file.add("__properties_version1.0", fixed);
  file.add("__substg1.0_0037001E", "Offre \xE9t\xE9");
  file.add("__substg1.0_0C1A001E",
           "L\xE9"
           "a Martin");
  file.add("__substg1.0_5D01001E", "lea@mill.example");
  file.add("__substg1.0_10130102", "<html><body><p>Bonjour <b>Jean</b></p></body></html>");
  file.add("__recip_version1.0_#00000000/__properties_version1.0",
           std::string(8, '\0') + tests::fixed_property(0x0003, 0x0C15, 2));
  file.add("__recip_version1.0_#00000000/__substg1.0_3001001E", "Jean Dupont");
  file.add("__recip_version1.0_#00000000/__substg1.0_39FE001E", "jean@dupont.example");
  const auto item = read_msg(file.bytes());
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(item->title, "Offre été");
  EXPECT_EQ(item->parties[0], (Party{Role::from, "Léa Martin", "lea@mill.example"}));
  EXPECT_EQ(item->parties[1], (Party{Role::cc, "Jean Dupont", "jean@dupont.example"}));
  EXPECT_EQ(iso_instant(*item->happened_at), "2026-03-09T09:15:00Z");
  EXPECT_THAT(text_of(*item), HasSubstr("Bonjour Jean"));
}

TEST(ReadMsg, opens_the_messages_inside) {
  CompoundMaker file;
  file.add("__properties_version1.0", std::string(32, '\0'));
  file.add("__substg1.0_0037001F", wide("Dehors"));
  file.add("__attach_version1.0_#00000000/__properties_version1.0", std::string(8, '\0'));
  file.add("__attach_version1.0_#00000000/__substg1.0_3701000D/__properties_version1.0", std::string(24, '\0'));
  file.add("__attach_version1.0_#00000000/__substg1.0_3701000D/__substg1.0_0037001F", wide("Dedans"));
  file.add("__attach_version1.0_#00000000/__substg1.0_3701000D/__substg1.0_1000001F", wide("un secret"));
  const auto item = read_msg(file.bytes());
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_THAT(text_of(*item), HasSubstr("Dedans"));
  EXPECT_THAT(text_of(*item), HasSubstr("un secret"));
}

TEST(ReadMsg, large_streams_lie_in_sectors_of_their_own) {
  CompoundMaker file;
  file.add("__properties_version1.0", std::string(32, '\0'));
  std::string text = "debut ";
  for (int i = 0; i < 3000; ++i) text += "mot" + std::to_string(i) + " ";
  file.add("__substg1.0_1000001F", wide(text + "fin"));
  const auto item = read_msg(file.bytes());
  ASSERT_TRUE(item);
  EXPECT_THAT(text_of(*item), HasSubstr("mot2999 fin"));
}

TEST(ReadMsg, refuses_what_is_no_message) {
  CompoundMaker appointment;
  appointment.add("__properties_version1.0", std::string(32, '\0'));
  appointment.add("__substg1.0_001A001F", wide("IPM.Appointment"));
  EXPECT_THAT(read_msg(appointment.bytes()).error().message, HasSubstr("iCalendar"));
  CompoundMaker word;
  word.add("WordDocument", "x");
  EXPECT_FALSE(read_msg(word.bytes()));
  EXPECT_FALSE(read_msg("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

TEST(ReadMsg, chains_that_run_in_circles_end) {
  CompoundMaker file;
  file.add("__properties_version1.0", std::string(32, '\0'));
  file.add("__substg1.0_1000001F", wide(std::string(20'000, 'a')));
  const std::string whole = file.bytes();
  for (std::size_t at = 0; at + 4 <= whole.size(); at += 364) {
    std::string broken = whole;
    broken[at] = 1;
    broken[at + 1] = broken[at + 2] = broken[at + 3] = '\0';
    (void)read_msg(broken);
    (void)read_msg(std::string_view(whole).substr(0, at));
  }
}

// MS-OXRTFCP §4.1.1
TEST(DecompressedRtf, gives_what_the_specification_shows) {
  const std::string packed(
      "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42"
      "\x32"
      "\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
      49);
  EXPECT_EQ(decompressed_rtf(packed), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_EQ(decompressed_rtf("nothing"), "");
}

TEST(ReadRtf, gives_the_text_of_a_page_that_outlook_wrapped) {
  const auto item = read_rtf(
      R"({\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \par \htmlrtf0 Bonjour{\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0  Jean\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}})");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->texts.front().text, "Bonjour Jean");
}

TEST(ReadMail, opens_winmail_dat) {
  const std::string wrapped = tnef_of({TnefFile{"devis \xE9t\xE9.txt", "douze mille"}}, "Le texte d'Outlook");
  const auto mail = [&](const std::string& body) {
    return "From: a@mill.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + body +
           "--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\n" +
           tests::base64_of(wrapped) + "\n--b--\n";
  };
  const auto with_text = read_mail(mail("--b\nContent-Type: text/plain\n\nBonjour\n"));
  ASSERT_TRUE(with_text);
  EXPECT_THAT(with_text->attachments, ElementsAre(Attachment{"devis été.txt", "application/octet-stream", 11}));
  EXPECT_EQ(text_of(*with_text), "Bonjour\n");
  const auto without = read_mail(mail(""));
  EXPECT_THAT(text_of(*without), HasSubstr("Le texte d'Outlook"));
}

TEST(ReadMail, names_a_damaged_winmail_dat_as_a_file) {
  const auto item = read_mail(
      "From: a@mill.example\nMIME-Version: 1.0\nContent-Type: application/ms-tnef; name=winmail.dat\n\nnothing\n");
  ASSERT_TRUE(item);
  EXPECT_THAT(item->attachments, Contains(Attachment{"winmail.dat", "application/ms-tnef", 8}));
}

TEST(ReadTnef, alone_is_the_message_it_was_made_of) {
  const auto item = read_tnef_file(tnef_of({TnefFile{"a.txt", "douze"}}, "Le texte"));
  ASSERT_TRUE(item);
  EXPECT_THAT(text_of(*item), HasSubstr("Le texte"));
  EXPECT_EQ(item->attachments.size(), 1u);
  EXPECT_FALSE(read_tnef("x\x9F\x3E"));
}

}  // namespace
}  // namespace entregent::readers
