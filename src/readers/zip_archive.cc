// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/zip_archive.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <zip.h>

#include "base/owned.h"
#include "base/text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

using Archive = Owned<zip_t, zip_discard>;

Error broken_archive() {
  return {ErrorCode::malformed, N_("This archive is damaged, or is none.")};
}

struct CloseEntry {
  void operator()(zip_file_t* file) const { (void)zip_fclose(file); }
};

}  // namespace

struct ZipArchive::State {
  Archive archive;
  std::vector<Entry> entries;
  std::vector<zip_uint64_t> numbers;  ///< of the entries, in the archive
  std::unordered_map<std::string, std::size_t> by_name;
  std::size_t left = limits::archive_bytes;

  void list();
};

void ZipArchive::State::list() {
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const auto number = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(archive.get(), number, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0) continue;
    Entry entry{.name = stat.name, .bytes = stat.size, .encrypted = stat.encryption_method != ZIP_EM_NONE};
    if (entry.name.ends_with('/') || !is_valid_utf8(entry.name)) continue;
    by_name.emplace(entry.name, entries.size());
    entries.push_back(std::move(entry));
    numbers.push_back(number);
  }
}

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(std::string_view bytes) {
  if (bytes.empty()) return fail(broken_archive());  // which libzip takes for an archive of nothing
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (opened == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return fail(broken_archive());
  }
  auto state = std::make_unique<State>();
  state->archive.reset(opened);
  if (zip_get_num_entries(opened, 0) > static_cast<zip_int64_t>(limits::archive_entries))
    return fail({ErrorCode::malformed, N_("This archive holds too many files to be read.")});
  state->list();
  return ZipArchive(std::move(state));
}

const std::vector<ZipArchive::Entry>& ZipArchive::entries() const {
  return state_->entries;
}

bool ZipArchive::holds(std::string_view name) const {
  return state_->by_name.contains(std::string(name));
}

Result<std::string> ZipArchive::read(std::string_view name, std::size_t max_bytes) {
  const auto found = state_->by_name.find(std::string(name));
  if (found == state_->by_name.end()) return fail({ErrorCode::not_found, N_("The archive has no such part.")});
  const std::unique_ptr<zip_file_t, CloseEntry> file(
      zip_fopen_index(state_->archive.get(), state_->numbers[found->second], 0));
  if (!file) return fail(broken_archive());
  const std::size_t most = std::min(max_bytes, state_->left);
  std::string content;
  for (;;) {
    constexpr std::size_t step = 64u << 10;
    const std::size_t before = content.size();
    content.resize(before + step);
    const zip_int64_t got = zip_fread(file.get(), content.data() + before, step);
    if (got < 0) return fail(broken_archive());
    content.resize(before + static_cast<std::size_t>(got));
    if (content.size() > most)
      return fail({ErrorCode::malformed, N_("A part of this archive is too large to be read.")});
    if (got == 0) break;
  }
  state_->left -= content.size();
  return content;
}

}  // namespace entregent::readers
