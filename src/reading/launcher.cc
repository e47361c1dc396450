// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/launcher.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exec_words.h"
#include "base/owned.h"
#include "reading/reader_pool.h"

namespace entregent::reading {
namespace {

using FileActions = Owned<posix_spawn_file_actions_t, posix_spawn_file_actions_destroy>;
using Attributes = Owned<posix_spawnattr_t, posix_spawnattr_destroy>;

/// Nothing of our environment reaches a reader, secrets least of all.
std::vector<char*> environment() {
#ifdef ENTREGENT_UNLOCKED_READERS
  std::vector<char*> variables;  // the sanitizers take their options from it
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
#else
  static std::array<char, 16> zone{"TZ=UTC0"};
  static std::array<char, 16> locale{"LC_ALL=C.UTF-8"};
  std::vector<char*> variables{zone.data(), locale.data()};
#endif
  variables.push_back(nullptr);
  return variables;
}

/// Own session: a Ctrl-C at the terminal is the program's to handle. All signals as a program expects them.
void set_attributes(posix_spawnattr_t& attributes) {
  sigset_t all;
  sigset_t none;
  ::sigfillset(&all);
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

int spawn(const std::string& program, std::vector<std::string> arguments, int socket, pid_t& process) {
  posix_spawn_file_actions_t actions_value;
  posix_spawnattr_t attributes_value;
  ::posix_spawn_file_actions_init(&actions_value);
  ::posix_spawnattr_init(&attributes_value);
  const FileActions actions(&actions_value);
  const Attributes attributes(&attributes_value);
  set_attributes(attributes_value);
  ::posix_spawn_file_actions_adddup2(actions.get(), socket, zygote_descriptor);
  ::posix_spawn_file_actions_addclosefrom_np(actions.get(), zygote_descriptor + 1);
  arguments.insert(arguments.begin(), program);
  return ::posix_spawn(&process, program.c_str(), actions.get(), attributes.get(), exec_words(arguments).data(),
                       environment().data());
}

}  // namespace

Launcher::Launcher(const std::string& program, const ZygoteArguments& arguments) {
  auto [ours, theirs] = make_socket_pair();
  if (!ours) throw ReadersUnavailable(N_("Too many files are open to start a reader."));
  if (spawn(program, to_strings(arguments), theirs.number(), process_) != 0) {
    process_ = -1;
    throw ReadersUnavailable(N_("The reader program cannot be started."));
  }
  ::fcntl(ours.number(), F_SETFL, O_NONBLOCK);
  socket_ = std::move(ours);
}

Launcher::~Launcher() {
  if (process_ <= 0) return;
  socket_.reset();
  constexpr int longest_wait_ms = 1000;
  const Descriptor zygote(static_cast<int>(::syscall(SYS_pidfd_open, process_, 0)));
  pollfd ended{.fd = zygote.number(), .events = POLLIN, .revents = 0};
  if (!zygote || ::poll(&ended, 1, longest_wait_ms) != 1) ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Sent Launcher::ask_start(const Ends& ends) {
  const ZygoteMessage message{.call = ZygoteCall::start};
  const std::array descriptors{ends.batches.number(), ends.answers.number(), ends.progress.number()};
  return send_message(socket_.number(), std::as_bytes(std::span(&message, 1)), descriptors);
}

Sent Launcher::ask_status(pid_t pid) {
  const ZygoteMessage message{.call = ZygoteCall::status, .pid = pid};
  return send_message(socket_.number(), std::as_bytes(std::span(&message, 1)), {});
}

std::optional<Launcher::Reply> Launcher::next_reply() {
  const Received received = receive_message(socket_.number(), message_);
  if (received == Received::closed) closed_ = true;
  if (received != Received::message || message_.bytes.size() != sizeof(ZygoteMessage)) return std::nullopt;
  Reply reply;
  std::memcpy(&reply.message, message_.bytes.data(), sizeof(ZygoteMessage));
  if (!message_.descriptors.empty()) reply.process = std::move(message_.descriptors.front());
  return reply;
}

}  // namespace entregent::reading
