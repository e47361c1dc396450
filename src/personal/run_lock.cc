// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/run_lock.h"

#include <array>
#include <charconv>
#include <string>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

namespace entregent::personal {

RunLock::RunLock(const std::filesystem::path& database, Holder holder) : holder_(holder) {
  descriptor_ = ::open((database.string() + ".index-lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  take();
}

RunLock::~RunLock() {
  if (held_) empty();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void RunLock::take() {
  held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  if (held_) write_holder();
}

bool RunLock::empty() const {
  return ::ftruncate(descriptor_, 0) == 0;
}

/// The file holds the process that may be asked, and nothing where none may. On a full disk nobody is asked.
void RunLock::write_holder() {
  if (!empty() || holder_ != Holder::stops_when_asked) return;
  const std::string text = std::to_string(::getpid());
  if (::pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) empty();
}

int RunLock::process_to_ask() const {
  std::array<char, 16> text{};
  const ssize_t size = ::pread(descriptor_, text.data(), text.size(), 0);
  int process = 0;
  if (size > 0) std::from_chars(text.data(), text.data() + size, process);
  return process;
}

bool RunLock::take_over(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  int asked = 0;
  while (!held_ && descriptor_ >= 0 && std::chrono::steady_clock::now() < end) {
    const int process = process_to_ask();
    if (process > 0 && process != asked) ::kill(process, SIGTERM);
    asked = process;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    take();
  }
  return held_;
}

}  // namespace entregent::personal
