// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>

namespace entregent::cli {

/// The English sentence, marked for translation, of a stored code: why something was unreadable, left out, or read with
/// a notice.
std::string_view code_text(std::string_view code);

}  // namespace entregent::cli
