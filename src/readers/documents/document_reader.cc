// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/document_reader.h"

#include "readers/documents/archive_format.h"
#include "readers/documents/epub_reader.h"
#include "readers/documents/html_reader.h"
#include "readers/documents/odf_reader.h"
#include "readers/documents/ooxml_reader.h"
#include "readers/documents/pdf_reader.h"
#include "readers/documents/rtf_reader.h"
#include "readers/documents/text_reader.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

Result<ExtractedItem> read_archive(std::string_view bytes, Format format) {
  auto archive = ZipArchive::open(bytes);
  if (!archive) return fail(archive.error());
  if (format == Format::odf) return read_odf(bytes, *archive);
  return format == Format::epub ? read_epub(bytes, *archive) : read_ooxml(bytes, *archive);
}

}  // namespace

Format document_format(std::string_view bytes) {
  const Format format = detect(bytes.substr(0, detect_bytes));
  switch (format) {
    case Format::pdf:
    case Format::rtf:
    case Format::html:
      return format;
    case Format::zip_export: {
      auto archive = ZipArchive::open(bytes);
      return archive ? archive_format(*archive) : Format::unknown;
    }
    default:
      return Format::unknown;
  }
}

Result<ExtractedItem> read_document(std::string_view bytes, Format format) {
  if (bytes.size() > limits::document_bytes)
    return fail({ErrorCode::invalid, N_("This file is too large to be read.")});
  switch (format) {
    case Format::odf:
    case Format::ooxml:
    case Format::epub:
      return read_archive(bytes, format);
    case Format::pdf:
      return read_pdf(bytes);
    case Format::rtf:
      return read_rtf(bytes);
    case Format::html:
      return read_html(bytes);
    case Format::text:
      return read_text(bytes);
    default:
      return fail({ErrorCode::invalid, N_("This file is no document.")});
  }
}

}  // namespace entregent::readers
