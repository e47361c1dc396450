// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/zygote.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reading/channel.h"
#include "reading/process.h"

namespace entregent::reading {
namespace {

constexpr std::string_view marker = "--zygote";
constexpr std::size_t fixed_arguments = 5;

template <class Number>
bool parse(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

void reply(const ZygoteMessage& message, std::span<const int> descriptors) {
  // The pool reads replies before it asks for much more, so its queue is never full for long.
  while (send_message(zygote_descriptor, std::as_bytes(std::span(&message, 1)), descriptors) == Sent::later)
    ::usleep(1000);
}

[[noreturn]] void become_reader(const Message& message, pid_t zygote, const ReaderOptions& options,
                                const ReadFunction& read) {
  int target = batches_descriptor;
  for (const Descriptor& descriptor : message.descriptors) ::dup2(descriptor.number(), target++);
  ::close_range(static_cast<unsigned>(target), ~0U, 0);
  ReaderOptions mine = options;
  mine.lock.parent = zygote;
  die_with(zygote);
  run_reader(mine, read);
}

void start_reader(const Message& message, const ReaderOptions& options, const ReadFunction& read) {
  const pid_t zygote = ::getpid();
  const pid_t child = message.descriptors.size() == 3 ? ::fork() : -1;
  if (child == 0) become_reader(message, zygote, options, read);
  if (child < 0) return reply({.call = ZygoteCall::start}, {});
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  reply({.call = ZygoteCall::start, .pid = child}, {&handle, handle >= 0 ? 1U : 0U});
  if (handle >= 0) ::close(handle);
}

/// The pool asks only about a process that has ended or that it has killed.
void tell_status(pid_t pid) {
  int status = 0;
  const pid_t ended = pid > 0 ? ::waitpid(pid, &status, 0) : -1;
  reply({.call = ZygoteCall::status, .pid = pid, .status = ended == pid ? status : -1}, {});
}

}  // namespace

std::vector<std::string> to_strings(const ZygoteArguments& arguments) {
  std::vector<std::string> strings{std::string(marker), std::to_string(arguments.parent),
                                   std::to_string(arguments.address_space), std::to_string(arguments.answer_bytes),
                                   arguments.zone};
  strings.insert(strings.end(), arguments.extra.begin(), arguments.extra.end());
  return strings;
}

std::optional<ZygoteArguments> parse_arguments(std::span<char* const> arguments) {
  if (arguments.size() < fixed_arguments || arguments[0] != marker) return std::nullopt;
  ZygoteArguments parsed;
  if (!parse(arguments[1], parsed.parent) || !parse(arguments[2], parsed.address_space) ||
      !parse(arguments[3], parsed.answer_bytes))
    return std::nullopt;
  parsed.zone = arguments[4];
  for (const char* extra : arguments.subspan(fixed_arguments)) parsed.extra.emplace_back(extra);
  return parsed;
}

void run_zygote(const ZygoteArguments& arguments, ReaderOptions options, void (*prepare)(), const ReadFunction& read) {
  die_with(arguments.parent);
  ::signal(SIGPIPE, SIG_IGN);
  options.lock.address_space = arguments.address_space;
  options.max_answer_bytes = arguments.answer_bytes;
  prepare();
  Message message;
  while (receive_message(zygote_descriptor, message) == Received::message) {
    ZygoteMessage asked;
    if (message.bytes.size() != sizeof(asked)) break;
    std::memcpy(&asked, message.bytes.data(), sizeof(asked));
    if (asked.call == ZygoteCall::start)
      start_reader(message, options, read);
    else
      tell_status(asked.pid);
    message.descriptors.clear();
  }
  while (::wait(nullptr) > 0 || errno == EINTR) {
  }
  end_process(0);
}

}  // namespace entregent::reading
