// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/process.h"

#include <array>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifdef ENTREGENT_COVERAGE_COUNTERS
extern "C" void __gcov_dump(void);  // NOLINT(bugprone-reserved-identifier): gcc's own name
#endif

namespace entregent::reading {

void die_with(pid_t parent) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != parent) ::_exit(0);
}

void end_process(int status) {
#ifdef ENTREGENT_COVERAGE_COUNTERS
  __gcov_dump();
#endif
  ::_exit(status);
}

void silence_standard_streams() {
  int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere < 0) {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) ::_exit(0);
    ::close(ends[0]);  // what is written meets a closed pipe; SIGPIPE is ignored
    nowhere = ends[1];
  }
  for (int stream = 0; stream <= 2; ++stream) ::dup2(nowhere, stream);
  if (nowhere > 2) ::close(nowhere);
}

}  // namespace entregent::reading
