// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/format.h"

namespace entregent::readers {

/// Which document bytes are, as a whole: like detect(), and archives by what lies in them. `unknown` for what is no
/// document (mail, cards, an archive of anything else).
Format document_format(std::string_view bytes);

/// A document of that format, alone in its file or attached to a mail: one item of ItemKind::document, with its text as
/// TextKind::fresh, author and last editor as parties, and the moment of its last change. Never throws for bad bytes;
/// what is hopeless is an Error. ErrorCode::invalid where the format is no document's, or `bytes` are more than
/// limits::document_bytes.
Result<ExtractedItem> read_document(std::string_view bytes, Format format);

}  // namespace entregent::readers
