// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/transfer_decoding.h"

#include <array>
#include <cstdint>

namespace entregent::readers {
namespace {

constexpr std::uint8_t skipped = 0xFF;

constexpr std::array<std::uint8_t, 256> base64_values() {
  std::array<std::uint8_t, 256> table{};
  for (auto& value : table) value = skipped;
  std::uint8_t next = 0;
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
    table.at(static_cast<unsigned char>(c)) = next++;
  return table;
}
constexpr auto base64_value = base64_values();

std::uint32_t value_at(std::string_view text, std::size_t at) {
  return base64_value[static_cast<unsigned char>(text[at])];
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The bytes held by `count` base64 digits that no fourth followed.
void append_rest(std::string& result, std::uint32_t bits, unsigned count) {
  if (count == 2) result.push_back(static_cast<char>(bits >> 4U & 0xFFU));
  if (count == 3) {
    result.push_back(static_cast<char>(bits >> 10U & 0xFFU));
    result.push_back(static_cast<char>(bits >> 2U & 0xFFU));
  }
}

void append_three(std::string& result, std::uint32_t bits) {
  const std::array<char, 3> bytes{static_cast<char>(bits >> 16U & 0xFFU), static_cast<char>(bits >> 8U & 0xFFU),
                                  static_cast<char>(bits & 0xFFU)};
  result.append(bytes.data(), bytes.size());
}

/// The end of a soft line break whose `=` stands before `at`, or `at` if there is none.
std::size_t soft_break_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  if (end == text.size()) return end;
  if (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n') return end + 2;
  return text[end] == '\n' || text[end] == '\r' ? end + 1 : at;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string result;
  result.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    while (count == 0 && at + 4 <= text.size()) {
      const std::uint32_t a = value_at(text, at), b = value_at(text, at + 1), c = value_at(text, at + 2),
                          d = value_at(text, at + 3);
      if (((a | b | c | d) & 0x80U) != 0) break;
      append_three(result, a << 18U | b << 12U | c << 6U | d);
      at += 4;
    }
    if (at >= text.size()) break;
    const std::uint32_t value = value_at(text, at);
    if (text[at] == '=') {
      append_rest(result, bits, count);
      bits = count = 0;
    } else if (value != skipped) {
      bits = (bits << 6U | value) & 0xFFFFFFU;
      if (++count == 4) {
        append_three(result, bits);
        bits = count = 0;
      }
    }
  }
  append_rest(result, bits, count);
  return result;
}

std::size_t base64_size(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) digits += base64_value[static_cast<unsigned char>(c)] != skipped ? 1U : 0U;
  return digits / 4 * 3 + (digits % 4 == 3 ? 2 : digits % 4 == 2 ? 1 : 0);
}

std::string decode_quoted_printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t equals = text.find('=', at);
    result.append(text.substr(at, equals - at));
    if (equals == std::string_view::npos) break;
    at = equals + 1;
    const int high = at < text.size() ? hex_value(text[at]) : -1;
    const int low = at + 1 < text.size() ? hex_value(text[at + 1]) : -1;
    if (high >= 0 && low >= 0) {
      result.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
      at += 2;
    } else if (const std::size_t end = soft_break_end(text, at); end != at || at == text.size()) {
      at = end;
    } else {
      result.push_back('=');
    }
  }
  return result;
}

std::string decode_percent(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      result.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
      i += 2;
    } else {
      result.push_back(text[i]);
    }
  }
  return result;
}

}  // namespace entregent::readers
