// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entregent {

/// The translations of one language: a GNU `.mo` file (gettext manual, "The Format of GNU MO Files"), looked up without
/// libintl, which follows the locale of the process. Keeps views into the bytes it was read from: they must outlive it.
class Catalogue {
 public:
  struct Entry {
    std::string_view text;                      ///< the English one; of a plural, its singular
    std::string_view translation;               ///< of a plural, the form for one
    std::optional<std::string_view> many_text;  ///< the English plural, where there is one
    std::string_view many_translation;          ///< the form for many; empty where there is no plural
  };

  /// `malformed` for anything that is not such a file of this machine's byte order; never reads outside `bytes`.
  /// Entries that nobody has translated are left out. Of equal texts the first one stays.
  static Result<Catalogue> read(std::string_view bytes);

  /// Nothing where there is no translation. The pointer lives as long as the catalogue.
  const Entry* find(std::string_view text) const;

  /// In the order of their texts; without the header.
  std::span<const Entry> entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

}  // namespace entregent
