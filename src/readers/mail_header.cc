// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_header.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/tokens.h"
#include "readers/foreign_text.h"
#include "readers/limits.h"
#include "readers/mail_addresses.h"
#include "readers/mail_date.h"

namespace entregent::readers {
namespace {

enum class Field : std::uint8_t {
  unknown,
  apparently_to,
  auto_response_suppress,
  auto_submitted,
  autoreply,
  bcc,
  cc,
  date,
  delivered_to,
  draft,
  from,
  gmail_labels,
  in_reply_to,
  keywords,
  list,
  list_id,
  message_id,
  mozilla_status,
  old_status,
  original_from,
  precedence,
  received,
  references,
  reply_to,
  resent_date,
  sender,
  subject,
  to,
};

struct FieldName {
  std::string_view name;  ///< lower case
  Field field;
};

/// Sorted by name.
constexpr std::array<FieldName, 45> field_names{{
    {"apparently-to", Field::apparently_to},
    {"auto-submitted", Field::auto_submitted},
    {"bcc", Field::bcc},
    {"cc", Field::cc},
    {"date", Field::date},
    {"delivered-to", Field::delivered_to},
    {"delivery-date", Field::resent_date},
    {"envelope-to", Field::delivered_to},
    {"from", Field::from},
    {"in-reply-to", Field::in_reply_to},
    {"keywords", Field::keywords},
    {"list-archive", Field::list},
    {"list-help", Field::list},
    {"list-id", Field::list_id},
    {"list-owner", Field::list},
    {"list-post", Field::list},
    {"list-subscribe", Field::list},
    {"list-unsubscribe", Field::list},
    {"mailing-list", Field::list},
    {"message-id", Field::message_id},
    {"precedence", Field::precedence},
    {"received", Field::received},
    {"references", Field::references},
    {"reply-to", Field::reply_to},
    {"resent-date", Field::resent_date},
    {"sender", Field::sender},
    {"subject", Field::subject},
    {"to", Field::to},
    {"x-auto-response-suppress", Field::auto_response_suppress},
    {"x-autoreply", Field::autoreply},
    {"x-autorespond", Field::autoreply},
    {"x-autoresponder", Field::autoreply},
    {"x-beenthere", Field::list},
    {"x-delivered-to", Field::delivered_to},
    {"x-envelope-to", Field::delivered_to},
    {"x-gmail-labels", Field::gmail_labels},
    {"x-list", Field::list},
    {"x-mailing-list", Field::list},
    {"x-mail-autoreply", Field::autoreply},
    {"x-mozilla-draft-info", Field::draft},
    {"x-mozilla-status", Field::mozilla_status},
    {"x-original-from", Field::original_from},
    {"x-original-to", Field::delivered_to},
    {"x-precedence", Field::precedence},
    {"x-status", Field::old_status},
}};

Field field_of(std::string_view name) {
  constexpr std::size_t longest = 24;
  if (name.size() > longest) return Field::unknown;
  std::array<char, longest> small{};
  for (std::size_t i = 0; i < name.size(); ++i)
    small.at(i) = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] + 32) : name[i];
  const std::string_view wanted(small.data(), name.size());
  for (const FieldName& known : field_names)
    if (known.name.size() == wanted.size() && known.name == wanted) return known.field;
  return Field::unknown;
}

/// What is repaired grows: a foreign byte becomes three.
std::string valid_and_short(std::string text) {
  if (is_valid_utf8(text)) return text;
  return std::string(utf8_prefix(repaired_utf8(text), limits::header_bytes));
}

/// One line of plain words: for marks and ids, where RFC 2047 has no place.
std::string plain_value(std::string_view raw) {
  std::string value;
  for (const char c : raw.substr(0, limits::header_bytes))
    if (c != '\r' && c != '\n' && c != '\0') value.push_back(c);
  return valid_and_short(std::string(trimmed(value)));
}

std::string clean_id(std::string_view id) {
  std::string result;
  for (const char c : id.substr(0, limits::header_bytes))
    if (static_cast<unsigned char>(c) > 0x20 && c != '<' && c != '>') result.push_back(c);
  return valid_and_short(std::move(result));
}

/// What stands in brackets; without brackets the first word.
std::string first_id(std::string_view raw) {
  const std::size_t open = raw.find('<');
  if (open != std::string_view::npos) {
    const std::size_t close = std::min(raw.find('>', open), raw.size());
    std::string id = clean_id(raw.substr(open + 1, close - open - 1));
    if (!id.empty()) return id;
  }
  const std::string_view text = trimmed(raw);
  return clean_id(text.substr(0, text.find_first_of(" \t\r\n")));
}

// Dates.

/// The year of the first mail programs; an unset clock says 1970.
constexpr Instant earliest = Instant{std::chrono::sys_days{std::chrono::year{1971} / 1 / 1}};
constexpr Instant latest = Instant{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};
/// Clocks and zones are wrong by hours, not by days.
constexpr auto most_ahead = std::chrono::hours{48};
/// An archive sent on again keeps its old dates, a clock that fell back to its first day does not.
constexpr auto most_behind = std::chrono::hours{24 * 366 * 20};
/// That day, for the clocks of most personal computers and for some programs that write an mbox, is 1 January 1980.
constexpr Instant clocks_first_year_over = Instant{std::chrono::sys_days{std::chrono::year{1981} / 1 / 1}};

bool is_possible(Instant at) {
  return at >= earliest && at < latest;
}

/// Judged by when a server wrote down its arrival, else by when this copy was stored: as late as its owner liked, as
/// somebody may bring mail of the last century to a new place.
bool is_absurd(Instant at, std::optional<Instant> arrived, std::optional<Instant> stored) {
  if (!is_possible(at)) return true;
  if (arrived) return at > *arrived + most_ahead || at < *arrived - most_behind;
  return stored && (at > *stored + most_ahead || at < clocks_first_year_over);
}

class HeaderReader {
 public:
  HeaderReader(ExtractedItem& item, NoticeSet& notices) : item_(item), notices_(notices) {}

  void read(const std::vector<HeaderField>& fields, bool keeper_writes_marks) {
    for (const HeaderField& field : fields) take(field_of(field.name), field.value);
    if (keeper_writes_marks) take_keepers_marks();
    if (parts_.from.data() != nullptr) add_parties(Role::from, parts_.from);
    put_author_for_list();
    add_others(Role::sender, parts_.sender);
    add_others(Role::reply_to, parts_.reply_to);
    for (const auto& [role, raw] : recipients_) add_parties(role, raw);
    if (std::none_of(item_.parties.begin(), item_.parties.end(),
                     [](const Party& party) { return party.role == Role::from || party.role == Role::sender; }))
      notices_.add(Notice::sender_missing);
    add_references();
    finish_marks();
  }

  std::optional<Instant> take_date(std::optional<Instant> envelope_date) {
    const std::optional<Instant> written = parts_.date.data() == nullptr ? std::nullopt : parse_mail_date(parts_.date);
    const bool set = envelope_date && is_possible(*envelope_date) && *envelope_date >= clocks_first_year_over;
    const std::optional<Instant> stored = set ? envelope_date : std::nullopt;
    item_.happened_at = written;
    if (!written || is_absurd(*written, arrived_, stored)) {
      item_.happened_at = arrived_ ? arrived_ : stored;
      notices_.add(item_.happened_at ? Notice::date_repaired : Notice::date_missing);
    }
    return written;
  }

 private:
  void take(Field field, std::string_view value) {
    switch (field) {
      case Field::unknown:
        return;
      case Field::from:
        return take_address(parts_.from, value);
      case Field::sender:
        return take_address(parts_.sender, value);
      case Field::reply_to:
        return take_address(parts_.reply_to, value);
      case Field::original_from:
        return take_address(parts_.original_from, value);
      case Field::to:
      case Field::apparently_to:
        return recipients_.push_back({Role::to, value});
      case Field::cc:
        return recipients_.push_back({Role::cc, value});
      case Field::bcc:
        return recipients_.push_back({Role::bcc, value});
      case Field::delivered_to:
        return recipients_.push_back({Role::delivered_to, value});
      case Field::date:
        return take_first(parts_.date, value);
      case Field::received:
        return take_received(value);
      case Field::resent_date:
        return;
      case Field::subject:
        return take_subject(value);
      case Field::message_id:
        if (item_.identifier.empty()) item_.identifier = first_id(value);
        return;
      case Field::references:
        return take_ids(references_, value);
      case Field::in_reply_to:
        return take_ids(parents_, value);
      default:
        return take_mark(field, value);
    }
  }
  void take_mark(Field field, std::string_view value) {
    switch (field) {
      case Field::list_id:
        return take_list_id(value);
      case Field::list:
        item_.marks.list = true;
        return;
      case Field::auto_submitted:
        item_.marks.robot = item_.marks.robot || !lower(plain_value(value)).starts_with("no");
        return;
      case Field::autoreply:
        item_.marks.robot = item_.marks.robot || lower(plain_value(value)) != "no";
        return;
      case Field::auto_response_suppress:
        suppresses_ = lower(plain_value(value));
        return;
      case Field::precedence:
        precedence_ = lower(plain_value(value));
        return;
      case Field::gmail_labels:
        return take_first(keeper_.labels, value);
      case Field::keywords:
        return take_label_list(decode_header(value, notices_));
      case Field::draft:
        keeper_.draft = true;
        return;
      case Field::mozilla_status:
        return take_first(keeper_.mozilla_status, value);
      case Field::old_status:
        return take_first(keeper_.old_status, value);
      default:
        return;
    }
  }

  static void take_first(std::string_view& slot, std::string_view value) {
    if (slot.data() == nullptr) slot = value;
  }
  /// A second field counts if the first holds nothing.
  static void take_address(std::string_view& slot, std::string_view value) {
    if (slot.data() == nullptr || trimmed(slot).empty()) slot = value;
  }
  void take_subject(std::string_view value) {
    if (!item_.title.empty()) return;
    item_.title = capped(squeezed(decode_header(value, notices_)), limits::header_bytes, notices_);
  }
  /// The first in the header is the last in time, written by the server nearest to the reader.
  void take_received(std::string_view value) {
    constexpr int most_tried = 20;
    if (arrived_ || ++received_tried_ > most_tried) return;
    const std::size_t semicolon = value.rfind(';');
    if (semicolon == std::string_view::npos) return;
    const auto date = parse_mail_date(value.substr(semicolon + 1));
    if (date && is_possible(*date)) arrived_ = date;
  }
  void take_ids(std::vector<std::string>& ids, std::string_view value) {
    for (std::string& id : message_ids(value)) ids.push_back(std::move(id));
  }
  void take_list_id(std::string_view value) {
    item_.marks.list = true;
    if (!item_.list_id.empty()) return;
    const std::string text = plain_value(value);
    const std::size_t open = text.rfind('<');
    const std::size_t close = text.find('>', open == std::string::npos ? 0 : open);
    item_.list_id =
        open == std::string::npos ? text : text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
  }

  /// The first of each: the keeper writes above what was sent.
  void take_keepers_marks() {
    if (keeper_.draft) item_.marks.draft = true;
    if (!keeper_.labels.empty()) take_labels(keeper_.labels);
    if (!keeper_.mozilla_status.empty()) take_mozilla_status(keeper_.mozilla_status);
    if (!keeper_.old_status.empty()) take_old_status(keeper_.old_status);
  }
  void take_labels(std::string_view value) {
    take_label_list(decode_header(value, notices_));
    for (const std::string& label : item_.labels) mark_label(folded(label));
  }
  /// Commas between them; a label with a comma stands in quotes.
  void take_label_list(std::string_view text) {
    constexpr std::size_t most = 200;
    std::string label;
    bool quoted = false;
    const auto end_label = [&] {
      const std::string clean = squeezed(label);
      if (!clean.empty() && item_.labels.size() < most &&
          std::find(item_.labels.begin(), item_.labels.end(), clean) == item_.labels.end())
        item_.labels.push_back(capped(clean, limits::header_bytes, notices_));
      label.clear();
    };
    for (const char c : text) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        end_label();
      } else {
        label.push_back(c);
      }
    }
    end_label();
  }
  /// Gmail writes its own labels in the language of the account.
  void mark_label(std::string_view label) {
    const auto is = [&](std::initializer_list<std::string_view> names) {
      return std::find(names.begin(), names.end(), label) != names.end();
    };
    if (is({"spam", "trash", "corbeille", "bin", "courrier indesirable"})) item_.marks.spam_or_trash = true;
    if (is({"sent", "sent mail", "messages envoyes", "envoyes", "message envoye", "sent messages"}))
      item_.marks.sent_by_me = true;
    if (is({"drafts", "draft", "brouillons", "brouillon"})) item_.marks.draft = true;
  }
  /// Thunderbird keeps a deleted message in its file until it compacts the folder: bit 0x0008.
  void take_mozilla_status(std::string_view value) {
    unsigned bits = 0;
    for (const char c : trimmed(value)) {
      const char small = static_cast<char>(c | 0x20);
      if (c >= '0' && c <= '9') {
        bits = bits * 16 + static_cast<unsigned>(c - '0');
      } else if (small >= 'a' && small <= 'f') {
        bits = bits * 16 + static_cast<unsigned>(small - 'a') + 10;
      } else {
        return;
      }
    }
    if ((bits & 8U) != 0) item_.marks.spam_or_trash = true;
  }
  /// X-Status of pine, mutt and Dovecot: `D` deleted, `T` draft.
  void take_old_status(std::string_view value) {
    if (value.find('D') != std::string_view::npos) item_.marks.spam_or_trash = true;
    if (value.find('T') != std::string_view::npos) item_.marks.draft = true;
  }

  void add_parties(Role role, std::string_view raw) {
    const std::size_t left = limits::parties - std::min(item_.parties.size(), limits::parties);
    for (Mailbox& mailbox : parse_addresses(raw, left, notices_)) {
      Party party{role, std::move(mailbox.name), std::move(mailbox.address)};
      if (std::find(item_.parties.begin(), item_.parties.end(), party) == item_.parties.end() ||
          item_.parties.size() > 100)
        item_.parties.push_back(std::move(party));
    }
  }
  /// `X via List <list@…>` is what list servers write for the sake of DMARC; the author stands in X-Original-From
  /// (Google Groups) or Reply-To (Mailman's dmarc_moderation_action), by the same name.
  void put_author_for_list() {
    if (!item_.marks.list || item_.parties.size() != 1) return;
    Party& from = item_.parties.front();
    const auto via = from.name.rfind(" via ");
    if (via == std::string::npos) return;
    const auto name = tokens(std::string_view(from.name).substr(0, via));
    for (const auto raw : {parts_.original_from, parts_.reply_to}) {
      for (Mailbox& mailbox : parse_addresses(raw, limits::parties, notices_)) {
        if (mailbox.address.empty() || lower(mailbox.address) == lower(from.address)) continue;
        if (!is_same_name(tokens(mailbox.name), name)) continue;
        from.name = std::move(mailbox.name);
        from.address = std::move(mailbox.address);
        return;
      }
    }
  }
  /// In any order, each word whole or shortened: Seb, Sébastien.
  static bool is_same_name(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    return one.size() == other.size() && std::all_of(one.begin(), one.end(), [&](const std::string& word) {
             return std::any_of(other.begin(), other.end(), [&](const std::string& whole) {
               return whole.starts_with(word) || word.starts_with(whole);
             });
           });
  }
  /// Sender and Reply-To, where they are somebody other than From.
  void add_others(Role role, std::string_view raw) {
    if (raw.data() == nullptr) return;
    const std::size_t left = limits::parties - std::min(item_.parties.size(), limits::parties);
    for (Mailbox& mailbox : parse_addresses(raw, left, notices_)) {
      const std::string address = lower(mailbox.address);
      const bool known = std::any_of(item_.parties.begin(), item_.parties.end(), [&](const Party& party) {
        return (party.role == Role::from || party.role == role) && lower(party.address) == address &&
               (!address.empty() || party.name == mailbox.name);
      });
      if (!known) item_.parties.push_back({role, std::move(mailbox.name), std::move(mailbox.address)});
    }
  }

  /// Oldest first; the parent is last. Of too many the newest are kept: a thread is joined by its end.
  void add_references() {
    std::vector<std::string> all = std::move(references_);
    for (std::string& parent : parents_) {
      std::erase(all, parent);
      all.push_back(std::move(parent));
    }
    std::vector<std::string> newest_first;
    for (std::size_t i = all.size(); i-- > 0;) {
      if (std::find(newest_first.begin(), newest_first.end(), all[i]) != newest_first.end() ||
          all[i] == item_.identifier)
        continue;
      if (newest_first.size() == limits::references) {
        notices_.add(Notice::truncated);
        break;
      }
      newest_first.push_back(std::move(all[i]));
    }
    item_.references.assign(std::make_move_iterator(newest_first.rbegin()),
                            std::make_move_iterator(newest_first.rend()));
  }

  /// `Precedence: bulk` is what older list servers write on people's posts: beside list marks it makes no robot.
  /// Exchange writes X-Auto-Response-Suppress on people's mail too; all kinds suppressed at once is what its robots
  /// write.
  void finish_marks() {
    if (precedence_ == "list") item_.marks.list = true;
    if (precedence_ == "auto_reply" || precedence_ == "junk" || (precedence_ == "bulk" && !item_.marks.list))
      item_.marks.robot = true;
    if (suppresses_.find("all") != std::string::npos ||
        (suppresses_.find("oof") != std::string::npos && suppresses_.find("autoreply") != std::string::npos &&
         !item_.marks.list))
      item_.marks.robot = true;
  }

  struct Parts {
    std::string_view from, sender, reply_to, original_from, date;
  };
  ExtractedItem& item_;
  NoticeSet& notices_;
  Parts parts_;
  struct {
    std::string_view labels, mozilla_status, old_status;
    bool draft = false;
  } keeper_;
  std::vector<std::pair<Role, std::string_view>> recipients_;
  std::vector<std::string> references_, parents_;
  std::optional<Instant> arrived_;
  int received_tried_ = 0;
  std::string precedence_, suppresses_;
};

}  // namespace

std::vector<std::string> message_ids(std::string_view raw) {
  constexpr std::size_t most = 2000;
  std::vector<std::string> ids;
  if (raw.find('<') == std::string_view::npos) {
    for (std::size_t at = 0; at < raw.size() && ids.size() < most;) {
      const std::size_t begin = std::min(raw.find_first_not_of(" \t\r\n,", at), raw.size());
      const std::size_t end = std::min(raw.find_first_of(" \t\r\n,", begin), raw.size());
      const std::string_view word = raw.substr(begin, end - begin);
      if (word.find('@') != std::string_view::npos) ids.push_back(clean_id(word));
      at = end;
    }
    return ids;
  }
  for (std::size_t open = raw.find('<'); open != std::string_view::npos && ids.size() < most;) {
    const std::size_t close = raw.find('>', open);
    if (close == std::string_view::npos) break;
    // A bracket left open: the id begins at the nearest one.
    const std::size_t nearest = raw.rfind('<', close);
    std::string id = clean_id(raw.substr(nearest + 1, close - nearest - 1));
    if (!id.empty()) ids.push_back(std::move(id));
    open = raw.find('<', close);
  }
  return ids;
}

std::optional<Instant> read_header_fields(const std::vector<HeaderField>& fields, const MailHints& hints,
                                          ExtractedItem& item, NoticeSet& notices) {
  HeaderReader reader(item, notices);
  reader.read(fields, hints.keeper_writes_marks);
  return reader.take_date(hints.envelope_date);
}

}  // namespace entregent::readers
