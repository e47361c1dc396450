// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <span>

#include <sys/mman.h>

#include "base/charset.h"
#include "base/text.h"
#include "reading/read_slice.h"
#include "reading/warm_up.h"
#include "reading/zygote.h"
#include "tests/reading/attacks.h"

using namespace entregent;  // NOLINT(google-build-using-namespace): a program of one file

/// `entregent-read-attacks`: entregent-read, but a slice that begins with `!attack NAME` makes it do what a taken-over
/// reader might, and one that begins with `!charset NAME` and a line end is decoded. Any other slice gives an item with
/// its bytes as the title. One that holds `!disk fault` is refused by the disk, and an mbox that holds `!stand still`
/// is cut without ever getting on. Built for tests, never installed.

void* tests::progress_page = nullptr;

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the linker's and the sanitizers' own names
// The linker sends every mmap here: the page is the one shared mapping of that descriptor.
extern "C" void* __real_mmap(void*, std::size_t, int, int, int, off_t);
extern "C" void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset);
extern "C" void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset) {
  void* const page = __real_mmap(address, size, protection, flags, file, offset);
  if (file == reading::progress_descriptor) tests::progress_page = page;
  return page;
}

// Reports of the crashes that are wanted here would only be noise.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "handle_segv=0:handle_abort=0:detect_leaks=0";
}
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() {
  return "handle_segv=0:handle_abort=0";
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

namespace {

std::string attacked(std::string_view name) {
  for (const std::span<const tests::Attack> table : {tests::escapes(), tests::breakages()})
    for (const tests::Attack& attack : table)
      if (attack.name == name) return attack.run();
  return "no such attack";
}

std::string decoded(std::string_view request) {
  const std::size_t end = request.find('\n');
  const auto text = decode_charset(request.substr(end + 1), request.substr(0, end));
  return text ? text->text : "unknown charset";
}

std::string replied(std::string_view content) {
  constexpr std::string_view attack = "!attack ";
  constexpr std::string_view charset = "!charset ";
  if (content.starts_with(attack)) return attacked(trimmed(content.substr(attack.size())));
  if (content.starts_with(charset)) return decoded(content.substr(charset.size()));
  return std::string(content);
}

reading::Answer cut(const reading::SliceRequest& request, const reading::SliceBytes& bytes, std::string_view content) {
  auto answer = reading::SliceReader({}).read(request, bytes);
  if (content.find("!stand still") != std::string_view::npos) {
    answer.resume_at = request.offset;
    answer.finished = false;
  }
  return answer;
}

reading::Answer read_or_attack(const reading::SliceRequest& request, const reading::SliceBytes& bytes) {
  std::string content(static_cast<std::size_t>(bytes.end - bytes.begin), '\0');
  content.resize(bytes.read_at(bytes.begin, content));
  if (request.split) return cut(request, bytes, content);
  if (content.find("!disk fault") != std::string::npos) throw reading::UnreadableBytes();
  reading::Answer answer{.format = request.format};
  readers::ExtractedItem item;
  // Answers of any length in pieces that the wire takes.
  const std::string reply = replied(content);
  for (std::size_t at = 0; at < reply.size(); at += 32768)
    item.texts.push_back({.kind = readers::TextKind::attachment, .text = reply.substr(at, 32768)});
  answer.items.push_back(std::move(item));
  return answer;
}

bool has(const std::vector<std::string>& extra, std::string_view option) {
  return std::ranges::find(extra, option) != extra.end();
}

}  // namespace

int main(int count, char** words) {
  const auto arguments = reading::parse_arguments(std::span(words, static_cast<std::size_t>(count)).subspan(1));
  if (!arguments) return 2;
  reading::ReaderOptions options;
  options.lock.landlock = !has(arguments->extra, "without-landlock");
  options.lock.drop_user = !has(arguments->extra, "keep-user");
  const bool cold = has(arguments->extra, "cold");
  reading::run_zygote(*arguments, options, cold ? [] {} : reading::warm_up_system, read_or_attack);
}
