// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace entregent {

/// Why a request was refused; `cli/` maps each to an exit status.
enum class ErrorCode { invalid, malformed, not_found, conflict, forbidden, unauthenticated, unavailable };

/// A refusal as a value. `message` is one English sentence for the person, marked N_("…") where it is written and
/// translated where it is shown: no path, SQL or secret in it. `{0}` in it stands for `detail`, which is shown as it
/// is.
struct Error {
  ErrorCode code = ErrorCode::invalid;
  std::string message;
  std::string detail = {};
  friend bool operator==(const Error&, const Error&) = default;
};

/// Marks where a Result is left with an error: std::unexpected one day.
inline Error fail(Error error) {
  return error;
}

/// A value, or an Error that the caller is expected to handle. Own type because <expected> is not usable with g++ 12
/// and clang 14 in C++20; it keeps the standard's names.
template <class T>
class [[nodiscard]] Result {
 public:
  // NOLINTBEGIN(google-explicit-constructor): implicit on purpose, so that a function returns its value or its error as
  // it is
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)
  explicit operator bool() const { return state_.index() == 0; }
  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  /// These throw std::bad_variant_access if it holds an Error.
  const T& operator*() const& { return std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  const T* operator->() const { return &**this; }
  T* operator->() { return &**this; }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// For functions that only succeed or refuse.
struct Done {
  friend bool operator==(Done, Done) = default;
};

}  // namespace entregent

/// Marks an English sentence for translation without translating it here; the translator's tools collect it.
#define N_(text) text
