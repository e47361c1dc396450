// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/exports/linkedin_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "readers/documents/document_builder.h"
#include "readers/html_text.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// The cells of a row by the folded words of the header.
class NamedRow {
 public:
  NamedRow(const std::map<std::string, std::size_t>& columns, const std::vector<std::string>& row)
      : columns_(columns), row_(row) {}
  [[nodiscard]] std::string_view operator[](const char* name) const {
    const auto found = columns_.find(name);
    if (found == columns_.end() || found->second >= row_.size()) return {};
    return trimmed(row_[found->second]);
  }

 private:
  const std::map<std::string, std::size_t>& columns_;
  const std::vector<std::string>& row_;
};

std::optional<int> number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// `9/19/26, 1:28 PM`: month, day, year, as LinkedIn's American writes it, in UTC.
std::optional<Instant> american_moment(std::string_view text) {
  std::array<int, 5> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = number(text);
    if (!value) return std::nullopt;
    parts.at(i) = *value;
    text.remove_prefix(std::min(text.find_first_of("0123456789APap"), text.size()));
  }
  const auto [month, day, year, hour, minute] = parts;
  const std::chrono::year_month_day date{std::chrono::year{year < 100 ? 2000 + year : year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59) return std::nullopt;
  const bool afternoon = lower(text).starts_with("pm");
  const int shown = lower(text).starts_with("am") || afternoon ? hour % 12 + (afternoon ? 12 : 0) : hour;
  return Instant{Day{date}} + std::chrono::hours{shown} + std::chrono::minutes{minute};
}

/// `2026-09-19 13:28:00 UTC`.
std::optional<Instant> moment_in(std::string_view text) {
  if (text.ends_with(" UTC")) text.remove_suffix(4);
  const auto at = parse_w3c_date(text);
  return at ? at : american_moment(text);
}

/// Names and profiles come as two lists with commas between; a name may hold one itself, a URL never.
void add_people(ExtractedItem& item, Role role, std::string_view names, std::string_view profiles) {
  std::vector<std::string_view> urls, words;
  const auto cut = [](std::string_view list, std::vector<std::string_view>& parts) {
    while (!list.empty()) {
      const auto end = list.find(',');
      if (const auto part = trimmed(list.substr(0, end)); !part.empty()) parts.push_back(part);
      list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
    }
  };
  cut(profiles, urls);
  cut(names, words);
  if (urls.size() <= 1) return add_party(item, role, names, urls.empty() ? std::string_view() : urls.front());
  for (std::size_t i = 0; i < urls.size(); ++i)
    add_party(item, role, urls.size() == words.size() ? words[i] : std::string_view(), urls[i]);
}

std::string words_of(std::string_view content) {
  NoticeSet ignored;
  if (content.find("</") == std::string_view::npos && content.find("<br") == std::string_view::npos)
    return std::string(content);
  std::string text = html_text(content, ignored);
  std::erase_if(text, [](char c) { return c == quoted_mark || c == signature_mark; });
  return text;
}

ExtractedItem said(std::string_view title, std::optional<Instant> at, std::string_view content,
                   std::string_view conversation) {
  ExtractedItem item;
  item.kind = ItemKind::chat;
  item.title = one_line(item, title);
  item.happened_at = at;
  add_fresh_text(item, words_of(content));
  if (!conversation.empty()) item.references.push_back("linkedin " + std::string(conversation));
  return item;
}

void identify(ExtractedItem& item) {
  std::string all = "linkedin\n" + item.title + '\n' + (item.happened_at ? iso_instant(*item.happened_at) : "");
  for (const auto& party : item.parties) all += '\n' + party.name + '\n' + lower(party.address);
  for (const auto& section : item.texts) all += '\n' + section.text;
  item.content_hash = digest(all);
}

std::optional<ExtractedItem> message(const NamedRow& row, TableReport& report) {
  if (lower(row["is message draft"]) == "yes" || lower(row["folder"]) == "drafts") {
    ++report.drafts;
    return std::nullopt;
  }
  const auto title = row["conversation title"].empty() ? row["subject"] : row["conversation title"];
  auto item = said(title, moment_in(row["date"]), row["content"], row["conversation id"]);
  add_people(item, Role::from, row["from"], row["sender profile url"]);
  add_people(item, Role::to, row["to"], row["recipient profile urls"]);
  return item;
}

std::optional<ExtractedItem> invitation(const NamedRow& row, TableReport& report) {
  auto item = said({}, moment_in(row["sent at"]), row["message"], {});
  add_people(item, Role::from, row["from"], row["inviterprofileurl"]);
  add_people(item, Role::to, row["to"], row["inviteeprofileurl"]);
  if (item.parties.empty()) ++report.nameless;
  return item.parties.empty() ? std::nullopt : std::optional(std::move(item));
}

std::optional<ExtractedItem> recommendation(const NamedRow& row, TableReport& report) {
  auto item = said({}, moment_in(row["creation date"]), row["text"], {});
  const std::string name = squeezed(std::string(row["first name"]) + ' ' + std::string(row["last name"]));
  if (name.empty()) {
    ++report.nameless;
    return std::nullopt;
  }
  add_party(item, Role::from, name, {});
  return item;
}

using MakeItem = std::optional<ExtractedItem> (*)(const NamedRow&, TableReport&);

MakeItem maker_for(const std::map<std::string, std::size_t>& columns) {
  const auto has = [&](std::initializer_list<const char*> names) {
    return std::ranges::all_of(names, [&](const char* name) { return columns.contains(name); });
  };
  if (has({"conversation id", "from", "to", "date", "content"})) return message;
  if (has({"from", "to", "sent at", "direction"})) return invitation;
  if (has({"first name", "last name", "text", "creation date", "status"})) return recommendation;
  return nullptr;
}

}  // namespace

bool read_linkedin_rows(const std::vector<std::vector<std::string>>& rows, ExportItems& result) {
  if (rows.empty()) return false;
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < rows.front().size(); ++i) columns.emplace(folded(trimmed(rows.front()[i])), i);
  const MakeItem make = maker_for(columns);
  if (make == nullptr) return false;
  TableReport report{.kind = ExportKind::linkedin_messages};
  std::set<Digest> seen;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    ++report.rows;
    auto item = make(NamedRow(columns, rows[i]), report);
    if (!item) continue;
    identify(*item);
    if (!seen.insert(item->content_hash).second) {
      ++report.repeated;
      continue;
    }
    ++report.used;
    result.items.push_back(*std::move(item));
  }
  result.tables.push_back(report);
  return true;
}

}  // namespace entregent::readers
