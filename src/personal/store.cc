// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/store.h"

#include "base/digest.h"
#include "base/tokens.h"
#include "db/migrations.h"

namespace entregent::personal {

std::span<const base::EmbeddedFile> migration_files();  // by cmake/embed.cmake

namespace {

/// Far above any item: limits::text_bytes and its frame.
constexpr std::size_t max_packed_bytes = 64u << 20;

std::filesystem::path with_folder(const std::filesystem::path& file, Store::Create create) {
  std::error_code error;
  const auto found = std::filesystem::status(file, error).type();
  if (create == Store::Create::no && found == std::filesystem::file_type::not_found) {
    // Below a file, or in a folder that we may not enter, it is not just absent.
    throw error == std::errc::not_a_directory ? db::Failure(db::Failure::Kind::cannot_open, error.message())
                                              : db::Failure(db::Failure::Kind::absent, "there is no private file yet");
  }
  if (create == Store::Create::yes) Store::make_folder(file);
  return file;
}

}  // namespace

Store::Store(const std::filesystem::path& file, Create create)
    : db_(with_folder(file, create),
          create == Create::yes ? db::Connection::Mode::create : db::Connection::Mode::read_write) {
  define_functions();
  const auto files = migration_files();
  if (!db::is_current(db_, files, application_id)) db::migrate(db_, files, application_id);
  if (!setting("salt")) {
    set("salt", hex(digest(random_bytes(32))));
    set("tokenizer", std::to_string(tokenizer_version));
  }
}

void Store::make_folder(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::exists(file.parent_path(), error)) return;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error) throw db::Failure(db::Failure::Kind::cannot_open, error.message());
  std::filesystem::permissions(file.parent_path(), std::filesystem::perms::owner_all, error);
}

void Store::define_functions() {
  db_.define_tokenizer([this](std::string_view word) {
    if (word_) word_(word);
  });
  db_.define("text_column", 2, [this](std::span<const std::string_view> values) -> std::optional<std::string> {
    if (values[0] != last_packed_) {
      last_texts_ = open_texts(values[0]);
      last_packed_ = values[0];
    }
    return last_texts_.column(values[1]);
  });
}

Texts Store::open_texts(std::string_view compressed) {
  const auto packed = compressor_.decompress(compressed, max_packed_bytes);
  if (!packed) throw db::Failure(db::Failure::Kind::corrupt, "a stored text cannot be decompressed");
  return unpack_texts(*packed);
}

std::optional<Texts> Store::texts(ItemId item) {
  const auto row = db_.first("select data from text where item = $1", item);
  if (!row) return std::nullopt;
  return open_texts(row->view(0));
}

void Store::prepare_for_writing() {
  // Fewer and larger pieces of the words' index are written and merged: measured in docs/performance.md.
  db_.script(
      "pragma cache_size = -49152; pragma wal_autocheckpoint = 8192;"
      "insert into item_words(item_words, rank) values ('hashsize', 33554432), ('automerge', 8)");
}

std::optional<std::string> Store::setting(std::string_view name) {
  const auto row = db_.first("select value from setting where name = $1", name);
  return row ? std::optional(row->text(0)) : std::nullopt;
}

void Store::set(std::string_view name, std::string_view value) {
  db_.run("insert into setting values ($1, $2) on conflict(name) do update set value = excluded.value", name, value);
}

void Store::unset(std::string_view name) {
  db_.run("delete from setting where name = $1", name);
}

std::filesystem::path private_file(const std::filesystem::path& data_folder) {
  return data_folder / "personal" / "owner.db";
}

}  // namespace entregent::personal
