// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/archive_format.h"

#include "base/text.h"

namespace entregent::readers {

Format archive_format(ZipArchive& archive) {
  if (archive.holds("[Content_Types].xml")) return Format::ooxml;
  if (const auto type = archive.read("mimetype", 200)) {
    const std::string_view name = trimmed(*type);
    if (name.starts_with("application/epub+zip")) return Format::epub;
    if (name.starts_with("application/vnd.oasis.opendocument.") || name.starts_with("application/vnd.sun.xml."))
      return Format::odf;
  }
  if (archive.holds("META-INF/container.xml")) return Format::epub;
  if (archive.holds("content.xml") && archive.holds("META-INF/manifest.xml")) return Format::odf;
  return Format::unknown;
}

}  // namespace entregent::readers
