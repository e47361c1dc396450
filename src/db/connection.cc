// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/connection.h"

#include <unordered_map>
#include <utility>

#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/owned.h"

namespace entregent::db {
namespace {

constexpr int busy_milliseconds = 10'000;

Failure::Kind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return Failure::Kind::full;
    case SQLITE_NOTADB:
      return Failure::Kind::not_a_database;
    case SQLITE_CORRUPT:
      return Failure::Kind::corrupt;
    case SQLITE_READONLY:
      return Failure::Kind::read_only;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Failure::Kind::cannot_open;
    case SQLITE_INTERRUPT:
      return Failure::Kind::interrupted;
    case SQLITE_IOERR:
      return code == SQLITE_IOERR_WRITE ? Failure::Kind::full : Failure::Kind::other;
    default:
      return Failure::Kind::other;
  }
}

int open_flags(Connection::Mode mode) {
  switch (mode) {
    case Connection::Mode::read_only:
      return SQLITE_OPEN_READONLY;
    case Connection::Mode::read_write:
      return SQLITE_OPEN_READWRITE;
    case Connection::Mode::create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return SQLITE_OPEN_READONLY;
}

}  // namespace

void throw_failure(sqlite3* handle, int code, std::string_view doing) {
  const std::string what =
      std::string(handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code)) + " (" + std::string(doing) + ")";
  if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) throw Busy(what);
  throw Failure(kind_of(code), what);
}

/// A short answer reads some hundred pages; to fault their memory in one by one takes longer than to read them. The
/// memory stays SQLite's for the life of the process; what does not fit comes from malloc.
bool prepare_page_memory() {
  constexpr int pages = 256;
  constexpr int page_bytes = 4096;
  int header = 0;
  sqlite3_config(SQLITE_CONFIG_PCACHE_HDRSZ, &header);
  const int slot = (page_bytes + header + 7) / 8 * 8;
  void* memory = ::mmap(nullptr, static_cast<std::size_t>(slot) * pages, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  return memory != MAP_FAILED && sqlite3_config(SQLITE_CONFIG_PAGECACHE, memory, slot, pages) == SQLITE_OK;
}

/// The prepared statements not in use, by their text.
struct Connection::Pool {
  struct Hash {
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<const void*>{}(text.data()) ^ text.size();
    }
  };
  // Keyed by the literal's address: two equal literals merely have two entries.
  struct Same {
    bool operator()(std::string_view a, std::string_view b) const noexcept {
      return a.data() == b.data() && a.size() == b.size();
    }
  };
  std::unordered_map<std::string_view, std::vector<sqlite3_stmt*>, Hash, Same> idle;
  std::unordered_map<sqlite3_stmt*, std::string_view> texts;
};

Connection::Connection(const std::filesystem::path& file, Mode mode) : file_(file), pool_(std::make_unique<Pool>()) {
  [[maybe_unused]] static const bool prepared = prepare_page_memory();
  // The file may hold somebody's mail: it is private from its first byte on.
  const auto old_mask = mode == Mode::create ? ::umask(0077) : 0;
  const int code = sqlite3_open_v2(file.c_str(), &handle_, open_flags(mode) | SQLITE_OPEN_NOMUTEX, nullptr);
  if (mode == Mode::create) ::umask(old_mask);
  Owned<sqlite3, sqlite3_close_v2> on_error(handle_);
  if (code != SQLITE_OK) throw_failure(handle_, code, "open");
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, busy_milliseconds);
  try {
    script("pragma foreign_keys = on; pragma synchronous = normal; pragma temp_store = memory");
    if (mode != Mode::read_only) script("pragma journal_mode = wal");
    number("select count(*) from sqlite_master");  // reads the header: says now if this is no database
  } catch (...) {
    for (auto& [statement, text] : pool_->texts) sqlite3_finalize(statement);
    throw;
  }
  (void)on_error.release();  // handle_ owns it
}

Connection::~Connection() {
  for (auto& [statement, text] : pool_->texts) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Statement Connection::prepare(std::string_view sql) {
  auto& idle = pool_->idle[sql];
  ++statements_;
  if (!idle.empty()) {
    sqlite3_stmt* statement = idle.back();
    idle.pop_back();
    return {*this, statement};
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) throw_failure(handle_, code, sql);
  pool_->texts.emplace(statement, sql);
  return {*this, statement};
}

void Connection::give_back(sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  pool_->idle[pool_->texts.at(statement)].push_back(statement);
}

void Connection::script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_failure(handle_, code, "script");
}

std::int64_t Connection::last_id() const {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Connection::changes() const {
  return sqlite3_changes64(handle_);
}
bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}
Work Connection::work() const {
  int missed = 0;
  int highest = 0;
  sqlite3_db_status(handle_, SQLITE_DBSTATUS_CACHE_MISS, &missed, &highest, 0);
  return {.statements = statements_, .pages_read = missed};
}

void Connection::define(const std::string& name, int arguments, TextFunction function) {
  const auto call = [](sqlite3_context* context, int count, sqlite3_value** values) {
    const auto& called = *static_cast<TextFunction*>(sqlite3_user_data(context));
    std::vector<std::string_view> views;
    for (int i = 0; i < count; ++i) {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values[i]));
      views.emplace_back(bytes, bytes == nullptr ? 0 : static_cast<std::size_t>(sqlite3_value_bytes(values[i])));
    }
    try {
      const auto result = called(views);
      if (result) {
        sqlite3_result_text64(context, result->data(), result->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
      } else {
        sqlite3_result_null(context);
      }
    } catch (const std::exception& error) {
      sqlite3_result_error(context, error.what(), -1);
    }
  };
  const auto destroy = [](void* called) { delete static_cast<TextFunction*>(called); };
  const int code = sqlite3_create_function_v2(handle_, name.c_str(), arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                              new TextFunction(std::move(function)), call, nullptr, nullptr, destroy);
  if (code != SQLITE_OK) throw_failure(handle_, code, "define function");
}

void Connection::copy_to(const std::filesystem::path& target) {
  if (std::filesystem::exists(target)) throw Failure(Failure::Kind::cannot_open, "the copy exists already");
  // Under another name until it is whole, and as one file that can be read where nothing can be written.
  auto part = target;
  part += ".part";
  std::filesystem::remove(part);
  try {
    copy_over(part);
    Connection(part, Mode::read_write).script("pragma journal_mode = delete");
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
  std::filesystem::rename(part, target);
}

void Connection::copy_over(const std::filesystem::path& target) {
  const auto old_mask = ::umask(0077);
  sqlite3* other = nullptr;
  int code = sqlite3_open_v2(target.c_str(), &other, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  ::umask(old_mask);
  const Owned<sqlite3, sqlite3_close_v2> guard(other);
  if (code != SQLITE_OK) throw_failure(other, code, "open the copy");
  sqlite3_busy_timeout(other, busy_milliseconds);
  sqlite3_backup* backup = sqlite3_backup_init(other, "main", handle_, "main");
  if (backup == nullptr) throw_failure(other, sqlite3_errcode(other), "begin the copy");
  // All pages in one step: the copy is one moment of the database, and in WAL mode nobody waits for it.
  code = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) throw_failure(other, code, "copy");
  if (finished != SQLITE_OK) throw_failure(other, finished, "end the copy");
}

Statement::Statement(Statement&& other) noexcept
    : owner_(other.owner_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() {
  if (handle_ != nullptr) owner_->give_back(handle_);
}

namespace {

/// SQLite numbers $1 by first appearance, as it is a name: in all our statements the first appearance is in order, but
/// a statement may leave one out or repeat it.
int index_of(sqlite3_stmt* statement, int number) {
  const char* name =
      number <= sqlite3_bind_parameter_count(statement) ? sqlite3_bind_parameter_name(statement, number) : nullptr;
  if (name != nullptr && name[0] == '$' && std::string_view(name + 1) == std::to_string(number)) return number;
  const int index = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(number)).c_str());
  if (index == 0) throw std::logic_error("the statement has no parameter $" + std::to_string(number));
  return index;
}

void check(Connection* owner, int code) {
  if (code != SQLITE_OK) throw_failure(owner->handle(), code, "bind");
}

}  // namespace

Statement& Statement::bind(int number, std::int64_t value) {
  check(owner_, sqlite3_bind_int64(handle_, index_of(handle_, number), value));
  return *this;
}

Statement& Statement::bind(int number, std::string_view text) {
  const char* bytes = text.data() == nullptr ? "" : text.data();
  check(owner_,
        sqlite3_bind_text64(handle_, index_of(handle_, number), bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int number, Blob bytes) {
  const char* begin = bytes.bytes.data() == nullptr ? "" : bytes.bytes.data();
  check(owner_, sqlite3_bind_blob64(handle_, index_of(handle_, number), begin, bytes.bytes.size(), SQLITE_STATIC));
  return *this;
}

Statement& Statement::bind(int number, double value) {
  check(owner_, sqlite3_bind_double(handle_, index_of(handle_, number), value));
  return *this;
}

Statement& Statement::bind(int number, std::nullptr_t) {
  check(owner_, sqlite3_bind_null(handle_, index_of(handle_, number)));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw_failure(owner_->handle(), code, sqlite3_sql(handle_));
}

void Statement::execute() {
  if (step()) throw std::logic_error(std::string("a row came back that nobody reads: ") + sqlite3_sql(handle_));
  reset();
}

void Statement::reset() {
  sqlite3_reset(handle_);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::string_view Statement::view(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return {bytes, bytes == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Snapshot::Snapshot(Connection& db) : db_(db), open_(!db.in_transaction()) {
  if (open_) db_.run("begin");
}

Snapshot::~Snapshot() {
  // Nothing was written: the commit only lets the locks go.
  if (open_ && db_.in_transaction()) sqlite3_exec(db_.handle(), "commit", nullptr, nullptr, nullptr);
}

Transaction::Transaction(Connection& db) : db_(db) {
  db_.run("begin immediate");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    // SQLite may have rolled back by itself (disk full).
    if (db_.in_transaction()) db_.run("rollback");
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the first error is already under way
  }
}

void Transaction::commit() {
  db_.run("commit");
  open_ = false;
}

}  // namespace entregent::db
