// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entregent::net {

/// What a server gets that goes over the limits.
Error too_much_error();

/// Cuts the bytes of a server into responses. Short literals stay inside a response's text; a long one, or one that its
/// user asks for, is handed on piece by piece without a copy, and stands as `NIL` in the text. Pure: bytes in, events
/// out.
class ImapFramer {
 public:
  enum class Event {
    more,     ///< all of `input` is consumed
    literal,  ///< text() ends with what stands before a literal of literal_size() bytes: stream_literal() may be called
              ///< now
    literal_bytes,  ///< piece() is the next part of a streamed literal
    literal_end,    ///< a streamed literal is whole
    response,       ///< text() is a whole response, without its last line end
  };

  /// Consumes from the front of `input`; `malformed` for a response over the limits, after which the connection is of
  /// no use. Views (text(), piece()) are valid until the next call, pieces also only as long as `input`'s bytes.
  Result<Event> next(std::string_view& input);

  /// After Event::literal: do not keep its bytes, hand them on. A literal over max_kept_literal_bytes that is not
  /// streamed is `malformed`.
  void stream_literal() { streaming_ = true; }

  std::string_view text() const { return text_; }
  std::uint64_t literal_size() const { return literal_size_; }
  std::string_view piece() const { return piece_; }

 private:
  enum class At { line, literal_announced, literal, literal_done, response_done };
  Result<Event> read_line(std::string_view& input);
  Result<Event> begin_literal(std::string_view& input);
  Result<Event> read_literal(std::string_view& input);
  bool announces_literal();

  At at_ = At::line;
  std::string text_;
  std::string_view piece_;
  std::uint64_t literal_size_ = 0;
  std::uint64_t literal_left_ = 0;
  bool streaming_ = false;
};

}  // namespace entregent::net
