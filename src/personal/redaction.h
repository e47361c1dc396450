// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "personal/store.h"
#include "readers/extracted_item.h"

namespace entregent::personal {

/// What was forgotten, known by salted marks alone: the file cannot say who it was, but recognises them. Marks are of
/// addresses and of runs of words (a full name in both orders, an address in its words, a surname that nobody else
/// bears).
class Redaction {
 public:
  /// Reads the marks of the file.
  explicit Redaction(Store& store);

  [[nodiscard]] bool empty() const { return marks_.empty(); }
  /// By the address; where others share it, by the address with this name.
  [[nodiscard]] bool is_forgotten(const readers::Party& party) const;
  /// The text with each forgotten run of words replaced by `[…]`, or nothing if there is none.
  [[nodiscard]] std::optional<std::string> redacted(std::string_view text) const;

  /// False: the item is from, of, or only with somebody forgotten, and must not come in. Else they are taken out of it.
  /// `is_me(handle)` tells my own addresses.
  [[nodiscard]] bool admit(readers::ExtractedItem& item, const std::set<std::string, std::less<>>& my_handles) const;

  /// How a path or a file's name is kept: a part of it that holds somebody forgotten is known by a salted mark alone.
  /// Maildir's flags stay. Of what is kept already it makes the same again.
  [[nodiscard]] std::string stored_name(std::string_view path) const;

  /// Adds marks, in memory and in the file.
  void forget_handle(std::string_view handle);
  /// Of an address that somebody else has too.
  void forget_alias(std::string_view handle, std::string_view name);
  void forget_words(std::span<const std::string> words);

 private:
  [[nodiscard]] Digest mark(char kind, std::string_view text) const;
  [[nodiscard]] bool has(char kind, std::string_view text) const { return marks_.contains(mark(kind, text)); }
  void add(char kind, std::string_view text);
  void redact(std::string& text) const;
  [[nodiscard]] std::string stored_part(std::string_view name) const;
  [[nodiscard]] bool is_only_with_forgotten(const readers::ExtractedItem& item,
                                            const std::set<std::string, std::less<>>& my_handles) const;

  Store& store_;
  std::string salt_;
  std::set<Digest> marks_;
};

}  // namespace entregent::personal
