// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>

namespace entregent::tests {

/// Writes messages `from` … `to` of an invented box: half in a Maildir, half in mbox files, with threads, attachments,
/// homonyms and a card file. The same numbers give the same bytes.
void write_big_box(const std::filesystem::path& folder, int from, int to);

/// A month later: of `messages` a third of the Maildir is deleted, a sixth has moved, an mbox lost every fourth message
/// and gained some, another is gone, and new mail has come.
void change_big_box(const std::filesystem::path& folder, int messages);

}  // namespace entregent::tests
