// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace entregent::cli {

/// Writes JSON (RFC 8259) in order, one value after the other. The top of every answer is an object that begins with
/// "version".
class JsonWriter {
 public:
  /// The number under which the shape of all answers is known; fields may be added without changing it.
  static constexpr int version = 1;

  JsonWriter();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(int number) { return value(std::int64_t{number}); }
  JsonWriter& value(double number);
  JsonWriter& value(bool truth);
  JsonWriter& value(std::optional<Instant> at);  ///< ISO 8601, or null
  template <class T>
  JsonWriter& field(std::string_view name, const T& of) {
    return key(name).value(of);
  }
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_list(std::string_view name);
  JsonWriter& end_list();

  /// Closes the top object and gives the whole, with a line end.
  std::string finish();

 private:
  void comma();
  void quoted(std::string_view text);
  void by_number(char32_t c);
  std::string text_;
  bool first_ = true;
};

}  // namespace entregent::cli
