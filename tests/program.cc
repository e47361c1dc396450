// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/program.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exec_words.h"

namespace entregent::tests {
namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> command(const std::string& name, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{std::string(ENTREGENT_BUILD_DIR) + "/" + name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

std::vector<std::string> environment(const std::filesystem::path& home) {
  return {"TZ=UTC0",
          "LC_ALL=C.UTF-8",
          "LANGUAGE=en",
          "HOME=" + home.string(),
          "PATH=/usr/bin:/bin",
          "ENTREGENT_NOW=2026-11-23T08:00:00Z"};
}

/// Alive and of this process group, by /proc/N/stat: `pid (name) state parent group …`.
bool is_alive_in(const std::filesystem::path& process, pid_t group) {
  // Not content(): a process may end between opening and reading, which is no exception here.
  std::ifstream stream(process / "stat");
  std::string stat;
  std::getline(stream, stat, '\0');
  const auto after_name = stat.rfind(')');
  if (after_name == std::string::npos) return false;
  std::istringstream fields(stat.substr(after_name + 1));
  char state = 0;
  pid_t parent = 0;
  pid_t of = 0;
  fields >> state >> parent >> of;
  return of == group && state != 'Z' && state != 'X';
}

bool somebody_is_in(pid_t group) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto name = entry.path().filename().string();
    if (name.front() >= '1' && name.front() <= '9' && is_alive_in(entry.path(), group)) return true;
  }
  return false;
}

}  // namespace

Program::Program(const std::string& name, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& variables)
    : Program(command(name, arguments), variables) {}

Program::Program(std::vector<std::string> words, const std::vector<std::string>& added) {
  auto variables = environment(folder_.path());
  // Of two settings of one variable, getenv takes the first.
  variables.insert(variables.begin(), added.begin(), added.end());
  const std::string out = folder_.path() / "out";
  const std::string err = folder_.path() / "err";
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int failed = posix_spawn(&process_, words.front().c_str(), &actions, &attributes, exec_words(words).data(),
                                 exec_words(variables).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(words.front() + " cannot be started");
  handle_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
  if (handle_ < 0) throw std::runtime_error("no handle of a process");
}

Program::~Program() {
  kill_group();
  wait();
  ::close(handle_);
}

bool Program::ends_within(std::chrono::nanoseconds time) const {
  pollfd wanted{.fd = handle_, .events = POLLIN, .revents = 0};
  const timespec limit{.tv_sec = time.count() / 1'000'000'000, .tv_nsec = time.count() % 1'000'000'000};
  return ::ppoll(&wanted, 1, &limit, nullptr) == 1;
}

Said Program::wait() {
  if (!status_) {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return {.status = *status_, .out = content(folder_.path() / "out"), .err = content(folder_.path() / "err")};
}

void Program::kill_alone() {
  if (!status_) ::kill(process_, SIGKILL);
}

void Program::kill_group() {
  // Until its leader is buried the number is nobody else's; after that somebody of the group may still be there, which
  // keeps it taken too.
  if (!status_ || somebody_is_in(process_)) ::kill(-process_, SIGKILL);
}

void Program::pause() {
  if (!status_) ::kill(-process_, SIGSTOP);
}
void Program::go_on() {
  if (!status_) ::kill(-process_, SIGCONT);
}

bool Program::group_is_gone() const {
  constexpr int looks = 2000;
  for (int i = 0; i < looks && somebody_is_in(process_); ++i) ::poll(nullptr, 0, 5);
  return !somebody_is_in(process_);
}

Said run_program(const std::string& name, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& variables) {
  return Program(name, arguments, variables).wait();
}

Said run_limited(const std::string& name, const std::vector<std::string>& arguments, int kibibytes) {
  // dash counts in blocks of 512 bytes; a signal that is ignored stays so after exec.
  std::vector<std::string> words{"/bin/sh", "-c",
                                 "trap '' XFSZ; ulimit -f " + std::to_string(kibibytes * 2) + "; exec \"$0\" \"$@\""};
  for (auto& word : command(name, arguments)) words.push_back(std::move(word));
  return Program(std::move(words)).wait();
}

}  // namespace entregent::tests
