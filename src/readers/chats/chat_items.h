// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "readers/extracted_item.h"

namespace entregent::readers {

struct ChatMessage {
  std::string author;   ///< as the platform names them: a name, or a phone number
  std::string address;  ///< mail address, where the platform tells it
  std::optional<Instant> at;
  std::string text;
  std::string id;  ///< the platform's own number of the message; may be empty
  std::vector<std::string> files;
  bool robot = false;
};

/// Makes one ItemKind::chat of each message of a conversation. Between two people the other is Role::to; in a group of
/// up to eight all others are; in a larger one nobody is addressed, and the message is marked as of a list: it makes no
/// ties. Messages keep their identity in a newer export, as long as its platform numbers them or it begins with the
/// same message.
class ChatItems {
 public:
  /// `platform` and `conversation` together name the conversation for ever; `title` may be empty.
  ChatItems(std::string_view platform, std::string_view conversation, std::string_view title);

  void add(ChatMessage message);
  /// Somebody who is in the conversation though they may have said nothing.
  void add_member(std::string_view name, std::string_view address);
  std::vector<ExtractedItem> take();

 private:
  [[nodiscard]] Digest identity(const ChatMessage& message);
  void address_to_others(ExtractedItem& item, const Party& author) const;

  std::string conversation_, title_;
  std::vector<ChatMessage> messages_;
  std::vector<Party> members_;
  std::map<Digest, int> times_said_;
};

}  // namespace entregent::readers
