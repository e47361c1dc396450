// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

/// What a reader makes of foreign bytes: plain values, the same for every format. All strings are valid UTF-8 without
/// NUL (a reader repairs what is not), in NFC where the source was composed that way; sizes are capped by
/// readers/limits.h.
namespace entregent::readers {

enum class ItemKind : std::uint8_t {
  mail = 1,
  contact = 2,
  event = 3,
  document = 4,
  chat = 5,  ///< one message of a chat, or of a platform's messages
};

/// What somebody is to an item.
enum class Role : std::uint8_t {
  from = 1,
  sender = 2,    ///< RFC 5322 Sender, where it differs from From (an assistant, a list)
  reply_to = 3,  ///< Reply-To, where it differs from From
  to = 4,
  cc = 5,
  bcc = 6,
  delivered_to = 7,  ///< Delivered-To, X-Original-To, Envelope-To: hints at who *I* am
  organizer = 8,
  attendee = 9,
  card = 10,         ///< whom a contact card describes; one party per address of the card, or one without address
  author = 11,       ///< of a document, by its own metadata; also of one that is attached to a mail
  last_editor = 12,  ///< who saved a document last, where it is not its author
};

struct Party {
  Role role = Role::from;
  std::string name;     ///< as seen, decoded, unquoted; may be empty
  std::string address;  ///< as written, without angle brackets or `mailto:`; may be empty (a card with a name only)
  friend bool operator==(const Party&, const Party&) = default;
};

/// Something said about the item's subject: a card's person, or a mail's From by its own signature block.
enum class FactKind : std::uint8_t {
  phone = 1,
  company = 2,
  title = 3,
  department = 4,
  url = 5,
  nickname = 6,
  birthday = 7,  ///< `YYYY-MM-DD` or `--MM-DD`
  note = 8,
  postal_address = 9,
  uid = 10,          ///< of the card
  former_name = 11,  ///< X-MAIDENNAME and the like
  other = 12,        ///< a property kept as it came: detail = its name
};

struct Fact {
  FactKind kind = FactKind::other;
  std::string value;
  std::string detail;  ///< a label (`work`, `home`, the user's own), or empty
  friend bool operator==(const Fact&, const Fact&) = default;
};

enum class TextKind : std::uint8_t {
  fresh = 1,   ///< the sender's own new words (a card's note, an event's description)
  quoted = 2,  ///< history quoted from earlier messages, with its attribution line
  signature = 3,
  attachment = 4,  ///< text of a text/* attachment or of a forwarded message
};

/// Sections follow the order of the source; two neighbours never have the same kind, except attachments.
struct TextSection {
  TextKind kind = TextKind::fresh;
  std::string text;
  friend bool operator==(const TextSection&, const TextSection&) = default;
};

struct Attachment {
  std::string name;         ///< decoded file name without folders; may be empty
  std::string media_type;   ///< `application/pdf`, lower case
  std::uint64_t bytes = 0;  ///< decoded size
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// What is odd or absent about an item that was nevertheless read; several may hold. Stored, counted and shown.
enum class Notice : std::uint8_t {
  sender_missing = 1,     ///< neither From nor Sender
  date_missing = 2,       ///< no usable Date and no Received
  date_repaired = 3,      ///< Date was absent or absurd; Received (or the mbox From line) was taken
  text_missing = 4,       ///< nothing readable in it
  encrypted = 5,          ///< PGP or S/MIME: closed, headers kept
  charset_guessed = 6,    ///< the declared charset was absent, unknown or wrong
  truncated = 7,          ///< a limit of readers/limits.h cut something
  recurrence_capped = 8,  ///< the rule gives more occurrences than are kept
  zone_unknown = 9,       ///< a time zone name that nothing here knows; taken as floating
  malformed = 10,         ///< broken in some other way, and read as far as possible
};

/// Marks that decide how an item counts.
struct Marks {
  bool list = false;   ///< List-Id, List-Post, Mailing-List …
  bool robot = false;  ///< Auto-Submitted (not `no`), Precedence bulk|junk|auto_reply, X-Autoreply …
  bool draft = false;
  bool spam_or_trash = false;  ///< by label or folder mark; ingest skips it and counts it as skipped
  bool sent_by_me = false;     ///< by X-Gmail-Labels Sent/Envoyés …: a hint for `me`
  bool cancelled = false;      ///< an event that was called off
  friend bool operator==(const Marks&, const Marks&) = default;
};

/// One time that an event takes place. All-day: `all_day` set, `start` = 00:00 UTC of the first day, `end` = 00:00 UTC
/// of the day after the last, to be read as dates without zone.
struct Occurrence {
  Instant start;
  Instant end;
  bool all_day = false;
  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

struct ExtractedItem {
  ItemKind kind = ItemKind::mail;
  /// Message-ID without brackets; an event's UID; a card's UID. Empty where the source has none.
  std::string identifier;
  /// For what has no identifier: a hash of what identifies it (mail: date, from, subject, body; card: its first
  /// address, else profile URL, else all of its content; event: start, title, organiser). Never all zero.
  std::array<std::uint8_t, 16> content_hash{};
  std::optional<Instant> happened_at;  ///< mail, chat: sent; event: first occurrence; card: REV; document: last
                                       ///< modified, as it says itself
  std::string title;                   ///< Subject, SUMMARY, FN, a document's title, a chat's name
  std::vector<Party> parties;
  std::vector<Fact> facts;
  std::vector<TextSection> texts;
  std::vector<Attachment> attachments;
  std::vector<std::string> references;  ///< message ids without brackets, oldest first, In-Reply-To last; no
                                        ///< duplicates; of a chat: the conversation
  std::vector<std::string> labels;      ///< X-Gmail-Labels, CATEGORIES
  std::string list_id;                  ///< of List-Id, without brackets and description
  std::string location;                 ///< of an event
  std::int32_t sequence = 0;            ///< of an event: the higher replaces the lower
  std::vector<Occurrence> occurrences;  ///< of an event, by start, at most limits::occurrences
  Marks marks;
  std::vector<Notice> notices;        ///< ascending, no duplicates
  std::vector<ExtractedItem> inside;  ///< invitations and cards inside a mail; one level
  friend bool operator==(const ExtractedItem&, const ExtractedItem&) = default;
};

}  // namespace entregent::readers
