// SPDX-License-Identifier: AGPL-3.0-or-later
// make_box --messages N --seed S [--out MAILDIR] [--mbox FILE]: an invented mail box, French and English, up to a
// million messages, and beside it the truth of who is who. The same seed and number give the same bytes.
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
  std::string out, mbox;
};

std::optional<Options> read_options(int count, char** words) {
  const auto arguments = read_arguments(count, words, {"--messages", "--seed", "--out", "--mbox"});
  Options options;
  if (!arguments || !read_number(*arguments, "--messages", options.messages) ||
      !read_number(*arguments, "--seed", options.seed))
    return std::nullopt;
  options.out = read_text(*arguments, "--out");
  options.mbox = read_text(*arguments, "--mbox");
  const bool sound =
      options.messages > 0 && options.messages <= most_messages && !(options.out.empty() && options.mbox.empty());
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

void write_box(const Options& options) {
  const World world = make_world(options.seed, options.messages);
  const Plan plan = make_plan(world, options.seed, options.messages);
  const LetterWriter letters(world, plan, options.seed);
  std::optional<MaildirWriter> maildir;
  if (!options.out.empty()) maildir.emplace(options.out);
  std::ofstream mbox;
  if (!options.mbox.empty()) mbox.open(options.mbox, std::ios::binary);
  for (std::uint32_t number = 0; number < plan.messages.size(); ++number) {
    const Planned& message = plan.messages[number];
    const std::string bytes = render_message(world, plan, letters, options.seed, number);
    if (maildir)
      maildir->add(folder_of(world, message, number), message.at, number, number + 20 > plan.messages.size(), bytes);
    if (mbox.is_open()) append_mboxrd(mbox, world.spellings[message.from].address, message.at, bytes);
  }
  if (!options.mbox.empty() && !mbox.flush()) throw std::runtime_error("cannot write " + options.mbox);
  const std::string beside = options.out.empty() ? options.mbox : without_end_slash(options.out);
  write_file(beside + ".truth.tsv", truth_table(world, plan));
}

}  // namespace
}  // namespace entregent::bench

int main(int count, char** words) {
  const auto options = entregent::bench::read_options(count, words);
  if (!options) {
    std::cerr << "make_box --messages N --seed S [--out MAILDIR] [--mbox FILE]    N from 1 to 1000000\n";
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
