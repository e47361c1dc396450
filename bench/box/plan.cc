// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace entregent::bench {

namespace {

constexpr std::int64_t box_begin = 1514764800;  // 2018-01-01
constexpr std::int64_t box_end = 1767225600;    // 2026-01-01
constexpr std::uint64_t thread_purpose = 21;

class Planner {
 public:
  Planner(const World& world, std::uint64_t seed, std::size_t messages)
      : world_(world),
        seed_(seed),
        wanted_(messages),
        contact_(power_law(world.correspondents.size(), 6, 0.9)),
        list_(power_law(world.lists.size(), 2, 0.8)),
        robot_(power_law(world.robots.size(), 3, 0.9)) {}

  Plan make() {
    plan_.messages.reserve(wanted_);
    for (std::uint64_t thread = 0; plan_.messages.size() < wanted_; ++thread)
      add_thread(Random(seed_, thread_purpose, thread));
    order_by_date();
    return std::move(plan_);
  }

 private:
  void add_thread(Random random) {
    const double kind = random.uniform();
    if (kind < 0.50) return add_direct(random);
    if (kind < 0.72) return add_list_thread(random);
    add_robot_mail(random);
  }

  bool full() const { return plan_.messages.size() >= wanted_; }

  Planned opening(Random& random, MailKind kind, Language language) const {
    Planned first{.kind = kind, .language = language};
    // More mail in later years: the square root leans towards the end.
    first.at =
        box_begin + static_cast<std::int64_t>(std::sqrt(random.uniform()) * static_cast<double>(box_end - box_begin));
    first.root = static_cast<std::uint32_t>(plan_.messages.size());
    first.answers_unknown = kind != MailKind::robot && random.chance(0.04);
    return first;
  }

  void add(Planned message, std::span<const std::uint32_t> to, std::span<const std::uint32_t> cc) {
    message.recipients_begin = static_cast<std::uint32_t>(plan_.recipients.size());
    message.to_count = static_cast<std::uint16_t>(to.size());
    message.cc_count = static_cast<std::uint16_t>(cc.size());
    plan_.recipients.insert(plan_.recipients.end(), to.begin(), to.end());
    plan_.recipients.insert(plan_.recipients.end(), cc.begin(), cc.end());
    plan_.messages.push_back(message);
  }

  /// The next of a thread: an answer to the last message, or to an earlier one, after hours or days.
  Planned answer(const Planned& first, Random& random) const {
    Planned next = first;
    const auto last = static_cast<std::uint32_t>(plan_.messages.size() - 1);
    const bool to_last = random.chance(0.75);
    next.parent = to_last ? last : first.root + static_cast<std::uint32_t>(random.below(last - first.root + 1));
    const double delay = std::min(random.log_normal(4 * 3600, 1.6), 90.0 * 86400);
    next.at = plan_.messages[next.parent].at + 60 + static_cast<std::int64_t>(delay);
    next.answers_unknown = false;
    return next;
  }

  std::uint32_t owner_spelling(std::int64_t at, Random& random) const {
    const std::vector<std::uint32_t>& own = world_.owner_sends_from;
    const bool early = at < box_begin + (box_end - box_begin) / 3;  // the first address is given up then
    if (early) return own[random.chance(0.8) ? 0 : 1];
    return own[random.chance(0.55) ? 1 : 2];
  }

  std::uint32_t owner_as_seen(std::int64_t at, Random& random) const {
    if (random.chance(0.15)) return random.pick(world_.parties[0].spellings);
    return owner_spelling(at, random);
  }

  std::uint32_t spelling(std::uint32_t party, std::int64_t at, Random& random) const {
    return party == 0 ? owner_as_seen(at, random) : draw_spelling(world_.parties[party], random);
  }

  void add_direct(Random& random) {
    std::vector<std::uint32_t> group{world_.correspondents[contact_.draw(random)], 0};
    const std::size_t more = random.chance(0.3) ? random.geometric(random.chance(0.1) ? 10 : 1.6) : 0;
    for (std::size_t i = 0; i < more; ++i) add_once(group, world_.correspondents[contact_.draw(random)]);
    if (random.chance(0.45)) std::swap(group[0], group[1]);
    Planned message = opening(random, MailKind::direct, world_.parties[group[0] == 0 ? group[1] : group[0]].language);
    const Planned first = message;
    std::size_t sender = 0;
    const std::size_t length = random.geometric(random.chance(0.2) ? 9 : 2.2);
    for (std::size_t i = 0; i < length && !full(); ++i) {
      add_to_group(message, group, sender, random);
      message = answer(first, random);
      sender = group.size() == 2 ? 1 - sender : next_sender(group, sender, random);
    }
  }

  static void add_once(std::vector<std::uint32_t>& group, std::uint32_t party) {
    if (std::find(group.begin(), group.end(), party) == group.end()) group.push_back(party);
  }

  /// The owner takes every second turn: the box is hers.
  static std::size_t next_sender(const std::vector<std::uint32_t>& group, std::size_t sender, Random& random) {
    const auto owner = static_cast<std::size_t>(std::find(group.begin(), group.end(), 0u) - group.begin());
    if (sender != owner && random.chance(0.5)) return owner;
    const std::size_t other = random.below(group.size() - 1);
    return other < sender ? other : other + 1;
  }

  void add_to_group(Planned message, const std::vector<std::uint32_t>& group, std::size_t sender, Random& random) {
    const std::uint32_t party = group[sender];
    message.from = party == 0 ? owner_spelling(message.at, random) : draw_spelling(world_.parties[party], random);
    std::vector<std::uint32_t> to, cc;
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i == sender) continue;
      std::vector<std::uint32_t>& row = to.empty() || random.chance(0.4) ? to : cc;
      row.push_back(spelling(group[i], message.at, random));
    }
    add(message, to, cc);
  }

  void add_list_thread(Random& random) {
    const std::size_t index = list_.draw(random);
    const MailList& list = world_.lists[index];
    Planned message = opening(random, MailKind::list, list.language);
    message.list = static_cast<std::uint16_t>(index);
    const Planned first = message;
    const std::size_t length = random.geometric(random.chance(0.15) ? 20 : 4);
    for (std::size_t i = 0; i < length && !full(); ++i) {
      add_to_list(message, list, random);
      message = answer(first, random);
      message.list = first.list;
    }
  }

  void add_to_list(Planned message, const MailList& list, Random& random) {
    const bool mine = random.chance(0.03);
    message.from = mine ? owner_spelling(message.at, random)
                        : draw_spelling(world_.parties[random.pick(list.subscribers)], random);
    const std::uint32_t address = world_.parties[list.party].spellings.front();
    std::vector<std::uint32_t> to{address}, cc;
    if (message.parent != no_message && random.chance(0.4)) {
      to = {plan_.messages[message.parent].from};
      cc = {address};
    }
    if (random.chance(0.1)) cc.push_back(draw_spelling(world_.parties[random.pick(list.subscribers)], random));
    add(message, to, cc);
  }

  void add_robot_mail(Random& random) {
    const Party& robot = world_.parties[world_.robots[robot_.draw(random)]];
    Planned message = opening(random, MailKind::robot, robot.language);
    message.from = robot.spellings.front();
    const std::vector<std::uint32_t> to{owner_as_seen(message.at, random)};
    add(message, to, {});
  }

  void order_by_date() {
    std::vector<Planned>& messages = plan_.messages;
    std::vector<std::uint32_t> order(messages.size()), place(messages.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return messages[a].at < messages[b].at; });
    std::vector<Planned> sorted;
    sorted.reserve(messages.size());
    for (const std::uint32_t old : order) {
      place[old] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(messages[old]);
    }
    for (Planned& message : sorted) {
      message.root = place[message.root];
      if (message.parent != no_message) message.parent = place[message.parent];
    }
    messages = std::move(sorted);
  }

  const World& world_;
  std::uint64_t seed_;
  std::size_t wanted_;
  Chooser contact_, list_, robot_;
  Plan plan_;
};

}  // namespace

Plan make_plan(const World& world, std::uint64_t seed, std::size_t messages) {
  return Planner(world, seed, messages).make();
}

}  // namespace entregent::bench
