// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "personal/sources.h"
#include "readers/extracted_item.h"

namespace entregent::ingest {

/// Why an item is left out on purpose: `spam_or_trash`, `draft`, `excepted`; nothing if it comes in. An item is
/// excepted if it is from, or only to, addresses that the owner excepted, or if this copy of it bears the label
/// (X-Gmail-Labels) that an excepted folder is, whatever other labels it bears. Another copy of it, in a place that is
/// not excepted, comes in.
std::optional<std::string_view> reason_to_skip(const readers::ExtractedItem& item, const personal::Except& except);

/// Is a folder left out, by its name below the source?
bool is_excepted_folder(std::string_view name, const personal::Except& except);

/// Is a file left out, by its name below the source? To Thunderbird and Takeout a folder is an mbox: `Private`,
/// `Private.mbox`.
bool is_excepted_file(std::string_view name, const personal::Except& except);

/// Is a label of Gmail a folder that is left out, or one below it? Gmail's own come as `\Inbox`.
bool is_excepted_label(std::string_view label, const personal::Except& except);

}  // namespace entregent::ingest
