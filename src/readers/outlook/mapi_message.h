// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace entregent::readers {

/// Properties of Outlook's objects ([MS-OXPROPS]), by their number. Texts are UTF-8 already.
struct MapiProperties {
  std::map<std::uint16_t, std::string> texts, bytes;
  std::map<std::uint16_t, std::uint64_t> numbers;
  std::map<std::uint16_t, Instant> times;

  [[nodiscard]] std::string text(std::uint16_t id) const;
  [[nodiscard]] std::string_view binary(std::uint16_t id) const;
  [[nodiscard]] std::uint64_t number(std::uint16_t id) const;
  [[nodiscard]] std::optional<Instant> time(std::uint16_t id) const;
};

struct MapiAttachment {
  std::string name, media_type, content;
  bool is_message = false;  ///< `content` is a message as mapi_to_mime wrote it
};

/// A message as Outlook keeps it, whatever container it came in.
struct MapiMessage {
  MapiProperties properties;
  std::vector<MapiProperties> recipients;
  std::vector<MapiAttachment> attachments;
};

/// FILETIME: 100 ns since 1601. Nothing before 1970 or after 2200.
std::optional<Instant> filetime_moment(std::uint64_t value);

/// What was declared by Windows' number of a code page.
std::string code_page_name(std::uint64_t page);

/// The message as mail would have brought it (RFC 5322, MIME), so that one reader decides what a mail says. With the
/// header it came with, if Outlook kept that; else with one made of sender, recipients, dates and subject.
std::string mapi_to_mime(const MapiMessage& message);

/// Only its text and attachments, as a MIME entity with its own header: what winmail.dat adds to the mail around it.
/// `with_text`: no where that mail has a text itself.
std::string mapi_content(const MapiMessage& message, bool with_text);

}  // namespace entregent::readers
