// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_session.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "net/imap_cursor.h"
#include "net/imap_fetch.h"
#include "net/imap_limits.h"
#include "net/imap_login.h"
#include "net/imap_wire.h"

namespace entregent::net {
namespace {

/// One round trip to the server for so many; a command with them stays far below the 8 KiB that servers accept.
constexpr std::size_t batch_size = 200;
constexpr std::size_t max_namespaces = 16;
constexpr std::chrono::milliseconds logout_timeout{3'000};

Error closed_session() {
  return fail({ErrorCode::unavailable, N_("The connection with the mail server is closed.")});
}

FolderUse folder_use(const ImapListed& listed) {
  static constexpr std::array<std::pair<std::string_view, FolderUse>, 8> uses{{{"\\all", FolderUse::all},
                                                                               {"\\archive", FolderUse::archive},
                                                                               {"\\drafts", FolderUse::drafts},
                                                                               {"\\flagged", FolderUse::flagged},
                                                                               {"\\important", FolderUse::important},
                                                                               {"\\junk", FolderUse::junk},
                                                                               {"\\sent", FolderUse::sent},
                                                                               {"\\trash", FolderUse::trash}}};
  if (ascii_upper(listed.wire) == "INBOX") return FolderUse::inbox;
  for (const auto& [attribute, use] : uses) {
    if (std::find(listed.attributes.begin(), listed.attributes.end(), attribute) != listed.attributes.end()) return use;
  }
  return FolderUse::none;
}

bool is_selectable(const ImapListed& listed) {
  return std::none_of(listed.attributes.begin(), listed.attributes.end(), [](const std::string& attribute) {
    return attribute == "\\noselect" || attribute == "\\nonexistent";
  });
}

bool begins_with_any(std::string_view name, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return !prefix.empty() && name.starts_with(prefix); });
}

std::optional<std::uint64_t> number(std::string_view text) {
  return ImapCursor(text).number();
}

/// What `* OK [CODE …]` says of the folder just opened.
void note_status(const ImapStatus& status, ImapMailbox& mailbox) {
  const auto value = number(status.arguments);
  if (!value) return;
  if (status.code == "UIDVALIDITY" && *value <= UINT32_MAX) mailbox.uid_validity = static_cast<std::uint32_t>(*value);
  if (status.code == "UIDNEXT" && *value <= UINT32_MAX) mailbox.uid_next = static_cast<std::uint32_t>(*value);
  if (status.code == "HIGHESTMODSEQ" && *value > 0) mailbox.highest_modseq = value;
}

void note_opening(ImapResponse& response, ImapMailbox& mailbox, ImapChanges& changes) {
  if (const auto* status = std::get_if<ImapStatus>(&response)) note_status(*status, mailbox);
  if (const auto* exists = std::get_if<ImapExists>(&response)) mailbox.exists = exists->count;
  if (const auto* gone = std::get_if<ImapVanished>(&response)) {
    changes.vanished.insert(changes.vanished.end(), gone->uids.begin(), gone->uids.end());
  }
  if (auto* message = std::get_if<ImapFetched>(&response); message && message->uid && message->has_flags) {
    changes.changed.push_back(std::move(message->info));
  }
}

}  // namespace

struct ImapSession::State {
  ImapWire wire;
  ImapOptions options;
  std::uint32_t exists = 0;  ///< in the open folder, as last told

  /// Runs a command whose NO leaves the session as it was: the caller looks at it.
  Result<ImapStatus> ask(ImapCommand command, const std::string& arguments, const ImapWire::OnResponse& on_response,
                         std::uint64_t expected = 0, ImapBodyTaker* taker = nullptr) {
    // Another client may delete or mark everything meanwhile, and the server tells each.
    const auto news = std::min<std::uint64_t>(2ULL * exists, max_messages);
    auto status = wire.run({.command = command, .arguments = Secret(arguments)}, on_response, news + expected, taker);
    if (status && status->kind == ImapStatusKind::bad) {
      return wire.die(fail({ErrorCode::malformed, N_("The mail server does not understand this program and said: {0}"),
                            shown_text(status->text)}));
    }
    return status;
  }

  /// Only these codes (RFC 5530, RFC 9051 §7.1) say that a folder is not there; any other NO says nothing of what is.
  Error refused(const ImapStatus& status) {
    const bool absent = status.code == "NONEXISTENT" || status.code == "TRYCREATE";
    return fail({absent ? ErrorCode::not_found : ErrorCode::unavailable, N_("The mail server refused and said: {0}"),
                 shown_text(status.text)});
  }
  /// Where an empty answer would pass for the truth, whatever the server calls its refusal.
  Error refused_list(const ImapStatus& status) {
    auto error = refused(status);
    error.code = ErrorCode::unavailable;
    return error;
  }

  std::string utf8_name(const std::string& wire_name) const {
    if (wire.enabled("UTF8=ACCEPT")) return repaired_utf8(wire_name);
    return decode_modified_utf7(wire_name).value_or(repaired_utf8(wire_name));
  }

  ImapFolder folder(ImapListed listed, const ImapNamespaces& namespaces) const {
    ImapFolder result;
    result.use = folder_use(listed);
    result.selectable = is_selectable(listed);
    if (begins_with_any(listed.wire, namespaces.others)) result.owner = FolderOwner::other_user;
    if (begins_with_any(listed.wire, namespaces.shared)) result.owner = FolderOwner::shared;
    result.name = utf8_name(listed.wire);
    result.delimiter = std::move(listed.delimiter);
    result.wire = std::move(listed.wire);
    return result;
  }

  Result<ImapNamespaces> namespaces() {
    ImapNamespaces result;
    if (!wire.offers("NAMESPACE")) return result;
    auto status = ask(ImapCommand::name_space, {}, [&](ImapResponse& response) {
      if (auto* told = std::get_if<ImapNamespaces>(&response)) result = std::move(*told);
      return true;
    });
    if (!status) return status.error();
    if (status->kind != ImapStatusKind::ok) return refused_list(*status);
    return result;
  }

  Result<Done> list_folders(const std::string& pattern, const ImapNamespaces& namespaces,
                            std::vector<ImapFolder>& folders) {
    const bool extended = wire.offers("LIST-EXTENDED") && wire.offers("SPECIAL-USE");
    const auto arguments = "\"\" " + imap_quoted(pattern) + (extended ? " RETURN (SPECIAL-USE)" : "");
    auto status = ask(ImapCommand::list, arguments, [&](ImapResponse& response) {
      auto* listed = std::get_if<ImapListed>(&response);
      if (listed && folders.size() < max_folders) folders.push_back(folder(std::move(*listed), namespaces));
      return true;
    });
    if (!status) return status.error();
    if (status->kind != ImapStatusKind::ok) return refused_list(*status);
    if (folders.size() >= max_folders) return wire.die(too_much_error());
    return Done{};
  }

  Result<Done> read_infos(const std::string& set, std::uint32_t first_uid,
                          const std::function<bool(ImapMessageInfo&&)>& sink);
  Result<Done> fetch_batch(std::vector<std::uint32_t> uids, ImapSink& sink, ImapFetchReport& report);
};

ImapSession::ImapSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
ImapSession::~ImapSession() = default;
ImapSession::ImapSession(ImapSession&&) noexcept = default;
ImapSession& ImapSession::operator=(ImapSession&&) noexcept = default;

Result<ImapSession> ImapSession::open(const ImapAddress& address, const Secret& password, const ImapOptions& options) {
  auto wire = log_in(address, password, options);
  if (!wire) return wire.error();
  return ImapSession(std::make_unique<State>(State{*std::move(wire), options}));
}

Result<std::vector<ImapFolder>> ImapSession::folders() {
  const auto namespaces = state_->namespaces();
  if (!namespaces) return namespaces.error();
  std::vector<ImapFolder> folders;
  if (auto done = state_->list_folders("*", *namespaces, folders); !done) return done.error();
  // Some servers list by `*` only what is the user's own.
  std::vector<std::string> prefixes = namespaces->others;
  prefixes.insert(prefixes.end(), namespaces->shared.begin(), namespaces->shared.end());
  prefixes.resize(std::min(prefixes.size(), max_namespaces));
  for (const auto& prefix : prefixes) {
    if (prefix.empty() || prefix.find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos) continue;
    if (auto done = state_->list_folders(prefix + '*', *namespaces, folders); !done) return done.error();
  }
  std::set<std::string> seen;
  std::erase_if(folders, [&](const ImapFolder& folder) { return !seen.insert(folder.wire).second; });
  return folders;
}

Result<ImapMailbox> ImapSession::examine(const ImapFolder& folder, std::optional<ImapKnown> known) {
  if (folder.wire.empty() || folder.wire.find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos) {
    return fail({ErrorCode::invalid, N_("This is no name of a folder: {0}"), shown_text(folder.name)});
  }
  const bool resync = known && known->highest_modseq > 0 && known->uid_validity > 0 && state_->wire.enabled("QRESYNC");
  std::string arguments = imap_quoted(folder.wire);
  if (resync) {
    arguments +=
        " (QRESYNC (" + std::to_string(known->uid_validity) + ' ' + std::to_string(known->highest_modseq) + "))";
  } else if (state_->wire.offers("CONDSTORE")) {
    arguments += " (CONDSTORE)";
  }
  ImapMailbox mailbox;
  ImapChanges changes;
  auto status = state_->ask(
      ImapCommand::examine, arguments,
      [&](ImapResponse& response) {
        note_opening(response, mailbox, changes);
        return true;
      },
      resync ? max_messages : 0);
  if (!status) return status.error();
  state_->exists = 0;
  if (status->kind != ImapStatusKind::ok) return state_->refused(*status);
  state_->exists = mailbox.exists;
  if (resync && known->uid_validity == mailbox.uid_validity) {
    changes.vanished = joined(std::move(changes.vanished));
    mailbox.changes = std::move(changes);
  }
  return mailbox;
}

Result<Done> ImapSession::State::read_infos(const std::string& set, std::uint32_t first_uid,
                                            const std::function<bool(ImapMessageInfo&&)>& sink) {
  const bool gmail = wire.offers("X-GM-EXT-1");
  const std::string arguments =
      set + " (UID FLAGS INTERNALDATE RFC822.SIZE" + (gmail ? " X-GM-MSGID X-GM-LABELS)" : ")");
  auto status = ask(ImapCommand::uid_fetch, arguments, [&](ImapResponse& response) {
    if (const auto* count = std::get_if<ImapExists>(&response)) exists = count->count;
    auto* message = std::get_if<ImapFetched>(&response);
    // Without a size it is not an answer but news of changed flags; `n:*` gives the last message even if its UID is
    // lower.
    if (!message || !message->size || message->info.uid < first_uid) return true;
    for (auto& label : message->info.gmail_labels) label = utf8_name(label);
    return sink(std::move(message->info));
  });
  if (!status) return status.error();
  if (status->kind != ImapStatusKind::ok) return refused(*status);
  return Done{};
}

Result<Done> ImapSession::list(std::uint32_t first_uid, const std::function<bool(ImapMessageInfo&&)>& sink) {
  if (state_->exists == 0) return Done{};  // Some servers answer BAD to a range of nothing.
  return state_->read_infos(std::to_string(std::max(first_uid, 1U)) + ":*", std::max(first_uid, 1U), sink);
}

Result<std::vector<ImapMessageInfo>> ImapSession::list(std::uint32_t first_uid) {
  std::vector<ImapMessageInfo> messages;
  auto done = list(first_uid, [&](ImapMessageInfo&& message) {
    messages.push_back(std::move(message));
    return true;
  });
  if (!done) return done.error();
  return messages;
}

Result<std::vector<UidRange>> ImapSession::uids() {
  std::vector<UidRange> found;
  auto status = state_->ask(ImapCommand::uid_search, state_->wire.offers("ESEARCH") ? "RETURN (ALL) ALL" : "ALL",
                            [&](ImapResponse& response) {
                              if (auto* part = std::get_if<ImapFound>(&response)) {
                                found.insert(found.end(), part->uids.begin(), part->uids.end());
                              }
                              return found.size() <= max_messages;
                            });
  if (!status) return status.error();
  if (status->kind != ImapStatusKind::ok) return state_->refused(*status);
  return joined(std::move(found));
}

Result<Done> ImapSession::State::fetch_batch(std::vector<std::uint32_t> uids, ImapSink& sink, ImapFetchReport& report) {
  const bool single = uids.size() == 1;
  ImapBatch batch(std::move(uids), options.max_message_bytes, sink, report);
  auto status = ask(
      ImapCommand::uid_fetch, uid_set(batch.ranges()) + " (UID BODY.PEEK[])",
      [&](ImapResponse& response) { return batch.take(response); }, 0, &batch);
  if (!status) return status.error();
  for (const auto uid : batch.missing()) {
    // A server may stop at the first message that it cannot read; the ones behind it are asked for alone.
    if (status->kind == ImapStatusKind::ok || single) {
      report.missing.push_back(uid);
    } else if (auto done = fetch_batch({uid}, sink, report); !done) {
      return done;
    }
  }
  return Done{};
}

Result<ImapFetchReport> ImapSession::fetch(std::span<const std::uint32_t> uids, ImapSink& sink) {
  ImapFetchReport report;
  for (std::size_t at = 0; at < uids.size(); at += batch_size) {
    const auto part = uids.subspan(at, std::min(batch_size, uids.size() - at));
    std::vector<std::uint32_t> batch(part.begin(), part.end());
    std::erase(batch, 0U);  // No message has it, and a server would refuse the whole command.
    if (batch.empty()) continue;
    if (auto done = state_->fetch_batch(std::move(batch), sink, report); !done) return done.error();
  }
  return report;
}

Result<Done> ImapSession::noop() {
  auto status = state_->ask(ImapCommand::noop, {}, {});
  if (!status) return status.error();
  return Done{};
}

Result<Done> ImapSession::logout() {
  state_->wire.set_reply_timeout(logout_timeout);
  auto status = state_->ask(ImapCommand::logout, {}, {});
  state_->wire.die(closed_session());
  if (!status) return status.error();
  return Done{};
}

bool ImapSession::is_open() const {
  return !state_->wire.is_dead();
}

bool ImapSession::offers(std::string_view capability) const {
  return state_->wire.offers(ascii_upper(capability));
}

std::uint64_t ImapSession::bytes_received() const {
  return state_->wire.connection().bytes_received();
}

std::span<const std::string_view> imap_commands() {
  return imap_command_names;
}

}  // namespace entregent::net
