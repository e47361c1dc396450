// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_framer.h"

#include <algorithm>
#include <charconv>

#include "net/imap_limits.h"

namespace entregent::net {
namespace {

/// Only data responses can hold literals. A status (`* OK …`, `A1 NO …`, `+ …`) is free text for people, which may well
/// end with `{3}`.
bool may_hold_literal(std::string_view text) {
  if (!text.starts_with("* ")) return false;
  text.remove_prefix(2);
  for (const std::string_view status : {"OK", "NO", "BAD", "BYE", "PREAUTH"}) {
    const bool same = text.size() >= status.size() &&
                      std::equal(status.begin(), status.end(), text.begin(),
                                 [](char expected, char c) { return expected == c || expected == c - 'a' + 'A'; });
    if (same && (text.size() == status.size() || text[status.size()] == ' ')) return false;
  }
  return true;
}

}  // namespace

Error too_much_error() {
  return fail({ErrorCode::malformed, N_("The mail server sent more than it may: the connection was closed.")});
}

Result<ImapFramer::Event> ImapFramer::next(std::string_view& input) {
  switch (at_) {
    case At::response_done:
      text_.clear();
      if (text_.capacity() > max_kept_literal_bytes) text_.shrink_to_fit();
      at_ = At::line;
      [[fallthrough]];
    case At::line:
      return read_line(input);
    case At::literal_announced:
      return begin_literal(input);
    case At::literal:
      return read_literal(input);
    case At::literal_done:
      at_ = At::line;
      text_ += "NIL";
      return Event::literal_end;
  }
  return Event::more;
}

Result<ImapFramer::Event> ImapFramer::read_line(std::string_view& input) {
  const auto end = input.find('\n');
  const std::string_view part = input.substr(0, end);
  if (text_.size() + part.size() > max_response_bytes) return too_much_error();
  text_ += part;
  input.remove_prefix(part.size());
  if (end == std::string_view::npos) return Event::more;
  input.remove_prefix(1);
  if (text_.ends_with('\r')) text_.pop_back();
  if (announces_literal()) {
    at_ = At::literal_announced;
    streaming_ = false;
    return Event::literal;
  }
  at_ = At::response_done;
  return Event::response;
}

/// `{123}`, and `~{123}` of RFC 3516, at the end of the text; takes it away.
bool ImapFramer::announces_literal() {
  if (!text_.ends_with('}') || !may_hold_literal(text_)) return false;
  const auto brace = text_.rfind('{');
  if (brace == std::string::npos) return false;
  const char* begin = text_.data() + brace + 1;
  const char* end = text_.data() + text_.size() - 1;
  if (begin < end && end[-1] == '+') --end;
  const auto [stop, error] = std::from_chars(begin, end, literal_size_);
  if (begin == end || stop != end) return false;
  if (error == std::errc::result_out_of_range) literal_size_ = UINT64_MAX;
  text_.resize(brace > 0 && text_[brace - 1] == '~' ? brace - 1 : brace);
  return true;
}

Result<ImapFramer::Event> ImapFramer::begin_literal(std::string_view& input) {
  literal_left_ = literal_size_;
  at_ = At::literal;
  if (streaming_) {
    if (literal_size_ > max_skipped_literal_bytes) return too_much_error();
    return read_literal(input);
  }
  if (literal_size_ > max_kept_literal_bytes || text_.size() + literal_size_ > max_response_bytes)
    return too_much_error();
  text_ += '{' + std::to_string(literal_size_) + "}\r\n";
  return read_literal(input);
}

Result<ImapFramer::Event> ImapFramer::read_literal(std::string_view& input) {
  if (literal_left_ > 0 && input.empty()) return Event::more;
  piece_ = input.substr(0, std::min<std::uint64_t>(literal_left_, input.size()));
  input.remove_prefix(piece_.size());
  literal_left_ -= piece_.size();
  if (literal_left_ == 0) at_ = streaming_ ? At::literal_done : At::line;
  if (streaming_) return piece_.empty() ? next(input) : Result<Event>(Event::literal_bytes);
  text_ += piece_;
  return literal_left_ == 0 ? read_line(input) : Result<Event>(Event::more);
}

}  // namespace entregent::net
