// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>

/// What a reader takes before it stops and says so (Notice::truncated, or an Error for the whole). Sizes in bytes.
namespace entregent::readers::limits {

inline constexpr std::size_t message_bytes = 64u << 20;  ///< one mail as it lies in its file
inline constexpr std::size_t section_bytes = 1u << 20;   ///< one text section
inline constexpr std::size_t text_bytes = 4u << 20;      ///< all text of an item
inline constexpr std::size_t header_bytes = 8u << 10;    ///< one title, name, file name or label
inline constexpr std::size_t parties = 2000;
inline constexpr std::size_t facts = 2000;  ///< and labels, of one item
inline constexpr std::size_t attachments = 500;
inline constexpr std::size_t references = 200;
inline constexpr std::size_t mime_depth = 32;
inline constexpr std::size_t mime_parts = 1000;
inline constexpr std::size_t html_bytes = 4u << 20;
inline constexpr std::size_t html_depth = 512;
inline constexpr std::size_t document_bytes = 64u << 20;      ///< one document as it lies in its file
inline constexpr std::size_t document_text_bytes = 4u << 20;  ///< all text of one
inline constexpr std::size_t attached_documents = 50;         ///< of one mail, whose words are read
inline constexpr std::size_t attached_document_bytes = 32u << 20;
inline constexpr std::size_t csv_rows = 200000;
inline constexpr std::size_t csv_columns = 500;
inline constexpr std::size_t chat_messages = 200000;    ///< of one conversation
inline constexpr std::size_t json_bytes = 48u << 20;    ///< its tree takes some ten times that
inline constexpr int pdf_pages = 5000;
inline constexpr std::size_t xml_bytes = 32u << 20;  ///< one part of an office document
inline constexpr std::size_t xml_depth = 256;
inline constexpr std::size_t rtf_depth = 1000;
inline constexpr std::size_t archive_entries = 20000;
inline constexpr std::size_t archive_bytes = 256u << 20;  ///< all that is taken out of one archive
inline constexpr std::size_t cards = 100000;              ///< in one file
inline constexpr std::size_t events = 100000;             ///< in one file
inline constexpr std::size_t occurrences = 1000;          ///< of one event

}  // namespace entregent::readers::limits
