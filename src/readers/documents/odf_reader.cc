// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/odf_reader.h"

#include <algorithm>
#include <array>

#include "readers/documents/document_builder.h"
#include "readers/documents/xml_part.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class OdfReader {
 public:
  OdfReader(std::string_view bytes, ZipArchive& archive) : bytes_(bytes), archive_(archive), text_(notices_) {}

  Result<ExtractedItem> read() {
    if (!archive_.holds("content.xml"))
      return fail({ErrorCode::malformed, N_("This document has no content: it is damaged.")});
    if (is_encrypted()) {
      notices_.add(Notice::encrypted);
      return document_item(bytes_, {}, {}, notices_);
    }
    const auto facts = meta();
    pugi::xml_document xml;
    if (load_part(archive_, "content.xml", Blanks::all, xml, notices_))
      walk(child(child(xml, "document-content"), "body"), 0);
    return document_item(bytes_, facts, text_.take(), notices_);
  }

 private:
  bool is_encrypted() {
    if (archive_.holds("encrypted-package")) return true;
    pugi::xml_document xml;
    if (!load_part(archive_, "META-INF/manifest.xml", Blanks::between_words_only, xml, notices_)) return false;
    for (const auto& entry : child(xml, "manifest").children())
      if (attribute(entry, "full-path") == "content.xml" && child(entry, "encryption-data")) return true;
    return false;
  }

  DocumentFacts meta() {
    DocumentFacts facts;
    pugi::xml_document xml;
    if (!load_part(archive_, "meta.xml", Blanks::between_words_only, xml, notices_)) return facts;
    const auto root = child(child(xml, "document-meta"), "meta");
    facts.title = text_below(child(root, "title"));
    facts.authors = text_below(child(root, "initial-creator"));
    facts.last_editor = text_below(child(root, "creator"));
    if (facts.authors.empty()) std::swap(facts.authors, facts.last_editor);
    facts.created = parse_w3c_date(text_below(child(root, "creation-date")));
    facts.modified = parse_w3c_date(text_below(child(root, "date")));
    return facts;
  }

  void walk(const pugi::xml_node& node, std::size_t depth) {
    if (depth > limits::xml_depth) return notices_.add(Notice::truncated);
    for (const auto& part : node.children()) {
      if (text_.full()) return;
      if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) {
        characters(part.value());
      } else if (part.type() == pugi::node_element) {
        element(part, depth);
      }
    }
  }

  /// §6.1.2: white space between elements and in runs counts as one blank.
  void characters(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
      text_.add(text.substr(0, end));
      if (end == text.size()) return;
      text_.blank();
      text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n", end), text.size()));
    }
  }

  void element(const pugi::xml_node& part, std::size_t depth) {
    constexpr std::array silent{"tracked-changes", "event-listeners",     "scripts",       "binary-data",
                                "forms",           "sequence-decls",      "note-citation", "bookmark-start",
                                "settings",        "calculation-settings"};
    constexpr std::array blocks{"p",        "h",    "table-row", "list-item", "annotation", "note",
                                "text-box", "page", "table",     "section",   "notes",      "frame"};
    const std::string_view name = local_name(part);
    if (is_one_of(name, silent)) return;
    if (name == "s" || name == "tab") return text_.blank();
    if (name == "line-break") return text_.end_line();
    const bool cell = name == "table-cell" || name == "covered-table-cell";
    const bool apart = name == "annotation" || name == "text-box";
    if (apart) text_.blank();
    if (name == "table") title_of_sheet(part);
    in_cell_ += cell ? 1 : 0;
    walk(part, depth + 1);
    in_cell_ -= cell ? 1 : 0;
    const bool block = is_one_of(name, blocks);
    if (cell || (block && in_cell_ > 0)) {
      text_.blank();
    } else if (block) {
      text_.end_line();
    }
  }

  void title_of_sheet(const pugi::xml_node& table) {
    if (local_name(table.parent()) != "spreadsheet") return;
    text_.add(attribute(table, "name"));
    text_.end_line();
  }

  std::string_view bytes_;
  ZipArchive& archive_;
  NoticeSet notices_;
  DocumentText text_;
  int in_cell_ = 0;
};

}  // namespace

Result<ExtractedItem> read_odf(std::string_view bytes, ZipArchive& archive) {
  return OdfReader(bytes, archive).read();
}

}  // namespace entregent::readers
