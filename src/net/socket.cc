// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/socket.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <memory>
#include <thread>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/owned.h"

namespace entregent::net {
namespace {

using Addresses = Owned<addrinfo, freeaddrinfo>;

enum class Waited { ready, timeout, stopped };

int milliseconds_left(Deadline until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, 3'600'000));
}

Waited wait(int descriptor, short events, const Patience& patience) {
  std::array<pollfd, 2> both{{{descriptor, events, 0}, {patience.stop ? patience.stop->descriptor() : -1, POLLIN, 0}}};
  for (;;) {
    const int count = poll(both.data(), both.size(), milliseconds_left(patience.until));
    if (both[1].revents != 0 && count > 0) return Waited::stopped;
    if (count > 0) return Waited::ready;
    if (count == 0) return Waited::timeout;
    if (errno != EINTR && errno != EAGAIN) return Waited::ready;  // The call on the socket will tell what is wrong.
    both[0].revents = both[1].revents = 0;
  }
}

/// getaddrinfo() knows no time limit, so it runs in a thread that owns all it needs and may outlive the waiting.
struct Lookup {
  std::string host;
  std::string port;
  Addresses found;
  StopFlag done;
  std::atomic<bool> finished = false;  ///< makes `found` visible to who waited for `done`

  void run(int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* first = nullptr;
    if (getaddrinfo(host.c_str(), port.c_str(), &hints, &first) == 0) found.reset(first);
  }
};

/// The signals of the program are for its other threads: a handler must not run in this one.
void start_lookup(const std::shared_ptr<Lookup>& lookup) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread([lookup] {
    lookup->run(AI_ADDRCONFIG);
    lookup->finished.store(true, std::memory_order_release);
    lookup->done.stop();
  }).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Result<Addresses> resolve(const std::string& host, std::uint16_t port, const Patience& patience) {
  const auto lookup = std::make_shared<Lookup>();
  lookup->host = host;
  lookup->port = std::to_string(port);
  lookup->run(AI_NUMERICHOST);
  if (!lookup->found) {
    start_lookup(lookup);
    const Waited waited = wait(lookup->done.descriptor(), POLLIN, patience);
    if (waited == Waited::stopped) return stopped_error();
    if (waited == Waited::timeout || !lookup->finished.load(std::memory_order_acquire)) return timeout_error(host);
  }
  if (!lookup->found) {
    return fail({ErrorCode::unavailable,
                 N_("The mail server {0} was not found: check its name and your connection to the network."), host});
  }
  return std::move(lookup->found);
}

bool is_loopback(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    const auto& ip4 = reinterpret_cast<const sockaddr_in&>(address);
    return ntohl(ip4.sin_addr.s_addr) >> 24 == 127;
  }
  return address.sa_family == AF_INET6 &&
         IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

Error connect_error(int number, const std::string& host) {
  if (number == ETIMEDOUT) return timeout_error(host);
  if (number == ECONNREFUSED) {
    return fail({ErrorCode::unavailable,
                 N_("The mail server {0} refuses the connection: check the port, and whether it offers IMAP."), host});
  }
  return fail({ErrorCode::unavailable, N_("The mail server {0} cannot be reached from here."), host});
}

/// 0, or the reason as errno; ECANCELED if stopped.
int connect_one(const Socket& socket, const addrinfo& address, const Patience& patience) {
  if (connect(socket.descriptor(), address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS && errno != EINTR) return errno;
  const Waited waited = wait(socket.descriptor(), POLLOUT, patience);
  if (waited == Waited::timeout) return ETIMEDOUT;
  if (waited == Waited::stopped) return ECANCELED;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

void Socket::close() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

Error stopped_error() {
  return fail({ErrorCode::unavailable, N_("Stopped before the end.")});
}

Error timeout_error(const std::string& host) {
  return fail({ErrorCode::unavailable, N_("The mail server {0} does not answer."), host});
}

Error closed_error(const std::string& host) {
  return fail({ErrorCode::unavailable, N_("The mail server {0} closed the connection."), host});
}

Result<Done> wait_for(const Socket& socket, short events, const Patience& patience, const std::string& host) {
  switch (wait(socket.descriptor(), events, patience)) {
    case Waited::stopped:
      return stopped_error();
    case Waited::timeout:
      return timeout_error(host);
    case Waited::ready:
      break;
  }
  return Done{};
}

Result<Connected> connect_to(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout,
                             const StopFlag* stop) {
  auto addresses = resolve(host, port, {std::chrono::steady_clock::now() + timeout, stop});
  if (!addresses) return addresses.error();
  int error = EHOSTUNREACH;
  for (const addrinfo* address = addresses->get(); address; address = address->ai_next) {
    Socket socket(::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.descriptor() < 0) continue;
    const int result = connect_one(socket, *address, {std::chrono::steady_clock::now() + timeout, stop});
    if (result == 0) {
      const int yes = 1;
      setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      return Connected{std::move(socket), is_loopback(*address->ai_addr)};
    }
    if (result == ECANCELED) return stopped_error();
    error = result;
  }
  return connect_error(error, host);
}

}  // namespace entregent::net
