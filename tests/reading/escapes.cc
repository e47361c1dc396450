// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/reading/attacks.h"

namespace entregent::tests {
namespace {

std::string outcome(long result) {
  if (result >= 0) return "done";
  switch (errno) {
    case ENOENT:
      return "ENOENT";
    case EPERM:
      return "EPERM";
    case EACCES:
      return "EACCES";
    default:
      return std::strerror(errno);
  }
}

std::string map_writable_code() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome(page == MAP_FAILED ? -1 : 0);
}

std::string make_code_of_data() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome(::mprotect(page, 4096, PROT_READ | PROT_EXEC));
}

std::string read_process_memory() {
  std::array<char, 8> buffer{};
  iovec here{buffer.data(), buffer.size()};
  iovec there = here;
  return outcome(::process_vm_readv(::getpid(), &here, 1, &there, 1, 0));
}

std::string connect_inet() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(53);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return outcome(::connect(3, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

std::string call_by_x32() {
  constexpr long x32_bit = 0x40000000;
  return outcome(::syscall(x32_bit + SYS_getpid));
}

std::string call_by_int_80() {
  long result = 20;  // getpid of the 32-bit table, open of ours
  asm volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
  return result >= 0 ? "done" : "refused";
}

std::string stat_a_path() {
  struct stat about {};
  return outcome(::stat("/etc/passwd", &about));
}

std::string read_a_link() {
  std::array<char, 64> buffer{};
  return outcome(::readlink("/proc/self/exe", buffer.data(), buffer.size()));
}

std::string execute() {
  std::array<char*, 1> none{nullptr};
  return outcome(::execve("/bin/true", none.data(), none.data()));
}

std::string send_a_descriptor() {
  msghdr message{};
  return outcome(::sendmsg(3, &message, 0));
}

constexpr std::array escape_table{
    Attack{"open", [] { return outcome(::open("/etc/passwd", O_RDONLY)); }},
    Attack{"create", [] { return outcome(::open("/tmp/entregent-escape", O_WRONLY | O_CREAT, 0600)); }},
    Attack{"open_folder", [] { return outcome(::open("/", O_RDONLY | O_DIRECTORY)); }},
    Attack{"open_own_input", [] { return outcome(::open("/proc/self/fd/0", O_RDONLY)); }},
    Attack{"stat", stat_a_path},
    Attack{"readlink", read_a_link},
    Attack{"access", [] { return outcome(::access("/etc/passwd", R_OK)); }},
    Attack{"getcwd", [] { return outcome(::syscall(SYS_getcwd, nullptr, 0)); }},
    Attack{"ioctl", [] { return outcome(::syscall(SYS_ioctl, 0, 0x5412, nullptr)); }},
    Attack{"raise_limits", [] { return outcome(::syscall(SYS_prlimit64, 0, 7, nullptr, nullptr)); }},
    Attack{"socket_inet", [] { return outcome(::socket(AF_INET, SOCK_STREAM, 0)); }},
    Attack{"socket_inet_datagram", [] { return outcome(::socket(AF_INET, SOCK_DGRAM, 0)); }},
    Attack{"socket_unix", [] { return outcome(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
    Attack{"connect", connect_inet},
    Attack{"exec", execute},
    Attack{"fork", [] { return outcome(::fork()); }},
    Attack{"clone3", [] { return outcome(::syscall(SYS_clone3, nullptr, 0)); }},
    Attack{"kill", [] { return outcome(::kill(::getpid(), 0)); }},
    Attack{"kill_thread_of_another", [] { return outcome(::syscall(SYS_tgkill, 1, 1, 0)); }},
    Attack{"ptrace", [] { return outcome(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
    Attack{"process_vm_readv", read_process_memory},
    Attack{"memfd", [] { return outcome(::memfd_create("x", 0)); }},
    Attack{"unlink", [] { return outcome(::unlink("/tmp/entregent-no-such-file")); }},
    Attack{"mkdir", [] { return outcome(::mkdir("/tmp/entregent-escape", 0700)); }},
    Attack{"chdir", [] { return outcome(::chdir("/")); }},
    Attack{"chmod", [] { return outcome(::chmod("/tmp/entregent-no-such-file", 0600)); }},
    Attack{"io_uring", [] { return outcome(::syscall(SYS_io_uring_setup, 1, nullptr)); }},
    Attack{"bpf", [] { return outcome(::syscall(SYS_bpf, 0, nullptr, 0)); }},
    Attack{"seccomp_again", [] { return outcome(::syscall(SYS_seccomp, 0, 0, nullptr)); }},
    Attack{"unshare", [] { return outcome(::unshare(CLONE_NEWUSER)); }},
    Attack{"sendmsg", send_a_descriptor},
    Attack{"mmap_writable_code", map_writable_code},
    Attack{"mprotect_code", make_code_of_data},
    Attack{"x32", call_by_x32},
    Attack{"int_0x80", call_by_int_80},
};

}  // namespace

std::span<const Attack> escapes() {
  return escape_table;
}

}  // namespace entregent::tests
