// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/html_reader.h"

#include <algorithm>

#include "base/text.h"
#include "readers/documents/document_builder.h"
#include "readers/foreign_text.h"
#include "readers/html_text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// Where title and meta stand.
constexpr std::size_t head_bytes = 256u << 10;

std::string decoded_page(std::string_view bytes, NoticeSet& notices) {
  if (bytes.size() > limits::html_bytes) notices.add(Notice::truncated);
  bytes = bytes.substr(0, limits::html_bytes);
  return decode_text(bytes, html_charset(bytes), notices);
}

std::string text_without_marks(std::string_view page, NoticeSet& notices) {
  std::string text = html_text(page, notices);
  std::erase_if(text, [](char c) { return c == quoted_mark || c == signature_mark; });
  return text;
}

/// ASCII letters only: markup.
std::string small_letters(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return result;
}

/// `name="…"`, `name='…'` or `name=…` inside a tag; empty if there is none.
std::string_view value_in(std::string_view tag, std::string_view small, std::string_view name) {
  for (std::size_t at = small.find(name); at != std::string_view::npos; at = small.find(name, at + 1)) {
    std::size_t begin = at + name.size();
    const bool starts_word = at > 0 && (small[at - 1] == ' ' || small[at - 1] == '\n' || small[at - 1] == '\t');
    if (!starts_word || begin >= tag.size() || tag[begin] != '=') continue;
    ++begin;
    const char quote = begin < tag.size() ? tag[begin] : '\0';
    if (quote != '"' && quote != '\'')
      return tag.substr(begin, std::min(tag.find_first_of(" \t\n>/", begin), tag.size()) - begin);
    return tag.substr(begin + 1, std::min(tag.find(quote, begin + 1), tag.size()) - begin - 1);
  }
  return {};
}

void take_meta(std::string_view tag, DocumentFacts& facts) {
  const std::string small = small_letters(tag);
  std::string name = small_letters(value_in(tag, small, "name"));
  if (name.empty()) name = small_letters(value_in(tag, small, "property"));
  NoticeSet ignored;
  const std::string content = std::string(trimmed(html_text(value_in(tag, small, "content"), ignored)));
  if (content.empty() || content.starts_with("http")) return;
  if ((name == "author" || name == "dc.creator" || name == "dcterms.creator" || name == "article:author") &&
      facts.authors.empty())
    facts.authors = content;
  if (name == "dcterms.modified" || name == "article:modified_time" || name == "last-modified")
    facts.modified = parse_w3c_date(content);
  if (name == "date" || name == "dc.date" || name == "dcterms.created" || name == "article:published_time" ||
      name == "dcterms.date")
    facts.created = parse_w3c_date(content);
}

DocumentFacts facts_of_page(std::string_view page) {
  DocumentFacts facts;
  const std::string_view head = utf8_prefix(page, head_bytes);
  const std::string small = small_letters(head);
  NoticeSet ignored;
  if (const auto title = small.find("<title"); title != std::string::npos) {
    const auto begin = std::min(small.find('>', title), small.size() - 1) + 1;
    const auto end = std::min(small.find("</title", begin), small.size());
    facts.title = html_text(head.substr(begin, end - begin), ignored);
  }
  for (auto at = small.find("<meta"); at != std::string::npos; at = small.find("<meta", at + 1))
    take_meta(head.substr(at, std::min(small.find('>', at), small.size()) - at), facts);
  return facts;
}

}  // namespace

std::string page_text(std::string_view bytes, NoticeSet& notices) {
  return text_without_marks(decoded_page(bytes, notices), notices);
}

Result<ExtractedItem> read_html(std::string_view bytes) {
  NoticeSet notices;
  const std::string page = decoded_page(bytes, notices);
  return document_item(bytes, facts_of_page(page), text_without_marks(page, notices), notices);
}

}  // namespace entregent::readers
