// SPDX-License-Identifier: AGPL-3.0-or-later
#include "truth.h"

#include <algorithm>

#include <fmt/format.h>

namespace entregent::bench {

namespace {

struct Seen {
  std::uint32_t messages = 0;
  std::uint32_t last_message = no_message;  ///< counted once although it may stand in To and Cc
  std::int64_t first = 0, last = 0;
};

void count(Seen& seen, std::uint32_t number, std::int64_t at) {
  if (seen.last_message == number) return;
  if (seen.messages++ == 0) seen.first = at;
  seen.last_message = number;
  seen.last = at;  // the plan is in the order of dates
}

}  // namespace

std::string truth_table(const World& world, const Plan& plan) {
  std::vector<Seen> seen(world.spellings.size());
  for (std::uint32_t number = 0; number < plan.messages.size(); ++number) {
    const Planned& message = plan.messages[number];
    count(seen[message.from], number, message.at);
    for (const std::uint32_t spelling : plan.to(message)) count(seen[spelling], number, message.at);
    for (const std::uint32_t spelling : plan.cc(message)) count(seen[spelling], number, message.at);
  }
  std::string table = "name\temail\tperson\tmessages\tfirst_ts\tlast_ts\n";
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].messages == 0) continue;
    const Spelling& spelling = world.spellings[i];
    table += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", spelling.name, spelling.address, world.parties[spelling.party].id,
                         seen[i].messages, seen[i].first, seen[i].last);
  }
  return table;
}

}  // namespace entregent::bench
