// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Blocking: what has a key in common is compared, nothing else.
namespace entregent::people {

/// FNV-1a with a last mix; the same on every machine, as the order of blocks shows in nothing but must not vary either.
class KeyHash {
 public:
  KeyHash& add(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    step(0xFF);
    return *this;
  }
  /// Without an end mark: what is added in pieces is one text.
  KeyHash& piece(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    return *this;
  }
  std::uint64_t value() const {
    std::uint64_t mixed = state_;
    mixed ^= mixed >> 32U;
    mixed *= 0x9E3779B97F4A7C15ULL;
    return mixed ^ mixed >> 29U;
  }

 private:
  void step(unsigned char byte) {
    state_ ^= byte;
    state_ *= 0x100000001B3ULL;
  }
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

struct Entry {
  std::uint64_t key = 0;
  std::uint32_t index = 0;  ///< of a form or node
  std::uint32_t role = 0;   ///< how it came by the key
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

/// Sorts, drops doubles, and calls `visit(span)` for each block of at least two.
template <class Visit>
void for_each_block(std::vector<Entry>& entries, Visit visit) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.index != b.index ? a.index < b.index : a.role < b.role;
  });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
    if (end - begin > 1) visit(std::span<const Entry>(entries).subspan(begin, end - begin));
    begin = end;
  }
}

}  // namespace entregent::people
