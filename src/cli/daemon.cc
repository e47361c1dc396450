// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/daemon.h"

#include <iostream>

#include <signal.h>
#include <spawn.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exec_words.h"
#include "cli/exit_status.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace entregent::cli {
namespace {

/// While the child runs, Ctrl-C is its business.
class InterruptIgnored {
 public:
  InterruptIgnored() : old_(::signal(SIGINT, SIG_IGN)) {}
  ~InterruptIgnored() { ::signal(SIGINT, old_); }
  InterruptIgnored(const InterruptIgnored&) = delete;
  InterruptIgnored& operator=(const InterruptIgnored&) = delete;

 private:
  sighandler_t old_;
};

/// The child gets the usual SIGINT back.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    ::posix_spawnattr_init(&attributes_);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGINT);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

ExitStatus wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGINT ? status_interrupted : 128 + WTERMSIG(status);
  return WEXITSTATUS(status);
}

}  // namespace

std::filesystem::path daemon_program() {
  std::error_code error;
  auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) self = std::filesystem::absolute(reinterpret_cast<const char*>(::getauxval(AT_EXECFN)), error);
  const auto beside = self.parent_path() / "entregentd";
  if (std::filesystem::exists(beside, error)) return beside;
  return self.parent_path().parent_path() / "libexec" / "entregent" / "entregentd";
}

ExitStatus hand_over(const Context& context, const std::vector<std::string>& arguments) {
  const std::string program = daemon_program().string();
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  context.out->flush();
  const InterruptIgnored ignored;
  const SpawnAttributes attributes;
  pid_t child = 0;
  if (::posix_spawn(&child, program.c_str(), nullptr, attributes.get(), exec_words(words).data(), environ) != 0) {
    return refuse(
        context,
        {ErrorCode::unavailable, N_("The program entregentd cannot be started; install Entregent again."), {}});
  }
  return wait_for(child);
}

std::vector<std::string> common_arguments(const Context& context) {
  std::vector<std::string> words{"--lang", std::string(context.language.code())};
  if (context.home.chosen) {
    words.emplace_back("--home");
    words.push_back(context.home.data.string());
  }
  if (context.json) words.emplace_back("--json");
  return words;
}

}  // namespace entregent::cli
