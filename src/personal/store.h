// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/compression.h"
#include "db/connection.h"
#include "personal/link.h"
#include "personal/packed.h"

namespace entregent::personal {

/// PRAGMA application_id of a private file: "EnPr".
inline constexpr std::int32_t application_id = 0x456E5072;

/// One owner's private file, opened by one thread. Several may be open at once; one of them writes at a time.
class Store {
 public:
  enum class Create { yes, no };

  /// Opens `file`, creating it (0600, its folder 0700) where allowed, and brings it to the newest schema. Throws
  /// db::Failure: absent, cannot_open, not_a_database, foreign_schema, newer_schema …
  explicit Store(const std::filesystem::path& file, Create create = Create::no);

  /// The folder of a private file, for its owner alone, if it is not there yet. Throws db::Failure.
  static void make_folder(const std::filesystem::path& file);

  db::Connection& db() { return db_; }
  Compressor& compressor() { return compressor_; }

  /// While it lives, all answers speak of one moment, though an index run may be writing.
  [[nodiscard]] db::Snapshot one_moment() { return db::Snapshot(db_); }

  /// The words of an item; nothing if there is no such item.
  std::optional<Texts> texts(ItemId item);
  Texts open_texts(std::string_view compressed);

  std::optional<std::string> setting(std::string_view name);
  void set(std::string_view name, std::string_view value);
  void unset(std::string_view name);
  [[nodiscard]] const std::filesystem::path& file() const { return db_.file(); }

  /// Gives this connection the memory that a run of thousands of items wants.
  void prepare_for_writing();

  /// Called with each word that full text takes in; see Writer.
  void listen_to_words(std::function<void(std::string_view)> word) { word_ = std::move(word); }

 private:
  void define_functions();

  db::Connection db_;
  Compressor compressor_{3};
  std::function<void(std::string_view)> word_;
  std::string last_packed_;  // item_text asks for six columns of one row in turn
  Texts last_texts_;
};

/// `personal/owner.db` below the data folder.
std::filesystem::path private_file(const std::filesystem::path& data_folder);

}  // namespace entregent::personal
