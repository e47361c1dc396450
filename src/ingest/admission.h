// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "personal/sources.h"
#include "readers/extracted_item.h"

namespace entregent::ingest {

/// Why an item is left out on purpose: `spam_or_trash`, `draft`, `excepted`; nothing if it comes in. An item is
/// excepted if it is from, or only to, addresses that the owner excepted.
std::optional<std::string_view> reason_to_skip(const readers::ExtractedItem& item, const personal::Except& except);

/// Is a folder left out, by its name below the source?
bool is_excepted_folder(std::string_view name, const personal::Except& except);

}  // namespace entregent::ingest
