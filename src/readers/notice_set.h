// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "readers/extracted_item.h"

namespace entregent::readers {

/// Notices as they are met while reading; ascending and without duplicates at the end.
class NoticeSet {
 public:
  void add(Notice notice) { bits_ |= bit(notice); }
  [[nodiscard]] bool has(Notice notice) const { return (bits_ & bit(notice)) != 0; }
  [[nodiscard]] std::vector<Notice> list() const {
    std::vector<Notice> result;
    for (unsigned i = 0; i < 32; ++i)
      if ((bits_ >> i & 1U) != 0) result.push_back(static_cast<Notice>(i));
    return result;
  }

 private:
  static std::uint32_t bit(Notice notice) { return 1U << static_cast<unsigned>(notice); }
  std::uint32_t bits_ = 0;
};

}  // namespace entregent::readers
