// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/settled.h"

#include <algorithm>

namespace entregent::personal {

Settled::Key Settled::key_of(const LineKey& line) {
  return {line.kind, line.alias.value, line.item_key, line.promise};
}

Settled::Settled(Store& store) {
  store.db().each("select line, alias, item_key, promise, verdict, at, until_day from settled order by id",
                  [&](const db::Statement& row) {
                    const LineKey line{.kind = static_cast<LineKind>(row.integer(0)),
                                       .alias = row.id<AliasRow>(1),
                                       .item_key = row.text(2),
                                       .promise = row.integer(3)};
                    const Word word{.verdict = static_cast<Verdict>(row.integer(4)),
                                    .at = row.instant(5),
                                    .until = row.is_null(6) ? std::nullopt : std::optional(row.day(6))};
                    words_[key_of(line)] = word;
                    if (word.verdict == Verdict::never) never_[{line.kind, line.alias.value}] = true;
                  });
}

bool Settled::is_quiet(const LineKey& line, Day today) const {
  const auto said = word(line);
  if (!said) return false;
  return said->verdict != Verdict::later || (said->until && *said->until > today);
}

bool Settled::is_never(LineKind kind, AliasId alias) const {
  return never_.contains({kind, alias.value});
}

std::optional<Settled::Word> Settled::word(const LineKey& line) const {
  const auto found = words_.find(key_of(line));
  return found == words_.end() ? std::nullopt : std::optional(found->second);
}

void settle_line(Store& store, const LineKey& line, Verdict verdict, Instant now, std::optional<Day> until) {
  store.db().run(
      "insert into settled(line, alias, item_key, promise, verdict, at, until_day) values ($1, $2, $3, $4, $5, $6, $7)",
      static_cast<int>(line.kind), line.alias, db::blob(line.item_key), line.promise, static_cast<int>(verdict), now,
      until);
}

std::vector<Telling> tellings(Store& store, std::optional<PersonId> person) {
  constexpr std::int64_t noon = std::int64_t{12} * 3600 * 1'000'000;
  constexpr std::int64_t day_micros = 2 * noon;
  std::vector<Telling> result;
  store.db().each(
      "select identity.person, told.at, told.what from (select alias, day * $2 + $3 as at, 0 as what from met "
      "union all select alias, written_at, 1 from note union all select alias, at, 2 from settled where line in (1, 4) "
      "and verdict = 1) as told join identity on identity.alias = told.alias and from_day <= told.at / $2 and to_day "
      ">= "
      "told.at / $2 where $1 = 0 or identity.person = $1 order by told.at, told.what",
      [&](const db::Statement& row) {
        result.push_back(
            {.person = row.id<PersonRow>(0), .at = row.instant(1), .what = static_cast<Telling::What>(row.integer(2))});
      },
      person.value_or(PersonId{}), day_micros, noon);
  return result;
}

}  // namespace entregent::personal
