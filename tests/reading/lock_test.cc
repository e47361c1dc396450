// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <cstdio>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "base/charset.h"
#include "readers/documents/document_reader.h"
#include "readers/mail_reader.h"
#include "tests/reading/pool_fixture.h"
#include "tests/sample_documents.h"

/// The readers' lock, tried from inside: what a file may make its reader do reaches nothing.
namespace entregent::tests {
namespace {

using reading::Answer;
using reading::ProblemKind;
using reading::ReaderPool;

/// What may be missing while the rest of the lock must still hold.
struct Variant {
  const char* name;
  std::vector<std::string> arguments;
};

const std::array variants{Variant{"whole", {}}, Variant{"without_landlock", {"without-landlock"}},
                          Variant{"as_root", {"keep-user"}},
                          Variant{"as_root_without_landlock", {"keep-user", "without-landlock"}}};

struct Escape {
  const char* name;
  const char* refused_with;  ///< nothing: the reader ends by SIGSYS
};

constexpr std::array escapes{Escape{"open", "ENOENT"},
                             Escape{"create", "ENOENT"},
                             Escape{"open_folder", "ENOENT"},
                             Escape{"open_own_input", "ENOENT"},
                             Escape{"stat", "ENOENT"},
                             Escape{"readlink", "ENOENT"},
                             Escape{"access", "ENOENT"},
                             Escape{"getcwd", "ENOENT"},
                             Escape{"ioctl", "EPERM"},
                             Escape{"raise_limits", "EPERM"},
                             Escape{"socket_inet", nullptr},
                             Escape{"socket_inet_datagram", nullptr},
                             Escape{"socket_unix", nullptr},
                             Escape{"connect", nullptr},
                             Escape{"exec", nullptr},
                             Escape{"fork", nullptr},
                             Escape{"clone3", nullptr},
                             Escape{"kill", nullptr},
                             Escape{"kill_thread_of_another", nullptr},
                             Escape{"ptrace", nullptr},
                             Escape{"process_vm_readv", nullptr},
                             Escape{"memfd", nullptr},
                             Escape{"unlink", nullptr},
                             Escape{"mkdir", nullptr},
                             Escape{"chdir", nullptr},
                             Escape{"chmod", nullptr},
                             Escape{"io_uring", nullptr},
                             Escape{"bpf", nullptr},
                             Escape{"seccomp_again", nullptr},
                             Escape{"unshare", nullptr},
                             Escape{"sendmsg", nullptr},
                             Escape{"mmap_writable_code", nullptr},
                             Escape{"mprotect_code", nullptr},
                             Escape{"x32", nullptr},
                             Escape{"int_0x80", nullptr}};

class LockedTest : public PoolTest {
 protected:
  static reading::Options variant(const std::vector<std::string>& arguments) {
    auto options = PoolTest::options();
    options.arguments = arguments;
    return options;
  }
};

class Lock : public LockedTest, public testing::WithParamInterface<Variant> {};

void expect_refused(const Answer& answer, const Escape& escape, const std::string& said) {
  if (escape.refused_with != nullptr) {
    EXPECT_FALSE(answer.problem) << escape.name;
    EXPECT_EQ(said, escape.refused_with) << escape.name;
    return;
  }
  ASSERT_TRUE(answer.problem) << escape.name << ": " << said;
  // A kernel without 32-bit programs answers int 0x80 with SIGSEGV.
  const bool crash_will_do =
      std::string_view(escape.name) == "int_0x80" && answer.problem->kind == ProblemKind::crashed;
  EXPECT_TRUE(crash_will_do || answer.problem->kind == ProblemKind::forbidden_call) << escape.name;
}

TEST_P(Lock, lets_nothing_out) {
  constexpr std::uint64_t first_attacker = 1000;
  std::vector<reading::Slice> slices;
  for (std::uint64_t i = 0; i < escapes.size(); ++i) {
    slices.push_back(slice(i, "mail " + std::to_string(i)));
    slices.push_back(slice(first_attacker + i, std::string("!attack ") + escapes[i].name));
  }
  ReaderPool pool(variant(GetParam().arguments));
  const auto answers = run(pool, std::move(slices));
  ASSERT_EQ(answers.size(), 2 * escapes.size());
  for (std::uint64_t i = 0; i < escapes.size(); ++i) {
    EXPECT_EQ(text_of(answers.at(i)), "mail " + std::to_string(i));
    const Answer& attacked = answers.at(first_attacker + i);
    expect_refused(attacked, escapes[i], text_of(attacked));
  }
}

INSTANTIATE_TEST_SUITE_P(variant, Lock, testing::ValuesIn(variants),
                         [](const auto& test) { return std::string(test.param.name); });

class LockedMemory : public LockedTest {};

TEST_F(LockedMemory, is_bounded) {
  for (const char* bomb : {"memory_bomb", "address_bomb"}) {
    auto small = variant({});
    small.limits.address_space = 512u << 20;
    ReaderPool pool(small);
    const auto answers = run(pool, slices_around(bomb));
    expect_innocents(answers);
    ASSERT_TRUE(answers.at(attacker).problem) << bomb;
    EXPECT_EQ(answers.at(attacker).problem->kind, ProblemKind::memory) << bomb;
  }
}

TEST_F(LockedMemory, a_reader_that_hides_its_answers_is_ended) {
  ReaderPool pool(variant({}));
  const auto answers = run(pool, slices_around("close_answers"));
  expect_innocents(answers);
  EXPECT_TRUE(answers.at(attacker).problem);
}

/// As `iconv -l` prints them: `437// CP437// IBM437//`, one or more a line.
std::set<std::string> charsets_of_this_machine() {
  std::set<std::string> names;
  std::FILE* list = ::popen("iconv -l", "r");
  std::array<char, 256> word{};
  while (std::fscanf(list, "%255s", word.data()) == 1) {
    std::string name = word.data();
    while (name.ends_with('/') || name.ends_with(',')) name.pop_back();
    names.insert(name);
  }
  ::pclose(list);
  return names;
}

/// Bytes that say something in most charsets, single-byte, double-byte and shifting ones.
std::string sample() {
  std::string bytes = "Hello 123 ";
  for (int byte = 0xA1; byte < 0xFF; byte += 3) bytes += static_cast<char>(byte);
  return bytes + "\x1B$B$3$s\x1B(B \x0E$3\x0F end";
}

class LockedCharsets : public LockedTest {
 protected:
  /// The charsets that come out otherwise than outside the lock.
  std::vector<std::string> differing(const std::vector<std::string>& arguments) {
    const std::set<std::string> names = charsets_of_this_machine();
    EXPECT_GT(names.size(), 200U);
    std::vector<reading::Slice> slices;
    std::vector<std::string> expected;
    std::vector<std::string> asked(names.begin(), names.end());
    for (const std::string& name : asked) {
      const auto text = decode_charset(sample(), name);
      expected.push_back(text ? text->text : "unknown charset");
      slices.push_back(slice(expected.size() - 1, "!charset " + name + "\n" + sample()));
    }
    ReaderPool pool(variant(arguments));
    std::vector<std::string> differ;
    for (const auto& [id, answer] : run(pool, std::move(slices)))
      if (answer.problem || text_of(answer) != expected[id]) differ.push_back(asked[id]);
    return differ;
  }
};

TEST_F(LockedCharsets, come_out_as_they_do_outside) {
  EXPECT_EQ(differing({}), std::vector<std::string>{});
}

/// The test above would say nothing if it could not fail: without warm-up the same charsets come out wrong.
TEST_F(LockedCharsets, are_lost_by_a_cold_reader) {
  EXPECT_GT(differing({"cold"}).size(), 100U);
}

class EntregentRead : public LockedTest {};

/// What a library opens late is missing under the lock, and most say nothing: poppler loses all text.
TEST_F(EntregentRead, reads_documents_as_it_does_outside) {
  const std::vector<std::string> documents{
      pdf_of("BT /F1 12 Tf 20 200 Td (D\xE9j\xE0 vu \x80) Tj ET", "/Title(\xFE\xFF\x04\x14\x04\x30)"),
      docx_of("Proposition", "Zo\xC3\xA9 Brume"), "<!DOCTYPE html><meta charset=windows-1251><p>\xCF\xF0\xE8",
      "{\\rtf1\\ansicpg932 \\'93\\'fa\\'96\\'7b}"};
  auto product = variant({});
  product.program = ENTREGENT_READ;
  ReaderPool pool(product);
  std::vector<reading::Slice> slices;
  for (const auto& document : documents)
    slices.push_back({.id = slices.size(), .file = file(document), .request = {.format = readers::Format::unknown}});
  const auto answers = run(pool, std::move(slices));
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto item = readers::read_document(documents[i], readers::document_format(documents[i]));
    ASSERT_TRUE(item) << i;
    EXPECT_NE(item->texts, std::vector<readers::TextSection>{}) << i;
    ASSERT_EQ(answers.at(i).items.size(), 1U) << i;
    EXPECT_EQ(answers.at(i).items.front(), *item) << i;
  }
}

TEST_F(EntregentRead, takes_no_switches) {
  auto product = variant({"without-landlock"});
  product.program = ENTREGENT_READ;
  ReaderPool pool(product);
  std::vector<reading::Slice> one;
  one.push_back(slice(1, "From: x@post.example\n\nhello\n"));
  pool.submit(std::move(one));
  EXPECT_THROW(for (;;) pool.wait(std::chrono::seconds(1)), reading::ReadersUnavailable);
}

TEST_F(EntregentRead, is_locked_and_reads) {
  auto product = variant({});
  product.program = ENTREGENT_READ;
  ReaderPool pool(product);
  const auto state = pool.wait_for_lock(std::chrono::seconds(30));
  ASSERT_TRUE(state);
  EXPECT_TRUE(state->seccomp && state->resource_limits && !state->unlocked_build);
  std::vector<reading::Slice> one;
  one.push_back(slice(1, "From: x@post.example\nSubject: hello\n\nhello\n"));
  const auto answers = run(pool, std::move(one));
  ASSERT_EQ(answers.at(1).items.size(), 1U);
}

/// The product's own path: a mail in each charset, read in this process and by a locked reader.
TEST_F(EntregentRead, decodes_mail_in_every_charset_as_it_is_outside) {
  std::vector<reading::Slice> slices;
  std::vector<readers::ExtractedItem> expected;
  for (const std::string& name : charsets_of_this_machine()) {
    const std::string mail =
        "From: x@post.example\nContent-Type: text/plain; charset=\"" + name + "\"\n\n" + sample() + "\n";
    const auto item = readers::read_mail(mail);
    ASSERT_TRUE(item) << name;
    slices.push_back(slice(expected.size(), mail));
    expected.push_back(*item);
  }
  auto product = variant({});
  product.program = ENTREGENT_READ;
  ReaderPool pool(product);
  for (const auto& [id, answer] : run(pool, std::move(slices))) {
    ASSERT_EQ(answer.items.size(), 1U) << id;
    EXPECT_EQ(answer.items[0], expected[id]) << id;
  }
}

}  // namespace
}  // namespace entregent::tests
