// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace entregent::people {

/// Calls `work(part, begin, end)` for the parts of 0 … count, in as many threads; few things stay in this thread. What
/// comes out must depend on the parts' places only.
template <class Work>
void in_parts(std::size_t count, std::size_t parts, Work work) {
  std::vector<std::exception_ptr> failures(parts);
  const auto run = [&](std::size_t part) {
    try {
      work(part, count * part / parts, count * (part + 1) / parts);
    } catch (...) {
      failures[part] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t part = 1; part < parts; ++part) threads.emplace_back(run, part);
    run(0);
  }
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

/// How many parts so much work is worth.
inline std::size_t parts_for(std::size_t count) {
  constexpr std::size_t worth_a_thread = 20000, most = 4;
  return std::clamp<std::size_t>(count / worth_a_thread, 1,
                                 std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most));
}

}  // namespace entregent::people
