// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/imap_address.h"
#include "net/imap_types.h"
#include "net/secret.h"
#include "net/stop.h"
#include "net/tls_options.h"

namespace entregent::net {

enum class Unencrypted { refused, on_loopback };

struct ImapOptions {
  TlsOptions tls = {};
  /// `on_loopback`: imap:// to this very machine may go without TLS. Everywhere else a server without STARTTLS is
  /// refused.
  Unencrypted unencrypted = Unencrypted::refused;
  std::chrono::milliseconds connect_timeout{10'000};  ///< for each IP address, and for the name to be resolved
  /// For a reply to begin, and then for each further response or 16 KiB of a message.
  std::chrono::milliseconds reply_timeout{60'000};
  std::uint64_t max_message_bytes = 64ULL << 20;  ///< a longer message is passed over and reported
  const StopFlag* stop = nullptr;                 ///< outlives the session; may be null
};

/// RFC 6154 and `\Important` of RFC 8457.
enum class FolderUse { none, inbox, all, archive, drafts, flagged, important, junk, sent, trash };
/// RFC 2342.
enum class FolderOwner { me, other_user, shared };

struct ImapFolder {
  std::string name;       ///< UTF-8, for people
  std::string wire;       ///< exactly what the server calls it
  std::string delimiter;  ///< one character between levels; empty in a flat account
  FolderUse use = FolderUse::none;
  FolderOwner owner = FolderOwner::me;
  bool selectable = true;
};

/// What an earlier run saw of a folder.
struct ImapKnown {
  std::uint32_t uid_validity = 0;
  std::uint64_t highest_modseq = 0;
};

/// What happened since ImapKnown, told by a server with QRESYNC (RFC 7162).
struct ImapChanges {
  std::vector<UidRange> vanished;        ///< may name UIDs that we never knew
  std::vector<ImapMessageInfo> changed;  ///< new ones and those with other flags; only UID and flags are filled
};

struct ImapMailbox {
  std::uint32_t uid_validity = 0;  ///< another one than before: all UIDs of that folder are void
  std::optional<std::uint32_t> uid_next = {};
  std::uint32_t exists = 0;
  /// CONDSTORE. Same uid_validity, same highest_modseq: nothing changed. Nothing if the server does not count so.
  std::optional<std::uint64_t> highest_modseq = {};
  std::optional<ImapChanges> changes =
      {};  ///< only if `known` was given, the server offers QRESYNC and uid_validity is the same
};

/// Receives messages as they come from the wire. A view is valid during its call only and is never a copy made for it.
class ImapSink {
 public:
  virtual ~ImapSink() = default;
  /// `size` bytes follow. false ends the fetch and the session.
  virtual bool begin(std::uint32_t uid, std::uint64_t size) = 0;
  virtual bool append(std::string_view bytes) = 0;
  /// The message is whole. Without this call (an error came first) what was appended is to be thrown away.
  virtual bool end() = 0;
  /// Longer than max_message_bytes: passed over.
  virtual void too_large(std::uint32_t uid, std::uint64_t size) = 0;
};

struct ImapFetchReport {
  std::uint32_t fetched = 0;
  std::uint32_t too_large = 0;
  std::vector<std::uint32_t> missing = {};  ///< asked for but not sent: deleted meanwhile, or unreadable for the server
};

/// One logged-in IMAP connection (RFC 9051, RFC 3501). It sends no command that could change anything on the server: it
/// opens by EXAMINE and reads by BODY.PEEK (imap_commands() is the whole list). Use by one thread at a time.
///
/// Errors of every call: `unauthenticated` (password refused), `forbidden` (certificate not trusted, no TLS),
/// `unavailable` (host unknown, refused, timeout, connection lost, stopped; or the server says NO), `malformed` (the
/// server does not speak IMAP, or sends more than it may), `not_found` (it says that there is no such folder). After a
/// NO, `not_found` and `invalid` the session goes on; after the others it is closed and each call gives the same error.
class ImapSession {
 public:
  static Result<ImapSession> open(const ImapAddress& address, const Secret& password, const ImapOptions& options);
  ~ImapSession();
  ImapSession(ImapSession&&) noexcept;
  ImapSession& operator=(ImapSession&&) noexcept;

  /// All of them or an error, never some.
  Result<std::vector<ImapFolder>> folders();

  /// Opens a folder for reading only. With `known` it also gives what changed since, where the server can tell.
  Result<ImapMailbox> examine(const ImapFolder& folder, std::optional<ImapKnown> known = {});

  /// The messages of the open folder with a UID from `first_uid` on, as the server sends them (nearly always by UID).
  /// `sink` returns false to stop, which ends the session.
  Result<Done> list(std::uint32_t first_uid, const std::function<bool(ImapMessageInfo&&)>& sink);
  Result<std::vector<ImapMessageInfo>> list(std::uint32_t first_uid);

  /// All UIDs of the open folder, in order: a few bytes where the server offers ESEARCH. What is not in it is gone.
  Result<std::vector<UidRange>> uids();

  /// Fetches whole messages of the open folder, in batches, each at most once.
  Result<ImapFetchReport> fetch(std::span<const std::uint32_t> uids, ImapSink& sink);

  /// Keeps the connection awake.
  Result<Done> noop();
  /// Says good-bye; the session is closed afterwards, whatever it returns. A session destroyed without it just hangs
  /// up.
  Result<Done> logout();

  /// False: each further call gives the error that closed it.
  bool is_open() const;
  bool offers(std::string_view capability) const;
  std::uint64_t bytes_received() const;

 private:
  struct State;
  explicit ImapSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Every command this client can send, as it stands on the wire.
std::span<const std::string_view> imap_commands();

}  // namespace entregent::net
