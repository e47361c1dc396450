// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/connection.h"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace entregent::net {
namespace {

constexpr std::size_t buffer_bytes = 64 << 10;

}  // namespace

Connection::Connection(Connected connected, std::string host)
    : socket_(std::make_unique<Socket>(std::move(connected.socket))),
      on_loopback_(connected.on_loopback),
      host_(std::move(host)),
      buffer_(std::make_unique<char[]>(buffer_bytes)) {}

Result<Done> Connection::start_tls(const TlsOptions& options, const Patience& patience) {
  auto tls = TlsStream::open(*socket_, host_, options, patience);
  if (!tls) return tls.error();
  tls_ = *std::move(tls);
  return Done{};
}

Result<std::size_t> Connection::receive(const Patience& patience) {
  for (;;) {
    const ssize_t count = recv(socket_->descriptor(), buffer_.get(), buffer_bytes, 0);
    if (count > 0) return static_cast<std::size_t>(count);
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) return closed_error(host_);
    if (auto waited = wait_for(*socket_, POLLIN, patience, host_); !waited) return waited.error();
  }
}

Result<std::string_view> Connection::read(const Patience& patience) {
  // Checked here too: as long as bytes keep coming nobody waits, but Ctrl-C counts.
  if (patience.stop && patience.stop->stopped()) return stopped_error();
  const auto size = tls_ ? tls_->read(buffer_.get(), buffer_bytes, patience) : receive(patience);
  if (!size) return size.error();
  bytes_received_ += *size;
  return std::string_view(buffer_.get(), *size);
}

Result<Done> Connection::write(std::string_view bytes, const Patience& patience) {
  if (tls_) return tls_->write(bytes, patience);
  while (!bytes.empty()) {
    const ssize_t count = send(socket_->descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EAGAIN && errno != EINTR) {
      return closed_error(host_);
    } else if (auto waited = wait_for(*socket_, POLLOUT, patience, host_); !waited) {
      return waited;
    }
  }
  return Done{};
}

}  // namespace entregent::net
