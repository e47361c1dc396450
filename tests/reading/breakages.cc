// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "reading/reader_process.h"
#include "reading/wire.h"
#include "tests/reading/attacks.h"

namespace entregent::tests {
namespace {

using reading::answers_descriptor;
using reading::Progress;

void say(std::string_view bytes) {
  (void)!::write(answers_descriptor, bytes.data(), bytes.size());
}

[[noreturn]] void for_ever() {
  volatile unsigned spun = 0;
  for (;;) spun = spun + 1;
}

std::string touch_nothing() {
  ::raise(SIGSEGV);
  return "still here";
}

/// Deep enough to end any stack. `above` never holds a y, which the compiler cannot know.
std::size_t descend(const volatile char* above) {  // NOLINT(misc-no-recursion)
  if (above[0] == 'y') return 0;
  volatile char room[4096];
  room[0] = above[0];
  return descend(room) + static_cast<unsigned char>(room[0]);
}

std::string recurse() {
  const char start = 'x';
  return std::to_string(descend(&start));
}

/// Waits without computing.
std::string wait_for_ever() {
  const int never = 0;
  for (;;) ::syscall(SYS_futex, &never, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
}

std::string eat_memory() {
  std::vector<std::vector<char>> meals;
  for (;;) meals.emplace_back(16u << 20, 'x');
}

std::string eat_addresses() {
  while (::mmap(nullptr, 64u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) {
  }
  return std::string(128u << 20, 'x');
}

/// A header as it would be now, with a body of a size that is not its own.
void say_answer(std::uint32_t body_bytes, std::string_view body) {
  const auto* page = static_cast<const Progress*>(progress_page);
  const auto header = reading::wire::encode_header({body_bytes, page->batch, page->index});
  say(std::string(header.data(), header.size()) + std::string(body));
}

std::string say_wrong_length() {
  std::string body;
  reading::wire::append_answer(body, {});
  say_answer(static_cast<std::uint32_t>(body.size() - 1), body);
  for_ever();
}

std::string say_nonsense() {
  say_answer(3, "\x07\x07\x07");
  for_ever();
}

std::string say_huge_length() {
  say(std::string(64, '\xFF'));
  for_ever();
}

std::string say_without_end() {
  for (;;) say(std::string(65536, '\0'));
}

std::string speak_for_another() {
  static_cast<Progress*>(progress_page)->index += 1;
  say_answer(0, {});
  for_ever();
}

/// Looks busy with one item after the other, so that no limit for one item would ever end it.
std::string dodge() {
  auto* page = static_cast<Progress*>(progress_page);
  for (std::uint32_t turn = 0;; ++turn) std::atomic_ref(page->index).store(turn % 16);
}

std::string blame_another() {
  auto* page = static_cast<Progress*>(progress_page);
  std::atomic_ref(page->index).store(1);
  return touch_nothing();
}

constexpr std::array breakage_table{
    Attack{"segv", touch_nothing},
    Attack{"abort", []() -> std::string { std::abort(); }},
    Attack{"recursion", recurse},
    Attack{"exit", []() -> std::string { std::_Exit(0); }},
    Attack{"exception", []() -> std::string { throw std::runtime_error("unexpected"); }},
    Attack{"loop", []() -> std::string { for_ever(); }},
    Attack{"sleep", wait_for_ever},
    Attack{"memory_bomb", eat_memory},
    Attack{"address_bomb", eat_addresses},
    Attack{"wrong_length", say_wrong_length},
    Attack{"nonsense", say_nonsense},
    Attack{"huge_length", say_huge_length},
    Attack{"endless_output", say_without_end},
    Attack{"speak_for_another", speak_for_another},
    Attack{"too_long", [] { return std::string(3u << 20, 'x'); }},
    Attack{"broken_text", [] { return std::string("caf\xE9"); }},
    Attack{"dodge", dodge},
    Attack{"blame_another", blame_another},
    Attack{"close_answers",
           []() -> std::string {
             ::close(answers_descriptor);
             for_ever();
           }},
};

}  // namespace

std::span<const Attack> breakages() {
  return breakage_table;
}

}  // namespace entregent::tests
