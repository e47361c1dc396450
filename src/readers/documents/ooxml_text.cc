// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/ooxml_text.h"

#include <algorithm>
#include <array>

#include "readers/documents/xml_part.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// Properties, codes, and words that are not there any more.
bool is_silent(std::string_view name) {
  constexpr std::array silent{"pPr",     "rPr",      "sectPr",  "tblPr",   "tblGrid",  "trPr",
                              "tcPr",    "sdtPr",    "del",     "delText", "moveFrom", "instrText",
                              "fldData", "Fallback", "binData", "bodyPr",  "lstStyle", "endParaRPr",
                              "nvSpPr",  "spPr",     "txPr",    "rPh"};
  return std::find(silent.begin(), silent.end(), name) != silent.end();
}

class OoxmlWalk {
 public:
  OoxmlWalk(DocumentText& text, NoticeSet& notices) : text_(text), notices_(notices) {}

  void walk(const pugi::xml_node& node, std::size_t depth) {
    if (depth > limits::xml_depth) return notices_.add(Notice::truncated);
    for (const auto& part : node.children()) {
      if (text_.full()) return;
      if (part.type() == pugi::node_element) element(part, depth);
    }
  }

 private:
  void element(const pugi::xml_node& part, std::size_t depth) {
    const std::string_view name = local_name(part);
    if (is_silent(name)) return;
    if (name == "t") return text_.add(text_below(part));
    if (name == "tab") return text_.blank();
    if (name == "br" || name == "cr") return text_.end_line();
    if (name == "noBreakHyphen") return text_.add("-");
    const bool block = name == "p" || name == "txbxContent" || name == "tr";
    if (block && name == "txbxContent") text_.end_line();
    walk(part, depth + 1);
    if (block) text_.end_line();
    if (name == "tc") text_.blank();
  }

  DocumentText& text_;
  NoticeSet& notices_;
};

}  // namespace

void add_ooxml_text(const pugi::xml_node& node, DocumentText& text, NoticeSet& notices) {
  OoxmlWalk(text, notices).walk(node, 0);
  text.end_line();
}

}  // namespace entregent::readers
