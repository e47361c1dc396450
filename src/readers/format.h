// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entregent::readers {

enum class Format : std::uint8_t { unknown = 0, mail = 1, mbox = 2, emlx = 3, vcard = 4, calendar = 5 };

/// How much of a file detect() needs to be as sure as it can be.
inline constexpr std::size_t detect_bytes = 4096;

/// What a file holds, judged by how it begins: give it the first `detect_bytes`, or all of a shorter file. Names and
/// suffixes do not count. A file of a Maildir is `mail` by its place, so ingest does not ask about it.
Format detect(std::string_view first_bytes);

}  // namespace entregent::readers
