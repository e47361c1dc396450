// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"
#include "people/name.h"
#include "people/name_tables.h"

namespace entregent::people {
namespace {

constexpr double by_exact = 1, by_prefix = 0.85, by_nickname = 0.8, by_initial = 0.6, by_typo = 0.7;

double word_score(std::string_view typed, std::string_view word) {
  if (typed == word) return by_exact;
  if (typed.size() == 1) return word.front() == typed.front() ? by_initial : 0;
  if (word.size() == 1) return typed.front() == word.front() ? by_initial * 0.8 : 0;
  if (are_nicknames(typed, word)) return by_nickname;
  if (word.starts_with(typed)) return by_prefix;
  return typed.size() >= 4 && within_one_edit(typed, word) ? by_typo : 0;
}

/// Typed in one piece what is written in two, or the other way round: `jeanpierre`, `jp`.
double joined_score(std::string_view typed, const std::vector<std::string>& words, std::size_t at) {
  if (at + 1 >= words.size()) return 0;
  if (typed == words[at] + words[at + 1]) return by_exact;
  return typed.size() == 2 && typed[0] == words[at].front() && typed[1] == words[at + 1].front() ? by_nickname : 0;
}

}  // namespace

double fit(const Name& query, const Name& name) {
  if (query.words.empty() || name.words.empty()) return 0;
  std::vector<bool> used(name.words.size(), false);
  double sum = 0;
  for (const auto& typed : query.words) {
    double best = 0;
    std::size_t where = 0, width = 1;
    for (std::size_t i = 0; i < name.words.size(); ++i) {
      if (used[i]) continue;
      const double joined = joined_score(typed, name.words, i);
      const double score = std::max(joined, word_score(typed, name.words[i]));
      if (score <= best) continue;
      best = score;
      where = i;
      width = joined == score && joined > 0 ? 2 : 1;
    }
    if (best == 0) return 0;
    for (std::size_t i = where; i < where + width; ++i) used[i] = true;
    sum += best;
  }
  const auto left = static_cast<double>(std::count(used.begin(), used.end(), false));
  return sum / static_cast<double>(query.words.size()) * (1 - 0.1 * std::min(left, 4.0) / 2);
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a == b) return true;
  std::size_t begin = 0;
  while (begin < a.size() && begin < b.size() && a[begin] == b[begin]) ++begin;
  // Not inside a character: what follows is counted in characters.
  while (begin > 0 && begin < std::max(a.size(), b.size()) &&
         (static_cast<unsigned char>(begin < a.size() ? a[begin] : b[begin]) & 0xC0U) == 0x80U)
    --begin;
  std::string_view rest_a = a.substr(std::min(begin, a.size())), rest_b = b.substr(std::min(begin, b.size()));
  const auto tail = [](std::string_view text) {
    if (text.empty()) return text;
    std::size_t at = 0;
    next_character(text, at);
    return text.substr(at);
  };
  if (tail(rest_a) == rest_b || rest_a == tail(rest_b) || tail(rest_a) == tail(rest_b)) return true;
  if (rest_a.empty() || rest_b.empty()) return false;
  const std::string_view after_a = tail(rest_a), after_b = tail(rest_b);
  const std::string_view first_a = rest_a.substr(0, rest_a.size() - after_a.size()),
                         first_b = rest_b.substr(0, rest_b.size() - after_b.size());
  return !after_a.empty() && !after_b.empty() && after_a.starts_with(first_b) && after_b.starts_with(first_a) &&
         tail(after_a) == tail(after_b);
}

}  // namespace entregent::people
