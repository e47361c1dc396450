// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

namespace entregent::base {

/// A file of the source tree that cmake/embed.cmake put into the program; lives as long as the program.
struct EmbeddedFile {
  std::string_view name;  ///< without folder: `0001_begin.sql`
  std::string_view bytes;
};

}  // namespace entregent::base
