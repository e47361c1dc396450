// SPDX-License-Identifier: AGPL-3.0-or-later
// FTS5 calls base/tokens.h: https://www.sqlite.org/fts5.html#custom_tokenizers
#include <sqlite3.h>

#include "base/tokens.h"
#include "db/connection.h"

namespace entregent::db {
namespace {

using WordSink = std::function<void(std::string_view)>;

struct Call {
  void* context = nullptr;
  int (*token)(void*, int, const char*, int, int, int) = nullptr;
  const WordSink* word = nullptr;
  int code = SQLITE_OK;
};

int tokenize_for_fts(Fts5Tokenizer* tokenizer, void* context, int flags, const char* text, int size,
                     int (*token)(void*, int, const char*, int, int, int)) {
  const auto* word = reinterpret_cast<const WordSink*>(tokenizer);
  const bool writing = (flags & FTS5_TOKENIZE_DOCUMENT) != 0 && *word;
  Call call{context, token, writing ? word : nullptr};
  const std::string_view view(text == nullptr ? "" : text, text == nullptr ? 0 : static_cast<std::size_t>(size));
  tokenize(view, &call, [](void* state, std::string_view found, std::size_t begin, std::size_t end) {
    auto& to = *static_cast<Call*>(state);
    to.code = to.token(to.context, 0, found.data(), static_cast<int>(found.size()), static_cast<int>(begin),
                       static_cast<int>(end));
    if (to.word != nullptr) (*to.word)(found);
    return to.code == SQLITE_OK;
  });
  return call.code;
}

/// The connection's own sink serves as the tokenizer object: there is one tokenizer, without options.
int create_tokenizer(void* sink, const char**, int, Fts5Tokenizer** result) {
  *result = static_cast<Fts5Tokenizer*>(sink);
  return SQLITE_OK;
}

void delete_tokenizer(Fts5Tokenizer*) {}

fts5_api* api_of(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "select fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) return nullptr;
  sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void Connection::define_tokenizer(std::function<void(std::string_view)> word) {
  word_ = std::move(word);
  fts5_api* api = api_of(handle_);
  if (api == nullptr) throw Failure(Failure::Kind::other, "this SQLite has no FTS5");
  fts5_tokenizer functions{create_tokenizer, delete_tokenizer, tokenize_for_fts};
  const int code = api->xCreateTokenizer(api, "entregent", &word_, &functions, nullptr);
  if (code != SQLITE_OK) throw_failure(handle_, code, "register the tokenizer");
}

}  // namespace entregent::db
