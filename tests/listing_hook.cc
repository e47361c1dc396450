// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/listing_hook.h"

#include <cerrno>
#include <string>
#include <utility>

#include <dirent.h>
#include <dlfcn.h>

namespace entregent::tests {
namespace {

ListingHook::Acts& acts_now() {
  static ListingHook::Acts acts;
  return acts;
}

}  // namespace

ListingHook::ListingHook(Acts acts) {
  acts_now() = std::move(acts);
}
ListingHook::~ListingHook() {
  acts_now() = {};
}

}  // namespace entregent::tests

extern "C" dirent* readdir(DIR* dirp) {
  using entregent::tests::acts_now;
  using Readdir = dirent* (*)(DIR*);
  static const auto real = reinterpret_cast<Readdir>(::dlsym(RTLD_NEXT, "readdir"));
  const auto& acts = acts_now();
  if (!acts.before_entry && !acts.at_end) return real(dirp);
  // What the acts do may list folders itself.
  const auto now = std::exchange(acts_now(), {});
  const int wanted = errno;
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(::dirfd(dirp)));
  const int failure = now.before_entry ? now.before_entry(folder) : 0;
  errno = wanted;
  dirent* const entry = failure == 0 ? real(dirp) : nullptr;
  const int error = failure == 0 ? errno : failure;
  if (entry == nullptr && failure == 0 && now.at_end) now.at_end(folder);
  acts_now() = now;
  errno = error;
  return entry;
}
