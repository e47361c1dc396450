// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/query_matcher.h"

#include <algorithm>

#include "base/tokens.h"
#include "personal/word_stems.h"

namespace entregent::personal {

QueryMatcher::QueryMatcher(Store& store, const Query& query) {
  for (const auto& group : query.groups) {
    std::vector<Wanted> wanted;
    bool only_words = true;
    for (const auto& term : group) {
      only_words = only_words && !term.words.empty() && !term.negative;
      Wanted one{.words = {},
                 .prefix = term.kind == Term::Kind::prefix || term.is_prefix,
                 .title_only = term.kind == Term::Kind::subject};
      for (const auto& word : term.words) one.words.push_back({word});
      const bool widened = term.words.size() == 1 && !one.prefix && term.kind != Term::Kind::phrase;
      if (widened) {
        for (auto& related : WordStems::related(store, term.words.front()))
          one.words.front().insert(std::move(related));
      }
      wanted.push_back(std::move(one));
    }
    if (only_words) groups_.push_back(std::move(wanted));
  }
}

namespace {

struct OneWord {
  const std::unordered_set<std::string>& words;
  bool prefix;
  bool found = false;
};

/// Stops at the first word that fits.
bool has_word(std::string_view text, const std::unordered_set<std::string>& words, bool prefix) {
  OneWord search{.words = words, .prefix = prefix};
  tokenize(text, &search, [](void* context, std::string_view token, std::size_t, std::size_t) {
    auto& state = *static_cast<OneWord*>(context);
    state.found = state.prefix ? token.starts_with(*state.words.begin()) : state.words.contains(std::string(token));
    return !state.found;
  });
  return search.found;
}

}  // namespace

bool QueryMatcher::holds(const Wanted& wanted, std::string_view text) {
  const std::size_t length = wanted.words.size();
  if (length == 1) return has_word(text, wanted.words.front(), wanted.prefix);
  const auto words = tokens(text);
  for (std::size_t at = 0; at + length <= words.size(); ++at) {
    bool all = true;
    for (std::size_t i = 0; i < length && all; ++i) {
      const auto& word = words[at + i];
      const bool begins = wanted.prefix && i + 1 == length && word.starts_with(*wanted.words[i].begin());
      all = begins || wanted.words[i].contains(word);
    }
    if (all) return true;
  }
  return false;
}

bool QueryMatcher::matches_unquoted(const Texts& texts) const {
  const auto holds_somewhere = [&](const Wanted& wanted) {
    if (holds(wanted, texts.title)) return true;
    if (wanted.title_only) return false;
    return std::ranges::any_of(texts.sections,
                               [&](const readers::TextSection& section) {
                                 return section.kind != readers::TextKind::quoted && holds(wanted, section.text);
                               }) ||
           holds(wanted, texts.people) || holds(wanted, texts.file_names);
  };
  return std::ranges::all_of(groups_, [&](const auto& group) { return std::ranges::any_of(group, holds_somewhere); });
}

}  // namespace entregent::personal
