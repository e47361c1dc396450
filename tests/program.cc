// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/program.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/temporary_folder.h"

namespace entregent::tests {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (auto& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::string content(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

namespace {

Said run(std::vector<std::string> words) {
  const TemporaryFolder folder;
  const std::string program = words.front();
  std::vector<std::string> environment{"TZ=UTC0",
                                       "LC_ALL=C.UTF-8",
                                       "LANGUAGE=en",
                                       "HOME=" + folder.path().string(),
                                       "PATH=/usr/bin:/bin",
                                       "ENTREGENT_NOW=2026-11-23T08:00:00Z"};
  const std::string out = folder.path() / "out";
  const std::string err = folder.path() / "err";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = 0;
  const int failed =
      posix_spawn(&child, program.c_str(), &actions, nullptr, pointers(words).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(program + " cannot be started");
  int status = 0;
  ::waitpid(child, &status, 0);
  return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          .out = content(out),
          .err = content(err)};
}

}  // namespace

Said run_program(const std::string& name, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{std::string(ENTREGENT_BUILD_DIR) + "/" + name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run(std::move(words));
}

Said run_limited(const std::string& name, const std::vector<std::string>& arguments, int kibibytes) {
  // dash counts in blocks of 512 bytes; a signal that is ignored stays so after exec.
  std::vector<std::string> words{"/bin/sh", "-c",
                                 "trap '' XFSZ; ulimit -f " + std::to_string(kibibytes * 2) + "; exec \"$0\" \"$@\"",
                                 std::string(ENTREGENT_BUILD_DIR) + "/" + name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run(std::move(words));
}

}  // namespace entregent::tests
