// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fake_server.h"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace entregent::tests {

bool FakeConversation::say(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string FakeConversation::hear() {
  for (;;) {
    const auto end = heard_.find("\r\n");
    if (end != std::string::npos) {
      std::string line = heard_.substr(0, end);
      heard_.erase(0, end + 2);
      return line;
    }
    std::array<char, 4096> buffer{};
    const ssize_t size = recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (size <= 0) return {};
    heard_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

void FakeConversation::wait_for_end() {
  std::array<char, 4096> buffer{};
  while (recv(descriptor_, buffer.data(), buffer.size(), 0) > 0) {
  }
}

bool FakeConversation::gone_within(std::chrono::milliseconds time) {
  pollfd wait{.fd = descriptor_, .events = POLLRDHUP, .revents = 0};
  return poll(&wait, 1, static_cast<int>(time.count())) == 1;
}

FakeServer::FakeServer(std::function<void(FakeConversation&)> script)
    : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 4) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no free port on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, play = std::move(script)] { serve(play); });
}

void FakeServer::serve(const std::function<void(FakeConversation&)>& script) {
  for (;;) {
    const int client = accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    {
      const std::lock_guard lock(mutex_);
      if (ended_) {
        close(client);
        return;
      }
      client_ = client;
    }
    FakeConversation conversation(client);
    script(conversation);
    const std::lock_guard lock(mutex_);
    client_ = -1;
    close(client);
  }
}

FakeServer::~FakeServer() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    if (client_ >= 0) shutdown(client_, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

}  // namespace entregent::tests
