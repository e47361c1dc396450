// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "readers/extracted_item.h"
#include "readers/notice_set.h"

namespace entregent::readers {

/// The text of a document as it is met, block by block. Beyond limits::document_text_bytes nothing is taken any more.
class DocumentText {
 public:
  explicit DocumentText(NoticeSet& notices) : notices_(notices) {}

  /// Words within a line, as they are; line feeds in them end the line.
  void add(std::string_view words);
  /// Parts two words, unless they are parted already.
  void blank();
  /// Ends the line, unless it is empty.
  void end_line();
  [[nodiscard]] bool full() const { return full_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  NoticeSet& notices_;
  std::string text_;
  bool full_ = false;
};

/// What a document says about itself.
struct DocumentFacts {
  std::string title;
  std::string authors;      ///< one, or several between `;`
  std::string last_editor;  ///< left out where it is the author
  std::optional<Instant> created, modified;
};

/// The item of a document. `bytes` is the whole file: copies of it are one item. Names that say nobody (`User`,
/// `Microsoft Office User`, a program's) are left out; `text` need not be valid UTF-8.
ExtractedItem document_item(std::string_view bytes, const DocumentFacts& facts, std::string text, NoticeSet& notices);

/// `2026-11-23T07:33:54Z` of W3CDTF (the profile of ISO 8601 that Dublin Core takes), also without zone (taken as UTC),
/// seconds or time; nothing for anything else.
std::optional<Instant> parse_w3c_date(std::string_view text);

}  // namespace entregent::readers
