// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/tokens.h"
#include "personal/store.h"

namespace entregent::personal {

/// Which distinct words share a French or English stem: the table that widens queries. Filled with the words met while
/// writing; Snowball runs once per distinct word, not per token.
class WordStems {
 public:
  explicit WordStems(Store& store) : store_(store), seen_(1u << 16U) {}
  void note(std::string_view word);
  void write();
  void clear();

  /// The words in the index that share a stem with `word`, itself first.
  static std::vector<std::string> related(Store& store, std::string_view word);
  /// Takes out the words that no text holds any more.
  static void prune(Store& store);

 private:
  bool first_time(std::uint64_t hash);
  void grow();

  Store& store_;
  Stemmer stemmer_;
  std::vector<std::string> fresh_;
  std::vector<std::uint64_t> seen_;  ///< open addressing, 0 = free: hashes of the words noted since the object was made
  std::size_t count_ = 0;
};

}  // namespace entregent::personal
