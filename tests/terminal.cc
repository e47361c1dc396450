// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/terminal.h"

#include <array>
#include <stdexcept>

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exec_words.h"

namespace entregent::tests {
namespace {

constexpr std::chrono::milliseconds patience{60'000};

}  // namespace

bool Terminal::is_to_be_had() {
  int own = -1;
  int other = -1;
  if (::openpty(&own, &other, nullptr, nullptr, nullptr) != 0) return false;
  ::close(own);
  ::close(other);
  return true;
}

Terminal::Terminal(const std::string& program, const std::vector<std::string>& arguments,
                   const std::vector<std::string>& environment, unsigned short columns) {
  std::vector<std::string> words{std::string(ENTREGENT_BUILD_DIR) + "/" + program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> settings = environment;
  settings.insert(settings.end(), {"TZ=UTC0", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "TERM=xterm",
                                   "ENTREGENT_NOW=2026-11-23T08:00:00Z"});
  const auto argument_pointers = exec_words(words);
  const auto setting_pointers = exec_words(settings);
  const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  child_ = ::forkpty(&descriptor_, nullptr, nullptr, &size);
  if (child_ < 0) throw std::runtime_error("there is no pseudo-terminal to be had");
  if (child_ == 0) {
    ::execve(argument_pointers[0], argument_pointers.data(), setting_pointers.data());
    ::_exit(127);
  }
}

Terminal::~Terminal() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  ::close(descriptor_);
}

bool Terminal::read_some() {
  pollfd ready{.fd = descriptor_, .events = POLLIN, .revents = 0};
  if (::poll(&ready, 1, static_cast<int>(patience.count())) <= 0) return false;
  std::array<char, 4096> piece{};
  const auto size = ::read(descriptor_, piece.data(), piece.size());
  if (size <= 0) return false;  // EIO: nobody has the other side open any more
  seen_.append(piece.data(), static_cast<std::size_t>(size));
  return true;
}

bool Terminal::wait_for(const std::string& part) {
  while (seen_.find(part) == std::string::npos)
    if (!read_some()) return false;
  return true;
}

void Terminal::type(const std::string& keys) const {
  if (::write(descriptor_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size()))
    throw std::runtime_error("the terminal takes no keys");
}

int Terminal::end() {
  while (read_some()) {
  }
  int status = 0;
  ::waitpid(child_, &status, 0);
  child_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace entregent::tests
