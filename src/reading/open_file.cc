// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/open_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace entregent::reading {
namespace {

Error refusal(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorCode::not_found, N_("There is no such file any more.")};
    case EACCES:
    case EPERM:
      return {ErrorCode::forbidden, N_("This file may not be read: its permissions do not allow it.")};
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return {ErrorCode::unavailable, N_("Too many files are open.")};
    case ELOOP:
    case ENXIO:
    case ENODEV:
      return {ErrorCode::invalid, N_("This is not a regular file.")};
    default:
      return {ErrorCode::unavailable, N_("This file cannot be opened.")};
  }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = other.release();
  }
  return *this;
}

int Descriptor::release() {
  return std::exchange(number_, -1);
}

void Descriptor::reset() {
  if (number_ >= 0) ::close(release());
}

Result<FileHandle> open_file(const std::string& path) {
  // O_NONBLOCK: opening a FIFO would wait for its writer.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) return fail(refusal(errno));
  struct stat about {};
  if (::fstat(file.number(), &about) != 0) return fail(refusal(errno));
  if (!S_ISREG(about.st_mode)) return fail(refusal(ELOOP));
  return std::make_shared<const Descriptor>(std::move(file));
}

}  // namespace entregent::reading
