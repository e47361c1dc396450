// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/name_tables.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/embedded_file.h"
#include "people/name.h"

namespace entregent::people {

std::span<const entregent::base::EmbeddedFile> name_files();

namespace {

using Shares = std::unordered_map<std::string_view, double>;
using ShortForms = std::unordered_map<std::string_view, std::vector<std::string_view>>;

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

Shares read_shares(std::string_view file) {
  Shares shares;
  shares.reserve(4096);
  std::string_view line;
  double value = 0;
  for_each_pair(bytes_of(file), [&](std::string_view share, std::string_view word) {
    if (share.data() != line.data()) value = std::strtod(std::string(share).c_str(), nullptr);
    line = share;
    shares.emplace(word, value);  // the first class of a word stands
  });
  return shares;
}

ShortForms read_short_forms() {
  ShortForms forms;
  const auto take = [&](std::string_view name, std::string_view form) {
    name.remove_suffix(1);  // the colon
    if (name == form) return;
    forms[name].push_back(form);
    forms[form].push_back(name);
  };
  for_each_pair(bytes_of("nicknames_fr.txt"), take);
  for_each_pair(bytes_of("nicknames_en.txt"), take);
  for (auto& [name, list] : forms) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return forms;
}

double share(const Shares& shares, std::string_view word) {
  const auto found = shares.find(word);
  return found == shares.end() ? 0 : found->second;
}

}  // namespace

double given_share(std::string_view word) {
  static const Shares shares = read_shares("given_names.txt");
  return share(shares, word);
}

double surname_share(std::string_view word) {
  static const Shares shares = read_shares("surnames.txt");
  return share(shares, word);
}

std::span<const std::string_view> short_forms(std::string_view given) {
  static const ShortForms forms = read_short_forms();
  const auto found = forms.find(given);
  if (found == forms.end()) return {};
  return found->second;
}

bool are_nicknames(std::string_view a, std::string_view b) {
  const auto forms = short_forms(a);
  return std::binary_search(forms.begin(), forms.end(), b);
}

std::vector<std::string> nicknames(std::string_view given) {
  // Read through instead of looked up: an answer asks once or twice, and short_forms() takes longer to make.
  std::vector<std::string_view> forms;
  const auto take = [&](std::string_view name, std::string_view form) {
    name.remove_suffix(1);  // the colon
    if (name == form) return;
    if (name == given) forms.push_back(form);
    if (form == given) forms.push_back(name);
  };
  for_each_pair(bytes_of("nicknames_fr.txt"), take);
  for_each_pair(bytes_of("nicknames_en.txt"), take);
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return {forms.begin(), forms.end()};
}

}  // namespace entregent::people
