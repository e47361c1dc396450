// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/ooxml_reader.h"

#include <algorithm>

#include "readers/documents/ooxml_package.h"
#include "readers/documents/ooxml_sheets.h"
#include "readers/documents/ooxml_text.h"

namespace entregent::readers {
namespace {

class OoxmlReader {
 public:
  OoxmlReader(std::string_view bytes, ZipArchive& archive) : bytes_(bytes), archive_(archive), text_(notices_) {}

  Result<ExtractedItem> read() {
    const std::string main = main_part();
    if (main.empty()) return fail({ErrorCode::malformed, N_("This document has no content: it is damaged.")});
    const auto facts = core_properties(archive_, notices_);
    if (main.starts_with("xl/") || archive_.holds("xl/workbook.xml")) {
      add_sheets(archive_, main, text_, notices_);
    } else if (main.starts_with("ppt/") || archive_.holds("ppt/presentation.xml")) {
      slides(main);
    } else {
      words(main);
    }
    return document_item(bytes_, facts, text_.take(), notices_);
  }

 private:
  std::string main_part() {
    for (const auto& relation : relations_of(archive_, {}, notices_))
      if (relation.type == "officeDocument" && archive_.holds(relation.target)) return relation.target;
    for (const char* usual : {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"})
      if (archive_.holds(usual)) return usual;
    return {};
  }

  void part(std::string_view name) {
    pugi::xml_document xml;
    if (load_part(archive_, name, Blanks::between_words_only, xml, notices_)) add_ooxml_text(xml, text_, notices_);
  }

  void words(const std::string& main) {
    part(main);
    for (const auto& relation : relations_of(archive_, main, notices_)) {
      const auto& type = relation.type;
      if (type == "footnotes" || type == "endnotes" || type == "comments" || type == "header" || type == "footer" ||
          type == "diagramData")
        part(relation.target);
    }
  }

  /// In the order of the presentation, where it tells one.
  void slides(const std::string& main) {
    const auto relations = relations_of(archive_, main, notices_);
    pugi::xml_document xml;
    (void)load_part(archive_, main, Blanks::between_words_only, xml, notices_);
    for (const auto& entry : child(child(xml, "presentation"), "sldIdLst").children()) {
      const std::string_view id = entry.attribute("r:id").value();
      const auto found = std::ranges::find_if(relations, [&](const Relation& one) { return one.id == id; });
      if (found != relations.end()) slide(found->target);
    }
  }

  void slide(const std::string& name) {
    part(name);
    for (const auto& relation : relations_of(archive_, name, notices_))
      if (relation.type == "notesSlide" || relation.type == "diagramData" || relation.type == "comments")
        part(relation.target);
  }

  std::string_view bytes_;
  ZipArchive& archive_;
  NoticeSet notices_;
  DocumentText text_;
};

}  // namespace

Result<ExtractedItem> read_ooxml(std::string_view bytes, ZipArchive& archive) {
  return OoxmlReader(bytes, archive).read();
}

}  // namespace entregent::readers
