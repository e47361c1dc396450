// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/outlook/compound_file.h"

#include <algorithm>
#include <array>

#include "base/charset.h"
#include "readers/mime_part.h"
#include "readers/outlook/little_endian.h"

namespace entregent::readers {
namespace {

constexpr std::string_view signature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::uint32_t last_sector = 0xFFFFFFFA;  ///< numbers above are marks
constexpr std::uint32_t no_entry = 0xFFFFFFFF;
constexpr std::size_t file_header_bytes = 512;
constexpr std::size_t small_sector_bytes = 64;
constexpr std::size_t small_stream = 4096;  ///< shorter ones lie in the small sectors
constexpr std::size_t entry_bytes = 128;
constexpr std::size_t most_entries = 200'000;

std::vector<std::uint32_t> numbers_in(std::string_view bytes) {
  std::vector<std::uint32_t> result;
  result.reserve(bytes.size() / 4);
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) result.push_back(u32(bytes, at));
  return result;
}

std::string entry_name(std::string_view entry) {
  const std::size_t size = std::min<std::size_t>(u16(entry, 64), 64);
  const auto text = decode_charset(entry.substr(0, size < 2 ? 0 : size - 2), "utf-16le");
  return text ? text->text : std::string();
}

}  // namespace

Result<CompoundFile> CompoundFile::open(std::string_view bytes) {
  CompoundFile file(bytes);
  if (!file.read_header()) return fail({ErrorCode::malformed, N_("This Outlook file is damaged.")});
  file.read_tables();
  file.read_directory();
  if (file.entries_.empty()) return fail({ErrorCode::malformed, N_("This Outlook file is damaged.")});
  const Entry& first = file.entries_[root];
  file.small_sectors_ = file.chain(first.start, first.bytes);
  return file;
}

bool CompoundFile::read_header() {
  if (bytes_.size() < file_header_bytes || !bytes_.starts_with(signature)) return false;
  const unsigned shift = u16(bytes_, 30);
  if (shift != 9 && shift != 12) return false;
  sector_bytes_ = std::size_t{1} << shift;
  directory_ = u32(bytes_, 48);
  small_table_ = u32(bytes_, 60);
  table_list_ = u32(bytes_, 68);
  return true;
}

std::string_view CompoundFile::sector(std::uint32_t number) const {
  const std::uint64_t at = (std::uint64_t{number} + 1) * sector_bytes_;
  return number >= last_sector || at >= bytes_.size() ? std::string_view() : bytes_.substr(at, sector_bytes_);
}

/// §2.5: the header names the first 109 sectors of the table, a chain of lists the others.
void CompoundFile::read_tables() {
  std::vector<std::uint32_t> of_table = numbers_in(bytes_.substr(76, 109 * 4));
  std::uint32_t next = table_list_;
  for (std::size_t lists = 0; lists <= bytes_.size() / sector_bytes_; ++lists) {
    const std::string_view list = sector(next);
    if (list.size() < sector_bytes_) break;
    const auto numbers = numbers_in(list);
    of_table.insert(of_table.end(), numbers.begin(), numbers.end() - 1);
    next = numbers.back();
  }
  for (const std::uint32_t number : of_table) {
    if (table_.size() * sector_bytes_ > bytes_.size() + sector_bytes_ * 128) break;
    const auto numbers = numbers_in(sector(number));
    table_.insert(table_.end(), numbers.begin(), numbers.end());
  }
  small_next_ = numbers_in(chain(small_table_, bytes_.size()));
}

std::string CompoundFile::chain(std::uint32_t first, std::uint64_t most_bytes) const {
  std::string result;
  const std::size_t most_sectors = bytes_.size() / sector_bytes_ + 1;
  std::uint32_t number = first;
  for (std::size_t count = 0; count < most_sectors && result.size() < most_bytes; ++count) {
    const std::string_view one = sector(number);
    if (one.empty()) break;
    result += one;
    if (number >= table_.size()) break;
    number = table_[number];
  }
  if (result.size() > most_bytes) result.resize(static_cast<std::size_t>(most_bytes));
  return result;
}

std::string CompoundFile::small_chain(std::uint32_t first, std::uint64_t most_bytes) const {
  std::string result;
  std::uint32_t number = first;
  for (std::size_t count = 0; count <= small_stream / small_sector_bytes && result.size() < most_bytes; ++count) {
    const std::uint64_t at = std::uint64_t{number} * small_sector_bytes;
    if (number >= last_sector || at >= small_sectors_.size()) break;
    result += std::string_view(small_sectors_).substr(at, small_sector_bytes);
    if (number >= small_next_.size()) break;
    number = small_next_[number];
  }
  if (result.size() > most_bytes) result.resize(static_cast<std::size_t>(most_bytes));
  return result;
}

void CompoundFile::read_directory() {
  const std::string directory = chain(directory_, most_entries * entry_bytes);
  std::vector<std::array<std::uint32_t, 3>> links;
  for (std::size_t at = 0; at + entry_bytes <= directory.size(); at += entry_bytes) {
    const std::string_view one = std::string_view(directory).substr(at, entry_bytes);
    const auto kind = static_cast<unsigned char>(one[66]);
    entries_.push_back({.name = entry_name(one),
                        .storage = kind == 1 || kind == 5,
                        .start = u32(one, 116),
                        .bytes = sector_bytes_ == file_header_bytes ? u32(one, 120) : little_endian(one, 120, 8),
                        .children = {}});
    links.push_back({u32(one, 68), u32(one, 72), u32(one, 76)});
  }
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].storage) collect_children(i, links[i][2], links);
}

/// Siblings hang in a tree (left, right); each is visited once, whatever the links say.
void CompoundFile::collect_children(std::size_t storage, std::uint32_t first,
                                    const std::vector<std::array<std::uint32_t, 3>>& links) {
  std::vector<std::uint32_t> to_visit{first};
  std::vector<std::size_t>& children = entries_[storage].children;
  constexpr std::size_t most_children = 10'000;
  std::vector<bool> seen(entries_.size());
  while (!to_visit.empty() && children.size() < most_children) {
    const std::uint32_t number = to_visit.back();
    to_visit.pop_back();
    if (number == no_entry || number >= entries_.size() || number == storage || seen[number]) continue;
    seen[number] = true;
    children.push_back(number);
    to_visit.push_back(links[number][0]);
    to_visit.push_back(links[number][1]);
  }
  std::sort(children.begin(), children.end());
}

std::optional<std::size_t> CompoundFile::find(std::size_t storage, std::string_view name) const {
  for (const std::size_t child : entries_[storage].children)
    if (same_name(entries_[child].name, name)) return child;
  return std::nullopt;
}

std::string CompoundFile::content(std::size_t stream) const {
  const Entry& of = entries_[stream];
  const std::uint64_t size = std::min<std::uint64_t>(of.bytes, bytes_.size());
  return of.bytes < small_stream ? small_chain(of.start, size) : chain(of.start, size);
}

}  // namespace entregent::readers
