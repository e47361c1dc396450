// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_reader.h"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/limits.h"

namespace entregent::readers {
namespace {

ExtractedItem read(std::string_view mail, const MailHints& hints = {}) {
  auto item = read_mail(mail, hints);
  EXPECT_TRUE(item.has_value());
  return item ? *std::move(item) : ExtractedItem{};
}

bool has(const ExtractedItem& item, Notice notice) {
  return std::find(item.notices.begin(), item.notices.end(), notice) != item.notices.end();
}

std::string texts(const ExtractedItem& item, TextKind kind) {
  std::string result;
  for (const TextSection& section : item.texts)
    if (section.kind == kind) result += (result.empty() ? "" : "|") + section.text;
  return result;
}
std::string fresh(const ExtractedItem& item) {
  return texts(item, TextKind::fresh);
}

std::string parties(const ExtractedItem& item, Role role) {
  std::string result;
  for (const Party& party : item.parties)
    if (party.role == role) result += (result.empty() ? "" : "|") + party.name + "<" + party.address + ">";
  return result;
}

constexpr std::string_view head =
    "From: Jean Dupont <jean@nord.example>\nTo: Paul <paul@sud.example>\nDate: Mon, 5 Jan 2015 10:00:00 "
    "+0100\nMessage-ID: <1@nord.example>\nSubject: Devis\n";

std::string mail(std::string_view more_header, std::string_view body) {
  return std::string(head) + std::string(more_header) + "\n" + std::string(body);
}

TEST(ReadMail, gives_the_whole_of_a_plain_message) {
  const ExtractedItem item = read(mail("Cc: Anne <anne@sud.example>\n", "Bonjour Paul.\n"));
  EXPECT_EQ(item.identifier, "1@nord.example");
  EXPECT_EQ(item.title, "Devis");
  EXPECT_EQ(iso_instant(*item.happened_at), "2015-01-05T09:00:00Z");
  EXPECT_EQ(parties(item, Role::from), "Jean Dupont<jean@nord.example>");
  EXPECT_EQ(parties(item, Role::to), "Paul<paul@sud.example>");
  EXPECT_EQ(parties(item, Role::cc), "Anne<anne@sud.example>");
  EXPECT_EQ(fresh(item), "Bonjour Paul.");
  EXPECT_TRUE(item.notices.empty());
}

TEST(ReadMail, reads_any_line_end) {
  std::string crlf, cr;
  for (const char c : mail("", "Un\nDeux\n")) {
    if (c == '\n') crlf += '\r';
    crlf += c;
    cr += c == '\n' ? '\r' : c;
  }
  EXPECT_EQ(fresh(read(crlf)), "Un\nDeux");
  EXPECT_EQ(fresh(read(cr)), "Un\nDeux");
  EXPECT_EQ(read(crlf).content_hash, read(mail("", "Un\nDeux\n")).content_hash);
}

TEST(ReadMail, refuses_what_is_no_text) {
  std::string picture = "\x89PNG\r\n\x1A\n";
  for (int i = 0; i < 900; ++i) picture += static_cast<char>(128 + i * 37 % 127);
  EXPECT_EQ(read_mail(picture).error().code, ErrorCode::malformed);
}

TEST(ReadMail, refuses_only_what_is_empty) {
  EXPECT_EQ(read_mail("").error().code, ErrorCode::malformed);
  EXPECT_EQ(read_mail("\r\n \n").error().code, ErrorCode::malformed);
  const ExtractedItem item = read("just words\nwithout any header\n");
  EXPECT_EQ(fresh(item), "just words\nwithout any header");
  EXPECT_TRUE(has(item, Notice::sender_missing));
  EXPECT_TRUE(has(item, Notice::date_missing));
}

TEST(ReadMail, gives_the_other_roles) {
  const ExtractedItem item = read(
      "From: Jean <jean@nord.example>\nSender: Anne <anne@nord.example>\nReply-To: Bureau <bureau@nord.example>\nTo: "
      "undisclosed-recipients:;\nBcc: b@sud.example\nDelivered-To: me@sud.example\nX-Original-To: "
      "old@sud.example\nEnvelope-To: env@sud.example\n\nx\n");
  EXPECT_EQ(parties(item, Role::sender), "Anne<anne@nord.example>");
  EXPECT_EQ(parties(item, Role::reply_to), "Bureau<bureau@nord.example>");
  EXPECT_EQ(parties(item, Role::to), "");
  EXPECT_EQ(parties(item, Role::bcc), "<b@sud.example>");
  EXPECT_EQ(parties(item, Role::delivered_to), "<me@sud.example>|<old@sud.example>|<env@sud.example>");
}

TEST(ReadMail, leaves_out_a_sender_and_reply_address_that_are_the_author) {
  const ExtractedItem item =
      read("From: Jean <jean@nord.example>\nSender: JEAN@nord.example\nReply-To: Jean D <jean@Nord.example>\n\nx\n");
  EXPECT_EQ(item.parties.size(), 1U);
}

TEST(ReadMail, knows_the_author_of_what_a_list_server_signed) {
  const auto author = [](std::string_view header) {
    return parties(read(std::string(header) + "List-Id: <forum.listes.example>\n\nx\n"), Role::from);
  };
  EXPECT_EQ(author("From: Jean Dupont via Forum <forum@listes.example>\nReply-To: DUPONT Jean <jean@nord.example>\n"),
            "DUPONT Jean<jean@nord.example>");
  EXPECT_EQ(author("From: \"'Jean Dupont' via Forum\" <forum@groups.example>\nReply-To: forum@groups.example\n"
                   "X-Original-From: Jean Dupont <jean@nord.example>\n"),
            "Jean Dupont<jean@nord.example>");
  EXPECT_EQ(author("From: Jean Dupont via Forum <forum@listes.example>\nReply-To: Forum <forum@listes.example>, "
                   "Jean Dupont <jean@nord.example>\n"),
            "Jean Dupont<jean@nord.example>");
  const std::string_view by_the_list = "Jean Dupont via Forum<forum@listes.example>";
  EXPECT_EQ(author("From: Jean Dupont via Forum <forum@listes.example>\nReply-To: Anne <anne@nord.example>\n"),
            by_the_list);
  EXPECT_EQ(author("From: Jean Dupont via Forum <forum@listes.example>\n"), by_the_list);
  EXPECT_EQ(parties(read("From: Jean via Forum <a@nord.example>\nReply-To: Jean <b@nord.example>\n\nx\n"), Role::from),
            "Jean via Forum<a@nord.example>")
      << "no list";
}

struct DateCase {
  std::string_view test_name, header, expected;
  bool repaired;
};

class MailDates : public testing::TestWithParam<DateCase> {};

TEST_P(MailDates, are_repaired_by_what_servers_wrote) {
  const ExtractedItem item = read("From: a@b.example\n" + std::string(GetParam().header) + "\n\nx\n");
  EXPECT_EQ(item.happened_at ? iso_instant(*item.happened_at) : "", GetParam().expected);
  EXPECT_EQ(has(item, Notice::date_repaired), GetParam().repaired);
  EXPECT_EQ(has(item, Notice::date_missing), GetParam().expected.empty());
}

#define RECEIVED                                                                                                      \
  "Received: from x.example by y.example; Tue, 6 Jan 2015 08:00:00 +0000\nReceived: from z.example; Mon, 5 Jan 2015 " \
  "07:00:00 +0000\n"
INSTANTIATE_TEST_SUITE_P(
    table, MailDates,
    testing::Values(
        DateCase{"good", RECEIVED "Date: Mon, 5 Jan 2015 10:00:00 +0000", "2015-01-05T10:00:00Z", false},
        DateCase{"absent", RECEIVED "X: y", "2015-01-06T08:00:00Z", true},
        DateCase{"unset_clock", RECEIVED "Date: Thu, 1 Jan 1970 00:00:00 +0000", "2015-01-06T08:00:00Z", true},
        DateCase{"old_clock", RECEIVED "Date: Tue, 1 Jan 1980 00:00:00 +0000", "2015-01-06T08:00:00Z", true},
        DateCase{"far_future", RECEIVED "Date: Mon, 5 Jan 2026 10:00:00 +0000", "2015-01-06T08:00:00Z", true},
        DateCase{"a_day_ahead", RECEIVED "Date: Wed, 7 Jan 2015 09:00:00 +0000", "2015-01-07T09:00:00Z", false},
        DateCase{"nonsense", RECEIVED "Date: tomorrow", "2015-01-06T08:00:00Z", true},
        DateCase{"archived_later", RECEIVED "Date: Mon, 5 Jan 1998 10:00:00 +0000", "1998-01-05T10:00:00Z", false},
        DateCase{"first_received_broken", "Received: by x.example\n" RECEIVED "X: y", "2015-01-06T08:00:00Z", true},
        DateCase{"nothing_at_all", "X: y", "", false},
        DateCase{"absurd_and_alone", "Date: Mon, 5 Jan 2999 10:00:00 +0000", "", false},
        DateCase{"year_1969", "Date: Thu, 13 Feb 1969 23:32:54 -0330", "", false}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(ReadMail, takes_the_hint_of_its_place_as_the_last_resort) {
  const MailHints hints{.envelope_date = parse_iso_day("2015-01-05")};
  const ExtractedItem item = read("From: a@b.example\n\nx\n", hints);
  EXPECT_EQ(iso_instant(*item.happened_at), "2015-01-05T00:00:00Z");
  EXPECT_TRUE(has(item, Notice::date_repaired));
}

/// The day that a mail without Received gets, if its place was given it on `stored`.
std::string day_of(std::string_view date, std::string_view stored) {
  const ExtractedItem item =
      read("From: a@b.example\nDate: " + std::string(date) + "\n\nx\n", {.envelope_date = parse_iso_day(stored)});
  if (has(item, Notice::date_missing)) return "missing";
  return iso_instant(*item.happened_at).substr(0, 10) + (has(item, Notice::date_repaired) ? ", repaired" : "");
}

TEST(ReadMail, lets_no_late_copy_make_old_mail_young) {
  EXPECT_EQ(day_of("Mon, 5 Jan 1998 10:00:00 +0000", "2026-11-20"), "1998-01-05");
  EXPECT_EQ(day_of("Tue, 1 Jan 1980 00:00:00 +0000", "2026-11-20"), "2026-11-20, repaired");
  EXPECT_EQ(day_of("Mon, 5 Jan 2032 10:00:00 +0000", "2026-11-20"), "2026-11-20, repaired");
}

TEST(ReadMail, believes_no_envelope_of_an_unset_clock) {
  for (const std::string_view unset : {"1970-01-01", "1980-01-01"}) {
    EXPECT_EQ(day_of("Mon, 5 Jan 2015 10:00:00 +0000", unset), "2015-01-05");
    EXPECT_EQ(day_of("tomorrow", unset), "missing");
  }
}

TEST(ReadMail, puts_the_parent_last_among_references) {
  const ExtractedItem item = read(mail("References: <a@x> <b@x>\n <c@x>\nIn-Reply-To: <b@x>\n", "x"));
  EXPECT_EQ(item.references, (std::vector<std::string>{"a@x", "c@x", "b@x"}));
  EXPECT_EQ(read(mail("In-Reply-To: Your message of Monday <d@x>\n", "x")).references, std::vector<std::string>{"d@x"});
  EXPECT_EQ(read(mail("References: a@x b@x\n", "x")).references, (std::vector<std::string>{"a@x", "b@x"}));
}

TEST(ReadMail, takes_a_broken_identifier) {
  EXPECT_EQ(read("Message-ID: 12@x.example\n\nx").identifier, "12@x.example");
  EXPECT_EQ(read("Message-ID: <12 @\n x.example>\n\nx").identifier, "12@x.example");
  EXPECT_EQ(read("Message-ID: <12@x.example\n\nx").identifier, "12@x.example");
  EXPECT_EQ(read("Message-ID: <>\n\nx").identifier, "");
  EXPECT_EQ(read("Message-ID: <first@x>\nMessage-ID: <second@x>\n\nx").identifier, "first@x");
}

TEST(ReadMail, keeps_an_identifier_of_foreign_bytes_within_its_limit) {
  const std::string foreign(limits::header_bytes / 2, '\xE9');
  const ExtractedItem item =
      read("Message-ID: <" + foreign + "@x>\nReferences: <" + foreign + "@y>\nList-Id: <" + foreign + ">\n\nx");
  for (const std::string& text : {item.identifier, item.references.at(0), item.list_id}) {
    EXPECT_FALSE(text.empty());
    EXPECT_LE(text.size(), limits::header_bytes);
  }
}

TEST(ReadMail, identifies_copies_without_identifier_by_their_content) {
  const auto hash = [](std::string_view more, std::string_view body) {
    return read("From: a@b.example\nDate: Mon, 5 Jan 2015 10:00:00 +0100\nSubject: x\n" + std::string(more) + "\n" +
                std::string(body))
        .content_hash;
  };
  EXPECT_EQ(hash("", "words\n"), hash("Received: by other.example; Mon, 5 Jan 2015 11:00:00 +0100\n", "words\n\n"));
  EXPECT_NE(hash("", "words\n"), hash("", "other words\n"));
  EXPECT_NE(hash("", ""), (std::array<std::uint8_t, 16>{}));
}

enum class Kept { in_mbox, elsewhere };

struct MarkCase {
  std::string_view test_name, header;
  Marks expected;
  Kept kept = Kept::in_mbox;
};

class MailMarks : public testing::TestWithParam<MarkCase> {};

TEST_P(MailMarks, are_read) {
  const MailHints hints{.envelope_date = {}, .keeper_writes_marks = GetParam().kept == Kept::in_mbox};
  EXPECT_EQ(read(mail(GetParam().header, "x"), hints).marks, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, MailMarks,
    testing::Values(
        MarkCase{"none", "", {}}, MarkCase{"list_id", "List-Id: Nord <nord.lists.example>\n", {.list = true}},
        MarkCase{"list_post", "List-Post: <mailto:a@b.example>\n", {.list = true}},
        MarkCase{"precedence_list", "Precedence: list\n", {.list = true}},
        MarkCase{"list_of_old_server", "Precedence: bulk\nX-list: nord\n", {.list = true}},
        MarkCase{"bulk", "Precedence: bulk\n", {.robot = true}},
        MarkCase{"auto_submitted", "Auto-Submitted: auto-replied\n", {.robot = true}},
        MarkCase{"auto_submitted_no", "Auto-Submitted: no\n", {}},
        MarkCase{"autoreply", "X-Autoreply: yes\n", {.robot = true}},
        MarkCase{"suppress", "X-Auto-Response-Suppress: All\n", {.robot = true}},
        MarkCase{"suppress_some", "X-Auto-Response-Suppress: DR, RN\n", {}},
        MarkCase{"forged_label", "X-Gmail-Labels: Sent\n", {}, Kept::elsewhere},
        MarkCase{"forged_status", "X-Mozilla-Status: 0009\nX-Status: D\n", {}, Kept::elsewhere},
        MarkCase{"second_label", "X-Gmail-Labels: Inbox\nX-Gmail-Labels: Sent\n", {}},
        MarkCase{"gmail_spam", "X-Gmail-Labels: Spam,Unread\n", {.spam_or_trash = true}},
        MarkCase{"gmail_trash_french", "X-Gmail-Labels: Corbeille\n", {.spam_or_trash = true}},
        MarkCase{"gmail_sent", "X-Gmail-Labels: Sent,Important\n", {.sent_by_me = true}},
        MarkCase{"gmail_sent_french", "X-Gmail-Labels: =?UTF-8?Q?Messages_envoy=C3=A9s?=\n", {.sent_by_me = true}},
        MarkCase{"gmail_draft_french", "X-Gmail-Labels: Brouillons\n", {.draft = true}},
        MarkCase{"thunderbird_deleted", "X-Mozilla-Status: 0009\n", {.spam_or_trash = true}},
        MarkCase{"thunderbird_read", "X-Mozilla-Status: 0001\n", {}}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(ReadMail, takes_a_delivery_report_for_a_robot) {
  const ExtractedItem item =
      read(mail("Content-Type: multipart/report; boundary=b\n",
                "--b\n\nNot delivered.\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b--\n"));
  EXPECT_TRUE(item.marks.robot);
  EXPECT_EQ(fresh(item), "Not delivered.");
  EXPECT_EQ(texts(item, TextKind::attachment), "Action: failed");
}

TEST(ReadMail, names_its_list_and_labels) {
  const ExtractedItem item = read(mail("List-Id: \"Amis du Nord\" <amis.nord.example>\nX-Gmail-Labels: "
                                       "=?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception?=,\"Clients, Nord\",Important\n",
                                       "x"),
                                  {.envelope_date = {}, .keeper_writes_marks = true});
  EXPECT_EQ(item.list_id, "amis.nord.example");
  EXPECT_EQ(item.labels, (std::vector<std::string>{"Boîte de réception", "Clients, Nord", "Important"}));
}

TEST(ReadMail, goes_on_after_a_stain_in_the_header) {
  const ExtractedItem item = read("From: a@b.example\nthis is no field\nSubject: Devis\n\nbody\n");
  EXPECT_EQ(item.title, "Devis");
  EXPECT_EQ(fresh(item), "body");
  EXPECT_TRUE(has(item, Notice::malformed));
  EXPECT_EQ(read("From : Jean <a@b.example>\nSubject\t: Devis\n\nbody\n").title, "Devis");
  EXPECT_EQ(fresh(read("Subject: Devis\nbody without blank line\n")), "body without blank line");
}

// Bodies.

#define PART(type) "--b\nContent-Type: " type "\n\n"

struct BodyCase {
  std::string_view test_name, header, body, expected;  ///< expected: the fresh text
};

class MailBodies : public testing::TestWithParam<BodyCase> {};

TEST_P(MailBodies, give_their_text) {
  EXPECT_EQ(fresh(read(mail(GetParam().header, GetParam().body))), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, MailBodies,
    testing::Values(
        BodyCase{"base64", "Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n", "w6l0w6k=\n",
                 "été"},
        BodyCase{"quoted_printable",
                 "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=iso-8859-1\n",
                 "=E9t=E9 =\nlong\n", "été long"},
        BodyCase{"undeclared_8bit", "", "\xE9t\xE9\n", "été"},
        BodyCase{"html", "Content-Type: text/html; charset=utf-8\n", "<p>été</p>", "été"},
        BodyCase{"html_charset_in_meta", "Content-Type: text/html\n", "<meta charset=iso-8859-15><p>10 \xA4</p>",
                 "10 €"},
        BodyCase{"flowed", "Content-Type: text/plain; format=flowed\n", "one \ntwo\n", "one two"},
        BodyCase{"alternative", "Content-Type: multipart/alternative; boundary=b\n",
                 PART("text/plain") "plain words\n" PART("text/html") "<p>page words</p>\n--b--\n", "plain words"},
        BodyCase{"alternative_empty_plain", "Content-Type: multipart/alternative; boundary=b\n",
                 PART("text/plain") " \n" PART("text/html") "<p>page words</p>\n--b--\n", "page words"},
        BodyCase{"alternative_stub", "Content-Type: multipart/alternative; boundary=b\n",
                 PART("text/plain") "Please view in HTML.\n" PART(
                     "text/html") "<p>page words that are many more than the stub has</p><p>and even more of them, and "
                                  "then some</p>\n--b--\n",
                 "page words that are many more than the stub has\n\nand even more of them, and then some"},
        BodyCase{"alternative_html_only", "Content-Type: multipart/alternative; boundary=b\n",
                 PART("text/html") "<p>page</p>\n--b--\n", "page"},
        BodyCase{"related_inside_alternative", "Content-Type: multipart/alternative; boundary=b\n",
                 PART("text/plain") "plain\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: "
                                    "text/html\n\n<p>page</p>\n--c--\n--b--\n",
                 "plain"},
        BodyCase{"mixed_two_texts", "Content-Type: multipart/mixed; boundary=b\n",
                 PART("text/plain") "one\n" PART("text/plain") "two\n--b--\n", "one\n\ntwo"},
        BodyCase{"no_end", "Content-Type: multipart/mixed; boundary=b\n", PART("text/plain") "one\n", "one"},
        BodyCase{"no_part_header", "Content-Type: multipart/mixed; boundary=b\n", "--b\n\none\n--b--\n", "one"},
        BodyCase{"no_boundary_declared", "Content-Type: multipart/mixed\n",
                 "--xyz12\nContent-Type: text/plain\n\none\n--xyz12--\n", "one"},
        BodyCase{"no_boundary_there", "Content-Type: multipart/mixed; boundary=b\n", "just words\n", "just words"},
        BodyCase{"preamble", "Content-Type: multipart/mixed; boundary=b\n",
                 "This is a multi-part message.\n" PART("text/plain") "one\n--b--\nepilogue\n", "one"},
        BodyCase{"boundary_prefix_of_another", "Content-Type: multipart/mixed; boundary=b\n",
                 "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b--\n", "one"},
        BodyCase{"signed_pgp_mime", "Content-Type: multipart/signed; boundary=b\n",
                 PART("text/plain") "signed words\n" PART(
                     "application/pgp-signature") "-----BEGIN PGP SIGNATURE-----\n--b--\n",
                 "signed words"},
        BodyCase{"signed_inline", "",
                 "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nsigned words\n- --dash\n-----BEGIN PGP "
                 "SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n",
                 "signed words\n--dash"},
        BodyCase{"unknown_encoding", "Content-Transfer-Encoding: x-what\n", "words\n", "words"},
        BodyCase{"type_text_alone", "Content-Type: text\n", "words\n", "words"},
        BodyCase{"enriched", "Content-Type: text/enriched\n", "<bold>words</bold> <<3\n", "words <3"},
        BodyCase{"control_marks_are_no_quotation", "", "\x01words\n", " words"}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(ReadMail, keeps_answers_between_quotations_in_order) {
  const ExtractedItem item = read(mail("", "> Un ?\nOui.\n> Deux ?\nNon.\n"));
  ASSERT_EQ(item.texts.size(), 4U);
  EXPECT_EQ(item.texts[1], (TextSection{TextKind::fresh, "Oui."}));
  EXPECT_EQ(item.texts[2], (TextSection{TextKind::quoted, "Deux ?"}));
}

TEST(ReadMail, takes_facts_from_the_signature) {
  const ExtractedItem item = read(mail("", "Bonjour.\n-- \nJean Dupont\nDirecteur, Nord SAS\nTél. 01 23 45 67 89\n"));
  EXPECT_EQ(item.facts, (std::vector<Fact>{{FactKind::title, "Directeur", ""},
                                           {FactKind::company, "Nord SAS", ""},
                                           {FactKind::phone, "01 23 45 67 89", "work"}}));
}

TEST(ReadMail, takes_no_words_nor_facts_of_others_for_the_senders) {
  const ExtractedItem item = read(
      mail("",
           "Oui.\n\nLe 5 janv. 2015 à 10:00, Paul a écrit :\n> Un ?\n> -- \n> Paul Roux\n> Directeur, Sud SAS\n> Tél. "
           "01 98 76 54 32\n"));
  EXPECT_EQ(fresh(item), "Oui.");
  EXPECT_THAT(item.facts, testing::IsEmpty());
  EXPECT_THAT(texts(item, TextKind::quoted), testing::HasSubstr("01 98 76 54 32"));
}

struct NameCase {
  std::string_view test_name, fields, expected;
};

class AttachmentNames : public testing::TestWithParam<NameCase> {};

TEST_P(AttachmentNames, are_decoded) {
  const ExtractedItem item = read(mail(
      "Content-Type: multipart/mixed; boundary=b\n",
      "--b\n\nhello\n--b\n" + std::string(GetParam().fields) + "Content-Transfer-Encoding: base64\n\nQUJD\n--b--\n"));
  ASSERT_EQ(item.attachments.size(), 1U);
  EXPECT_EQ(item.attachments[0].name, GetParam().expected);
  EXPECT_EQ(item.attachments[0].bytes, 3U);
}

INSTANTIATE_TEST_SUITE_P(
    table, AttachmentNames,
    testing::Values(
        NameCase{"plain", "Content-Type: application/pdf; name=\"devis.pdf\"\n", "devis.pdf"},
        NameCase{"disposition", "Content-Type: application/pdf\nContent-Disposition: attachment; filename=devis.pdf\n",
                 "devis.pdf"},
        NameCase{"rfc2231",
                 "Content-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=utf-8''d%C3%A9vi;\n "
                 "filename*1*=s.pdf\n",
                 "dévis.pdf"},
        NameCase{"rfc2047", "Content-Type: application/pdf; name=\"=?utf-8?Q?d=C3=A9vis.pdf?=\"\n", "dévis.pdf"},
        NameCase{"without_name", "Content-Type: application/pdf\nContent-Disposition: attachment\n", ""},
        NameCase{"tnef", "Content-Type: application/ms-tnef; name=winmail.dat\n", "winmail.dat"}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(ReadMail, leaves_out_the_pictures_of_a_page) {
  const ExtractedItem item = read(mail(
      "Content-Type: multipart/related; boundary=b\n",
      PART("text/html") "<p>page</p>\n--b\nContent-Type: image/png; name=logo.png\nContent-ID: <l@x>\n\nabc\n--b--\n"));
  EXPECT_TRUE(item.attachments.empty());
}

TEST(ReadMail, reads_the_text_of_text_files) {
  const ExtractedItem item =
      read(mail("Content-Type: multipart/mixed; boundary=b\n",
                PART("text/plain") "look\n--b\nContent-Type: text/csv; name=a.csv\nContent-Disposition: "
                                   "attachment\n\nx;y\n--b--\n"));
  EXPECT_EQ(texts(item, TextKind::attachment), "x;y");
  EXPECT_EQ(item.attachments[0], (Attachment{"a.csv", "text/csv", 3}));
}

TEST(ReadMail, reads_forwarded_messages_as_attachments) {
  const ExtractedItem item =
      read(mail("Content-Type: multipart/mixed; boundary=b\n",
                PART("text/plain") "see\n" PART(
                    "message/rfc822") "From: Anne <anne@sud.example>\nSubject: Ancien\nContent-Type: multipart/mixed; "
                                      "boundary=c\n\n--c\n\nold words\n--c\nContent-Type: application/pdf; "
                                      "name=x.pdf\n\nabc\n--c--\n--b--\n"));
  EXPECT_EQ(fresh(item), "see");
  EXPECT_EQ(texts(item, TextKind::attachment), "Ancien\nAnne anne@sud.example\n\nold words");
  ASSERT_EQ(item.attachments.size(), 2U);
  EXPECT_EQ(item.attachments[0].name, "Ancien");
  EXPECT_EQ(item.attachments[1].name, "x.pdf");
  EXPECT_EQ(parties(item, Role::from), "Jean Dupont<jean@nord.example>");
}

#define CLOSED "--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\nhQEMA9xxWORDS\n--b--\n"

struct ClosedCase {
  std::string_view test_name, header, body;
};

class Ciphertext : public testing::TestWithParam<ClosedCase> {};

/// Its header is nobody's secret: who wrote to whom and when is kept whole.
TEST_P(Ciphertext, stays_closed_with_its_header_kept_and_says_so) {
  const ExtractedItem item =
      read(mail("References: <0@x.example>\n" + std::string(GetParam().header), GetParam().body));
  EXPECT_TRUE(has(item, Notice::encrypted));
  EXPECT_FALSE(has(item, Notice::text_missing));
  EXPECT_THAT(item.texts, testing::IsEmpty());
  EXPECT_EQ(item.title, "Devis");
  EXPECT_EQ(item.identifier, "1@nord.example");
  EXPECT_EQ(item.references, std::vector<std::string>{"0@x.example"});
  EXPECT_EQ(iso_instant(*item.happened_at), "2015-01-05T09:00:00Z");
  EXPECT_EQ(parties(item, Role::from), "Jean Dupont<jean@nord.example>");
  EXPECT_EQ(parties(item, Role::to), "Paul<paul@sud.example>");
}

INSTANTIATE_TEST_SUITE_P(
    table, Ciphertext,
    testing::Values(
        ClosedCase{"pgp_mime",
                   "Content-Type: multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"\n",
                   PART("application/pgp-encrypted") "Version: 1\n" CLOSED},
        ClosedCase{"pgp_mime_taken_apart_by_exchange", "Content-Type: multipart/mixed; boundary=b\n",
                   PART("text/plain") "\n" PART("application/pgp-encrypted") "Version: 1\n" CLOSED},
        ClosedCase{"pgp_in_the_text", "", "-----BEGIN PGP MESSAGE-----\n\nhQEMA9xx\n-----END PGP MESSAGE-----\n"},
        ClosedCase{"pgp_in_a_page", "Content-Type: text/html; charset=utf-8\n",
                   "<p>-----BEGIN PGP MESSAGE-----<br><br>hQEMA9xx<br>-----END PGP MESSAGE-----</p>\n"},
        ClosedCase{"smime", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n",
                   "MIAGCSqGSIb3DQEHA6CA\n"},
        ClosedCase{"smime_of_old", "Content-Type: application/x-pkcs7-mime; name=smime.p7m\n",
                   "MIAGCSqGSIb3DQEHA6CA\n"},
        ClosedCase{"smime_known_by_its_file_name", "Content-Type: application/octet-stream; name=SMIME.P7M\n",
                   "MIAGCSqGSIb3DQEHA6CA\n"}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(ReadMail, reads_the_words_around_ciphertext) {
  const ExtractedItem item =
      read(mail("", "Voilà :\n-----BEGIN PGP MESSAGE-----\n\nabcdef\n-----END PGP MESSAGE-----\nÀ demain\n"));
  EXPECT_TRUE(has(item, Notice::encrypted));
  EXPECT_EQ(fresh(item), "Voilà :\nÀ demain");
  const ExtractedItem by_list = read(mail("Content-Type: multipart/mixed; boundary=a\n",
                                          "--a\nContent-Type: multipart/encrypted; boundary=b\n\n" CLOSED
                                          "--a\nContent-Type: text/plain\n\nPied de la liste\n--a--\n"));
  EXPECT_TRUE(has(by_list, Notice::encrypted));
  EXPECT_EQ(fresh(by_list), "Pied de la liste");
}

TEST(ReadMail, opens_what_is_only_signed) {
  // ContentInfo { signedData, [0] { version, {}, { data, [0] OCTET STRING } } } of RFC 5652, without certificates.
  const std::string inner = "Content-Type: text/plain\n\nsigned words\n";
  const auto wrap = [](char tag, const std::string& content) {
    return std::string{tag, static_cast<char>(content.size())} + content;
  };
  const std::string octets = wrap('\x04', inner);
  const std::string content =
      wrap('\x30', std::string("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", 11) + wrap('\xA0', octets));
  const std::string signed_data = wrap('\x30', std::string("\x02\x01\x01\x31\x00", 5) + content);
  const std::string der =
      wrap('\x30', std::string("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 11) + wrap('\xA0', signed_data));
  ASSERT_LT(der.size(), 127U);
  const ExtractedItem item = read(mail("Content-Type: application/pkcs7-mime; smime-type=signed-data\n", der));
  EXPECT_EQ(fresh(item), "signed words");
  EXPECT_FALSE(has(item, Notice::encrypted));
}

TEST(ReadMail, names_uuencoded_files) {
  const ExtractedItem item = read(mail("", "Here.\nbegin 644 plan.gif\n#86)C\n`\nend\nBye.\n"));
  EXPECT_EQ(fresh(item), "Here.\nBye.");
  EXPECT_EQ(item.attachments, (std::vector<Attachment>{{"plan.gif", "application/octet-stream", 3}}));
}

TEST(ReadMail, opens_cards_inside) {
  const ExtractedItem item =
      read(mail("Content-Type: multipart/mixed; boundary=b\n",
                PART("text/plain") "My card.\n--b\nContent-Type: text/vcard; name=j.vcf\n\n"
                                   "BEGIN:VCARD\nVERSION:4.0\nFN:Jean\nEMAIL:jean@nord.example\nEND:VCARD\n--b--\n"));
  EXPECT_EQ(fresh(item), "My card.");
  ASSERT_EQ(item.inside.size(), 1U);
  EXPECT_EQ(item.inside[0].kind, ItemKind::contact);
  EXPECT_EQ(item.inside[0].title, "Jean");
}

TEST(ReadMail, opens_an_invitation_once) {
  constexpr std::string_view invitation =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e1\nDTSTART:20150105T100000Z\nSUMMARY:Réunion\nEND:VEVENT\nEND:VCALENDAR\n";
  const ExtractedItem item = read(
      mail("Content-Type: multipart/mixed; boundary=b\n",
           PART("text/plain") "Come!\n" PART("text/calendar; method=REQUEST; charset=utf-8") + std::string(invitation) +
               PART("text/calendar; name=invite.ics; charset=utf-8") + std::string(invitation) + "--b--\n"));
  EXPECT_EQ(fresh(item), "Come!");
  ASSERT_EQ(item.inside.size(), 1U);
  EXPECT_EQ(item.inside[0].title, "Réunion");
  ASSERT_EQ(item.attachments.size(), 1U);
  EXPECT_EQ(item.attachments[0].name, "invite.ics");
}

TEST(ReadMail, says_when_nothing_is_to_be_read) {
  EXPECT_TRUE(has(read(mail("", "\n \n")), Notice::text_missing));
}

TEST(ReadMailLimits, bound_depth_parts_and_text) {
  std::string deep = mail("", "");
  deep.pop_back();
  std::string body;
  for (int i = 0; i < 100; ++i) {
    const std::string name = "b" + std::to_string(i);
    body += "Content-Type: multipart/mixed; boundary=" + name + "x\n\n--" + name + "x\n";
  }
  EXPECT_TRUE(has(read(deep + body + "\n\nwords\n"), Notice::truncated));

  std::string parts;
  for (std::size_t i = 0; i < limits::mime_parts + 10; ++i) parts += "--b\n\nx\n";
  EXPECT_TRUE(has(read(mail("Content-Type: multipart/mixed; boundary=b\n", parts)), Notice::truncated));

  const ExtractedItem item = read(mail("", std::string(limits::section_bytes + 100, 'a')));
  EXPECT_TRUE(has(item, Notice::truncated));
  EXPECT_EQ(item.texts[0].text.size(), limits::section_bytes);
}

TEST(ReadMboxMessage, drops_the_envelope_and_unquotes_from) {
  const auto item = read_mbox_message(
      "From jean@nord.example Mon Jan  5 10:20:30 2015\nFrom: jean@nord.example\nSubject: Devis\n\nVoici.\n>From "
      "Paris\n>>From Rome\n");
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->title, "Devis");
  EXPECT_EQ(iso_instant(*item->happened_at), "2015-01-05T10:20:30Z");
  EXPECT_EQ(item->texts[0].text, "Voici.\nFrom Paris");
  EXPECT_EQ(item->texts[1], (TextSection{TextKind::quoted, "From Rome"}));
}

TEST(ReadEmlx, reads_length_message_and_flags) {
  const std::string message = mail("", "Bonjour.\n");
  const auto emlx = [&](std::string_view flags) {
    return std::to_string(message.size()) + "   \n" + message +
           "<?xml "
           "version=\"1.0\"?><plist><dict><key>date-received</key><integer>1420450000</integer><key>flags</"
           "key><integer>" +
           std::string(flags) + "</integer></dict></plist>\n";
  };
  const auto item = read_emlx(emlx("1"));
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->texts, (std::vector<TextSection>{{TextKind::fresh, "Bonjour."}}));
  EXPECT_EQ(item->marks, Marks{});
  EXPECT_TRUE(read_emlx(emlx("2"))->marks.spam_or_trash);
  EXPECT_TRUE(read_emlx(emlx("64"))->marks.draft);
  EXPECT_EQ(read_emlx("From: a@b.example\n\nx").error().code, ErrorCode::malformed);
  EXPECT_TRUE(read_emlx("99999\n" + message).has_value());
}

}  // namespace
}  // namespace entregent::readers
