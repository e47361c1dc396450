// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readers/extracted_item.h"

/// What is wrapped into plain text or signed data without MIME's help.
namespace entregent::readers {

struct PgpText {
  std::string text;        ///< without armor; of a signed text the words that were signed
  bool encrypted = false;  ///< a block stays closed
};
PgpText without_pgp_armor(std::string_view text);

/// Files between `begin 644 name` and `end`; `rest` becomes the text without them.
std::vector<Attachment> take_uuencoded(std::string_view text, std::string& rest);

/// The MIME entity inside an opaque S/MIME signature (RFC 5652 SignedData, DER or BER); nothing if it is none or
/// detached.
std::optional<std::string> signed_content(std::string_view der);

}  // namespace entregent::readers
