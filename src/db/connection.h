// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "db/failure.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_context;
struct sqlite3_value;

namespace entregent::db {

/// Bytes bound as a BLOB instead of as text. The bytes must live until the statement has run.
struct Blob {
  std::string_view bytes;
};
inline Blob blob(std::string_view bytes) {
  return {bytes};
}
inline Blob blob(std::span<const std::uint8_t> bytes) {
  return {{reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
}

/// A prepared statement lent by its Connection; goes back, reset, at the end of its scope. Parameters are written $1,
/// $2 … and bound by number. Text and blobs bound are not copied: they must live until the statement has stepped.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(int number, std::int64_t value);
  Statement& bind(int number, std::string_view text);
  Statement& bind(int number, Blob bytes);
  Statement& bind(int number, double value);
  Statement& bind(int number, std::nullptr_t);
  Statement& bind(int number, int value) { return bind(number, std::int64_t{value}); }
  Statement& bind(int number, unsigned value) { return bind(number, std::int64_t{value}); }
  Statement& bind(int number, bool value) { return bind(number, std::int64_t{value ? 1 : 0}); }
  Statement& bind(int number, const char* text) { return bind(number, std::string_view(text)); }
  Statement& bind(int number, const std::string& text) { return bind(number, std::string_view(text)); }
  Statement& bind(int number, Instant at) { return bind(number, micros(at)); }
  Statement& bind(int number, Day day) { return bind(number, std::int64_t{day.time_since_epoch().count()}); }
  template <class Row>
  Statement& bind(int number, Id<Row> id) {
    return bind(number, id.value);
  }
  template <class T>
  Statement& bind(int number, const std::optional<T>& value) {
    return value ? bind(number, *value) : bind(number, nullptr);
  }
  template <class... Values>
  Statement& bind_all(const Values&... values) {
    int number = 0;
    (bind(++number, values), ...);
    return *this;
  }

  /// True if there is a row to read.
  bool step();
  /// Steps once, expects no row, and makes the statement ready for the next values.
  void execute();
  void reset();

  // The row's columns, from 0. Views are valid until the next step.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view view(int column) const;  ///< text or blob
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] Instant instant(int column) const { return from_micros(integer(column)); }
  [[nodiscard]] std::optional<Instant> optional_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
  [[nodiscard]] Day day(int column) const { return Day{std::chrono::days{integer(column)}}; }
  template <class Row>
  [[nodiscard]] Id<Row> id(int column) const {
    return {integer(column)};
  }

 private:
  friend class Connection;
  Statement(class Connection& owner, sqlite3_stmt* handle) : owner_(&owner), handle_(handle) {}
  class Connection* owner_;
  sqlite3_stmt* handle_;
};

/// What a connection has done since it was opened: the work counters of the tests.
struct Work {
  std::int64_t statements = 0;  ///< started
  std::int64_t pages_read = 0;  ///< page-cache misses
};

/// A function callable from SQL: takes the arguments as views (valid during the call), returns text, or nothing for
/// NULL.
using TextFunction = std::function<std::optional<std::string>(std::span<const std::string_view>)>;

/// One SQLite connection, for one thread. WAL, foreign keys on, busy timeout 10 s.
class Connection {
 public:
  enum class Mode { read_only, read_write, create };

  /// Throws Failure (cannot_open, not_a_database …). With `create` the file gets mode 0600.
  Connection(const std::filesystem::path& file, Mode mode);
  ~Connection();
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;

  /// Lends the prepared form of `sql`, which must outlive the connection (a literal).
  Statement prepare(std::string_view sql);

  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    prepare(sql).bind_all(values...).execute();
  }
  /// The first row, or nothing; the row stays readable while the Statement lives.
  template <class... Values>
  std::optional<Statement> first(std::string_view sql, const Values&... values) {
    Statement statement = prepare(sql);
    statement.bind_all(values...);
    if (!statement.step()) return std::nullopt;
    return std::optional<Statement>(std::move(statement));
  }
  /// Calls `row(const Statement&)` for each row.
  template <class Row, class... Values>
  void each(std::string_view sql, Row&& row, const Values&... values) {
    Statement statement = prepare(sql);
    statement.bind_all(values...);
    while (statement.step()) row(static_cast<const Statement&>(statement));
  }
  /// One integer; 0 where there is no row or NULL.
  template <class... Values>
  std::int64_t number(std::string_view sql, const Values&... values) {
    const auto row = first(sql, values...);
    return row ? row->integer(0) : 0;
  }
  /// Statements separated by semicolons, built at run time; not cached.
  void script(const std::string& sql);

  [[nodiscard]] std::int64_t last_id() const;
  [[nodiscard]] std::int64_t changes() const;  ///< rows changed by the last statement
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] Work work() const;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

  /// A deterministic SQL function `name(…)`.
  void define(const std::string& name, int arguments, TextFunction function);
  /// Registers base/tokens.h as FTS5's tokenizer `entregent`; each word tokenized for writing is also given to `word`.
  void define_tokenizer(std::function<void(std::string_view word)> word);

  /// A whole copy while others read and write (SQLite's online backup); `target` must not exist.
  void copy_to(const std::filesystem::path& target);
  /// The same onto a database that exists and that others may have open.
  void copy_over(const std::filesystem::path& target);

  [[nodiscard]] sqlite3* handle() const { return handle_; }  ///< for db/ alone

 private:
  friend class Statement;
  void give_back(sqlite3_stmt* statement);

  struct Pool;
  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
  std::unique_ptr<Pool> pool_;
  std::int64_t statements_ = 0;
  std::function<void(std::string_view)> word_;
};

/// BEGIN IMMEDIATE … COMMIT; rolls back at the end of its scope unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& db);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection& db_;
  bool open_ = true;
};

/// All that is read while it lives speaks of one moment of the database, whatever others write meanwhile; and SQLite
/// takes its locks once, not for each statement. Nothing within a Transaction or another Snapshot, which do the same.
class Snapshot {
 public:
  explicit Snapshot(Connection& db);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& db_;
  bool open_;
};

/// Throws the Failure or Busy that `code` of SQLite means.
[[noreturn]] void throw_failure(sqlite3* handle, int code, std::string_view doing);

}  // namespace entregent::db
