// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/redaction.h"

#include <algorithm>

#include "base/text.h"
#include "base/tokens.h"
#include "personal/aliases.h"

namespace entregent::personal {
namespace {

using readers::Role;

/// The longest run of words that is ever marked: an address with a long domain.
constexpr std::size_t longest_run = 8;
constexpr std::string_view gap = "[…]";

constexpr char handle_kind = 'h';
constexpr char run_kind = 'r';
constexpr char alias_kind = 'a';
constexpr char path_kind = 'p';
constexpr char first_kind = 'f';  // the first word of a run: spares hashing every run of every text

struct Word {
  std::string text;
  std::size_t begin, end;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  tokenize(text, &words, [](void* context, std::string_view word, std::size_t begin, std::size_t end) {
    static_cast<std::vector<Word>*>(context)->push_back({std::string(word), begin, end});
    return true;
  });
  return words;
}

}  // namespace

Redaction::Redaction(Store& store) : store_(store), salt_(store.setting("salt").value_or("")) {
  store.db().each("select mark from forgotten", [&](const db::Statement& row) {
    Digest mark{};
    std::ranges::copy(row.view(0).substr(0, mark.size()), reinterpret_cast<char*>(mark.data()));
    marks_.insert(mark);
  });
}

Digest Redaction::mark(char kind, std::string_view text) const {
  return digest(std::string(1, kind) + std::string(text), salt_);
}

void Redaction::add(char kind, std::string_view text) {
  const Digest made = mark(kind, text);
  marks_.insert(made);
  store_.db().run("insert or ignore into forgotten values ($1)", db::blob(made));
}

void Redaction::forget_handle(std::string_view handle) {
  add(handle_kind, lower(handle));
}

void Redaction::forget_alias(std::string_view handle, std::string_view name) {
  const auto key = alias_key(name, handle);
  add(alias_kind, key.handle + '\n' + key.name);
}

void Redaction::forget_words(std::span<const std::string> words) {
  if (words.empty() || words.size() > longest_run) return;
  std::string run;
  for (const auto& word : words) run += word + ' ';
  add(run_kind, run);
  add(first_kind, words.front());
}

bool Redaction::is_forgotten(const readers::Party& party) const {
  if (marks_.empty()) return false;
  const auto key = alias_key(party.name, party.address);
  if (key.handle.empty()) return !party.name.empty() && redacted(party.name) == gap;
  return has(handle_kind, key.handle) || has(alias_kind, key.handle + '\n' + key.name);
}

std::string Redaction::stored_part(std::string_view name) const {
  const auto flags = std::min(name.rfind(":2,"), name.size());
  const auto base = name.substr(0, flags);
  if (!redacted(base)) return std::string(name);
  constexpr std::size_t shown_digits = 24;
  return std::string(gap) + hex(mark(path_kind, base)).substr(0, shown_digits) + std::string(name.substr(flags));
}

std::string Redaction::stored_name(std::string_view path) const {
  if (marks_.empty()) return std::string(path);
  std::string result;
  while (true) {
    const auto slash = path.find('/');
    result += stored_part(path.substr(0, slash));
    if (slash == std::string_view::npos) return result;
    result += '/';
    path.remove_prefix(slash + 1);
  }
}

std::optional<std::string> Redaction::redacted(std::string_view text) const {
  if (marks_.empty()) return std::nullopt;
  const auto words = words_of(text);
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!has(first_kind, words[i].text)) continue;
    std::string run;
    std::size_t found = 0;
    for (std::size_t j = i; j < std::min(words.size(), i + longest_run); ++j) {
      run += words[j].text + ' ';
      if (has(run_kind, run)) found = j + 1;
    }
    if (found == 0) continue;
    result += text.substr(copied, words[i].begin - copied);
    result += gap;
    copied = words[found - 1].end;
    i = found - 1;
  }
  if (copied == 0) return std::nullopt;
  return result + std::string(text.substr(copied));
}

void Redaction::redact(std::string& text) const {
  if (auto changed = redacted(text)) text = *std::move(changed);
}

bool Redaction::is_only_with_forgotten(const readers::ExtractedItem& item,
                                       const std::set<std::string, std::less<>>& my_handles) const {
  std::size_t forgotten = 0;
  for (const auto& party : item.parties) {
    if (party.role == Role::delivered_to || my_handles.contains(lower(party.address))) continue;
    if (!is_forgotten(party)) return false;
    ++forgotten;
  }
  return forgotten > 0;
}

bool Redaction::admit(readers::ExtractedItem& item, const std::set<std::string, std::less<>>& my_handles) const {
  if (marks_.empty()) return true;
  const auto forgotten = [&](const readers::Party& party) { return is_forgotten(party); };
  if (std::ranges::any_of(item.parties, [&](const auto& party) { return is_author(party.role) && forgotten(party); }))
    return false;
  if (is_only_with_forgotten(item, my_handles)) return false;
  std::erase_if(item.parties, forgotten);
  for (auto& party : item.parties)
    if (redacted(party.name)) party.name.clear();
  redact(item.title);
  redact(item.location);
  redact(item.list_id);
  for (auto& section : item.texts) redact(section.text);
  for (auto& attachment : item.attachments) redact(attachment.name);
  for (auto& label : item.labels) redact(label);
  for (auto& fact : item.facts) {
    redact(fact.value);
    redact(fact.detail);
  }
  return true;
}

}  // namespace entregent::personal
