// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/result.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

/// Plain text or Markdown in any common charset. Title: that of a front matter (`title: …` between `---`), else the
/// first heading (`# …`, or a line above `===`); plain text has none. Author and date of a front matter. Refuses bytes
/// that are no text.
Result<ExtractedItem> read_text(std::string_view bytes);

}  // namespace entregent::readers
