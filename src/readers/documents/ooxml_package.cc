// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/ooxml_package.h"

namespace entregent::readers {

std::vector<Relation> relations_of(ZipArchive& archive, std::string_view part, NoticeSet& notices) {
  const std::string_view folder = folder_of(part);
  const std::string name = std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
  std::vector<Relation> result;
  pugi::xml_document xml;
  if (!load_part(archive, name, Blanks::between_words_only, xml, notices)) return result;
  for (const auto& one : child(xml, "Relationships").children()) {
    if (attribute(one, "TargetMode") == "External") continue;
    const std::string_view type = attribute(one, "Type");
    result.push_back({.id = std::string(attribute(one, "Id")),
                      .type = std::string(type.substr(type.rfind('/') + 1)),
                      .target = resolved_path(folder, attribute(one, "Target"))});
  }
  return result;
}

DocumentFacts core_properties(ZipArchive& archive, NoticeSet& notices) {
  std::string name = "docProps/core.xml";
  for (const auto& relation : relations_of(archive, {}, notices))
    if (relation.type == "core-properties") name = relation.target;
  DocumentFacts facts;
  pugi::xml_document xml;
  if (!load_part(archive, name, Blanks::between_words_only, xml, notices)) return facts;
  const auto root = child(xml, "coreProperties");
  facts.title = text_below(child(root, "title"));
  facts.authors = text_below(child(root, "creator"));
  facts.last_editor = text_below(child(root, "lastModifiedBy"));
  facts.created = parse_w3c_date(text_below(child(root, "created")));
  facts.modified = parse_w3c_date(text_below(child(root, "modified")));
  return facts;
}

}  // namespace entregent::readers
