// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/chats/chat_items.h"

#include <algorithm>

#include "base/text.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

constexpr std::size_t small_group = 8;

}  // namespace

ChatItems::ChatItems(std::string_view platform, std::string_view conversation, std::string_view title)
    : conversation_(std::string(platform) + ' ' + std::string(conversation)), title_(repaired_utf8(title)) {}

void ChatItems::add(ChatMessage message) {
  message.author = squeezed(repaired_utf8(message.author));
  add_member(message.author, message.address);
  if (messages_.size() < limits::chat_messages) messages_.push_back(std::move(message));
}

void ChatItems::add_member(std::string_view name, std::string_view address) {
  if (name.empty() && address.empty()) return;
  const Party party{.role = Role::to, .name = squeezed(repaired_utf8(name)), .address = repaired_utf8(address)};
  if (members_.size() < limits::parties && std::ranges::find(members_, party) == members_.end())
    members_.push_back(party);
}

std::vector<ExtractedItem> ChatItems::take() {
  std::vector<ExtractedItem> items;
  for (auto& message : messages_) {
    ExtractedItem item;
    item.kind = ItemKind::chat;
    item.content_hash = identity(message);
    item.title = one_line(item, title_);
    item.happened_at = message.at;
    if (!message.at) note(item, Notice::date_missing);
    item.marks.robot = message.robot;
    item.references.push_back(conversation_);
    add_fresh_text(item, repaired_utf8(message.text));
    for (const auto& file : message.files)
      item.attachments.push_back({one_line(item, repaired_utf8(file)), "application/octet-stream", 0});
    const Party author{.role = Role::from, .name = message.author, .address = repaired_utf8(message.address)};
    add_party(item, Role::from, author.name, author.address);
    address_to_others(item, author);
    items.push_back(std::move(item));
  }
  return items;
}

/// The number of the platform, else when, who, what, and how often the same was said before.
Digest ChatItems::identity(const ChatMessage& message) {
  std::string all = "chat\n" + conversation_ + '\n';
  if (!message.id.empty()) return digest(all + "number\n" + message.id);
  all += (message.at ? iso_instant(*message.at) : std::string()) + '\n' + message.author + '\n' + message.text;
  const Digest said = digest(all);
  const int times = times_said_[said]++;
  return times == 0 ? said : digest(all + "\nagain " + std::to_string(times));
}

void ChatItems::address_to_others(ExtractedItem& item, const Party& author) const {
  if (members_.size() > small_group) {
    item.marks.list = true;
    return;
  }
  for (const auto& member : members_)
    if (member.name != author.name || member.address != author.address)
      add_party(item, Role::to, member.name, member.address);
}

}  // namespace entregent::readers
