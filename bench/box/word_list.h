// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entregent::bench {

/// The files of words/, which are part of the program. A section begins with `[name]`.
std::vector<std::string> listed_words(std::string_view file, std::string_view section);  ///< split at blanks
std::vector<std::string> listed_phrases(std::string_view file,
                                        std::string_view section);  ///< split at `|` and line ends

}  // namespace entregent::bench
