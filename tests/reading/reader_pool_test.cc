// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/reader_pool.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/reading/pool_fixture.h"

namespace entregent::tests {
namespace {

using reading::Answer;
using reading::ProblemKind;
using reading::ReaderPool;
using reading::Slice;
using std::chrono::milliseconds;

class Pool : public PoolTest {};

TEST_F(Pool, answers_every_slice_once) {
  ReaderPool pool(options());
  std::vector<Slice> slices;
  for (std::uint64_t id = 0; id < 500; ++id) slices.push_back(slice(id, "mail " + std::to_string(id)));
  const auto answers = run(pool, std::move(slices));
  ASSERT_EQ(answers.size(), 500U);
  for (const auto& [id, answer] : answers) EXPECT_EQ(text_of(answer), "mail " + std::to_string(id));
  EXPECT_EQ(pool.counters().slices, 500U);
  EXPECT_EQ(pool.counters().answers, 500U);
  EXPECT_EQ(pool.counters().died, 0U);
  EXPECT_TRUE(pool.counters().problems.empty());
}

TEST_F(Pool, reads_many_slices_of_one_file_through_one_descriptor) {
  std::string content;
  for (int i = 1000; i < 6000; ++i) content += std::to_string(i);
  const reading::FileHandle shared = file(content);
  std::vector<Slice> slices;
  for (std::uint64_t id = 0; id < 5000; ++id)
    slices.push_back(
        {.id = id, .file = shared, .request = {.offset = id * 4, .bytes = 4, .format = readers::Format::mail}});
  ReaderPool pool(options());
  const auto answers = run(pool, std::move(slices));
  ASSERT_EQ(answers.size(), 5000U);
  for (const auto& [id, answer] : answers) ASSERT_EQ(text_of(answer), std::to_string(1000 + id));
}

TEST_F(Pool, takes_what_lies_beyond_the_end_as_empty) {
  const reading::FileHandle short_file = file("ab");
  std::vector<Slice> slices;
  for (const std::uint64_t offset : {0U, 1U, 2U, 3000U})
    slices.push_back(
        {.id = offset, .file = short_file, .request = {.offset = offset, .bytes = 9, .format = readers::Format::mail}});
  ReaderPool pool(options());
  const auto answers = run(pool, std::move(slices));
  EXPECT_EQ(text_of(answers.at(0)), "ab");
  EXPECT_EQ(text_of(answers.at(1)), "b");
  EXPECT_EQ(text_of(answers.at(2)), "");
  EXPECT_EQ(text_of(answers.at(3000)), "");
}

TEST_F(Pool, carries_large_answers) {
  ReaderPool pool(options());
  const std::string large(6u << 20, 'y');
  std::vector<Slice> slices;
  for (std::uint64_t id = 0; id < 5; ++id) slices.push_back(slice(id, large));
  for (const auto& [id, answer] : run(pool, std::move(slices))) EXPECT_EQ(text_of(answer), large);
}

TEST_F(Pool, replaces_readers_after_a_while) {
  auto few = options();
  few.recycle_after = 20;
  ReaderPool pool(few);
  std::vector<Slice> slices;
  for (std::uint64_t id = 0; id < 400; ++id) slices.push_back(slice(id, "x"));
  EXPECT_EQ(run(pool, std::move(slices)).size(), 400U);
  EXPECT_GE(pool.counters().started, 10U);
  EXPECT_EQ(pool.counters().died, 0U);
}

TEST_F(Pool, says_what_holds_its_readers) {
  ReaderPool pool(options());
  const auto state = pool.wait_for_lock(std::chrono::seconds(30));
  ASSERT_TRUE(state);
#ifdef ENTREGENT_UNLOCKED_READERS
  EXPECT_EQ(*state, reading::LockState{.unlocked_build = true});
#else
  EXPECT_FALSE(state->unlocked_build);
  EXPECT_TRUE(state->seccomp);
  EXPECT_TRUE(state->resource_limits);
  EXPECT_EQ(state->user_dropped, ::geteuid() == 0);
#endif
}

TEST_F(Pool, fills_up_and_empties) {
  ReaderPool pool(options());
  EXPECT_FALSE(pool.full());
  std::vector<Slice> slices;
  for (std::uint64_t id = 0; id < 96; ++id) slices.push_back(slice(id, "x"));
  pool.submit(std::move(slices));
  EXPECT_TRUE(pool.full());
  EXPECT_EQ(pool.pending(), 96U);
  EXPECT_EQ(run(pool, {}).size(), 96U);
  EXPECT_FALSE(pool.full());
}

TEST_F(Pool, waits_no_longer_than_it_is_told) {
  ReaderPool pool(options());
  EXPECT_TRUE(pool.wait(std::chrono::hours(1)).empty());  // nothing is pending
  std::vector<Slice> one;
  one.push_back(slice(1, "!attack loop"));
  pool.submit(std::move(one));
  EXPECT_TRUE(pool.wait(milliseconds(1)).empty());
  EXPECT_EQ(pool.pending(), 1U);
}

TEST_F(Pool, stops_at_once_though_its_readers_are_busy) {
  ReaderPool pool(options());
  std::vector<Slice> slices;
  for (std::uint64_t id = 0; id < 40; ++id) slices.push_back(slice(id, "!attack loop"));
  pool.submit(std::move(slices));
  ASSERT_TRUE(pool.wait_for_lock(std::chrono::seconds(30)));
  pool.wait(milliseconds(1));
  const auto begin = std::chrono::steady_clock::now();
  pool.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
  EXPECT_EQ(pool.pending(), 0U);
  EXPECT_EQ(pool.counters().slices, 40U);
  EXPECT_THROW(pool.submit({}), std::logic_error);
}

TEST_F(Pool, says_so_when_there_is_no_reader_program) {
  auto missing = options();
  missing.program = "/nonexistent/entregent-read";
  EXPECT_THROW(ReaderPool{missing}, reading::ReadersUnavailable);
}

TEST_F(Pool, gives_up_on_a_program_that_is_no_reader) {
  auto wrong = options();
  wrong.program = "/bin/true";
  ReaderPool pool(wrong);
  std::vector<Slice> one;
  one.push_back(slice(1, "x"));
  pool.submit(std::move(one));
  EXPECT_THROW(for (;;) pool.wait(std::chrono::seconds(1)), reading::ReadersUnavailable);
}

TEST_F(Pool, refuses_what_is_no_regular_file) {
  const TemporaryFolder folder;
  const std::string fifo = folder.path() / "fifo";
  const std::string link = folder.path() / "link";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  ASSERT_EQ(::symlink("/etc/passwd", link.c_str()), 0);
  for (const std::string& path : {fifo, link, folder.path().string()}) {
    const auto opened = reading::open_file(path);
    ASSERT_FALSE(opened) << path;
    EXPECT_EQ(opened.error().code, ErrorCode::invalid) << path;
  }
  EXPECT_EQ(reading::open_file(folder.path() / "absent").error().code, ErrorCode::not_found);

  std::vector<Slice> slices;
  std::uint64_t id = 0;
  for (const int flags : {O_PATH | O_NOFOLLOW, O_RDONLY | O_NONBLOCK}) {
    const char* path = (flags & O_PATH) != 0 ? link.c_str() : fifo.c_str();
    slices.push_back({.id = ++id, .file = std::make_shared<reading::Descriptor>(::open(path, flags | O_CLOEXEC))});
  }
  slices.push_back({.id = ++id, .file = nullptr});
  slices.push_back(slice(++id, "honest"));
  ReaderPool pool(options());
  const auto answers = run(pool, std::move(slices));
  ASSERT_EQ(answers.size(), 4U);
  for (std::uint64_t i = 1; i < 4; ++i) {
    ASSERT_TRUE(answers.at(i).problem) << i;
    EXPECT_EQ(answers.at(i).problem->kind, ProblemKind::not_a_file);
  }
  EXPECT_EQ(text_of(answers.at(4)), "honest");
}

TEST_F(Pool, says_which_file_the_disk_does_not_give) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "closed";
  std::ofstream(path) << "not to be read";
  std::vector<Slice> slices;
  const auto writable = std::make_shared<reading::Descriptor>(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  slices.push_back({.id = 1, .file = writable, .request = {.format = readers::Format::mail}});
  slices.push_back(slice(2, "honest"));
  ReaderPool pool(options());
  const auto answers = run(pool, std::move(slices));
  ASSERT_TRUE(answers.at(1).problem);
  EXPECT_EQ(answers.at(1).problem->kind, ProblemKind::unreadable);
  EXPECT_EQ(text_of(answers.at(2)), "honest");
}

/// Where descriptors run out, the pool waits for some to be closed instead of dropping slices.
TEST_F(Pool, lives_through_a_time_without_descriptors) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  auto alone = options();
  alone.readers = 1;
  ReaderPool pool(alone);
  ASSERT_TRUE(pool.wait_for_lock(std::chrono::seconds(30)));
  auto slices = slices_around("segv");  // its reader has to be replaced
  std::vector<reading::FileHandle> kept_open;
  for (const Slice& each : slices) kept_open.push_back(each.file);
  rlimit tight = before;
  const int first_free = ::dup(kept_open.front()->number());
  tight.rlim_cur = static_cast<rlim_t>(first_free);
  ::close(first_free);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  pool.submit(std::move(slices));
  std::map<std::uint64_t, Answer> answers;
  for (int turn = 0; turn < 3; ++turn)
    for (Answer& answer : pool.wait(milliseconds(50))) answers[answer.id] = std::move(answer);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_GT(pool.pending(), 0U);
  answers.merge(run(pool, {}));
  expect_innocents(answers);
  ASSERT_TRUE(answers.at(attacker).problem);
  EXPECT_EQ(answers.at(attacker).problem->kind, ProblemKind::crashed);
}

/// All processes of the pool become our children when their owner is killed; this test ends when each of them has.
TEST_F(Pool, leaves_no_process_behind_when_its_owner_is_killed) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe2(ready.data(), O_CLOEXEC), 0);
  const pid_t owner = ::fork();
  if (owner == 0) {
    ReaderPool pool(options());
    std::vector<Slice> slices;
    for (std::uint64_t id = 0; id < 40; ++id) slices.push_back(slice(id, "!attack loop"));
    pool.submit(std::move(slices));
    const bool runs = pool.wait_for_lock(std::chrono::seconds(30)).has_value();
    pool.wait(milliseconds(10));
    (void)!::write(ready[1], runs ? "y" : "n", 1);
    for (;;) ::pause();
  }
  char runs = 0;
  ASSERT_EQ(::read(ready[0], &runs, 1), 1);
  EXPECT_EQ(runs, 'y');
  ::kill(owner, SIGKILL);
  int ended = 0;
  while (::wait(nullptr) > 0) ++ended;
  EXPECT_EQ(errno, ECHILD);
  EXPECT_GE(ended, 3);  // the owner, the zygote, a reader
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

struct Breakage {
  const char* name;
  ProblemKind kind;
};

class Broken : public PoolTest, public testing::WithParamInterface<Breakage> {
 protected:
  static reading::Options tight() {
    auto tight = options();
    tight.limits.item_cpu = milliseconds(300);
    tight.limits.batch_cpu = milliseconds(600);
    tight.limits.answer_bytes = 1u << 20;
    tight.limits.address_space = 512u << 20;
    return tight;
  }
};

TEST_P(Broken, costs_its_own_slice_only) {
  auto options = tight();
  // Only for who waits: on a machine with much else to do, the others' CPU time may take a minute to come.
  if (GetParam().kind == ProblemKind::wall_limit) options.limits.item_wall = milliseconds(3000);
  ReaderPool pool(options);
  const auto answers = run(pool, slices_around(GetParam().name));
  expect_innocents(answers);
  const Answer& answer = answers.at(attacker);
  ASSERT_TRUE(answer.problem) << text_of(answer);
  EXPECT_EQ(answer.problem->kind, GetParam().kind) << answer.problem->error.message;
  EXPECT_TRUE(answer.items.empty());
  EXPECT_EQ(pool.counters().problems.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    reader, Broken,
    testing::Values(Breakage{"segv", ProblemKind::crashed}, Breakage{"abort", ProblemKind::crashed},
                    Breakage{"recursion", ProblemKind::crashed}, Breakage{"exit", ProblemKind::crashed},
                    Breakage{"exception", ProblemKind::crashed}, Breakage{"loop", ProblemKind::cpu_limit},
                    Breakage{"sleep", ProblemKind::wall_limit}, Breakage{"wrong_length", ProblemKind::malformed_answer},
                    Breakage{"nonsense", ProblemKind::malformed_answer},
                    Breakage{"huge_length", ProblemKind::too_much_output},
                    Breakage{"endless_output", ProblemKind::malformed_answer},
                    Breakage{"speak_for_another", ProblemKind::malformed_answer},
                    Breakage{"too_long", ProblemKind::too_much_output},
                    Breakage{"broken_text", ProblemKind::malformed_answer}, Breakage{"dodge", ProblemKind::cpu_limit},
                    Breakage{"blame_another", ProblemKind::crashed}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace entregent::tests
