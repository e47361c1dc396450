// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/document_builder.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/digest.h"
#include "base/text.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// What programs and machines write where a name should stand.
bool is_nobody(std::string_view name) {
  constexpr std::array nobody{"user",
                              "users",
                              "owner",
                              "admin",
                              "administrator",
                              "author",
                              "unknown",
                              "anonymous",
                              "default",
                              "root",
                              "pc",
                              "home",
                              "test",
                              "guest",
                              "windows user",
                              "utilisateur",
                              "proprietaire",
                              "auteur",
                              "inconnu",
                              "administrateur",
                              "apache poi",
                              "openpyxl",
                              "python-docx",
                              "libreoffice",
                              "openoffice.org",
                              "google",
                              "canva",
                              "xmlbeans",
                              "hewlett-packard company"};
  const std::string word = folded(name);
  if (word.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos && is_ascii(word)) return true;
  if (word.starts_with("microsoft ") || word.starts_with("utilisateur ") || word.starts_with("adobe ")) return true;
  return std::find(nobody.begin(), nobody.end(), word) != nobody.end();
}

void add_person(ExtractedItem& item, Role role, std::string_view written) {
  const std::string name = squeezed(repaired_utf8(written));
  if (name.empty() || name.size() > 200 || is_nobody(name)) return;
  const std::string address = name.find('@') == std::string::npos ? std::string() : mail_address(name);
  if (address.empty()) return add_party(item, role, name, {});
  const auto bracket = name.find('<');
  add_party(item, role, bracket == std::string::npos ? std::string_view() : trimmed(name.substr(0, bracket)), address);
}

void add_authors(ExtractedItem& item, std::string_view authors) {
  while (!authors.empty()) {
    const auto end = authors.find(';');
    add_person(item, Role::author, authors.substr(0, end));
    authors = end == std::string_view::npos ? std::string_view() : authors.substr(end + 1);
  }
}

/// So many digits at `at`, which is moved past them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return std::nullopt;
  const char* const end = text.data() + at + count;
  const auto [parsed, error] = std::from_chars(text.data() + at, end, value);
  if (error != std::errc() || parsed != end || value < 0) return std::nullopt;
  at += count;
  return value;
}

std::optional<std::chrono::minutes> zone_offset(std::string_view zone) {
  if (zone.empty() || zone == "Z" || zone == "z") return std::chrono::minutes{0};
  if (zone[0] != '+' && zone[0] != '-') return std::nullopt;
  std::size_t at = 1;
  const auto hours = digits(zone, at, 2);
  if (at < zone.size() && zone[at] == ':') ++at;
  const auto minutes = at == zone.size() ? std::optional(0) : digits(zone, at, 2);
  if (!hours || !minutes || at != zone.size() || *hours > 18 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return zone[0] == '-' ? -offset : offset;
}

/// `hh:mm[:ss[.fraction]][zone]` as what is to be added to 00:00 UTC.
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  std::size_t at = 0;
  const auto hour = digits(text, at, 2);
  if (!hour || *hour > 24 || at >= text.size() || text[at++] != ':') return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::optional<int> second = 0;
  if (at < text.size() && text[at] == ':') second = digits(text, ++at, 2);
  if (!second || *second > 60) return std::nullopt;
  if (at < text.size() && (text[at] == '.' || text[at] == ','))
    at = std::min(text.find_first_not_of("0123456789", at + 1), text.size());
  const auto offset = zone_offset(text.substr(at));
  if (!offset) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second} - *offset;
}

}  // namespace

void DocumentText::add(std::string_view words) {
  if (full_) return;
  const std::size_t left = limits::document_text_bytes - text_.size();
  if (words.size() > left) {
    full_ = true;
    notices_.add(Notice::truncated);
    words = words.substr(0, left);
  }
  text_ += words;
}

void DocumentText::blank() {
  if (!full_ && !text_.empty() && text_.back() != ' ' && text_.back() != '\n' && text_.back() != '\t') text_ += ' ';
}

void DocumentText::end_line() {
  while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\t')) text_.pop_back();
  if (!full_ && !text_.empty() && text_.back() != '\n') text_ += '\n';
}

ExtractedItem document_item(std::string_view bytes, const DocumentFacts& facts, std::string text, NoticeSet& notices) {
  ExtractedItem item;
  item.kind = ItemKind::document;
  item.content_hash = digest(bytes);
  item.happened_at = facts.modified ? facts.modified : facts.created;
  item.title = one_line(item, repaired_utf8(facts.title));
  add_authors(item, facts.authors);
  const std::size_t authors = item.parties.size();
  add_person(item, Role::last_editor, facts.last_editor);
  if (item.parties.size() > authors && std::any_of(item.parties.begin(), item.parties.end() - 1, [&](const Party& one) {
        return folded(one.name) == folded(item.parties.back().name) && one.address == item.parties.back().address;
      }))
    item.parties.pop_back();
  text = repaired_utf8(text);
  const std::string_view words = trimmed(text);
  if (!words.empty()) {
    item.texts.push_back({TextKind::fresh, capped(item, words, limits::document_text_bytes)});
  } else if (!notices.has(Notice::encrypted)) {
    notices.add(Notice::text_missing);
  }
  for (const Notice notice : notices.list()) note(item, notice);
  return item;
}

std::optional<Instant> parse_w3c_date(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 10) return std::nullopt;
  const auto day = parse_iso_day(text.substr(0, 10));
  if (!day || *day < Day{std::chrono::year{1970} / 1 / 2}) return std::nullopt;
  if (text.size() == 10) return Instant{*day};
  if (text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto time = time_of_day(text.substr(11));
  return time ? std::optional(Instant{*day} + *time) : std::nullopt;
}

}  // namespace entregent::readers
