// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/document_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "readers/limits.h"
#include "readers/mail_reader.h"
#include "tests/sample_documents.h"

namespace entregent::readers {
namespace {

using tests::archive_of;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::pdf_of;

ExtractedItem read(const std::string& bytes) {
  const auto item = read_document(bytes, document_format(bytes));
  if (!item) throw std::runtime_error(item.error().message);
  return *item;
}

std::string text_of(const ExtractedItem& item) {
  return item.texts.empty() ? std::string() : item.texts.front().text;
}

std::string names_of(const ExtractedItem& item, Role role) {
  std::string names;
  for (const auto& party : item.parties)
    if (party.role == role) names += (names.empty() ? "" : "|") + party.name + party.address;
  return names;
}

// Office Open XML.

constexpr char core_properties[] =
    R"(<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Offre
 de mission</dc:title><dc:creator>Zoé Brume; Léa Martin</dc:creator><cp:lastModifiedBy>Jean Dupont</cp:lastModifiedBy>
<dcterms:created>2026-03-01T09:00:00Z</dcterms:created><dcterms:modified>2026-03-09T10:30:00+01:00</dcterms:modified>
</cp:coreProperties>)";

std::string words_document(const std::string& body, const std::string& core = core_properties) {
  return archive_of({{"[Content_Types].xml", "<Types/>"},
                     {"_rels/.rels",
                      R"(<Relationships><Relationship Id="1" Type="http://x/officeDocument" Target="word/document.xml"/>
<Relationship Id="2" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>)"},
                     {"word/document.xml", "<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body></w:document>"},
                     {"word/_rels/document.xml.rels",
                      R"(<Relationships><Relationship Id="1" Type="http://x/footnotes" Target="footnotes.xml"/>
<Relationship Id="2" Type="http://x/comments" Target="/word/comments.xml"/>
<Relationship Id="3" Type="http://x/hyperlink" Target="https://a.example" TargetMode="External"/></Relationships>)"},
                     {"word/footnotes.xml", "<w:footnotes><w:p><w:r><w:t>Une note</w:t></w:r></w:p></w:footnotes>"},
                     {"word/comments.xml", "<w:comments><w:p><w:r><w:t>Une remarque</w:t></w:r></w:p></w:comments>"},
                     {"docProps/core.xml", core}});
}

std::string paragraph(const std::string& text) {
  return "<w:p><w:pPr><w:t>no</w:t></w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

TEST(ReadDocument, gives_text_title_people_and_date_of_docx) {
  const auto item = read(words_document(paragraph("Bonjour") + paragraph("Au revoir")));
  EXPECT_EQ(item.kind, ItemKind::document);
  EXPECT_EQ(item.title, "Offre de mission");
  EXPECT_EQ(names_of(item, Role::author), "Zoé Brume|Léa Martin");
  EXPECT_EQ(names_of(item, Role::last_editor), "Jean Dupont");
  EXPECT_EQ(iso_instant(*item.happened_at), "2026-03-09T09:30:00Z");
  EXPECT_EQ(text_of(item), "Bonjour\nAu revoir\nUne note\nUne remarque");
  EXPECT_THAT(item.notices, IsEmpty());
}

TEST(ReadDocument, leaves_out_what_was_deleted_and_the_second_alternative) {
  const auto item = read(words_document(
      "<w:p><w:del><w:r><w:delText>ancien</w:delText></w:r></w:del><w:ins><w:r><w:t>nouveau</w:t></w:r></w:ins></w:p>"
      "<w:p><mc:AlternateContent><mc:Choice><w:t>cadre</w:t></mc:Choice><mc:Fallback><w:t>cadre</w:t></mc:Fallback>"
      "</mc:AlternateContent><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"));
  EXPECT_THAT(text_of(item), HasSubstr("nouveau\ncadre\n"));
  EXPECT_THAT(text_of(item), Not(HasSubstr("ancien")));
  EXPECT_THAT(text_of(item), Not(HasSubstr("PAGE")));
}

TEST(ReadDocument, names_nobody_whom_a_program_invented) {
  const auto named = [](const std::string& author, const std::string& editor) {
    const auto item = read(words_document(paragraph("a"), "<c:coreProperties><d:creator>" + author +
                                                              "</d:creator><c:lastModifiedBy>" + editor +
                                                              "</c:lastModifiedBy></c:coreProperties>"));
    return names_of(item, Role::author) + "/" + names_of(item, Role::last_editor);
  };
  EXPECT_EQ(named("User", "Microsoft Office User"), "/");
  EXPECT_EQ(named("Zoé Brume", "Zoe Brume"), "Zoé Brume/");
  EXPECT_EQ(named("Zoé &lt;zoe@brumes.example&gt;", "utilisateur Windows"), "Zoézoe@brumes.example/");
}

TEST(ReadDocument, gives_cells_as_they_are_shown) {
  const std::string sheet =
      R"(<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Lyon</t></is></c></row>
<row><c s="1"><v>45999</v></c><c s="2"><v>0.255</v></c><c s="3"><v>1234567.5</v></c><c t="b"><v>1</v></c><c><v>42</v></c></row>
</sheetData></worksheet>)";
  const auto item = read(archive_of(
      {{"[Content_Types].xml", "<Types/>"},
       {"xl/workbook.xml", R"(<workbook><sheets><sheet name="Clients" r:id="r1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2"
 Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>)"},
       {"xl/sharedStrings.xml", "<sst><si><r><t>Zoé </t></r><r><t>Brume</t></r><rPh><t>no</t></rPh></si></sst>"},
       {"xl/styles.xml",
        R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;d&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>)"},
       {"xl/worksheets/sheet1.xml", sheet}}));
  EXPECT_EQ(text_of(item), "Clients\nZoé Brume Lyon\n2025-12-08 25.50% 1,234,567.50 TRUE 42");
}

TEST(ReadDocument, gives_slides_in_the_order_of_the_presentation) {
  const auto slide = [](const std::string& text) {
    return "<p:sld><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:sld>";
  };
  const auto item = read(archive_of(
      {{"[Content_Types].xml", "<Types/>"},
       {"ppt/presentation.xml",
        R"(<p:presentation><p:sldIdLst><p:sldId id="1" r:id="b"/><p:sldId id="2" r:id="a"/></p:sldIdLst></p:presentation>)"},
       {"ppt/_rels/presentation.xml.rels",
        R"(<Relationships><Relationship Id="a" Type="x/slide" Target="slides/slide1.xml"/><Relationship Id="b" Type="x/slide" Target="slides/slide2.xml"/></Relationships>)"},
       {"ppt/slides/slide1.xml", slide("fin")},
       {"ppt/slides/slide2.xml", slide("début")},
       {"ppt/slides/_rels/slide2.xml.rels",
        R"(<Relationships><Relationship Id="n" Type="x/notesSlide" Target="../notesSlides/n.xml"/></Relationships>)"},
       {"ppt/notesSlides/n.xml", slide("à dire")}}));
  EXPECT_EQ(text_of(item), "début\nà dire\nfin");
}

// Open Document.

std::string open_document(const std::string& body, const std::string& manifest = "<m:manifest/>") {
  return archive_of(
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml", "<office:document-content><office:body>" + body + "</office:body></office:document-content>"},
       {"meta.xml",
        "<o:document-meta><o:meta><d:title>Compte rendu</d:title><m:initial-creator>Zoé Brume</m:initial-creator>"
        "<d:creator>Jean Dupont</d:creator><d:date>2026-03-09T10:30:00</d:date></o:meta></o:document-meta>"},
       {"META-INF/manifest.xml", manifest}});
}

TEST(ReadDocument, gives_text_title_people_and_date_of_odt) {
  const auto item = read(open_document(
      "<office:text><text:tracked-changes><text:p>ôté</text:p></text:tracked-changes><text:h>Un\n titre</text:h>"
      "<text:p>deux<text:s "
      "text:c=\"3\"/>mots<text:line-break/>ligne<text:note><text:note-citation>1</text:note-citation>"
      "<text:note-body><text:p> en note</text:p></text:note-body></text:note></text:p>"
      "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
      "<text:p>b</text:p></table:table-cell></table:table-row></table:table></office:text>"));
  EXPECT_EQ(item.title, "Compte rendu");
  EXPECT_EQ(names_of(item, Role::author) + "/" + names_of(item, Role::last_editor), "Zoé Brume/Jean Dupont");
  EXPECT_EQ(iso_instant(*item.happened_at), "2026-03-09T10:30:00Z");
  EXPECT_EQ(text_of(item), "Un titre\ndeux mots\nligne en note\na b");
}

TEST(ReadDocument, leaves_an_encrypted_document_closed_and_says_so) {
  const auto item = read(open_document("x",
                                       "<m:manifest><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/>"
                                       "</m:file-entry></m:manifest>"));
  EXPECT_THAT(item.notices, Contains(Notice::encrypted));
  EXPECT_THAT(item.texts, IsEmpty());
}

// EPUB, HTML, text.

TEST(ReadDocument, gives_the_pages_of_an_epub_in_the_order_of_its_spine) {
  const auto item = read(archive_of(
      {{"mimetype", "application/epub+zip"},
       {"META-INF/container.xml",
        R"(<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>)"},
       {"OEBPS/book.opf",
        R"(<package><metadata><dc:title>Le livre</dc:title><dc:creator>Zoé Brume</dc:creator><dc:creator>Léa Martin</dc:creator><dc:date>2026-03-09</dc:date></metadata>
<manifest><item id="one" href="a%20b.xhtml"/><item id="two" href="../two.xhtml"/></manifest><spine><itemref idref="two"/><itemref idref="one"/></spine></package>)"},
       {"OEBPS/a b.xhtml", "<html><body><p>Suite &eacute;crite</p></body></html>"},
       {"two.xhtml", "<html><body><p>Début</p></body></html>"}}));
  EXPECT_EQ(item.title, "Le livre");
  EXPECT_EQ(names_of(item, Role::author), "Zoé Brume|Léa Martin");
  EXPECT_EQ(text_of(item), "Début\nSuite écrite");
}

TEST(ReadDocument, gives_title_author_and_words_of_a_page) {
  const auto item = read(
      "<!DOCTYPE html><html><head><meta charset=\"iso-8859-1\"><title>L&#39;\xE9t\xE9</title>"
      "<meta name=\"author\" content=\"Zo\xE9 Brume\"><meta content='2026-03-09' name=\"dcterms.modified\"></head>"
      "<body><script>no()</script><p>Il fait beau</p></body></html>");
  EXPECT_EQ(item.title, "L'été");
  EXPECT_EQ(names_of(item, Role::author), "Zoé Brume");
  EXPECT_EQ(iso_instant(*item.happened_at), "2026-03-09T00:00:00Z");
  EXPECT_EQ(text_of(item), "Il fait beau");
}

struct TextCase {
  const char* name;
  std::string bytes;
  const char* title;
  const char* text;
};
std::ostream& operator<<(std::ostream& out, const TextCase& one) {
  return out << one.name;
}

class PlainText : public ::testing::TestWithParam<TextCase> {};

TEST_P(PlainText, is_read) {
  const auto item = read_document(GetParam().bytes, Format::text);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->title, GetParam().title);
  EXPECT_EQ(text_of(*item), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Files, PlainText,
    ::testing::Values(
        TextCase{"utf8",
                 "\xEF\xBB\xBF"
                 "d\xC3\xA9j\xC3\xA0\r\nvu",
                 "", "déjà\r\nvu"},
        TextCase{"latin", "d\xE9j\xE0 vu", "", "déjà vu"},
        TextCase{"utf16",
                 std::string("\xFF\xFE"
                             "d\0\xE9\0j\0\xE0\0",
                             10),
                 "", "déjà"},
        TextCase{"utf16_without_mark", std::string("d\0e\0j\0a\0 \0v\0u\0!\0", 16), "", "deja vu!"},
        TextCase{"markdown", "Avant\n\n# Le titre\n\nun *mot*", "Le titre", "Avant\n\n# Le titre\n\nun *mot*"},
        TextCase{"underlined", "Le titre\n=====\nun mot", "Le titre", "Le titre\n=====\nun mot"},
        TextCase{"front_matter", "---\ntitle: \"Le titre\"\nauthor: Zoé Brume\n---\nun mot", "Le titre", "un mot"},
        TextCase{"rule_first", "---\nun mot", "", "---\nun mot"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ReadDocument, refuses_bytes_that_are_named_as_text_and_are_none) {
  EXPECT_FALSE(read_document(std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), Format::text));
}

// RTF.

TEST(ReadDocument, gives_text_title_people_and_date_of_rtf) {
  const auto item = read(
      R"({\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\stylesheet{\s0 Normal;}}
{\info{\title L'\'e9t\'e9}{\author Zo\u233 ? Brume}{\operator Jean Dupont}{\revtim\yr2026\mo3\dy9\hr10\min30}}
\f0 Bonjour\par d\'e9j\'e0 {\f1 \'cf\'f0\'e8}\u8364 ? {\*\unknown secret}{\pict 0102}\tab fin\par{\v cache}{\field{\*\fldinst HYPERLINK}{\fldrslt lien}}\bin3 }}}})");
  EXPECT_EQ(item.title, "L'été");
  EXPECT_EQ(names_of(item, Role::author) + "/" + names_of(item, Role::last_editor), "Zoé Brume/Jean Dupont");
  EXPECT_EQ(iso_instant(*item.happened_at), "2026-03-09T10:30:00Z");
  EXPECT_EQ(text_of(item), "Bonjour\ndéjà При€ fin\nlien");
}

TEST(ReadDocument, reads_characters_of_two_bytes_and_pairs_of_rtf) {
  EXPECT_EQ(text_of(read(R"({\rtf1\ansicpg932{\fonttbl{\f0\fcharset128 M;}}\f0\'93\'fa\'96\'7b \uc0\u-10179\u-8704})")),
            "日本 😀");
}

// PDF.

TEST(ReadDocument, gives_text_title_author_and_date_of_pdf) {
  const auto item = read(pdf_of("BT /F1 12 Tf 20 200 Td (D\xE9j\xE0 vu) Tj 0 -20 Td (Fin) Tj ET",
                                "/Title(Le rapport)/Author(Zo\xE9 Brume)/ModDate(D:20260309103000+01'00')"));
  EXPECT_EQ(item.title, "Le rapport");
  EXPECT_EQ(names_of(item, Role::author), "Zoé Brume");
  EXPECT_EQ(iso_instant(*item.happened_at), "2026-03-09T09:30:00Z");
  EXPECT_EQ(text_of(item), "Déjà vu\nFin");
}

TEST(ReadDocument, says_that_a_scan_has_no_text) {
  EXPECT_THAT(read(pdf_of("", "/Title(Scan)")).notices, Contains(Notice::text_missing));
}

// What would do harm.

TEST(ReadDocument, stops_bombs) {
  const std::string part(limits::xml_bytes + 10, ' ');
  const auto long_part = read_document(words_document(part), Format::ooxml);
  ASSERT_TRUE(long_part);
  EXPECT_THAT(long_part->notices, Contains(Notice::malformed));

  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "<w:a>";
  const auto nested = read_document(words_document(deep + "<w:t>loin</w:t>"), Format::ooxml);
  ASSERT_TRUE(nested);
  EXPECT_THAT(nested->notices, Contains(Notice::truncated));
  EXPECT_THAT(text_of(*nested), Not(HasSubstr("loin")));

  const std::string laughs =
      "<!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><w:document><w:t>&c;</w:t>"
      "</w:document>";
  const auto entities =
      read_document(archive_of({{"[Content_Types].xml", ""}, {"word/document.xml", laughs}}), Format::ooxml);
  ASSERT_TRUE(entities);
  EXPECT_EQ(text_of(*entities), "&c;");

  std::string groups = "{\\rtf1 ";
  for (int i = 0; i < 100'000; ++i) groups += '{';
  const auto rtf = read_document(groups + "loin", Format::rtf);
  ASSERT_TRUE(rtf);
  EXPECT_THAT(rtf->notices, Contains(Notice::truncated));

  const auto text = read_document(std::string(limits::document_text_bytes + 5, 'a'), Format::text);
  ASSERT_TRUE(text);
  EXPECT_EQ(text_of(*text).size(), limits::document_text_bytes);
  EXPECT_THAT(text->notices, Contains(Notice::truncated));
}

TEST(ReadDocument, damaged_bytes_are_refused_or_read_as_far_as_they_go) {
  const std::string whole = words_document(paragraph("Bonjour"));
  EXPECT_FALSE(read_document(whole.substr(0, whole.size() / 2), Format::ooxml));
  EXPECT_FALSE(read_document("%PDF-1.4\nnothing", Format::pdf));
  EXPECT_FALSE(read_document("words", Format::rtf));
  EXPECT_FALSE(read_document(archive_of({{"mimetype", "application/epub+zip"}}), Format::epub));
  EXPECT_EQ(text_of(read(words_document(paragraph("Bonjour") + "<w:p><w:r><w:t>cass"))).substr(0, 7), "Bonjour");
}

TEST(ReadDocument, copies_have_one_identity) {
  const std::string bytes = words_document(paragraph("Bonjour"));
  EXPECT_EQ(read(bytes).content_hash, read(bytes).content_hash);
  EXPECT_NE(read(bytes).content_hash, read(words_document(paragraph("Bonsoir"))).content_hash);
}

TEST(DocumentFormat, is_told_by_what_lies_in_an_archive) {
  EXPECT_EQ(document_format(words_document("")), Format::ooxml);
  EXPECT_EQ(document_format(open_document("")), Format::odf);
  EXPECT_EQ(document_format(archive_of({{"mimetype", "application/epub+zip"}})), Format::epub);
  EXPECT_EQ(document_format(archive_of({{"photo.jpg", "x"}})), Format::unknown);
}

// In mail.

std::string encoded(const std::string& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned value = 0;
    for (std::size_t j = 0; j < 3; ++j)
      value = value << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) result += i + j > bytes.size() ? '=' : digits[value >> (18 - 6 * j) & 63U];
    if (i % 57 == 54) result += '\n';
  }
  return result;
}

TEST(ReadMail, reads_attached_documents_and_names_who_wrote_them) {
  const auto item = read_mail(
      "From: Paul Roux <paul@roux.example>\nTo: me@here.example\nSubject: offre\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nVoici.\n--b\n"
      "Content-Type: application/octet-stream; name=\"offre.docx\"\nContent-Transfer-Encoding: base64\n"
      "Content-Disposition: attachment; filename=\"offre.docx\"\n\n" +
      encoded(words_document(paragraph("Notre proposition"))) + "\n--b--\n");
  ASSERT_TRUE(item);
  EXPECT_EQ(names_of(*item, Role::author), "Zoé Brume|Léa Martin");
  EXPECT_EQ(names_of(*item, Role::from), "Paul Rouxpaul@roux.example");
  ASSERT_EQ(item->attachments.size(), 1u);
  ASSERT_EQ(item->texts.size(), 2u);
  EXPECT_EQ(item->texts[1].kind, TextKind::attachment);
  EXPECT_THAT(item->texts[1].text, HasSubstr("Notre proposition"));
}

}  // namespace
}  // namespace entregent::readers
