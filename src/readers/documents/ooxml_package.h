// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "readers/documents/document_builder.h"
#include "readers/documents/xml_part.h"

/// Parts of an Office Open XML package and how they refer to each other (ECMA-376 part 2).
namespace entregent::readers {

struct Relation {
  std::string id;
  std::string type;    ///< the last word of the type's URI: `slide`, `worksheet`, `notesSlide` …
  std::string target;  ///< a part's name in the archive
};

/// What `part` refers to inside the package, in the order of the file; for the package itself give an empty name.
std::vector<Relation> relations_of(ZipArchive& archive, std::string_view part, NoticeSet& notices);

/// docProps/core.xml, wherever it lies.
DocumentFacts core_properties(ZipArchive& archive, NoticeSet& notices);

}  // namespace entregent::readers
