// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace entregent::personal {

RunLock::RunLock(const std::filesystem::path& database) {
  descriptor_ = ::open((database.string() + ".index-lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace entregent::personal
