// SPDX-License-Identifier: AGPL-3.0-or-later
#include <filesystem>
#include <system_error>

#include <sys/auxv.h>
#include <unistd.h>

#include "reading/reader_pool.h"

namespace entregent::reading {
namespace {

namespace fs = std::filesystem;

/// Where this program lies. A chroot without /proc has no /proc/self/exe; there the kernel still says what was
/// executed.
fs::path own_program() {
  std::error_code error;
  const fs::path link = fs::read_symlink("/proc/self/exe", error);
  if (!error) return link;
  const auto* executed = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));  // NOLINT(performance-no-int-to-ptr)
  return executed != nullptr ? fs::absolute(executed, error) : fs::path();
}

}  // namespace

std::string reader_program() {
  const fs::path program = own_program().parent_path() / "entregent-read";
  if (::access(program.c_str(), X_OK) != 0)
    throw ReadersUnavailable(N_("The reader program entregent-read is missing."));
  return program.string();
}

}  // namespace entregent::reading
