// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/catalogue.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace entregent {
namespace {

constexpr std::uint32_t magic = 0x950412de;
constexpr std::size_t header_bytes = 28;
constexpr std::size_t row_bytes = 8;

/// `at` + 4 <= bytes.size().
std::uint32_t word(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// The string that row `row` of the table at `table` names; the table lies inside `bytes`. Nothing if the string does
/// not.
std::optional<std::string_view> string_of(std::string_view bytes, std::size_t table, std::size_t row) {
  const std::size_t length = word(bytes, table + row * row_bytes);
  const std::size_t offset = word(bytes, table + row * row_bytes + 4);
  if (offset > bytes.size() || length > bytes.size() - offset) return std::nullopt;
  return bytes.substr(offset, length);
}

struct Pair {
  std::string_view first;
  std::optional<std::string_view> second;
};

/// A plural keeps its forms in one string, with a NUL between them.
Pair forms(std::string_view text) {
  const auto end = text.find('\0');
  if (end == std::string_view::npos) return {text, std::nullopt};
  const auto rest = text.substr(end + 1);
  return {text.substr(0, end), rest.substr(0, rest.find('\0'))};
}

std::optional<Catalogue::Entry> entry_of(std::string_view text, std::string_view translation) {
  const auto [one_text, many_text] = forms(text);
  const auto [one, many] = forms(translation);
  if (one_text.empty() || one.empty()) return std::nullopt;  // the header, or nobody's work yet
  if (many_text && !many) return std::nullopt;
  return Catalogue::Entry{one_text, one, many_text, many_text ? *many : std::string_view{}};
}

bool table_fits(std::string_view bytes, std::size_t table, std::size_t rows) {
  return table <= bytes.size() && rows <= (bytes.size() - table) / row_bytes;
}

}  // namespace

Result<Catalogue> Catalogue::read(std::string_view bytes) {
  const Error refusal{ErrorCode::malformed, N_("This is not a catalogue of translations.")};
  if (bytes.size() < header_bytes || word(bytes, 0) != magic || word(bytes, 4) >> 16 != 0) return fail(refusal);
  const std::size_t rows = word(bytes, 8);
  const std::size_t texts = word(bytes, 12);
  const std::size_t translations = word(bytes, 16);
  if (!table_fits(bytes, texts, rows) || !table_fits(bytes, translations, rows)) return fail(refusal);

  Catalogue result;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto text = string_of(bytes, texts, row);
    const auto translation = string_of(bytes, translations, row);
    if (!text || !translation) return fail(refusal);
    if (const auto entry = entry_of(*text, *translation)) result.entries_.push_back(*entry);
  }
  std::ranges::stable_sort(result.entries_, {}, &Entry::text);
  const auto repeats = [](const Entry& a, const Entry& b) { return a.text == b.text; };
  result.entries_.erase(std::unique(result.entries_.begin(), result.entries_.end(), repeats), result.entries_.end());
  return result;
}

const Catalogue::Entry* Catalogue::find(std::string_view text) const {
  const auto found = std::ranges::lower_bound(entries_, text, {}, &Entry::text);
  return found != entries_.end() && found->text == text ? &*found : nullptr;
}

}  // namespace entregent
