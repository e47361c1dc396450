// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/stop.h"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace entregent::net {

StopFlag::StopFlag() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

StopFlag::~StopFlag() {
  close(descriptor_);
}

void StopFlag::stop() noexcept {
  const int saved = errno;  // a signal handler leaves no trace
  const std::uint64_t one = 1;
  // It fails only when the counter is full: stopped already.
  [[maybe_unused]] const auto written = write(descriptor_, &one, sizeof one);
  errno = saved;
}

bool StopFlag::stopped() const noexcept {
  pollfd wait{.fd = descriptor_, .events = POLLIN, .revents = 0};
  return poll(&wait, 1, 0) == 1;
}

}  // namespace entregent::net
