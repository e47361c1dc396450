// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/compare.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "people/name.h"
#include "people/name_tables.h"

namespace entregent::people {
namespace {

constexpr std::size_t max_words = 8;

bool is_known(std::string_view word) {
  return given_share(word) > 0 || surname_share(word) > 0;
}

/// Two names of the tables that differ by one letter are two names, no typo: Maria and Mario, Martin and Marin.
bool is_typo(const std::string& a, const std::string& b) {
  return a.size() >= 5 && b.size() >= 5 && within_one_edit(a, b) && !(is_known(a) && is_known(b));
}

struct Alignment {
  std::array<std::int8_t, max_words> a_to_b{}, b_to_a{};
  std::array<Fit, max_words> fit{};
  std::size_t a_size = 0, b_size = 0;
};

/// Only as much work as `wanted` needs: most words fit exactly or not at all.
Fit fit_at(const NameForm& a, std::size_t i, const NameForm& b, std::size_t j, Fit wanted) {
  if (wanted == Fit::exact && a.marks[i] != b.marks[j]) return Fit::none;
  const std::string& left = a.words[i];
  const std::string& right = b.words[j];
  if (wanted == Fit::exact) return left == right ? Fit::exact : Fit::none;
  if (wanted == Fit::nickname) {
    const bool known = (a.has_short_forms >> i & 1U) != 0 && (b.has_short_forms >> j & 1U) != 0;
    return known && are_nicknames(left, right) ? Fit::nickname : Fit::none;
  }
  if (wanted == Fit::typo) return is_typo(left, right) ? Fit::typo : Fit::none;
  return (left.size() == 1 || right.size() == 1) && left[0] == right[0] ? Fit::initial : Fit::none;
}

void align(const NameForm& a, const NameForm& b, Alignment& found, Fit wanted) {
  for (std::size_t i = 0; i < found.a_size; ++i) {
    if (found.a_to_b[i] >= 0) continue;
    for (std::size_t j = 0; j < found.b_size; ++j) {
      if (found.b_to_a[j] >= 0) continue;
      const Fit fit = fit_at(a, i, b, j, wanted);
      if (fit < wanted || fit == Fit::none) continue;
      found.a_to_b[i] = static_cast<std::int8_t>(j);
      found.b_to_a[j] = static_cast<std::int8_t>(i);
      found.fit[i] = fit;
      break;
    }
  }
}

Alignment aligned(const NameForm& a, const NameForm& b) {
  Alignment found;
  found.a_to_b.fill(-1);
  found.b_to_a.fill(-1);
  found.a_size = std::min(a.words.size(), max_words);
  found.b_size = std::min(b.words.size(), max_words);
  for (const Fit wanted : {Fit::exact, Fit::nickname, Fit::typo, Fit::initial}) align(a, b, found, wanted);
  return found;
}

/// `Jean Pierre Dupont` and `Jeanpierre Dupont`: the same letters in the same order.
bool same_letters(const NameForm& a, const NameForm& b) {
  std::size_t i = 0, j = 0, in_i = 0, in_j = 0;
  const auto skip = [](const NameForm& form, std::size_t& word, std::size_t& at) {
    while (word < form.words.size() && at == form.words[word].size()) {
      ++word;
      at = 0;
    }
  };
  while (true) {
    skip(a, i, in_i);
    skip(b, j, in_j);
    if (i == a.words.size() || j == b.words.size()) return i == a.words.size() && j == b.words.size();
    if (a.words[i][in_i++] != b.words[j][in_j++]) return false;
  }
}

std::size_t left_over(std::size_t size, const std::array<std::int8_t, max_words>& to) {
  return static_cast<std::size_t>(std::count(to.begin(), to.begin() + static_cast<std::ptrdiff_t>(size), -1));
}

/// The given name of the one is the surname of the other, and both orders are sure: `Martin Paul` and `Paul Martin`.
bool crossed(const NameForm& a, const NameForm& b, const Alignment& found) {
  if (!a.order_known || !b.order_known || found.a_size < 2 || found.b_size < 2) return false;
  return static_cast<std::size_t>(found.a_to_b[0]) + 1 == found.b_size ||
         static_cast<std::size_t>(found.b_to_a[0]) + 1 == found.a_size;
}

Relation with_left_overs(const Alignment& found) {
  const bool given_fits = found.a_to_b[0] == 0;
  if (given_fits && found.a_to_b[found.a_size - 1] < 0) return Relation::other_surname;
  const bool any = std::any_of(found.fit.begin(), found.fit.end(), [](Fit fit) { return fit >= Fit::typo; });
  return any ? Relation::other_given : Relation::disjoint;
}

Relation relation_of_full(const NameForm& a, const NameForm& b, const Alignment& found, NameMatch& match) {
  const std::size_t left_a = left_over(found.a_size, found.a_to_b), left_b = left_over(found.b_size, found.b_to_a);
  std::size_t real = 0, initials = 0;
  for (std::size_t i = 0; i < found.a_size; ++i) {
    if (found.a_to_b[i] < 0) continue;
    const bool one_letter = a.words[i].size() == 1 || b.words[static_cast<std::size_t>(found.a_to_b[i])].size() == 1;
    ++(one_letter ? initials : real);
  }
  if (left_a == 0 && left_b == 0 && !match.nickname && !match.typo && !match.initial && real > 0)
    return Relation::equal;
  if (left_a > 0 && left_b > 0) {
    // Middle names and initials that contradict nothing: two real words fit, and what is left over is not a word on
    // both sides.
    const auto real_left = [](const NameForm& form, std::size_t size, const auto& to) {
      std::size_t count = 0;
      for (std::size_t i = 0; i < size; ++i) count += to[i] < 0 && form.words[i].size() > 1 ? 1 : 0;
      return count;
    };
    if (real >= 2 && (real_left(a, found.a_size, found.a_to_b) == 0 || real_left(b, found.b_size, found.b_to_a) == 0))
      return Relation::compatible;
    return with_left_overs(found);
  }
  if (real >= 2 || (real == 1 && initials > 0)) return Relation::compatible;
  return with_left_overs(found);
}

bool same_words(const NameForm& a, const NameForm& b) {
  auto left = a.words, right = b.words;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

/// What is left over of each, if a whole word fits exactly.
struct LeftOvers {
  std::vector<std::string_view> a, b;
};

std::optional<LeftOvers> left_overs(const NameForm& a, const NameForm& b) {
  const Alignment found = aligned(a, b);
  LeftOvers left;
  bool shared = false;
  for (std::size_t i = 0; i < found.a_size; ++i) {
    shared = shared || (found.fit[i] == Fit::exact && a.words[i].size() > 2);
    if (found.a_to_b[i] < 0) left.a.push_back(a.words[i]);
  }
  for (std::size_t j = 0; j < found.b_size; ++j)
    if (found.b_to_a[j] < 0) left.b.push_back(b.words[j]);
  if (!shared || left.a.empty() || left.b.empty()) return std::nullopt;
  return left;
}

/// Jef of Jean-François: the initials, in their order, the first in front.
bool has_initials_of(std::string_view shorter, const std::vector<std::string_view>& words) {
  if (words.size() < 2 || shorter.size() > 5 || shorter.front() != words[0].front()) return false;
  std::size_t at = 0;
  for (const auto word : words) {
    at = shorter.find(word.front(), at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

/// Whether `shorter` may be made of the given name `words`: Geny of Geneviève, Kader of Abdelkader. Two given names of
/// the tables are two names (Jean and Jeanne), unless the one is the end of the other.
bool is_cut_from(std::string_view shorter, const std::vector<std::string_view>& words) {
  const std::string_view whole = words[0];
  if (shorter.size() >= 4 && whole.size() >= shorter.size() + 3 && whole.ends_with(shorter)) return true;
  if (given_share(shorter) > 0) return false;
  const auto different = std::mismatch(shorter.begin(), shorter.end(), whole.begin(), whole.end());
  return (shorter.size() < whole.size() && different.first - shorter.begin() >= 3) || has_initials_of(shorter, words);
}

/// Whether the words in which two names of one mailbox differ may be a given name and a short form that no table knows.
bool may_be_short_form(const NameForm& a, const NameForm& b) {
  const auto left = left_overs(a, b);
  if (!left) return false;
  return (left->a.size() == 1 && is_cut_from(left->a[0], left->b)) ||
         (left->b.size() == 1 && is_cut_from(left->b[0], left->a));
}

/// One of them is a single word.
Relation relation_of_single(const NameForm& one, const NameForm& other) {
  const std::string& word = one.words[0];
  if (other.words.size() == 1) {
    const Fit fit = word_fit(word, other.words[0]);
    if (fit == Fit::exact) return Relation::equal;
    if (fit != Fit::none) return Relation::partial;
    return one.kind == NameKind::given && other.kind == NameKind::given ? Relation::other_given : Relation::unknown;
  }
  for (const auto& candidate : other.words)
    if (word_fit(word, candidate) != Fit::none && candidate.size() > 1) return Relation::partial;
  const bool initial = std::any_of(other.words.begin(), other.words.end(), [&](const auto& candidate) {
    return candidate.size() == 1 && candidate[0] == word[0];
  });
  if (initial) return Relation::partial;
  return one.kind == NameKind::given ? Relation::other_given : Relation::unknown;
}

void note_fits(const NameForm& a, const NameForm& b, const Alignment& found, NameMatch& match) {
  for (std::size_t i = 0; i < found.a_size; ++i) {
    const Fit fit = found.fit[i];
    if (found.a_to_b[i] < 0) continue;
    match.nickname = match.nickname || fit == Fit::nickname;
    match.typo = match.typo || fit == Fit::typo;
    match.initial = match.initial || fit == Fit::initial;
    if (fit == Fit::initial || a.words[i].size() == 1) ++match.initials;
    match.reordered =
        match.reordered || (found.a_size == found.b_size && static_cast<std::size_t>(found.a_to_b[i]) != i);
    if (fit == Fit::exact && a.words[i].size() > 1) match.exact.push_back(static_cast<std::uint8_t>(i));
    if (fit == Fit::nickname || fit == Fit::typo) match.similar.push_back(static_cast<std::uint8_t>(i));
  }
  match.left_over =
      static_cast<std::uint8_t>(std::max(left_over(found.a_size, found.a_to_b), left_over(found.b_size, found.b_to_a)));
  match.compound = match.left_over > 0 && a.compound != b.compound;
}

}  // namespace

Fit word_fit(const std::string& a, const std::string& b) {
  if (a == b) return Fit::exact;
  if (a.empty() || b.empty()) return Fit::none;
  if (a.size() == 1 || b.size() == 1) return a[0] == b[0] ? Fit::initial : Fit::none;
  if (are_nicknames(a, b)) return Fit::nickname;
  return is_typo(a, b) ? Fit::typo : Fit::none;
}

bool may_fit(const NameForm& a, const NameForm& b) {
  if (a.words.size() != 2 || b.words.size() != 2 || a.has_initial || b.has_initial) return true;
  if ((a.has_short_forms != 0 && b.has_short_forms != 0) || a.letters == b.letters) return true;
  const auto in_b = [&](std::uint32_t mark) { return mark == b.marks[0] || mark == b.marks[1]; };
  const int exact = (in_b(a.marks[0]) ? 1 : 0) + (in_b(a.marks[1]) ? 1 : 0);
  // Each word that is not the same may be one letter longer or shorter.
  return exact == 2 || std::abs(int{a.letters} - int{b.letters}) <= 2 - exact;
}

NameMatch compare(const NameForm& a, const NameForm& b) {
  NameMatch match;
  if (a.kind == NameKind::none || b.kind == NameKind::none || a.words.empty() || b.words.empty()) return match;
  if (a.words.size() == 1 || b.words.size() == 1) {
    match.relation = a.words.size() == 1 ? relation_of_single(a, b) : relation_of_single(b, a);
    return match;
  }
  if (a.kind == NameKind::handle || b.kind == NameKind::handle) {
    match.relation = same_letters(a, b) ? Relation::equal : Relation::unknown;
    return match;
  }
  const Alignment found = aligned(a, b);
  note_fits(a, b, found, match);
  match.relation = relation_of_full(a, b, found, match);
  if (match.relation <= Relation::compatible && crossed(a, b, found)) match.relation = Relation::other_given;
  if (match.relation > Relation::equal && same_letters(a, b)) {
    match = {};
    match.relation = Relation::equal;
    for (std::size_t i = 0; i < found.a_size; ++i) match.exact.push_back(static_cast<std::uint8_t>(i));
  }
  return match;
}

bool looks_human(const NameForm& form) {
  return std::any_of(form.words.begin(), form.words.end(), [](const auto& word) { return is_known(word); });
}

bool contradict(const NameForm& a, const NameForm& b) {
  return compare(a, b).relation >= Relation::other_surname;
}

bool is_someone_else(const NameForm& a, const NameForm& b) {
  const Relation relation = compare(a, b).relation;
  if (relation == Relation::other_given) return !same_words(a, b) && !may_be_short_form(a, b);
  const auto is_human = [](const NameForm& form) { return form.kind == NameKind::initials || looks_human(form); };
  return relation == Relation::disjoint && is_human(a) && is_human(b);
}

}  // namespace entregent::people
