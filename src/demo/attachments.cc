// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/attachments.h"

#include <cstdint>

#include <fmt/format.h>

#include "demo/encoding.h"
#include "demo/random.h"

namespace entregent::demo {
namespace {

std::string little_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int index = 0; index < bytes; ++index)
    out += static_cast<char>(static_cast<unsigned char>(value >> (8 * index)));
  return out;
}

std::string big_endian(std::uint32_t value) {
  const std::string little = little_endian(value, 4);
  return {little.rbegin(), little.rend()};
}

std::string pdf(std::string_view line) {
  const std::string content = fmt::format("BT /F1 12 Tf 72 720 Td ({}) Tj ET",
                                          replaced(replaced(without_accents(line), "(", "\\("), ")", "\\)"));
  const std::vector<std::string> objects{
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content)};
  std::string out = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", table = "0000000000 65535 f \n";
  for (std::size_t index = 0; index < objects.size(); ++index) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", index + 1, objects[index]);
  }
  const std::size_t start = out.size();
  return out + fmt::format("xref\n0 {0}\n{1}trailer\n<< /Size {0} /Root 1 0 R >>\nstartxref\n{2}\n%%EOF\n",
                           objects.size() + 1, table, start);
}

std::string docx(std::string_view line) {
  constexpr std::string_view xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  return zip(
      {{"[Content_Types].xml",
        std::string(xml) +
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
            "PartName=\"/word/document.xml\" "
            "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></"
            "Types>"},
       {"_rels/.rels",
        std::string(xml) +
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
            "Id=\"rId1\" "
            "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
            "Target=\"word/document.xml\"/></Relationships>"},
       {"word/document.xml",
        fmt::format(
            "{}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p>"
            "<w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>",
            xml, html_escaped(line))}});
}

std::string xlsx(std::string_view line) {
  constexpr std::string_view xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  constexpr std::string_view types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  constexpr std::string_view relations = "http://schemas.openxmlformats.org/package/2006/relationships";
  constexpr std::string_view sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return zip(
      {{"[Content_Types].xml",
        fmt::format("{}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                    "Extension=\"rels\" "
                    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
                    "PartName=\"/xl/workbook.xml\" "
                    "ContentType=\"{}sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" "
                    "ContentType=\"{}worksheet+xml\"/></Types>",
                    xml, types, types)},
       {"_rels/.rels", fmt::format("{}<Relationships xmlns=\"{}\"><Relationship Id=\"rId1\" Type=\"{}/officeDocument\" "
                                   "Target=\"xl/workbook.xml\"/></Relationships>",
                                   xml, relations, office)},
       {"xl/workbook.xml",
        fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets><sheet name=\"Feuil1\" sheetId=\"1\" "
                    "r:id=\"rId1\"/></sheets></workbook>",
                    xml, sheet, office)},
       {"xl/_rels/workbook.xml.rels",
        fmt::format("{}<Relationships xmlns=\"{}\"><Relationship Id=\"rId1\" Type=\"{}/worksheet\" "
                    "Target=\"worksheets/sheet1.xml\"/></Relationships>",
                    xml, relations, office)},
       {"xl/worksheets/sheet1.xml",
        fmt::format("{}<worksheet xmlns=\"{}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is>"
                    "</c></row></sheetData></worksheet>",
                    xml, sheet, html_escaped(line))}});
}

std::string odt(std::string_view line) {
  constexpr std::string_view mime = "application/vnd.oasis.opendocument.text";
  return zip(
      {{"mimetype", std::string(mime)},
       {"META-INF/manifest.xml",
        fmt::format("<?xml version=\"1.0\"?>\n<manifest:manifest "
                    "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
                    "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{}\"/><manifest:file-entry "
                    "manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>",
                    mime)},
       {"content.xml", fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content "
                                   "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                                   "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:"
                                   "text><text:p>{}</text:p>"
                                   "</office:text></office:body></office:document-content>",
                                   html_escaped(line))}});
}

std::uint32_t adler32(std::string_view bytes) {
  std::uint32_t low = 1, high = 0;
  for (const char c : bytes) {
    low = (low + static_cast<unsigned char>(c)) % 65521U;
    high = (high + low) % 65521U;
  }
  return (high << 16U) | low;
}

std::string png_chunk(std::string_view type, std::string_view data) {
  const std::string body = std::string(type) + std::string(data);
  return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(crc32(body));
}

/// One grey dot whose shade depends on the line.
std::string png(std::string_view line) {
  using namespace std::string_literals;
  const std::string row = "\0"s + static_cast<char>(static_cast<unsigned char>(crc32(line) & 0x7FU));
  const std::string packed =
      "\x78\x01\x01"s + little_endian(2, 2) + little_endian(0xFFFDU, 2) + row + big_endian(adler32(row));
  return "\x89PNG\r\n\x1A\n"s + png_chunk("IHDR", big_endian(1) + big_endian(1) + "\x08\0\0\0\0"s) +
         png_chunk("IDAT", packed) + png_chunk("IEND", "");
}

std::string_view ending(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : file_name.substr(dot + 1);
}

/// One attribute of a TNEF stream: level, id, length, data, sum of the data's bytes.
std::string tnef_attribute(int level, std::uint32_t id, std::string_view data) {
  std::uint32_t sum = 0;
  for (const char c : data) sum += static_cast<unsigned char>(c);
  return std::string(1, static_cast<char>(level)) + little_endian(id, 4) +
         little_endian(static_cast<std::uint32_t>(data.size()), 4) + std::string(data) +
         little_endian(sum & 0xFFFFU, 2);
}

}  // namespace

std::string media_type_of(std::string_view file_name) {
  const std::string_view end = ending(file_name);
  if (end == "pdf") return "application/pdf";
  if (end == "docx") return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  if (end == "xlsx") return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (end == "odt") return "application/vnd.oasis.opendocument.text";
  if (end == "png") return "image/png";
  if (end == "csv") return "text/csv";
  if (end == "txt") return "text/plain";
  return "application/octet-stream";
}

std::string file_bytes(std::string_view file_name, std::string_view line) {
  const std::string_view end = ending(file_name);
  if (end == "pdf") return pdf(line);
  if (end == "docx") return docx(line);
  if (end == "xlsx") return xlsx(line);
  if (end == "odt") return odt(line);
  if (end == "png") return png(line);
  if (end == "csv") return fmt::format("Rubrique;Montant\r\n{};1200,00\r\nFrais de déplacement;84,50\r\n", line);
  return std::string(line) + "\r\n";
}

std::string tnef(std::string_view subject, std::string_view file_name, std::string_view bytes) {
  const std::string end(1, '\0');
  return little_endian(0x223E9F78U, 4) + little_endian(0x0001U, 2) +                        //
         tnef_attribute(1, 0x00089006U, little_endian(0x00010000U, 4)) +                    // attTnefVersion
         tnef_attribute(1, 0x00069007U, little_endian(1252, 4) + little_endian(0, 4)) +     // attOemCodepage
         tnef_attribute(1, 0x00018004U, in_charset(subject, Charset::windows1252) + end) +  // attSubject
         tnef_attribute(
             2, 0x00069002U,
             little_endian(1, 2) + little_endian(0xFFFFFFFFU, 4) + std::string(8, '\0')) +    // attAttachRendData
         tnef_attribute(2, 0x00018010U, in_charset(file_name, Charset::windows1252) + end) +  // attAttachTitle
         tnef_attribute(2, 0x0006800FU, bytes);                                               // attAttachData
}

std::string zip(const std::vector<ZipEntry>& entries) {
  // 1980-01-01, the first day a zip can say: the bytes must not depend on the clock.
  const std::string day = little_endian(0, 2) + little_endian(0x0021U, 2);
  std::string out, directory;
  for (const auto& [name, bytes] : entries) {
    const auto size = little_endian(static_cast<std::uint32_t>(bytes.size()), 4);
    const std::string common = little_endian(20, 2) + little_endian(0x0800U, 2) + little_endian(0, 2) + day +
                               little_endian(crc32(bytes), 4) + size + size +
                               little_endian(static_cast<std::uint32_t>(name.size()), 2) + little_endian(0, 2);
    directory += "PK\x01\x02" + little_endian(20, 2) + common + std::string(10, '\0') +
                 little_endian(static_cast<std::uint32_t>(out.size()), 4) + name;
    out += "PK\x03\x04" + common + name + bytes;
  }
  const auto count = little_endian(static_cast<std::uint32_t>(entries.size()), 2);
  return out + directory + "PK\x05\x06" + std::string(4, '\0') + count + count +
         little_endian(static_cast<std::uint32_t>(directory.size()), 4) +
         little_endian(static_cast<std::uint32_t>(out.size()), 4) + std::string(2, '\0');
}

std::string pgp_armor(std::string_view words) {
  Random random(crc32(words));
  std::string noise = "\xC1\xC0\x4C\x03";
  while (noise.size() < 600) noise += static_cast<char>(static_cast<unsigned char>(random.next() & 0xFFU));
  const std::uint32_t check = crc32(noise) & 0xFFFFFFU;
  const std::string sum = base64(big_endian(check).substr(1));
  return "-----BEGIN PGP MESSAGE-----\n\n" + base64_lines(noise) + "=" + sum + "\n-----END PGP MESSAGE-----\n";
}

}  // namespace entregent::demo
