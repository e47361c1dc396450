// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/exports/export_reader.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "readers/exports/contact_rows.h"
#include "readers/exports/csv_table.h"
#include "readers/exports/linkedin_rows.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

bool add_table(std::string_view bytes, ExportItems& result) {
  NoticeSet notices;
  const auto table = read_csv(bytes, notices);
  const std::size_t before = result.items.size();
  const auto layout = contact_layout(table.rows);
  const bool is_linkedin = !layout || layout->kind == ExportKind::other;
  if (!is_linkedin || !read_linkedin_rows(table.rows, result)) {
    if (!layout) return false;
    read_contact_rows(table.rows, *layout, result);
  }
  if (notices.has(Notice::truncated) && result.items.size() > before) note(result.items.back(), Notice::truncated);
  return true;
}

std::string file_name(const ZipArchive::Entry& entry) {
  return lower(entry.name.substr(entry.name.rfind('/') + 1));
}

}  // namespace

Result<ExportItems> read_contact_table(std::string_view bytes) {
  if (bytes.size() > limits::document_bytes)
    return fail({ErrorCode::invalid, N_("This file is too large to be read.")});
  ExportItems result;
  if (!add_table(bytes, result))
    return fail({ErrorCode::malformed, N_("No column of this table is known to name people.")});
  return result;
}

bool is_contact_archive(const ZipArchive& archive) {
  return std::ranges::any_of(archive.entries(), [](const ZipArchive::Entry& entry) {
    const std::string name = file_name(entry);
    return name == "connections.csv" || name == "messages.csv";
  });
}

Result<ExportItems> read_contact_archive(ZipArchive& archive) {
  ExportItems result;
  for (const auto& entry : archive.entries()) {
    if (!file_name(entry).ends_with(".csv")) continue;
    if (const auto bytes = archive.read(entry.name, limits::document_bytes)) (void)add_table(*bytes, result);
  }
  if (result.tables.empty()) return fail({ErrorCode::malformed, N_("No table of this archive is known.")});
  return result;
}

}  // namespace entregent::readers
