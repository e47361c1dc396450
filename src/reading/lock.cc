// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/lock.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/owned.h"
#include "reading/process.h"

namespace entregent::reading {

#ifdef ENTREGENT_UNLOCKED_READERS

LockState lock_this_process(const LockOptions& /*options*/) {
  return {.unlocked_build = true};
}

#else

namespace {

[[noreturn]] void give_up() {
  ::_exit(exit_not_locked);
}

void must(bool done) {
  if (!done) give_up();
}

/// Root becomes nobody. In a user namespace without that id root stays root in name, but loses every capability.
bool drop_user() {
  constexpr uid_t nobody = 65534;
  if (::geteuid() == 0) {
    (void)::setgroups(0, nullptr);
    if (::setresgid(nobody, nobody, nobody) == 0 && ::setresuid(nobody, nobody, nobody) == 0) return true;
  }
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, 2> none{};
  must(::syscall(SYS_capset, &header, none.data()) == 0);
  return false;
}

void limit(__rlimit_resource resource, rlim_t value) {
  rlimit now{};
  must(::getrlimit(resource, &now) == 0);
  now.rlim_max = std::min(now.rlim_max, value);  // never above what was inherited: EPERM
  now.rlim_cur = now.rlim_max;
  must(::setrlimit(resource, &now) == 0);
}

void set_limits(const LockOptions& options) {
  constexpr rlim_t whole_life_seconds = 3600;  // a backstop; the pool's own limits are per slice
  limit(RLIMIT_AS, options.address_space);
  limit(RLIMIT_CPU, whole_life_seconds);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_MEMLOCK, 0);
  limit(RLIMIT_MSGQUEUE, 0);
}

// Landlock. Debian 12's header stops at version 2, so the numbers are written out (Linux 6.10
// include/uapi/linux/landlock.h).

constexpr long landlock_create_ruleset = 444;
constexpr long landlock_restrict_self = 446;

struct LandlockRights {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scope;
};

std::uint64_t low_bits(unsigned count) {
  return (std::uint64_t{1} << count) - 1;
}

/// Every right that this version of Landlock can take away.
LandlockRights rights_of(long version) {
  const unsigned files = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  return {.files = low_bits(files), .network = version >= 4 ? low_bits(2) : 0, .scope = version >= 6 ? low_bits(2) : 0};
}

std::size_t rights_bytes(long version) {
  return version >= 6 ? 24 : version >= 4 ? 16 : 8;
}

/// Returns the version, 0 where the kernel has none.
std::uint8_t enter_landlock() {
  const long version = ::syscall(landlock_create_ruleset, nullptr, 0, 1U);
  if (version <= 0) return 0;
  const LandlockRights rights = rights_of(version);
  const long ruleset = ::syscall(landlock_create_ruleset, &rights, rights_bytes(version), 0U);
  must(ruleset >= 0);
  must(::syscall(landlock_restrict_self, ruleset, 0U) == 0);
  ::close(static_cast<int>(ruleset));
  must(::open("/", O_RDONLY | O_DIRECTORY) == -1 && errno == EACCES);
  return static_cast<std::uint8_t>(std::min(version, 255L));
}

// seccomp. What is not named here ends the process.

constexpr std::array allowed{// seen in use; sysinfo is glibc's qsort, which sorts wrongly without
                             SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(recvmsg), SCMP_SYS(close),
                             SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(futex), SCMP_SYS(rt_sigreturn),
                             SCMP_SYS(exit_group), SCMP_SYS(sysinfo),
                             // harmless, and libraries may want them
                             SCMP_SYS(madvise), SCMP_SYS(rt_sigprocmask), SCMP_SYS(getpid), SCMP_SYS(gettid),
                             SCMP_SYS(getrandom), SCMP_SYS(clock_gettime)};

/// Libraries try these and live well without.
constexpr std::array absent{SCMP_SYS(openat),     SCMP_SYS(open),     SCMP_SYS(newfstatat), SCMP_SYS(stat),
                            SCMP_SYS(lstat),      SCMP_SYS(statx),    SCMP_SYS(access),     SCMP_SYS(faccessat),
                            SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd)};
constexpr std::array forbidden{
    SCMP_SYS(ioctl), SCMP_SYS(fcntl),  SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(uname), SCMP_SYS(getuid), SCMP_SYS(geteuid),   SCMP_SYS(getgid),    SCMP_SYS(getegid)};

using Filter = Owned<void, seccomp_release>;

void add(const Filter& filter, std::uint32_t action, int call) {
  must(::seccomp_rule_add(filter.get(), action, call, 0) == 0);
}

void enter_seccomp() {
  const Filter filter(::seccomp_init(SCMP_ACT_KILL_PROCESS));
  must(filter != nullptr);
  must(::seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0);
  for (const int call : allowed) add(filter, SCMP_ACT_ALLOW, call);
  for (const int call : absent) add(filter, SCMP_ACT_ERRNO(ENOENT), call);
  for (const int call : forbidden) add(filter, SCMP_ACT_ERRNO(EPERM), call);
  // abort() sends a signal to itself; nobody else may be sent one.
  const auto self = static_cast<scmp_datum_t>(::getpid());
  must(::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0_64(SCMP_CMP_EQ, self)) == 0);
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    must(::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0);
  must(::seccomp_load(filter.get()) == 0);
}

}  // namespace

LockState lock_this_process(const LockOptions& options) {
  LockState state;
  if (options.drop_user) state.user_dropped = drop_user();
  set_limits(options);
  // A change of user clears what was set before.
  die_with(options.parent);
  must(::prctl(PR_SET_DUMPABLE, 0) == 0);
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  if (options.landlock) state.landlock = enter_landlock();
  limit(RLIMIT_NOFILE, options.descriptors);  // after Landlock, which needs one itself
  state.resource_limits = true;
  enter_seccomp();
  state.seccomp = true;
  must(::open("/", O_RDONLY | O_DIRECTORY) == -1 && errno == ENOENT);
  return state;
}

#endif

}  // namespace entregent::reading
