// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "personal/persons.h"

/// What the owner writes about somebody: notes (persons.h), promises, meetings. All of it hangs on an alias and names
/// items by their key, so that merging, splitting and rebuilding never move it.
namespace entregent::personal {

struct Promise {
  std::int64_t id = 0;
  AliasId alias;
  Instant made_at;
  std::optional<Day> due;
  std::string text;
  bool kept = false;  ///< or given up: settled by the owner
};

/// `item_key`: of the mail it was promised in, if it was proposed from one. Returns its id.
std::int64_t write_promise(Store& store, AliasId alias, std::string_view text, std::optional<Day> due, Instant now,
                           std::string_view item_key = {});
void write_met(Store& store, AliasId alias, Day day, std::string_view text);

/// All of an alias, the one due first before the others; those without a day last.
std::vector<Promise> promises(Store& store, AliasId alias);
struct Met {
  Day day;
  std::string text;
};
/// The newest first.
std::vector<Met> meetings_told(Store& store, AliasId alias);

/// What undo_last took back.
struct TakenBack {
  enum class What { decision, note, promise, met, settled };
  What what = What::decision;
  bool was_same = false;  ///< of a decision
  std::string text;       ///< of a note, promise or meeting
  std::string name;       ///< whom it was about
};
/// Takes back what the owner said last, whatever it was; nothing if there is nothing left.
std::optional<TakenBack> undo_last(Store& store, Instant now);

}  // namespace entregent::personal
