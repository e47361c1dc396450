// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/channel.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace entregent::reading {
namespace {

constexpr std::size_t control_bytes = CMSG_SPACE(max_descriptors * sizeof(int));

struct alignas(cmsghdr) Control {
  std::array<char, control_bytes> bytes;
};

void attach(msghdr& header, Control& control, std::span<const int> descriptors) {
  if (descriptors.empty()) return;
  header.msg_control = control.bytes.data();
  header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
  cmsghdr* part = CMSG_FIRSTHDR(&header);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(descriptors.size_bytes());
  std::memcpy(CMSG_DATA(part), descriptors.data(), descriptors.size_bytes());
}

void take_descriptors(msghdr& header, Message& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
      message.descriptors.emplace_back(number);
    }
  }
}

}  // namespace

Sent send_message(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors) {
  if (descriptors.size() > max_descriptors || bytes.size() > max_message_bytes)
    throw std::logic_error("a message to a reader is too large");
  Control control{};
  iovec content{const_cast<std::byte*>(bytes.data()), bytes.size()};  // sendmsg only reads it
  msghdr header{};
  header.msg_iov = &content;
  header.msg_iovlen = 1;
  attach(header, control, descriptors);
  for (;;) {
    if (::sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return Sent::yes;
    if (errno == EINTR) continue;
    const bool busy = errno == EAGAIN || errno == ETOOMANYREFS || errno == ENOBUFS || errno == ENOMEM;
    return busy ? Sent::later : Sent::closed;
  }
}

Received receive_message(int socket, Message& message) {
  Control control{};
  message.bytes.resize(max_message_bytes);
  message.descriptors.clear();
  iovec content{message.bytes.data(), message.bytes.size()};
  msghdr header{};
  header.msg_iov = &content;
  header.msg_iovlen = 1;
  header.msg_control = control.bytes.data();
  header.msg_controllen = control.bytes.size();
  ssize_t count = 0;
  do {
    count = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    message.bytes.clear();
    return errno == EAGAIN ? Received::nothing_yet : Received::closed;
  }
  take_descriptors(header, message);
  message.bytes.resize(static_cast<std::size_t>(count));
  message.descriptors_lost = (header.msg_flags & MSG_CTRUNC) != 0;
  return count == 0 ? Received::closed : Received::message;
}

std::pair<Descriptor, Descriptor> make_socket_pair() {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) return {};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::pair<Descriptor, Descriptor> make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  // Refused where the user's pipes already hold much (pipe-user-pages-soft): 64 KiB do as well, only slower.
  (void)::fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace entregent::reading
