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

bool QueryMatcher::holds(const Wanted& wanted, const std::vector<std::string>& tokens) {
  const std::size_t length = wanted.words.size();
  for (std::size_t at = 0; at + length <= tokens.size(); ++at) {
    bool all = true;
    for (std::size_t i = 0; i < length && all; ++i) {
      const auto& token = tokens[at + i];
      const bool begins = wanted.prefix && i + 1 == length && token.starts_with(*wanted.words[i].begin());
      all = begins || wanted.words[i].contains(token);
    }
    if (all) return true;
  }
  return false;
}

bool QueryMatcher::matches_unquoted(const Texts& texts) const {
  const auto title = tokens(texts.title);
  std::vector<std::vector<std::string>> columns{title};
  for (const std::string_view name : {"fresh", "signature", "attachment", "people"})
    columns.push_back(tokens(texts.column(name)));
  const auto holds_somewhere = [&](const Wanted& wanted) {
    if (wanted.title_only) return holds(wanted, title);
    return std::ranges::any_of(columns, [&](const auto& column) { return holds(wanted, column); });
  };
  return std::ranges::all_of(groups_, [&](const auto& group) { return std::ranges::any_of(group, holds_somewhere); });
}

}  // namespace entregent::personal
