// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/name_tables.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/embedded_file.h"
#include "people/name.h"

namespace entregent::people {

std::span<const entregent::base::EmbeddedFile> name_files();

namespace {

/// Gives each word a number, from 0 on. Open addressing, sized at once: a table of a few thousand words is made in a
/// tenth of the time that nodes of their own would take, and each answer of the terminal makes one.
class Words {
 public:
  static constexpr std::uint16_t unknown = 0xFFFF;

  [[nodiscard]] std::uint16_t number(std::string_view word) const { return slots_[slot(word)]; }
  std::uint16_t add(std::string_view word) {
    if (2 * words_.size() >= slots_.size()) throw std::length_error("more names than the table was made for");
    std::uint16_t& place = slots_[slot(word)];
    if (place == unknown) {
      place = static_cast<std::uint16_t>(words_.size());
      words_.push_back(word);
    }
    return place;
  }
  [[nodiscard]] std::size_t size() const { return words_.size(); }

 private:
  [[nodiscard]] std::size_t slot(std::string_view word) const {
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    std::size_t at = (hash ^ (hash >> 32)) & (slots_.size() - 1);
    while (slots_[at] != unknown && words_[slots_[at]] != word) at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  std::vector<std::uint16_t> slots_ = std::vector<std::uint16_t>(8192, unknown);
  std::vector<std::string_view> words_;
};

std::string_view bytes_of(std::string_view name) {
  for (const auto& file : name_files())
    if (file.name == name) return file.bytes;
  return {};
}

/// Calls `take(first, word)` for each word after the first of each line.
template <class Take>
void for_each_pair(std::string_view bytes, Take take) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.empty() || line.front() == '#') continue;
    std::string_view first;
    while (!line.empty()) {
      const std::size_t stop = std::min(line.find(' '), line.size());
      const std::string_view word = line.substr(0, stop);
      line.remove_prefix(std::min(stop + 1, line.size()));
      if (word.empty()) continue;
      if (first.empty()) {
        first = word;
      } else {
        take(first, word);
      }
    }
  }
}

/// The share of each word of a file `share word word …`.
class Shares {
 public:
  explicit Shares(std::string_view file) {
    std::string_view line;
    double value = 0;
    for_each_pair(bytes_of(file), [&](std::string_view share, std::string_view word) {
      if (share.data() != line.data()) value = std::strtod(std::string(share).c_str(), nullptr);
      line = share;
      if (words_.add(word) == values_.size()) values_.push_back(value);  // the first class of a word stands
    });
  }
  double operator[](std::string_view word) const {
    const auto number = words_.number(word);
    return number == Words::unknown ? 0 : values_[number];
  }

 private:
  Words words_;
  std::vector<double> values_;
};

/// Calls `take(name, form)` for each pair that the files of nicknames hold.
template <class Take>
void for_each_short_form(Take take) {
  for (const auto file : {"nicknames_fr.txt", "nicknames_en.txt"}) {
    for_each_pair(bytes_of(file), [&](std::string_view name, std::string_view form) {
      name.remove_suffix(1);  // the colon
      if (name != form) take(name, form);
    });
  }
}

/// Per name its forms, in both directions, each list sorted.
class ShortForms {
 public:
  ShortForms() {
    std::vector<std::pair<std::uint16_t, std::string_view>> pairs;
    for_each_short_form([&](std::string_view name, std::string_view form) {
      pairs.emplace_back(words_.add(name), form);
      pairs.emplace_back(words_.add(form), name);
    });
    std::vector<std::uint32_t> counts(words_.size() + 1);
    for (const auto& [name, form] : pairs) ++counts[name + 1];
    std::partial_sum(counts.begin(), counts.end(), counts.begin());
    begins_ = counts;
    forms_.resize(pairs.size());
    for (const auto& [name, form] : pairs) forms_[counts[name]++] = form;
    ends_.assign(begins_.begin() + 1, begins_.end());
    for (std::size_t name = 0; name < ends_.size(); ++name) tidy(name);
  }
  std::span<const std::string_view> operator[](std::string_view name) const {
    const auto number = words_.number(name);
    if (number == Words::unknown) return {};
    return std::span(forms_).subspan(begins_[number], ends_[number] - begins_[number]);
  }

 private:
  void tidy(std::size_t name) {
    const auto begin = forms_.begin() + begins_[name];
    const auto end = forms_.begin() + ends_[name];
    std::sort(begin, end);
    ends_[name] = static_cast<std::uint32_t>(std::unique(begin, end) - forms_.begin());
  }

  Words words_;
  std::vector<std::uint32_t> begins_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::string_view> forms_;
};

}  // namespace

double given_share(std::string_view word) {
  static const Shares shares("given_names.txt");
  return shares[word];
}

double surname_share(std::string_view word) {
  static const Shares shares("surnames.txt");
  return shares[word];
}

std::span<const std::string_view> short_forms(std::string_view given) {
  static const ShortForms forms;
  return forms[given];
}

bool are_nicknames(std::string_view a, std::string_view b) {
  const auto forms = short_forms(a);
  return std::binary_search(forms.begin(), forms.end(), b);
}

std::vector<std::string> nicknames(std::string_view given) {
  const auto forms = short_forms(given);
  return {forms.begin(), forms.end()};
}

}  // namespace entregent::people
