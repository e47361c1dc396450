// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "personal/persons.h"

/// What the owner said of lines of Today, by one key each. Lines are known by alias and by an item's key, so that they
/// stay settled through merging and rebuilding.
namespace entregent::personal {

enum class LineKind : std::uint8_t { reply = 1, promise = 2, proposal = 3, tie = 4, meeting = 5 };
enum class Verdict : std::uint8_t { done = 1, later = 2, not_owed = 3, never = 4, yes = 5 };

/// What a line of Today speaks of.
struct LineKey {
  LineKind kind = LineKind::reply;
  AliasId alias;
  std::string item_key;      ///< of a mail or a meeting
  std::int64_t promise = 0;  ///< its id; of a proposal, which promise of the mail, from 1
  friend bool operator==(const LineKey&, const LineKey&) = default;
};

/// The newest word about each line.
class Settled {
 public:
  explicit Settled(Store& store);
  /// Is there nothing to say about it on `today`? What is `later` comes back on its day.
  [[nodiscard]] bool is_quiet(const LineKey& line, Day today) const;
  /// Never again: of a reply or a tie, for all that comes from that alias.
  [[nodiscard]] bool is_never(LineKind kind, AliasId alias) const;
  /// When a tie was last settled as done, or put off.
  struct Word {
    Verdict verdict = Verdict::done;
    Instant at;
    std::optional<Day> until;
  };
  [[nodiscard]] std::optional<Word> word(const LineKey& line) const;

 private:
  using Key = std::tuple<LineKind, std::int64_t, std::string, std::int64_t>;
  static Key key_of(const LineKey& line);
  std::map<Key, Word> words_;
  std::map<std::pair<LineKind, std::int64_t>, bool> never_;
};

/// Writes the owner's word. `until`: of later.
void settle_line(Store& store, const LineKey& line, Verdict verdict, Instant now, std::optional<Day> until);

/// An exchange that the owner told of, which no mail or calendar shows.
struct Telling {
  enum class What { met, note, done };
  PersonId person;
  Instant at;
  What what = What::met;
};
/// The oldest first.
std::vector<Telling> tellings(Store& store, std::optional<PersonId> person = std::nullopt);

}  // namespace entregent::personal
