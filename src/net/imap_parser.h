// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "net/imap_types.h"

/// One response of a server → a value (RFC 9051 §7 and §9, RFC 3501, RFC 7162, RFC 4731, X-GM-EXT-1). Pure functions of
/// any bytes.
namespace entregent::net {

enum class ImapStatusKind { ok, no, bad, bye, preauth };

/// `* OK [CODE arguments] text`, or with a tag instead of the star.
struct ImapStatus {
  ImapStatusKind kind = ImapStatusKind::ok;
  std::string tag;        ///< empty: untagged
  std::string code;       ///< upper case, without brackets; empty if there is none
  std::string arguments;  ///< of the code
  std::string text;       ///< for people; any bytes
};

struct ImapContinuation {
  std::string text;
};

struct ImapCapabilities {
  std::vector<std::string> names;  ///< upper case
};

struct ImapEnabled {
  std::vector<std::string> names;  ///< upper case
};

struct ImapListed {
  std::vector<std::string> attributes;  ///< lower case, with backslash
  std::string delimiter;
  std::string wire;
};

/// RFC 2342: the beginnings of folder names that belong to others.
struct ImapNamespaces {
  std::vector<std::string> personal;
  std::vector<std::string> others;
  std::vector<std::string> shared;
};

/// SEARCH or ESEARCH: in ascending order, not touching each other.
struct ImapFound {
  std::vector<UidRange> uids;
};

struct ImapExists {
  std::uint32_t count = 0;
};

struct ImapVanished {
  std::vector<UidRange> uids;
};

struct ImapFetched {
  std::optional<std::uint32_t> uid;
  std::optional<std::uint64_t> size;
  bool has_flags = false;
  ImapMessageInfo info = {};  ///< what was sent of it
  bool has_body = false;
  std::string body;  ///< BODY[] in a string or a short literal; empty where it was NIL
};

/// Something that this client does not need (RECENT, FLAGS, EXPUNGE, ID …).
struct ImapOther {
  friend bool operator==(ImapOther, ImapOther) = default;
};

using ImapResponse = std::variant<ImapOther, ImapStatus, ImapContinuation, ImapCapabilities, ImapEnabled, ImapListed,
                                  ImapNamespaces, ImapFound, ImapExists, ImapVanished, ImapFetched>;

/// What a server gets that sends anything else.
Error not_imap_error();

/// `text` as ImapFramer gives it. `malformed` for what is no IMAP; responses of unknown kinds are ImapOther.
Result<ImapResponse> parse_imap_response(std::string_view text);

/// What a FETCH response said before a literal that is BODY[]; `text` is ImapFramer::text() at that moment. Nothing if
/// the literal is something else.
std::optional<ImapFetched> parse_fetch_before_body(std::string_view text);

/// `1,3:5,9:7` → ranges, sorted and joined. Nothing for anything else, also `*`.
std::optional<std::vector<UidRange>> parse_uid_set(std::string_view text);
/// Writes such a set.
std::string uid_set(const std::vector<UidRange>& ranges);
/// Sorts, and joins ranges that touch.
std::vector<UidRange> joined(std::vector<UidRange> ranges);

/// A name of RFC 3501 §5.1.3 as UTF-8; nothing if it is not written that way.
std::optional<std::string> decode_modified_utf7(std::string_view text);
/// `text` is valid UTF-8.
std::string encode_modified_utf7(std::string_view text);

/// `17-Jul-1996 02:44:25 -0700`, RFC 9051 date-time; nothing for anything else.
std::optional<Instant> parse_imap_date(std::string_view text);

/// What a server wrote, fit to be shown: valid UTF-8, no control characters, at most max_shown_bytes.
std::string shown_text(std::string_view text);

}  // namespace entregent::net
