// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <memory>
#include <string>

#include "base/result.h"

namespace entregent::reading {

/// Owns a descriptor and closes it.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }
  int release();
  void reset();

 private:
  int number_ = -1;
};

/// A file opened for reading. Shared, because a million messages may lie in one mbox; closed with the last slice.
using FileHandle = std::shared_ptr<const Descriptor>;

/// Opens a regular file as the readers need it: no symbolic link as its last step, no device, no FIFO, not inherited by
/// other programs. Refuses with `not_found`, `forbidden` (permission), `invalid` (not a regular file), or
/// `unavailable`: too many files are open (wait for answers and ask again), or the disk or its server fails for now.
Result<FileHandle> open_file(const std::string& path);

}  // namespace entregent::reading
