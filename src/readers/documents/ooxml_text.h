// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <pugixml.hpp>

#include "readers/documents/document_builder.h"

namespace entregent::readers {

/// The words of WordprocessingML or DrawingML below a node (ECMA-376 part 1, §17 and §21.1): paragraphs as lines, cells
/// parted by blanks. Without what was deleted or moved away under change tracking, field codes, and the second of two
/// alternatives (mc:Fallback).
void add_ooxml_text(const pugi::xml_node& node, DocumentText& text, NoticeSet& notices);

}  // namespace entregent::readers
