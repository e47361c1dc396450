// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "base/result.h"
#include "readers/extracted_item.h"
#include "readers/zip_archive.h"

namespace entregent::readers {

/// Telegram Desktop's `result.json`, of one chat or of a whole account. Service messages are left out, forwarded ones
/// kept as said by whoever sent them on.
Result<std::vector<ExtractedItem>> read_telegram(std::string_view bytes);

/// Whether bytes begin like such a file.
bool is_telegram(std::string_view first_bytes);

/// Slack's export of a workspace: channels, groups and direct messages day by day. Mentions become names; people are
/// known by the mail address of their profile; what programs post is marked as a robot's; who joined or left is left
/// out.
Result<std::vector<ExtractedItem>> read_slack(ZipArchive& archive);

/// It holds users.json and days of channels.
bool is_slack_archive(const ZipArchive& archive);

}  // namespace entregent::readers
