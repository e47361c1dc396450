// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <charconv>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace entregent::bench {

/// The `--name value` pairs of a command line; nothing if one is not among `names`, stands alone or comes twice.
using Arguments = std::map<std::string, std::string, std::less<>>;
std::optional<Arguments> read_arguments(int count, char** words, std::initializer_list<std::string_view> names);

/// True where the argument is absent or a whole number, which is then in `value`.
template <class Number>
bool read_number(const Arguments& arguments, std::string_view name, Number& value) {
  const auto found = arguments.find(name);
  if (found == arguments.end()) return true;
  const std::string& text = found->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

/// The value, or empty.
std::string read_text(const Arguments& arguments, std::string_view name);

}  // namespace entregent::bench
