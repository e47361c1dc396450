// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "readers/mbox_splitter.h"
#include "reading/answer.h"

/// What a reader process does with one slice. Called in the same way without a process by tests and benches.
namespace entregent::reading {

/// What the readers are told about the owner, the same for all slices.
struct Settings {
  std::string zone;  ///< where times without zone are taken to be; empty: UTC
  friend bool operator==(const Settings&, const Settings&) = default;
};

/// The disk or the network refused the bytes; thrown by SliceBytes::read_at.
class UnreadableBytes : public std::exception {};

/// Where a slice's bytes come from.
struct SliceBytes {
  readers::ReadAt read_at;  ///< positions are those of the file
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  ///< of the slice, or of the file where the slice has none
};

/// Reads items, or cuts an mbox (SliceRequest::split, or a whole mbox that was asked for as `unknown`). Keeps its
/// buffer.
class SliceReader {
 public:
  explicit SliceReader(Settings settings);

  /// The answer has no id. What a reader throws goes through.
  Answer read(const SliceRequest& request, const SliceBytes& bytes);

 private:
  std::string_view load(const SliceBytes& bytes, std::uint64_t max_bytes);
  Answer read_whole(const SliceRequest& request, const SliceBytes& bytes);

  Settings settings_;
  std::vector<char> buffer_;
};

/// Reads small samples of each format, so that what readers and their libraries prepare once is prepared.
void warm_up_readers();

}  // namespace entregent::reading
