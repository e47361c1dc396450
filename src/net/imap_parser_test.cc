// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/imap_framer.h"
#include "net/imap_limits.h"
#include "net/imap_login.h"

namespace entregent::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

template <class Kind>
Kind parsed(std::string_view text) {
  auto response = parse_imap_response(text);
  if (!response) ADD_FAILURE() << text << ": " << response.error().message;
  if (!response || !std::holds_alternative<Kind>(*response)) {
    ADD_FAILURE() << "another kind: " << text;
    return {};
  }
  return std::get<Kind>(*std::move(response));
}

/// The responses of `bytes`, given in pieces of `step` bytes. BODY[] literals are streamed and gathered in `bodies`.
std::vector<std::string> framed(std::string_view bytes, std::size_t step, std::string& bodies) {
  std::vector<std::string> responses;
  ImapFramer framer;
  while (!bytes.empty()) {
    std::string_view input = bytes.substr(0, step);
    bytes.remove_prefix(input.size());
    for (;;) {
      const auto event = framer.next(input);
      if (!event) return {"error"};
      if (*event == ImapFramer::Event::more) break;
      if (*event == ImapFramer::Event::literal && parse_fetch_before_body(framer.text())) framer.stream_literal();
      if (*event == ImapFramer::Event::literal_bytes) bodies += framer.piece();
      if (*event == ImapFramer::Event::literal_end) bodies += '|';
      if (*event == ImapFramer::Event::response) responses.emplace_back(framer.text());
    }
  }
  return responses;
}

TEST(ImapFramer, cuts_the_same_wherever_the_bytes_are_split) {
  const std::string bytes =
      "* OK ready {3}\r\n* LIST () \"/\" {5}\r\na\r\nbc\r\n* 1 FETCH (UID 7 BODY[] {6}\r\nHi\r\n{9 FLAGS ())\r\n"
      "* 2 FETCH (BODY[] {0}\r\n UID 8)\nE1 NO {7}\r\n";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    std::string bodies;
    EXPECT_THAT(framed(bytes, step, bodies),
                ElementsAre("* OK ready {3}", "* LIST () \"/\" {5}\r\na\r\nbc", "* 1 FETCH (UID 7 BODY[] NIL FLAGS ())",
                            "* 2 FETCH (BODY[] NIL UID 8)", "E1 NO {7}"))
        << step;
    EXPECT_EQ(bodies, "Hi\r\n{9||") << step;
  }
}

TEST(ImapFramer, refuses_what_is_over_the_limits) {
  std::string bodies;
  EXPECT_THAT(framed("* LIST () NIL {999999999999999999999999}\r\nx", 100, bodies), ElementsAre("error"));
  EXPECT_THAT(framed("* LIST () NIL {" + std::to_string(max_kept_literal_bytes + 1) + "}\r\nx", 100, bodies),
              ElementsAre("error"));
  EXPECT_THAT(framed("* 1 FETCH (BODY[] {" + std::to_string(max_skipped_literal_bytes + 1) + "}\r\nx", 100, bodies),
              ElementsAre("error"));
  EXPECT_THAT(framed("* " + std::string(max_response_bytes, 'a'), 1 << 16, bodies), ElementsAre("error"));
}

TEST(ImapParser, reads_statuses) {
  const auto status = parsed<ImapStatus>("E12 no [authenticationfailed] Who are you? {3}");
  EXPECT_EQ(status.kind, ImapStatusKind::no);
  EXPECT_EQ(status.tag, "E12");
  EXPECT_EQ(status.code, "AUTHENTICATIONFAILED");
  EXPECT_EQ(status.text, "Who are you? {3}");
  const auto validity = parsed<ImapStatus>("* OK [UIDVALIDITY 77] UIDs valid");
  EXPECT_EQ(validity.tag, "");
  EXPECT_EQ(validity.arguments, "77");
  EXPECT_EQ(parsed<ImapStatus>("* OK").kind, ImapStatusKind::ok);
  EXPECT_EQ(parsed<ImapStatus>("* OK [unclosed").text, "[unclosed");
  EXPECT_EQ(parsed<ImapStatus>("* PREAUTH hello").kind, ImapStatusKind::preauth);
  EXPECT_EQ(parsed<ImapContinuation>("+ go on").text, "go on");
  EXPECT_EQ(parsed<ImapContinuation>("+").text, "");
}

TEST(ImapParser, reads_capabilities_with_a_space_at_the_end) {
  EXPECT_THAT(parsed<ImapCapabilities>("* CAPABILITY IMAP4rev1 auth=PLAIN ").names,
              ElementsAre("IMAP4REV1", "AUTH=PLAIN"));
}

TEST(ImapParser, reads_folders) {
  const auto sent =
      parsed<ImapListed>(R"(* LIST (\HasNoChildren \Sent) "/" "Envoy&AOk-s \"a\\b\"" ("CHILDINFO" ("x")))");
  EXPECT_THAT(sent.attributes, ElementsAre("\\hasnochildren", "\\sent"));
  EXPECT_EQ(sent.delimiter, "/");
  EXPECT_EQ(sent.wire, "Envoy&AOk-s \"a\\b\"");
  const auto flat = parsed<ImapListed>("* LIST () NIL inbox");
  EXPECT_EQ(flat.delimiter, "");
  EXPECT_EQ(flat.wire, "inbox");
  EXPECT_EQ(parsed<ImapListed>("* LIST () \"\\\\\" {3}\r\na b").wire, "a b");
}

TEST(ImapParser, reads_namespaces) {
  const auto spaces =
      parsed<ImapNamespaces>(R"(* NAMESPACE (("" "/")) (("~" "/" "X-PARAM" ("a" "b"))("other." ".")) NIL)");
  EXPECT_THAT(spaces.personal, ElementsAre(""));
  EXPECT_THAT(spaces.others, ElementsAre("~", "other."));
  EXPECT_TRUE(spaces.shared.empty());
}

TEST(ImapParser, reads_searches) {
  EXPECT_THAT(parsed<ImapFound>("* SEARCH 3 1 2 9 (MODSEQ 5)").uids, ElementsAre(UidRange{1, 3}, UidRange{9, 9}));
  EXPECT_TRUE(parsed<ImapFound>("* SEARCH").uids.empty());
  EXPECT_THAT(parsed<ImapFound>("* ESEARCH (TAG \"E4\") UID COUNT 9 ALL 5:7,1:2").uids,
              ElementsAre(UidRange{1, 2}, UidRange{5, 7}));
  EXPECT_TRUE(parsed<ImapFound>("* ESEARCH (TAG \"E4\") UID").uids.empty());
  EXPECT_THAT(parsed<ImapVanished>("* VANISHED (EARLIER) 4294967295,1:2").uids,
              ElementsAre(UidRange{1, 2}, UidRange{UINT32_MAX, UINT32_MAX}));
}

TEST(ImapParser, reads_messages) {
  const auto message = parsed<ImapFetched>(
      R"x(* 3 FETCH (UID 15 FLAGS (\Seen $Forwarded \*) INTERNALDATE " 7-Jul-1996 02:44:25 -0700" RFC822.SIZE 4286 MODSEQ (12))x"
      R"x( X-GM-MSGID 1278455344230334865 X-GM-LABELS (\Inbox "\\Sent" Important "Muy &AOk-") ENVELOPE ("a" (("b" NIL "c")) NIL))x"
      R"x( BODY[] "hi"))x");
  EXPECT_EQ(message.uid, 15U);
  EXPECT_EQ(message.info.uid, 15U);
  EXPECT_EQ(message.info.size, 4286U);
  EXPECT_TRUE(message.info.has(ImapFlag::seen));
  EXPECT_FALSE(message.info.has(ImapFlag::flagged));
  EXPECT_THAT(message.info.keywords, ElementsAre("$Forwarded"));
  ASSERT_TRUE(message.info.internal_date);
  EXPECT_EQ(iso_instant(*message.info.internal_date), "1996-07-07T09:44:25Z");
  EXPECT_EQ(message.info.gmail_id, 1278455344230334865U);
  EXPECT_THAT(message.info.gmail_labels, ElementsAre("\\Inbox", "\\Sent", "Important", "Muy &AOk-"));
  EXPECT_TRUE(message.has_body);
  EXPECT_EQ(message.body, "hi");
  EXPECT_FALSE(parsed<ImapFetched>("* 3 FETCH (FLAGS ())").uid);
  EXPECT_EQ(parsed<ImapExists>("* 23 EXISTS").count, 23U);
  EXPECT_EQ(parsed<ImapOther>("* 23 EXPUNGE"), ImapOther{});
  EXPECT_EQ(parsed<ImapOther>("* FLAGS (\\Seen)"), ImapOther{});
}

TEST(ImapParser, knows_a_body_before_it_comes) {
  const auto message = parse_fetch_before_body("* 3 FETCH (FLAGS () UID 15 BODY[] ");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->uid, 15U);
  const auto without_uid = parse_fetch_before_body("* 3 FETCH (body[] ");
  ASSERT_TRUE(without_uid);
  EXPECT_FALSE(without_uid->uid);
  for (const std::string_view other :
       {"* 3 FETCH (UID 15 BODY[HEADER] ", "* 3 FETCH (X-GM-LABELS (BODY[] ", "* LIST () NIL BODY[] ", "BODY[] ", "",
        "* 3 FETCH (X (BODY[] \"\" BODY[] ", "* 3 FETCH (BODY[] NIL X-GM-MSGID "}) {
    EXPECT_FALSE(parse_fetch_before_body(other)) << other;
  }
}

TEST(ImapParser, refuses_what_is_no_imap) {
  for (const std::string_view text : {"",
                                      "*",
                                      "* ",
                                      "HTTP/1.1 400 Bad Request",
                                      "E1",
                                      "E1 PREAUTH x",
                                      "E1 BYE x",
                                      "* 5",
                                      "* 5 ",
                                      "* 99999999999 EXISTS",
                                      "* 1 FETCH",
                                      "* 1 FETCH (",
                                      "* 1 FETCH (UID 0)",
                                      "* 1 FETCH (UID x)",
                                      "* 1 FETCH (UID 1",
                                      "* 1 FETCH (UID 1) x",
                                      "* LIST",
                                      "* LIST (",
                                      "* LIST () NIL",
                                      "* LIST () \"ab\" x",
                                      "* LIST () \"/\" \"x",
                                      "* LIST () NIL {9}\r\nx",
                                      "* SEARCH a",
                                      "* ESEARCH ALL",
                                      "* ESEARCH ALL 1:",
                                      "* VANISHED",
                                      "* VANISHED *",
                                      "* NAMESPACE (",
                                      "* CAPABILITY (",
                                      "* 1 FETCH (BODY[] (x))"}) {
    const auto response = parse_imap_response(text);
    ASSERT_FALSE(response) << text;
    EXPECT_EQ(response.error().code, ErrorCode::malformed);
  }
}

TEST(ImapParser, survives_a_bomb_of_parentheses) {
  const std::string open(1'000'000, '('), close(1'000'000, ')');
  EXPECT_FALSE(parse_imap_response("* 1 FETCH (ENVELOPE " + open + close + ")"));
  EXPECT_FALSE(parse_imap_response("* ESEARCH " + open));
  const std::string deep(max_nesting, '('), back(max_nesting, ')');
  EXPECT_TRUE(parse_imap_response("* 1 FETCH (ENVELOPE " + deep + back + ")"));
}

TEST(ImapText, reads_and_writes_sets) {
  EXPECT_EQ(uid_set(*parse_uid_set("9:7,1,2,3,10")), "1:3,7:10");
  for (const std::string_view text : {"", "*", "1:*", "1,", ",1", "1:2:3", "-1", "4294967296"})
    EXPECT_FALSE(parse_uid_set(text)) << text;
}

struct NameCase {
  std::string_view name, wire, text;
};
class ModifiedUtf7 : public testing::TestWithParam<NameCase> {};
TEST_P(ModifiedUtf7, goes_both_ways) {
  EXPECT_EQ(decode_modified_utf7(GetParam().wire), GetParam().text);
  EXPECT_EQ(encode_modified_utf7(GetParam().text), GetParam().wire);
}
INSTANTIATE_TEST_SUITE_P(table, ModifiedUtf7,
                         testing::Values(NameCase{"ascii", "INBOX.Sent", "INBOX.Sent"},
                                         NameCase{"french", "Envoy&AOk-s", "Envoyés"},
                                         NameCase{"ampersand", "R&-D", "R&D"},
                                         NameCase{"rfc", "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"},
                                         NameCase{"emoji", "&2D3eAA-", "😀"},
                                         NameCase{"several", "&AOkA6ADg- &AOc-", "éèà ç"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(ModifiedUtf7, refuses_other_notations) {
  for (const std::string_view text :
       {"Envoy\xc3\xa9s", "a&b", "&AOk", "&A-", "&!!!!-", "&2D0-", "&3gA-", "&AOl-", "&AOkA-", "a\nb"}) {
    EXPECT_FALSE(decode_modified_utf7(text)) << text;
  }
}

TEST(ImapText, reads_dates) {
  EXPECT_EQ(iso_instant(*parse_imap_date("29-Feb-2024 23:59:60 +0000")), "2024-03-01T00:00:00Z");
  EXPECT_EQ(iso_instant(*parse_imap_date("1-jan-2024 00:00:00 +0100")), "2023-12-31T23:00:00Z");
  for (const std::string_view text :
       {"", "29-Feb-2023 00:00:00 +0000", "01-Foo-2024 00:00:00 +0000", "01-Jan-2024 24:00:00 +0000",
        "01-Jan-2024 00:00:00 0000", "01-Jan-2024 0a:00:00 +0000", "01-Jan-2024 00:00:00 +0000 "}) {
    EXPECT_FALSE(parse_imap_date(text)) << text;
  }
}

TEST(ImapText, shows_nothing_that_could_harm_a_terminal) {
  EXPECT_EQ(shown_text("a\x1b[31m\r\n\x07 b\xff\xe2\x80\xae\xc2\x9b"), "a [31m b\xEF\xBF\xBD");
  EXPECT_LE(shown_text(std::string(100'000, 'x')).size(), max_shown_bytes);
}

TEST(ImapLogin, says_why_a_password_was_refused) {
  const ImapStatus no{.kind = ImapStatusKind::no,
                      .tag = "E1",
                      .code = "AUTHENTICATIONFAILED",
                      .arguments = {},
                      .text = "secret repeated"};
  EXPECT_THAT(login_refusal("mail.example", no).message, HasSubstr("does not accept this user name and password"));
  EXPECT_EQ(login_refusal("mail.example", no).code, ErrorCode::unauthenticated);
  EXPECT_EQ(login_refusal("mail.example", no).detail, "mail.example");
  EXPECT_THAT(login_refusal("outlook.office365.com", no).message,
              testing::AllOf(HasSubstr("Microsoft"), HasSubstr("save the messages as files")));
  EXPECT_THAT(login_refusal("notoutlook.com", no).message, testing::Not(HasSubstr("Microsoft")));
  EXPECT_THAT(login_refusal("imap.gmail.com", no).message, HasSubstr("app password"));
  ImapStatus workspace = no;
  workspace.text = "Application-specific password required: https://support.example";
  EXPECT_THAT(login_refusal("imap.company.example", workspace).message, HasSubstr("app password"));
  ImapStatus busy = no;
  busy.code = "UNAVAILABLE";
  EXPECT_EQ(login_refusal("imap.gmail.com", busy).code, ErrorCode::unavailable);
  EXPECT_THAT(no_password_login("mail.example").message, HasSubstr("accepts no password over IMAP"));
}

}  // namespace
}  // namespace entregent::net
