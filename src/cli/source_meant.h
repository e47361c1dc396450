// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include "personal/sources.h"

namespace entregent::cli {

/// The source that a person names: by its place as it is stored, by a path that leads there, or by its number in
/// `source list`.
std::optional<personal::Source> source_meant(personal::Sources& sources, const std::string& word);

}  // namespace entregent::cli
