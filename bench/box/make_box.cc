// SPDX-License-Identifier: AGPL-3.0-or-later
// make_box --messages N --seed S [--out MAILDIR] [--mbox FILE] [--truth FILE]: an invented mail box, French and
// English, up to a million messages, and the truth of who is who, which is MAILDIR.truth.tsv if not named; --truth
// alone writes no mail. The same seed and number give the same bytes.
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "arguments.h"
#include "dates.h"
#include "maildir.h"
#include "message.h"
#include "truth.h"

namespace entregent::bench {
namespace {

constexpr std::size_t most_messages = 1000000;

struct Options {
  std::size_t messages = 1000;
  std::uint64_t seed = 1;
  std::string out, mbox, truth;
};

std::optional<Options> read_options(int count, char** words) {
  const auto arguments = read_arguments(count, words, {"--messages", "--seed", "--out", "--mbox", "--truth"});
  Options options;
  if (!arguments || !read_number(*arguments, "--messages", options.messages) ||
      !read_number(*arguments, "--seed", options.seed))
    return std::nullopt;
  options.out = read_text(*arguments, "--out");
  options.mbox = read_text(*arguments, "--mbox");
  options.truth = read_text(*arguments, "--truth");
  const bool writes = !options.out.empty() || !options.mbox.empty() || !options.truth.empty();
  const bool sound = writes && options.messages > 0 && options.messages <= most_messages;
  return sound ? std::optional(options) : std::nullopt;
}

std::string folder_of(const World& world, const Planned& message, std::uint32_t number) {
  if (message.kind == MailKind::list) return ".Lists." + world.lists[message.list].name;
  if (world.spellings[message.from].party == 0) return ".Sent";
  return number % 4 == 0 ? ".Archives." + std::to_string(year_of(message.at)) : "";
}

/// mboxrd: one `>` more before every line that begins with `From ` after any number of them.
void append_mboxrd(std::ostream& mbox, const std::string& sender, std::int64_t at, std::string_view bytes) {
  mbox << "From " << sender << ' ' << mbox_date(at) << '\n';
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const std::size_t markers = std::min(line.find_first_not_of('>'), line.size());
    if (line.substr(markers).starts_with("From ")) mbox << '>';
    mbox << line << '\n';
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  }
  mbox << '\n';
}

std::string without_end_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

void write_messages(const Options& options, const World& world, const Plan& plan) {
  const LetterWriter letters(world, plan, options.seed);
  std::optional<MaildirWriter> maildir;
  if (!options.out.empty()) maildir.emplace(options.out);
  std::ofstream mbox;
  if (!options.mbox.empty()) mbox.open(options.mbox, std::ios::binary);
  for (std::uint32_t number = 0; number < plan.messages.size(); ++number) {
    const Planned& message = plan.messages[number];
    const std::string bytes = render_message(world, plan, letters, options.seed, number);
    const bool unread = number + 20 > plan.messages.size();
    if (maildir) maildir->add(folder_of(world, message, number), message.at, number, unread, bytes);
    if (mbox.is_open()) append_mboxrd(mbox, world.spellings[message.from].address, message.at, bytes);
  }
  if (!options.mbox.empty() && !mbox.flush()) throw std::runtime_error("cannot write " + options.mbox);
}

void write_box(const Options& options) {
  const World world = make_world(options.seed, options.messages);
  const Plan plan = make_plan(world, options.seed, options.messages);
  if (!options.out.empty() || !options.mbox.empty()) write_messages(options, world, plan);
  const std::string beside = without_end_slash(options.out.empty() ? options.mbox : options.out) + ".truth.tsv";
  write_file(options.truth.empty() ? beside : options.truth, truth_table(world, plan));
}

}  // namespace
}  // namespace entregent::bench

int main(int count, char** words) {
  const auto options = entregent::bench::read_options(count, words);
  if (!options) {
    std::cerr << "make_box --messages N --seed S [--out MAILDIR] [--mbox FILE] [--truth FILE]    N from 1 to 1000000\n";
    return 2;
  }
  try {
    entregent::bench::write_box(*options);
  } catch (const std::exception& error) {
    std::cerr << "make_box: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
