// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>

#include "base/id.h"
#include "readers/extracted_item.h"

/// Small shared words of the private file.
namespace entregent::personal {

using ItemId = Id<struct ItemRow>;
using AliasId = Id<struct AliasRow>;
using PersonId = Id<struct PersonRow>;
using SourceId = Id<struct SourceRow>;
using FolderId = Id<struct FolderRow>;
using FileId = Id<struct FileRow>;

/// Bits of `item.flags`.
namespace item_flags {
inline constexpr std::int64_t list = 1;
inline constexpr std::int64_t robot = 2;
inline constexpr std::int64_t draft = 4;
inline constexpr std::int64_t sent = 8;  ///< a label or folder says that I sent it
inline constexpr std::int64_t cancelled = 16;
inline constexpr std::int64_t attachments = 32;
inline constexpr std::int64_t all_day = 64;
}  // namespace item_flags

/// Whoever stands in this role wrote the item, called to it, or is described by it.
inline bool is_author(readers::Role role) {
  using readers::Role;
  return role == Role::from || role == Role::sender || role == Role::organizer || role == Role::card;
}

/// `link.role`: the role in the low four bits, and marks of the item, so that a person's links are counted without
/// opening items.
struct LinkRole {
  readers::Role role = readers::Role::from;
  bool list = false;
  bool robot = false;
  bool attachments = false;
  bool cancelled = false;
  bool list_itself = false;  ///< the address of the mailing list, not somebody's
  bool chat = false;         ///< of a chat's message, not of a mail

  [[nodiscard]] std::int64_t packed() const {
    return static_cast<std::int64_t>(role) | (list ? 0x10 : 0) | (robot ? 0x20 : 0) | (attachments ? 0x40 : 0) |
           (cancelled ? 0x80 : 0) | (list_itself ? 0x100 : 0) | (chat ? 0x200 : 0);
  }
  static LinkRole unpack(std::int64_t value) {
    return {.role = static_cast<readers::Role>(value & 0x0F),
            .list = (value & 0x10) != 0,
            .robot = (value & 0x20) != 0,
            .attachments = (value & 0x40) != 0,
            .cancelled = (value & 0x80) != 0,
            .list_itself = (value & 0x100) != 0,
            .chat = (value & 0x200) != 0};
  }
};

}  // namespace entregent::personal
