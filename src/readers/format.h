// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entregent::readers {

enum class Format : std::uint8_t {
  unknown = 0,
  mail = 1,
  mbox = 2,
  emlx = 3,
  vcard = 4,
  calendar = 5,
  pdf = 6,
  odf = 7,    ///< ISO/IEC 26300: text, sheets, slides
  ooxml = 8,  ///< ECMA-376: text, sheets, slides
  epub = 9,
  rtf = 10,
  html = 11,
  text = 12,        ///< plain text and Markdown
  msg = 13,         ///< MS-OXMSG
  tnef = 14,        ///< MS-OXTNEF, winmail.dat
  zip_export = 15,  ///< what a platform gives its members: LinkedIn, WhatsApp, Slack
  csv = 16,
  chat = 17,  ///< a chat's export in one file: WhatsApp, Telegram
};

/// The last of them: what comes over the wire is at most this.
inline constexpr Format last_format = Format::chat;

/// How much of a file detect() needs to be as sure as it can be.
inline constexpr std::size_t detect_bytes = 4096;

/// What a file holds, judged by how it begins: give it the first `detect_bytes`, or all of a shorter file. Names and
/// suffixes do not count. Any ZIP archive is `zip_export`: what lies in it tells the rest (document_format). Plain text
/// looks like nothing in particular and is `unknown`. A file of a Maildir is `mail` by its place, so ingest does not
/// ask about it.
Format detect(std::string_view first_bytes);

}  // namespace entregent::readers
