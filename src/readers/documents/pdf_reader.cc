// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/pdf_reader.h"

#include <algorithm>
#include <ctime>
#include <memory>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include "base/text.h"
#include "readers/documents/document_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

using Document = std::unique_ptr<poppler::document>;

/// One empty page.
constexpr char smallest_pdf[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Errors are told by the document itself; poppler would write them to stderr.
void say_nothing(const std::string& /*message*/, void* /*data*/) {}

void keep_poppler_ready() {
  static const Document kept = [] {
    poppler::set_debug_error_function(say_nothing, nullptr);
    Document document(poppler::document::load_from_raw_data(smallest_pdf, static_cast<int>(sizeof smallest_pdf - 1)));
    return document;
  }();
}

/// poppler's own conversion asks iconv, which a locked reader may not have; these are UTF-16 units (poppler 22.12).
std::string utf8_of(const poppler::ustring& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t character = text[i];
    const bool high = character >= 0xD800 && character < 0xDC00;
    if (high && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000)
      character = 0x10000 + ((character - 0xD800) << 10U) + (text[++i] - 0xDC00U);
    else if (character >= 0xD800 && character < 0xE000)
      character = 0xFFFD;
    if (character == 0) continue;
    append_utf8(result, character == 0x0C ? U'\n' : character);
  }
  return result;
}

/// poppler says -1 for no date.
std::optional<Instant> moment_of(std::time_t since_1970) {
  if (since_1970 <= 0) return std::nullopt;
  return Instant{std::chrono::seconds{since_1970}};
}

DocumentFacts facts_of(poppler::document& document) {
  return {.title = utf8_of(document.get_title()),
          .authors = utf8_of(document.get_author()),
          .last_editor = {},
          .created = moment_of(document.get_creation_date_t()),
          .modified = moment_of(document.get_modification_date_t())};
}

std::string text_of_pages(const poppler::document& document, NoticeSet& notices) {
  DocumentText text(notices);
  const int pages = document.pages();
  if (pages > limits::pdf_pages) notices.add(Notice::truncated);
  for (int i = 0; i < std::min(pages, limits::pdf_pages) && !text.full(); ++i) {
    const std::unique_ptr<poppler::page> page(document.create_page(i));
    if (!page) {
      notices.add(Notice::malformed);
      continue;
    }
    text.add(utf8_of(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)));
    text.end_line();
  }
  return text.take();
}

}  // namespace

Result<ExtractedItem> read_pdf(std::string_view bytes) {
  keep_poppler_ready();
  if (bytes.size() > limits::document_bytes)
    return fail({ErrorCode::invalid, N_("This file is too large to be read.")});
  const Document document(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return fail({ErrorCode::malformed, N_("This PDF is damaged, or is none.")});
  NoticeSet notices;
  if (document->is_locked()) {
    notices.add(Notice::encrypted);
    return document_item(bytes, {}, {}, notices);
  }
  const auto facts = facts_of(*document);
  return document_item(bytes, facts, text_of_pages(*document, notices), notices);
}

}  // namespace entregent::readers
