// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/text_sections.h"

#include <gtest/gtest.h>

#include "readers/html_text.h"
#include "readers/signature_facts.h"

namespace entregent::readers {
namespace {

/// `F:` fresh, `Q:` quoted, `S:` signature, one section a line; line feeds inside are `/`.
std::string shown(const std::vector<TextSection>& sections) {
  std::string result;
  for (const TextSection& section : sections) {
    if (!result.empty()) result += '\n';
    result += section.kind == TextKind::fresh ? "F:" : section.kind == TextKind::quoted ? "Q:" : "S:";
    for (const char c : section.text) result += c == '\n' ? '/' : c;
  }
  return result;
}

struct SplitCase {
  std::string_view test_name, text, expected;
};

class SplitText : public testing::TestWithParam<SplitCase> {};

TEST_P(SplitText, tells_new_words_from_old) {
  EXPECT_EQ(shown(split_text(GetParam().text, "Jean Dupont")), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    attributions, SplitText,
    testing::Values(
        SplitCase{"nothing", "Bonjour,\n\ntout va bien.\n", "F:Bonjour,//tout va bien."},
        SplitCase{"thunderbird", "Oui.\n\nOn 1/5/15 10:00 AM, Paul Martin wrote:\n> On y va ?\n> Paul\n",
                  "F:Oui.\nQ:On 1/5/15 10:00 AM, Paul Martin wrote:/On y va ?/Paul"},
        SplitCase{"thunderbird_french", "Oui.\n\nLe 05/01/2015 à 10:00, Paul Martin a écrit :\n> On y va ?\n",
                  "F:Oui.\nQ:Le 05/01/2015 à 10:00, Paul Martin a écrit :/On y va ?"},
        SplitCase{
            "gmail_wrapped",
            "Yes.\n\nOn Mon, Jan 5, 2015 at 10:00 AM, Paul Martin <paul@nord.example>\nwrote:\n\n> Shall we?\n>\n",
            "F:Yes.\nQ:On Mon, Jan 5, 2015 at 10:00 AM, Paul Martin <paul@nord.example>/wrote://Shall we?"},
        SplitCase{"gmail_french_wrapped",
                  "Oui.\n\nLe lun. 5 janv. 2015 à 10:00, Paul Martin <paul@nord.example> a\nécrit :\n\n> On y va ?\n",
                  "F:Oui.\nQ:Le lun. 5 janv. 2015 à 10:00, Paul Martin <paul@nord.example> a/écrit ://On y va ?"},
        SplitCase{
            "folded_anew",
            "Oui.\n\n> De : MARTIN Paul\n<paul.martin.de.la.tour.du.bout.de.la.rue@etablissement-du-nord.example>\n"
            "> Le prochain petit-déjeuner aura lieu jeudi à huit heures, au café\nhabituel. Thème libre.\n> Paul\n",
            "F:Oui.\nQ:De : MARTIN Paul/<paul.martin.de.la.tour.du.bout.de.la.rue@etablissement-du-nord.example>/Le "
            "prochain petit-déjeuner aura lieu jeudi à huit heures, au café/habituel. Thème libre./Paul"},
        SplitCase{
            "answers_between_lines",
            "> On y va ?\noui\n> Le prochain petit-déjeuner aura lieu jeudi à huit heures, au café\nJ’y serai.\n> "
            "Le prochain petit-déjeuner aura lieu jeudi à huit heures, au bar.\nvolontiers\n> Paul\n",
            "Q:On y va ?\nF:oui\nQ:Le prochain petit-déjeuner aura lieu jeudi à huit heures, au café\nF:J’y "
            "serai.\nQ:Le prochain petit-déjeuner aura lieu jeudi à huit heures, au bar.\nF:volontiers\nQ:Paul"},
        SplitCase{"own_words_with_a_number_above_a_quotation", "J’ai 2 questions sur ceci :\n\n> On y va ?\n",
                  "F:J’ai 2 questions sur ceci :\nQ:On y va ?"},
        SplitCase{"date_and_address_alone", "2015/1/5 Paul <paul@nord.example>:\n> On y va ?\n\nOui.\n",
                  "Q:2015/1/5 Paul <paul@nord.example>:/On y va ?\nF:Oui."},
        SplitCase{"date_in_brackets", "* Paul [2015-01-05 10:13]:\n> On y va ?\n\nOui.\n",
                  "Q:* Paul [2015-01-05 10:13]:/On y va ?\nF:Oui."},
        SplitCase{"apple_french",
                  "Oui.\n\n> Le 5 janv. 2015 à 10:00, Paul Martin <paul@nord.example> a écrit :\n> \n> On y va ?\n",
                  "F:Oui.\nQ:Le 5 janv. 2015 à 10:00, Paul Martin <paul@nord.example> a écrit ://On y va ?"},
        SplitCase{"no_break_space", "Oui.\n\nLe 5 janv. 2015 à 10:00, Paul a écrit\u00A0:\n> On y va ?\n",
                  "F:Oui.\nQ:Le 5 janv. 2015 à 10:00, Paul a écrit\u00A0:/On y va ?"},
        SplitCase{"mutt",
                  "Yes.\n\nOn Mon, Jan 05, 2015 at 10:00:00AM +0100, Paul Martin wrote:\n> Shall we?\n\n-- \nJean\n",
                  "F:Yes.\nQ:On Mon, Jan 05, 2015 at 10:00:00AM +0100, Paul Martin wrote:/Shall we?\nS:--/Jean"},
        SplitCase{"german", "Ja.\n\nAm 05.01.2015 um 10:00 schrieb Paul Martin:\n> Gehen wir?\n",
                  "F:Ja.\nQ:Am 05.01.2015 um 10:00 schrieb Paul Martin:/Gehen wir?"},
        SplitCase{"spanish",
                  "Sí.\n\nEl 5 ene 2015, a las 10:00, Paul Martin <paul@nord.example> escribió:\n\n> ¿Vamos?\n",
                  "F:Sí.\nQ:El 5 ene 2015, a las 10:00, Paul Martin <paul@nord.example> escribió://¿Vamos?"},
        SplitCase{"unmarked_history",
                  "Oui.\n\nLe 5 janv. 2015 à 10:00, Paul Martin <paul@nord.example> a écrit :\n\nOn y va ?\n\nPaul\n",
                  "F:Oui.\nQ:Le 5 janv. 2015 à 10:00, Paul Martin <paul@nord.example> a écrit ://On y va ?//Paul"},
        SplitCase{"inline_answers", "On 1/5/15, Paul wrote:\n> One?\nYes.\n> Two?\nNo.\n",
                  "Q:On 1/5/15, Paul wrote:/One?\nF:Yes.\nQ:Two?\nF:No."},
        SplitCase{"initials", "PM> Shall we?\nYes.\n", "Q:Shall we?\nF:Yes."},
        SplitCase{"nested", ">> Paul: shall we?\n> Jean: yes\nGood.\n", "Q:Paul: shall we?/Jean: yes\nF:Good."},
        SplitCase{"prose_with_colon", "On Monday I wrote:\nbuy bread\n", "F:On Monday I wrote:/buy bread"},
        SplitCase{
            "name_over_two_lines",
            "Yes.\n\nOn Mon, 5 Jan 2015 10:00:00 +0100 wrote Paul Martin via International\nConsultants:\n> Shall "
            "we?\n",
            "F:Yes.\nQ:On Mon, 5 Jan 2015 10:00:00 +0100 wrote Paul Martin via International/Consultants:/Shall we?"},
        SplitCase{"answer_with_colon", "On Monday Paul wrote to me\nMy answers:\n> Shall we?\nYes.\n",
                  "F:On Monday Paul wrote to me/My answers:\nQ:Shall we?\nF:Yes."},
        SplitCase{"quotation_cut_away", "On Mon, 5 Jan 2015, Paul Martin wrote:\n\nMy answer.\n> Shall we?\nYes.\n",
                  "Q:On Mon, 5 Jan 2015, Paul Martin wrote:\nF:My answer.\nQ:Shall we?\nF:Yes."},
        SplitCase{"bare_name", "Paul Martin <paul@nord.example> wrote:\n> Hi\n",
                  "Q:Paul Martin <paul@nord.example> wrote:/Hi"}),
    [](const auto& test) { return std::string(test.param.test_name); });

INSTANTIATE_TEST_SUITE_P(
    banners, SplitText,
    testing::Values(
        SplitCase{"original_message",
                  "Yes.\n\n-----Original Message-----\nFrom: Paul\nSent: Monday\nTo: Jean\nSubject: Go\n\nShall we?\n",
                  "F:Yes.\nQ:-----Original Message-----/From: Paul/Sent: Monday/To: Jean/Subject: Go//Shall we?"},
        SplitCase{"message_d_origine",
                  "Oui.\n\n-----Message d'origine-----\nDe : Paul\nEnvoyé : lundi\nÀ : Jean\nObjet : Go\n\nOn y va ?\n",
                  "F:Oui.\nQ:-----Message d'origine-----/De : Paul/Envoyé : lundi/À : Jean/Objet : Go//On y va ?"},
        SplitCase{"outlook_header",
                  "Oui.\n\nDe : Paul Martin <paul@nord.example>\nEnvoyé : lundi 5 janvier 2015 10:00\nÀ : Jean\nObjet "
                  ": Go\n\nOn y va ?\n",
                  "F:Oui.\nQ:De : Paul Martin <paul@nord.example>/Envoyé : lundi 5 janvier 2015 10:00/À : Jean/Objet : "
                  "Go//On y va ?"},
        SplitCase{
            "outlook_rule",
            "Yes.\n\n________________________________\nFrom: Paul\nSent: Monday\nTo: Jean\nSubject: Go\n\nShall we?\n",
            "F:Yes.\nQ:________________________________/From: Paul/Sent: Monday/To: Jean/Subject: Go//Shall we?"},
        SplitCase{"outlook_bold", "Ja.\n\n*Von:* Paul\n*Gesendet:* Montag\n*An:* Jean\n*Betreff:* Los\n\nGehen wir?\n",
                  "F:Ja.\nQ:*Von:* Paul/*Gesendet:* Montag/*An:* Jean/*Betreff:* Los//Gehen wir?"},
        SplitCase{"spanish_header", "Sí.\n\nDe: Paul\nEnviado el: lunes\nPara: Jean\nAsunto: Vamos\n\n¿Vamos?\n",
                  "F:Sí.\nQ:De: Paul/Enviado el: lunes/Para: Jean/Asunto: Vamos//¿Vamos?"},
        SplitCase{"gmail_forward", "Pour info.\n\n---------- Forwarded message ----------\nFrom: Paul\n\nNews.\n",
                  "F:Pour info.\nQ:---------- Forwarded message ----------/From: Paul//News."},
        SplitCase{"apple_forward", "Pour info.\n\nDébut du message réexpédié :\n\n> De: Paul\n> \n> News.\n",
                  "F:Pour info.\nQ:Début du message réexpédié ://De: Paul//News."},
        SplitCase{"mutt_forward_ends",
                  "FYI\n----- Forwarded message from Paul -----\nNews.\n----- End forwarded message -----\nWhat do you "
                  "think?\n",
                  "F:FYI\nQ:----- Forwarded message from Paul -----/News./----- End forwarded message -----\nF:What do "
                  "you think?"},
        SplitCase{"from_in_prose", "From: the team\nwith love\n", "F:From: the team/with love"}),
    [](const auto& test) { return std::string(test.param.test_name); });

INSTANTIATE_TEST_SUITE_P(
    signatures, SplitText,
    testing::Values(
        SplitCase{"two_hyphens", "Bonjour.\n-- \nJean Dupont\n", "F:Bonjour.\nS:--/Jean Dupont"},
        SplitCase{"blank_lost", "Bonjour.\n--\nJean Dupont\n", "F:Bonjour.\nS:--/Jean Dupont"},
        SplitCase{"above_the_quotation", "Oui.\n-- \nJean\n\nLe 5 janvier 2015, Paul a écrit :\n> On y va ?\n",
                  "F:Oui.\nS:--/Jean\nQ:Le 5 janvier 2015, Paul a écrit :/On y va ?"},
        SplitCase{"list_footer",
                  "Hello.\n_______________________________________________\nNord mailing list\nnord@lists.example\n",
                  "F:Hello.\nS:_______________________________________________/Nord mailing list/nord@lists.example"},
        SplitCase{"device", "Ok.\n\nEnvoyé de mon iPhone\n", "F:Ok.\nS:Envoyé de mon iPhone"},
        SplitCase{"device_english", "Ok.\n\nSent from my phone\n", "F:Ok.\nS:Sent from my phone"},
        SplitCase{"closing_block",
                  "On y va.\n\nCordialement,\n\nJean Dupont\nIngénieur, Nord SAS\nTél. : 01 23 45 67 89\n",
                  "F:On y va.//Cordialement,\nS:Jean Dupont/Ingénieur, Nord SAS/Tél. : 01 23 45 67 89"},
        SplitCase{"closing_block_above_quotation",
                  "Yes.\n\nBest regards,\nJean Dupont\n+33 6 12 34 56 78\n\nOn 1/5/15, Paul wrote:\n> Shall we?\n",
                  "F:Yes.//Best regards,\nS:Jean Dupont/+33 6 12 34 56 78\nQ:On 1/5/15, Paul wrote:/Shall we?"},
        SplitCase{"name_block", "On y va.\n\nJean Dupont\nDirecteur technique\nwww.nord.example\n",
                  "F:On y va.\nS:Jean Dupont/Directeur technique/www.nord.example"},
        SplitCase{"name_alone", "On y va.\n\nCordialement,\nJean\n", "F:On y va.//Cordialement,/Jean"}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(SplitText, thousands_of_rules_end_soon) {
  std::string rules;
  for (int i = 0; i < 50000; ++i) rules += "--\n";
  EXPECT_FALSE(split_text(rules, "").empty());
}

TEST(Unflowed, joins_paragraphs_and_keeps_depths_apart) {
  EXPECT_EQ(unflowed("One \ntwo.\nThree\n", false), "One two.\nThree\n");
  EXPECT_EQ(unflowed("> one \n> two\nanswer\n", false), "> one two\nanswer\n");
  EXPECT_EQ(unflowed("> one \nanswer\n", false), "> one \nanswer\n");
  EXPECT_EQ(unflowed("Text\n-- \nJean\n", false), "Text\n-- \nJean\n");
  EXPECT_EQ(unflowed(" >not quoted\n", false), ">not quoted\n");
  EXPECT_EQ(unflowed("deux mo \nts\n", true), "deux mots\n");
}

// HTML.

std::string page(std::string_view html) {
  NoticeSet notices;
  return shown(split_text(html_text(html, notices), "Jean Dupont"));
}

INSTANTIATE_TEST_SUITE_P(none, SplitText, testing::Values(SplitCase{"empty", "", ""}),
                         [](const auto& test) { return std::string(test.param.test_name); });

class SplitPage : public testing::TestWithParam<SplitCase> {};

TEST_P(SplitPage, tells_new_words_from_old) {
  EXPECT_EQ(page(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, SplitPage,
    testing::Values(
        SplitCase{"paragraphs", "<p>Un &eacute;t&eacute;</p><p>deux<br>trois</p>", "F:Un été//deux/trois"},
        SplitCase{"hidden", "<style>p{}</style><script>x</script><div style='display:none'>no</div>yes", "F:yes"},
        SplitCase{"gmail",
                  "<div dir=ltr>Yes.</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Paul "
                  "wrote:<br></div><blockquote class=\"gmail_quote\"><div>Shall we?</div></blockquote></div>",
                  "F:Yes.\nQ:On Mon, Paul wrote://Shall we?"},
        SplitCase{"gmail_inline",
                  "<div class=\"gmail_quote\">On Mon, Paul wrote:<blockquote "
                  "class=\"gmail_quote\">One?</blockquote><div>Yes.</div><blockquote "
                  "class=\"gmail_quote\">Two?</blockquote><div>No.</div></div>",
                  "Q:On Mon, Paul wrote://One?\nF:Yes.\nQ:Two?\nF:No."},
        SplitCase{"thunderbird",
                  "<p>Yes.</p><div class=\"moz-cite-prefix\">Le 5 janvier, Paul a écrit :</div><blockquote "
                  "type=\"cite\"><p>Shall we?</p></blockquote><p>After.</p>",
                  "F:Yes.\nQ:Le 5 janvier, Paul a écrit ://Shall we?\nF:After."},
        SplitCase{"apple",
                  "Yes.<br><blockquote type=\"cite\"><div>On Mon, Paul wrote:</div><div>Shall we?</div></blockquote>",
                  "F:Yes.\nQ:On Mon, Paul wrote:/Shall we?"},
        SplitCase{"outlook_web",
                  "<div>Oui.</div><hr><div id=\"divRplyFwdMsg\"><b>De :</b> Paul<br><b>Objet :</b> Go</div><div>On y "
                  "va ?</div>",
                  "F:Oui.\nQ:De : Paul/Objet : Go/On y va ?"},
        SplitCase{"outlook_desktop",
                  "<p>Oui.</p><div style='border-top:solid'><p><b>De :</b> Paul<br><b>Envoyé :</b> lundi<br><b>À :</b> "
                  "Jean<br><b>Objet :</b> Go</p></div><p>On y va ?</p>",
                  "F:Oui.\nQ:De : Paul/Envoyé : lundi/À : Jean/Objet : Go//On y va ?"},
        SplitCase{"indented_by_blockquote", "<p>Voici :</p><blockquote>un retrait</blockquote>",
                  "F:Voici ://un retrait"},
        SplitCase{"gmail_signature", "Yes.<div class=\"gmail_signature\">Jean Dupont</div>", "F:Yes.\nS:Jean Dupont"},
        SplitCase{"cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "F:a b/c"},
        SplitCase{"list", "<ul><li>a<li>b</ul>", "F:- a/- b"}, SplitCase{"pre", "<pre>a\n  b</pre>", "F:a/  b"},
        SplitCase{"no_tags", "a &lt; b &amp; c", "F:a < b & c"}),
    [](const auto& test) { return std::string(test.param.test_name); });

TEST(HtmlText, nesting_and_attributes_without_end_are_read_all_the_same) {
  NoticeSet notices;
  std::string deep, many = "<a ";
  for (int i = 0; i < 100000; ++i) deep += "<div><b>";
  for (int i = 0; i < 100000; ++i) many += "x" + std::to_string(i) + " ";
  EXPECT_NE(html_text(deep + "found", notices).find("found"), std::string::npos);
  EXPECT_NE(html_text(many + ">found", notices).find("found"), std::string::npos);
}

TEST(HtmlText, says_when_it_was_cut) {
  NoticeSet notices;
  html_text(std::string(5u << 20, 'a'), notices);
  EXPECT_TRUE(notices.has(Notice::truncated));
}

TEST(HtmlCharset, is_found_in_both_forms) {
  EXPECT_EQ(html_charset("<meta charset=\"utf-8\">"), "utf-8");
  EXPECT_EQ(html_charset("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">"), "windows-1252");
  EXPECT_EQ(html_charset("<p>harset</p>"), "");
}

// Facts.

struct FactCase {
  std::string_view test_name, signature;
  std::vector<Fact> expected;
};

class SignatureFacts : public testing::TestWithParam<FactCase> {};

TEST_P(SignatureFacts, are_found) {
  const auto facts = signature_facts(GetParam().signature, "Jean Dupont", "jean@nord-est.example");
  ASSERT_EQ(facts.size(), GetParam().expected.size());
  for (std::size_t i = 0; i < facts.size(); ++i)
    EXPECT_EQ(facts[i], GetParam().expected[i]) << facts[i].value << " | " << facts[i].detail;
}

INSTANTIATE_TEST_SUITE_P(
    table, SignatureFacts,
    testing::Values(
        FactCase{"french",
                 "Jean Dupont\nDirecteur technique, Nord SAS\nTél. : 01 23 45 67 89 - Mob. : "
                 "06.12.34.56.78\nwww.nord.example\n",
                 {{FactKind::title, "Directeur technique", ""},
                  {FactKind::company, "Nord SAS", ""},
                  {FactKind::phone, "01 23 45 67 89", "work"},
                  {FactKind::phone, "06.12.34.56.78", "mobile"},
                  {FactKind::url, "www.nord.example", ""}}},
        FactCase{"english",
                 "Jean Dupont | Software Engineer\nNord Ltd.\nPhone +44 (0)20 7946 0000\n",
                 {{FactKind::title, "Software Engineer", ""},
                  {FactKind::company, "Nord Ltd.", ""},
                  {FactKind::phone, "+44 (0)20 7946 0000", "work"}}},
        FactCase{"company_by_domain", "Jean Dupont\nNord-Est\n", {{FactKind::company, "Nord-Est", ""}}},
        FactCase{"fax", "Fax 01 23 45 67 80", {{FactKind::phone, "01 23 45 67 80", "fax"}}},
        FactCase{"title_at_company", "CTO at North", {{FactKind::title, "CTO", ""}, {FactKind::company, "North", ""}}},
        FactCase{"not_a_phone", "SIRET 123 456 789 00012\n05/01/2015\n2015-01-05", {}},
        FactCase{"prose", "Je suis directeur de rien du tout.", {}}, FactCase{"nothing", "-- \nJean", {}}),
    [](const auto& test) { return std::string(test.param.test_name); });

}  // namespace
}  // namespace entregent::readers
