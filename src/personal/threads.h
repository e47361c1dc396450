// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "personal/store.h"

namespace entregent::personal {

/// Which mails belong to one conversation: those joined by References, In-Reply-To and Message-ID (RFC 5322 §3.6.4),
/// and a reply that refers to nothing is joined to the newest earlier mail of the same subject and people. A thread is
/// what these joins connect, whatever order the mails came in; its number means nothing else.
class Threads {
 public:
  explicit Threads(Store& store) : store_(store) {}

  /// Returns the item's thread; the caller has not written the item yet.
  std::int64_t join(ItemId item, const Details& details);
  /// The items that `details` refers to, as far as they are in the index.
  static std::vector<ItemId> ancestors(Store& store, const Details& details);
  /// Is the mail that it answers (the last it refers to) in the index?
  static bool has_parent(Store& store, const Details& details);
  /// The item's row is about to go: its thread is cut anew by settle().
  void leave(std::int64_t thread) { stale_.insert(thread); }
  /// Notes a subject; `orphan` for a reply that refers to nothing.
  void note_subject(std::string_view title, std::int64_t at, ItemId item, bool orphan);
  void drop_subject(std::string_view title, std::int64_t at, ItemId item);

  /// Cuts anew the threads that lost mails, and joins the orphans of the subjects touched.
  void settle();
  /// After a rollback.
  void clear();

 private:
  struct Member;
  void add_orphans_threads();
  void rebuild(std::int64_t thread);
  std::vector<Member> take_apart(std::int64_t thread);
  std::optional<std::int64_t> parent_of_orphan(const Member& orphan);
  void unite(std::int64_t into, std::int64_t from);

  Store& store_;
  std::set<std::int64_t> stale_;
  std::set<std::int64_t> subjects_;  ///< hashes touched since the last settle()
};

/// `Re:`, `RE :`, `TR:`, `Fwd:`, `AW:`, `[list]` and the like cut off, folded. `reply` is set if something like Re: was
/// cut.
struct Subject {
  std::string bare;
  bool reply = false;
};
Subject bare_subject(std::string_view title);

/// The number by which a message id is known in threads.
std::int64_t reference_hash(std::string_view message_id);

}  // namespace entregent::personal
