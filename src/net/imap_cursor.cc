// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_cursor.h"

#include <algorithm>
#include <charconv>

#include "net/imap_limits.h"

namespace entregent::net {
namespace {

template <class Number>
std::optional<Number> take_number(std::string_view& rest) {
  Number value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc{}) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

}  // namespace

bool ImapCursor::take(char expected) {
  if (!next_is(expected)) return false;
  rest_.remove_prefix(1);
  return true;
}

std::optional<std::string_view> ImapCursor::atom() {
  std::size_t end = 0;
  bool bracket = false;
  for (; end < rest_.size(); ++end) {
    const char c = rest_[end];
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (!bracket && (c == ' ' || c == '(' || c == ')' || c == '"' || c == '{' || c == '\r')) break;
  }
  if (end == 0) return std::nullopt;
  const auto word = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return word;
}

std::optional<std::uint64_t> ImapCursor::number() {
  return take_number<std::uint64_t>(rest_);
}
std::optional<std::uint32_t> ImapCursor::number32() {
  return take_number<std::uint32_t>(rest_);
}

std::optional<std::string> ImapCursor::string() {
  if (next_is('"')) return quoted();
  if (next_is('{')) return literal();
  return std::nullopt;
}

std::optional<std::string> ImapCursor::astring() {
  if (next_is('"') || next_is('{')) return string();
  const auto word = atom();
  if (!word) return std::nullopt;
  return std::string(*word);
}

std::optional<std::string> ImapCursor::nstring() {
  if (next_is('"') || next_is('{')) return string();
  const auto word = atom();
  if (!word || ascii_upper(*word) != "NIL") return std::nullopt;
  return std::string();
}

std::optional<std::string> ImapCursor::quoted() {
  std::string value;
  for (std::size_t at = 1; at < rest_.size(); ++at) {
    if (rest_[at] == '"') {
      rest_.remove_prefix(at + 1);
      return value;
    }
    if (rest_[at] == '\\' && ++at == rest_.size()) break;
    value += rest_[at];
  }
  return std::nullopt;
}

std::optional<std::string> ImapCursor::literal() {
  rest_.remove_prefix(1);
  const auto size = number();
  if (!size || !rest_.starts_with("}\r\n") || *size > rest_.size() - 3) return std::nullopt;
  std::string value(rest_.substr(3, *size));
  rest_.remove_prefix(3 + *size);
  return value;
}

bool ImapCursor::skip_plain() {
  return next_is('"') || next_is('{') ? string().has_value() : atom().has_value();
}

bool ImapCursor::skip_value() {
  int depth = 0;
  do {
    while (take(' ')) {
    }
    if (take('(')) {
      if (++depth > max_nesting) return false;
    } else if (next_is(')')) {
      if (depth == 0) return false;
      rest_.remove_prefix(1);
      --depth;
    } else if (!skip_plain()) {
      return false;
    }
  } while (depth > 0);
  return true;
}

std::string ascii_upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace entregent::net
