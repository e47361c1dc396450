// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as an mbox: the slices follow each other without gap or overlap and make up the file; cutting it in several
// calls gives the same slices; each read as a message keeps the promises of an item.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "item_invariants.h"
#include "readers/mail_reader.h"
#include "readers/mbox_splitter.h"

namespace {

using namespace entregent::readers;  // NOLINT(google-build-using-namespace): a program of one file

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ReadAt read_at = [&](std::uint64_t offset, std::span<char> buffer) -> std::size_t {
    if (offset >= bytes.size()) return 0;
    const std::string_view there = bytes.substr(static_cast<std::size_t>(offset), buffer.size());
    std::copy(there.begin(), there.end(), buffer.begin());
    return there.size();
  };
  const MboxStretch whole = split_mbox(read_at);
  require(whole.finished && whole.next == size);
  std::uint64_t at = 0;
  for (const MboxSlice& slice : whole.messages) {
    require(slice.offset == at && slice.length > 0);
    at += slice.length;
    const auto item =
        read_mbox_message(bytes.substr(static_cast<std::size_t>(slice.offset), static_cast<std::size_t>(slice.length)));
    if (item) entregent::fuzzing::check_item(*item);
  }
  require(at == size);

  std::vector<MboxSlice> pieces;
  std::uint64_t next = 0;
  for (bool finished = false; !finished;) {
    const MboxStretch stretch = split_mbox(read_at, next, {.messages = 2});
    require(stretch.finished || stretch.next > next);
    pieces.insert(pieces.end(), stretch.messages.begin(), stretch.messages.end());
    next = stretch.next;
    finished = stretch.finished;
  }
  require(pieces == whole.messages);
  return 0;
}
