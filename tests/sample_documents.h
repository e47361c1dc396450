// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "tests/archive_of.h"

/// Small documents for tests, in memory.
namespace entregent::tests {

/// One page of these content operators (Helvetica is /F1, in windows-1252), with these entries of the information
/// dictionary.
inline std::string pdf_of(const std::string& page, const std::string& info) {
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 "
         "R>>>>>>endobj\n4 0 obj<</Length " +
         std::to_string(page.size()) + ">>stream\n" + page +
         "\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
         "6 0 obj<<" +
         info + ">>endobj\ntrailer<</Root 1 0 R/Info 6 0 R>>\n%%EOF\n";
}

/// A DOCX of one paragraph, by that author.
inline std::string docx_of(const std::string& words, const std::string& author) {
  return archive_of(
      {{"[Content_Types].xml", "<Types/>"},
       {"word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>" + words + "</w:t></w:r></w:p></w:body></w:document>"},
       {"docProps/core.xml", "<cp:coreProperties><dc:creator>" + author + "</dc:creator></cp:coreProperties>"}});
}

}  // namespace entregent::tests
