// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>

namespace entregent::reading {

/// One charset for each converter module of glibc 2.36 (the modules of gconv-modules that convert to INTERNAL). A
/// module, once loaded, serves all its charsets and their aliases. Another glibc may lack some or have more: the lock's
/// test compares every name of `iconv -l`.
std::span<const char* const> charset_modules();

}  // namespace entregent::reading
