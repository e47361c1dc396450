// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "net/imap_cursor.h"
#include "net/imap_limits.h"

namespace entregent::net {
namespace {

std::optional<ImapStatusKind> status_kind(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, ImapStatusKind>, 5> kinds{
      {{"OK", ImapStatusKind::ok},
       {"NO", ImapStatusKind::no},
       {"BAD", ImapStatusKind::bad},
       {"BYE", ImapStatusKind::bye},
       {"PREAUTH", ImapStatusKind::preauth}}};
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == word; });
  if (found == kinds.end()) return std::nullopt;
  return found->second;
}

/// `rest` begins after OK, NO ….
ImapStatus status(ImapStatusKind kind, std::string_view tag, std::string_view rest) {
  ImapStatus result{.kind = kind, .tag = std::string(tag), .code = {}, .arguments = {}, .text = {}};
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const auto bracket = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
  if (bracket != std::string_view::npos) {
    const std::string_view code = rest.substr(1, bracket - 1);
    const auto space = code.find(' ');
    result.code = ascii_upper(code.substr(0, space));
    if (space != std::string_view::npos) result.arguments = code.substr(space + 1);
    rest.remove_prefix(bracket + 1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  result.text = rest;
  return result;
}

/// ` A B C` to the end, in upper case.
std::optional<std::vector<std::string>> names(ImapCursor& cursor) {
  std::vector<std::string> result;
  while (cursor.take(' ')) {
    if (cursor.at_end()) break;  // Some servers leave a space at the end.
    const auto name = cursor.atom();
    if (!name || result.size() == max_capabilities) return std::nullopt;
    result.push_back(ascii_upper(*name));
  }
  if (!cursor.at_end()) return std::nullopt;
  return result;
}

/// `(a b "c")`: atoms or strings; nothing beyond `max_size` of them.
std::optional<std::vector<std::string>> string_list(ImapCursor& cursor, std::size_t max_size) {
  std::vector<std::string> result;
  if (!cursor.take('(')) return std::nullopt;
  while (!cursor.take(')')) {
    cursor.take(' ');
    if (cursor.take(')')) break;
    auto word = cursor.astring();
    if (!word || result.size() == max_size) return std::nullopt;
    result.push_back(*std::move(word));
  }
  return result;
}

/// ` (\Flags) "/" name`; what LIST-EXTENDED adds behind is left.
Result<ImapResponse> listed(ImapCursor& cursor) {
  ImapListed result;
  if (!cursor.take(' ')) return not_imap_error();
  auto attributes = string_list(cursor, max_flags_of_message);
  if (!attributes || !cursor.take(' ')) return not_imap_error();
  for (const auto& attribute : *attributes) result.attributes.push_back(ascii_lower(attribute));
  auto delimiter = cursor.nstring();
  if (!delimiter || delimiter->size() > 1 || !cursor.take(' ')) return not_imap_error();
  result.delimiter = *std::move(delimiter);
  auto name = cursor.astring();
  if (!name) return not_imap_error();
  result.wire = *std::move(name);
  return ImapResponse(std::move(result));
}

/// ` (("prefix" "/" …) …)` or ` NIL`.
bool namespace_prefixes(ImapCursor& cursor, std::vector<std::string>& prefixes) {
  if (!cursor.take(' ')) return false;
  if (!cursor.next_is('(')) return cursor.nstring().has_value();
  cursor.take('(');
  while (!cursor.take(')')) {
    cursor.take(' ');
    if (!cursor.take('(') || prefixes.size() == max_folders) return false;
    auto prefix = cursor.string();
    if (!prefix) return false;
    prefixes.push_back(*std::move(prefix));
    while (!cursor.take(')')) {
      if (!cursor.take(' ') || !cursor.skip_value()) return false;
    }
  }
  return true;
}

Result<ImapResponse> namespaces(ImapCursor& cursor) {
  ImapNamespaces result;
  if (!namespace_prefixes(cursor, result.personal) || !namespace_prefixes(cursor, result.others) ||
      !namespace_prefixes(cursor, result.shared)) {
    return not_imap_error();
  }
  return ImapResponse(std::move(result));
}

/// ` 1 2 3`, perhaps with `(MODSEQ 5)` at the end.
Result<ImapResponse> search(ImapCursor& cursor) {
  std::vector<UidRange> uids;
  while (cursor.take(' ')) {
    if (cursor.at_end() || cursor.next_is('(')) break;
    const auto uid = cursor.number32();
    if (!uid) return not_imap_error();
    if (!uids.empty() && uids.back().last != UINT32_MAX && uids.back().last + 1 == *uid) {
      uids.back().last = *uid;
    } else {
      uids.push_back({*uid, *uid});
    }
  }
  return ImapResponse(ImapFound{joined(std::move(uids))});
}

/// ` (TAG "A1") UID ALL 1:3,5 COUNT 4`.
Result<ImapResponse> extended_search(ImapCursor& cursor) {
  ImapFound result;
  while (cursor.take(' ')) {
    if (cursor.next_is('(')) {
      if (!cursor.skip_value()) return not_imap_error();
      continue;
    }
    const auto word = cursor.atom();
    if (!word) return not_imap_error();
    const std::string name = ascii_upper(*word);
    if (name == "UID") continue;
    if (!cursor.take(' ')) return not_imap_error();
    if (name != "ALL") {
      if (!cursor.skip_value()) return not_imap_error();
      continue;
    }
    const auto set = cursor.atom();
    auto uids = set ? parse_uid_set(*set) : std::nullopt;
    if (!uids) return not_imap_error();
    result.uids = *std::move(uids);
  }
  return ImapResponse(std::move(result));
}

/// ` (EARLIER) 1:3` or ` 4`.
Result<ImapResponse> vanished(ImapCursor& cursor) {
  if (!cursor.take(' ')) return not_imap_error();
  if (cursor.next_is('(') && (!cursor.skip_value() || !cursor.take(' '))) return not_imap_error();
  const auto set = cursor.atom();
  auto uids = set ? parse_uid_set(*set) : std::nullopt;
  if (!uids) return not_imap_error();
  return ImapResponse(ImapVanished{*std::move(uids)});
}

std::uint8_t flag_bit(std::string_view lower_name) {
  static constexpr std::array<std::pair<std::string_view, ImapFlag>, 6> flags{{{"\\seen", ImapFlag::seen},
                                                                               {"\\answered", ImapFlag::answered},
                                                                               {"\\flagged", ImapFlag::flagged},
                                                                               {"\\deleted", ImapFlag::deleted},
                                                                               {"\\draft", ImapFlag::draft},
                                                                               {"\\recent", ImapFlag::recent}}};
  for (const auto& [name, flag] : flags) {
    if (name == lower_name) return static_cast<std::uint8_t>(flag);
  }
  return 0;
}

bool fetched_flags(ImapCursor& cursor, ImapFetched& message) {
  const auto flags = string_list(cursor, max_flags_of_message);
  if (!flags) return false;
  message.has_flags = true;
  for (const auto& flag : *flags) {
    message.info.flags = static_cast<std::uint8_t>(message.info.flags | flag_bit(ascii_lower(flag)));
    if (!flag.starts_with('\\')) message.info.keywords.push_back(repaired_utf8(flag));
  }
  return true;
}

bool fetched_date(ImapCursor& cursor, ImapFetched& message) {
  const auto text = cursor.nstring();
  if (text) message.info.internal_date = parse_imap_date(*text);
  return text.has_value();
}

/// One `NAME value` of a FETCH response, the name read already.
bool fetched_item(std::string_view name, ImapCursor& cursor, ImapFetched& message) {
  if (name == "UID") return (message.uid = cursor.number32()).has_value();
  if (name == "RFC822.SIZE") return (message.size = cursor.number()).has_value();
  if (name == "FLAGS") return fetched_flags(cursor, message);
  if (name == "INTERNALDATE") return fetched_date(cursor, message);
  if (name == "X-GM-MSGID") return (message.info.gmail_id = cursor.number()).has_value();
  if (name == "X-GM-LABELS") {
    auto labels = string_list(cursor, max_flags_of_message);
    if (!labels) return false;
    message.info.gmail_labels = *std::move(labels);
    return true;
  }
  if (name == "BODY[]") {
    auto body = cursor.nstring();
    message.has_body = body.has_value();
    if (!body) return false;
    message.body = *std::move(body);
    return true;
  }
  return cursor.skip_value();
}

/// ` (UID 3 FLAGS () …)`.
std::optional<ImapFetched> fetched(ImapCursor& cursor) {
  ImapFetched message;
  if (!cursor.take(' ') || !cursor.take('(')) return std::nullopt;
  while (!cursor.take(')')) {
    cursor.take(' ');
    if (cursor.take(')')) break;
    const auto name = cursor.atom();
    if (!name || !cursor.take(' ') || !fetched_item(ascii_upper(*name), cursor, message)) return std::nullopt;
  }
  if (!cursor.at_end() || message.uid == 0U) return std::nullopt;
  message.info.uid = message.uid.value_or(0);
  message.info.size = message.size.value_or(0);
  return message;
}

/// `12 EXISTS`, `12 FETCH (…)`.
Result<ImapResponse> counted(ImapCursor& cursor) {
  const auto number = cursor.number32();
  if (!number || !cursor.take(' ')) return not_imap_error();
  const auto word = cursor.atom();
  if (!word) return not_imap_error();
  const std::string name = ascii_upper(*word);
  if (name == "EXISTS") return ImapResponse(ImapExists{*number});
  if (name != "FETCH") return ImapResponse(ImapOther{});
  auto message = fetched(cursor);
  if (!message) return not_imap_error();
  return ImapResponse(*std::move(message));
}

template <class Names>
Result<ImapResponse> named(ImapCursor& cursor) {
  auto list = names(cursor);
  if (!list) return not_imap_error();
  return ImapResponse(Names{*std::move(list)});
}

Result<ImapResponse> untagged(std::string_view text) {
  ImapCursor cursor(text);
  if (!text.empty() && text.front() >= '0' && text.front() <= '9') return counted(cursor);
  const auto word = cursor.atom();
  if (!word) return not_imap_error();
  const std::string name = ascii_upper(*word);
  if (const auto kind = status_kind(name)) return ImapResponse(status(*kind, {}, cursor.rest()));
  if (name == "CAPABILITY") return named<ImapCapabilities>(cursor);
  if (name == "ENABLED") return named<ImapEnabled>(cursor);
  if (name == "LIST") return listed(cursor);
  if (name == "NAMESPACE") return namespaces(cursor);
  if (name == "SEARCH") return search(cursor);
  if (name == "ESEARCH") return extended_search(cursor);
  if (name == "VANISHED") return vanished(cursor);
  return ImapResponse(ImapOther{});
}

}  // namespace

Error not_imap_error() {
  return fail(
      {ErrorCode::malformed, N_("The mail server sent something that is not IMAP: the connection was closed.")});
}

Result<ImapResponse> parse_imap_response(std::string_view text) {
  if (text == "+") return ImapResponse(ImapContinuation{});
  if (text.starts_with("+ ")) return ImapResponse(ImapContinuation{std::string(text.substr(2))});
  if (text.starts_with("* ")) return untagged(text.substr(2));
  ImapCursor cursor(text);
  const auto tag = cursor.atom();
  if (!tag || *tag == "*" || !cursor.take(' ')) return not_imap_error();
  const auto word = cursor.atom();
  const auto kind = word ? status_kind(ascii_upper(*word)) : std::nullopt;
  if (!kind || *kind > ImapStatusKind::bad) return not_imap_error();
  return ImapResponse(status(*kind, *tag, cursor.rest()));
}

std::optional<ImapFetched> parse_fetch_before_body(std::string_view text) {
  // With an empty body behind it, the text so far is a whole response, if the literal stands where a body may.
  auto whole = parse_imap_response(std::string(text) + "NIL)");
  auto* message = whole ? std::get_if<ImapFetched>(&*whole) : nullptr;
  if (!message || !message->has_body || ascii_upper(text.substr(text.size() < 7 ? 0 : text.size() - 7)) != "BODY[] ") {
    return std::nullopt;
  }
  return std::move(*message);
}

}  // namespace entregent::net
