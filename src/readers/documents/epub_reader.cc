// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/epub_reader.h"

#include <map>

#include "base/text.h"
#include "readers/documents/document_builder.h"
#include "readers/documents/html_reader.h"
#include "readers/documents/xml_part.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

class EpubReader {
 public:
  EpubReader(std::string_view bytes, ZipArchive& archive) : bytes_(bytes), archive_(archive), text_(notices_) {}

  Result<ExtractedItem> read() {
    const std::string package = package_name();
    pugi::xml_document xml;
    if (package.empty() || !load_part(archive_, package, Blanks::between_words_only, xml, notices_))
      return fail({ErrorCode::malformed, N_("This document has no content: it is damaged.")});
    const auto root = child(xml, "package");
    if (archive_.holds("META-INF/rights.xml") || archive_.holds("META-INF/license.lcpl"))
      notices_.add(Notice::encrypted);
    pages(root, folder_of(package));
    return document_item(bytes_, facts(child(root, "metadata")), text_.take(), notices_);
  }

 private:
  std::string package_name() {
    pugi::xml_document xml;
    if (load_part(archive_, "META-INF/container.xml", Blanks::between_words_only, xml, notices_))
      for (const auto& file : child(child(xml, "container"), "rootfiles").children())
        if (const auto path = attribute(file, "full-path"); archive_.holds(path)) return std::string(path);
    for (const auto& entry : archive_.entries())
      if (entry.name.ends_with(".opf")) return entry.name;
    return {};
  }

  static DocumentFacts facts(const pugi::xml_node& metadata) {
    DocumentFacts facts;
    for (const auto& entry : metadata.children()) {
      const auto name = local_name(entry);
      if (name == "title" && facts.title.empty()) facts.title = text_below(entry);
      if (name == "creator") facts.authors += (facts.authors.empty() ? "" : ";") + text_below(entry);
      if (name == "date" && !facts.created) facts.created = parse_w3c_date(text_below(entry));
      if (name == "meta" && attribute(entry, "property") == "dcterms:modified")
        facts.modified = parse_w3c_date(text_below(entry));
    }
    return facts;
  }

  void pages(const pugi::xml_node& package, std::string_view folder) {
    std::map<std::string_view, std::string> names;
    for (const auto& entry : child(package, "manifest").children())
      names.emplace(attribute(entry, "id"), resolved_path(folder, attribute(entry, "href")));
    for (const auto& entry : child(package, "spine").children()) {
      const auto found = names.find(attribute(entry, "idref"));
      if (found != names.end() && !text_.full()) page(found->second);
    }
  }

  void page(const std::string& name) {
    const auto bytes = archive_.read(name, limits::html_bytes);
    if (!bytes) return notices_.add(Notice::truncated);
    NoticeSet of_page;
    text_.add(trimmed(page_text(*bytes, of_page)));
    text_.end_line();
    if (of_page.has(Notice::truncated)) notices_.add(Notice::truncated);
  }

  std::string_view bytes_;
  ZipArchive& archive_;
  NoticeSet notices_;
  DocumentText text_;
};

}  // namespace

Result<ExtractedItem> read_epub(std::string_view bytes, ZipArchive& archive) {
  return EpubReader(bytes, archive).read();
}

}  // namespace entregent::readers
