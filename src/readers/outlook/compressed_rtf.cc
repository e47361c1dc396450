// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/outlook/compressed_rtf.h"

#include <algorithm>

#include "readers/limits.h"
#include "readers/outlook/little_endian.h"

namespace entregent::readers {
namespace {

constexpr std::size_t window = 4096;

/// §2.1.2.1: what the dictionary holds before the first byte.
constexpr std::string_view first_words =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    "Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab"
    "\\tx";

std::string unpacked(std::string_view packed, std::size_t size) {
  std::string dictionary(first_words);
  std::size_t write = dictionary.size();
  dictionary.resize(window, ' ');
  std::string result;
  const auto put = [&](char c) {
    result += c;
    dictionary[write] = c;
    write = (write + 1) % window;
  };
  for (std::size_t at = 0; at < packed.size() && result.size() < size;) {
    const auto control = static_cast<unsigned char>(packed[at++]);
    for (unsigned bit = 0; bit < 8 && at < packed.size() && result.size() < size; ++bit) {
      if ((control >> bit & 1U) == 0) {
        put(packed[at++]);
        continue;
      }
      if (at + 1 >= packed.size()) return result;
      const unsigned token = static_cast<unsigned>(static_cast<unsigned char>(packed[at])) << 8U |
                             static_cast<unsigned char>(packed[at + 1]);
      at += 2;
      const std::size_t from = token >> 4U;
      if (from == write) return result;
      for (std::size_t i = 0; i < (token & 0xFU) + 2; ++i) put(dictionary[(from + i) % window]);
    }
  }
  return result;
}

}  // namespace

std::string decompressed_rtf(std::string_view bytes) {
  constexpr std::uint32_t compressed = 0x75465A4C, plain = 0x414C454D;
  constexpr std::size_t header = 16;
  const std::uint32_t kind = u32(bytes, 8);
  if (bytes.size() <= header) return {};
  const std::size_t size = std::min<std::size_t>(u32(bytes, 4), limits::document_text_bytes);
  if (kind == plain) return std::string(bytes.substr(header, size));
  return kind == compressed ? unpacked(bytes.substr(header), size) : std::string();
}

}  // namespace entregent::readers
