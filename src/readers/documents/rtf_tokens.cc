// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/rtf_tokens.h"

#include <algorithm>
#include <charconv>

namespace entregent::readers {
namespace {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<char> byte_of(std::string_view two) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(two.data(), two.data() + two.size(), value, 16);
  if (two.size() != 2 || error != std::errc() || end != two.data() + 2) return std::nullopt;
  return static_cast<char>(value);
}

}  // namespace

std::optional<RtfToken> RtfTokens::next() {
  while (at_ < bytes_.size() && (bytes_[at_] == '\r' || bytes_[at_] == '\n' || bytes_[at_] == '\0')) ++at_;
  if (at_ >= bytes_.size()) return std::nullopt;
  const char c = bytes_[at_];
  if (c == '{' || c == '}') {
    ++at_;
    return RtfToken{
        .kind = c == '{' ? RtfToken::Kind::begin : RtfToken::Kind::end, .word = {}, .number = {}, .text = {}};
  }
  if (c == '\\') return control();
  const std::string_view special("{}\\\r\n\0", 6);
  const auto end = std::min(bytes_.find_first_of(special, at_), bytes_.size());
  RtfToken token{.kind = RtfToken::Kind::text, .word = {}, .number = {}, .text = bytes_.substr(at_, end - at_)};
  at_ = end;
  return token;
}

RtfToken RtfTokens::control() {
  ++at_;
  const RtfToken nothing{.kind = RtfToken::Kind::text, .word = {}, .number = {}, .text = {}};
  if (at_ >= bytes_.size()) return nothing;
  const char c = bytes_[at_];
  if (is_ascii_letter(c)) return control_word();
  ++at_;
  if (c == '\'') {
    const auto byte = byte_of(bytes_.substr(at_, 2));
    if (!byte) return nothing;
    at_ += 2;
    byte_ = *byte;
    return {.kind = RtfToken::Kind::byte, .word = {}, .number = {}, .text = {&byte_, 1}};
  }
  const std::string_view symbol = bytes_.substr(at_ - 1, 1);
  if (c == '*') return {.kind = RtfToken::Kind::optional, .word = symbol, .number = {}, .text = {}};
  if (c == '{' || c == '}' || c == '\\')
    return {.kind = RtfToken::Kind::text, .word = {}, .number = {}, .text = symbol};
  const std::string_view name = c == '\r' || c == '\n' ? std::string_view("par") : symbol;
  return {.kind = RtfToken::Kind::word, .word = name, .number = {}, .text = {}};
}

RtfToken RtfTokens::control_word() {
  const std::size_t begin = at_;
  while (at_ < bytes_.size() && is_ascii_letter(bytes_[at_])) ++at_;
  RtfToken token{.kind = RtfToken::Kind::word, .word = bytes_.substr(begin, at_ - begin), .number = {}, .text = {}};
  int number = 0;
  const char* const from = bytes_.data() + at_;
  const auto [end, error] = std::from_chars(from, bytes_.data() + bytes_.size(), number);
  if (error == std::errc()) token.number = number;
  at_ += static_cast<std::size_t>(end - from);
  if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
  if (token.word == "bin" && number > 0) at_ += std::min(static_cast<std::size_t>(number), bytes_.size() - at_);
  return token;
}

}  // namespace entregent::readers
