// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

// Relaxed: only the sum counts.
std::atomic<std::int64_t> taken{0};

}  // namespace

namespace entregent::app {
std::int64_t allocations() {
  return taken.load(std::memory_order_relaxed);
}
}  // namespace entregent::app

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // sanitizers bring their own
void* operator new(std::size_t size) {
  taken.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
#endif
