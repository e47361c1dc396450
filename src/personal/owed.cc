// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/owed.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "personal/date_pages.h"
#include "personal/me.h"
#include "ties/asking.h"
#include "ties/promise.h"

namespace entregent::personal {
namespace {

using readers::Role;

constexpr auto replies_back = std::chrono::days(60);
constexpr auto promises_back = std::chrono::days(30);
/// More of others in a mail: everybody waits for everybody else.
constexpr std::size_t most_others = 3;

struct RecentMail {
  ItemId item;
  std::string key, title;
  Instant at;
  AliasId author;
  std::int64_t thread = 0;
  bool list = false;
  std::vector<PartyLink> parties;
};

/// Nothing for a draft, for what a program wrote, and for what has no date or writer.
std::optional<RecentMail> read_mail(Store& store, ItemId item) {
  const auto row = store.db().first(
      "select key, title, happened_at, author, thread, flags, parties from item where id = $1 and kind = 1", item);
  if (!row || row->is_null(2) || row->is_null(3) || row->is_null(4)) return std::nullopt;
  const auto flags = row->integer(5);
  if ((flags & (item_flags::robot | item_flags::draft)) != 0) return std::nullopt;
  return RecentMail{.item = item,
                    .key = row->text(0),
                    .title = row->text(1),
                    .at = row->instant(2),
                    .author = row->id<AliasRow>(3),
                    .thread = row->integer(4),
                    .list = (flags & item_flags::list) != 0,
                    .parties = unpack_parties(row->view(6))};
}

/// Mails since a moment, without drafts and what programs wrote; the newest of each thread last.
std::vector<RecentMail> recent_mails(Store& store, Instant since, Instant now) {
  const auto seconds = [](Instant at) { return static_cast<std::uint32_t>(micros(at) / 1'000'000); };
  std::vector<RecentMail> result;
  ItemDates dates(store);
  for (const auto& page : dates.newest_first()) {
    if (page.newest < seconds(since)) break;
    for (std::int64_t item = page.first; item <= page.last; ++item) {
      const auto date = dates.of(item);
      if (date < seconds(since) || date > seconds(now)) continue;
      if (auto mail = read_mail(store, {item})) result.push_back(std::move(*mail));
    }
  }
  std::ranges::sort(
      result, [](const RecentMail& a, const RecentMail& b) { return std::tie(a.at, a.key) < std::tie(b.at, b.key); });
  return result;
}

class OwedFinder {
 public:
  OwedFinder(Store& store, const Settled& settled, Instant now, Day today)
      : store_(store), settled_(settled), me_(me(store)), now_(now), today_(today) {}

  OwingBetweenUs between_us(PersonId person) {
    std::set<std::pair<std::int64_t, std::int64_t>> items;
    for (const auto& member : members(store_, person))
      store_.db().each(
          "select at, item from link where alias = $1 and at >= $2 and at <= $3 and role & 15 in (1, 4)",
          [&](const db::Statement& row) { items.emplace(row.integer(0), row.integer(1)); }, member.alias,
          now_ - replies_back, now_);
    OwingBetweenUs result;
    for (const auto& [at, item] : items) {
      const auto mail = read_mail(store_, {item});
      if (!mail || mail->list || !is_last(*mail)) continue;
      if (me_.is(mail->author)) {
        if (auto asked = asked_by_me(*mail, person)) result.by_them = std::move(asked);
      } else {
        add_reply(*mail);
      }
    }
    for (auto& reply : owed_.replies)
      if (reply.who.person == person) result.by_me = std::move(reply);
    return result;
  }

  Owed find() {
    const auto mails = recent_mails(store_, now_ - replies_back, now_);
    std::unordered_map<std::int64_t, const RecentMail*> last;
    std::unordered_map<std::int64_t, const RecentMail*> last_of_mine;
    for (const auto& mail : mails) {
      last[mail.thread] = &mail;
      if (me_.is(mail.author)) last_of_mine[mail.thread] = &mail;
    }
    for (const auto& mail : mails) {
      if (mail.list) continue;
      if (last[mail.thread] == &mail && !me_.is(mail.author)) add_reply(mail);
      if (last_of_mine[mail.thread] == &mail && mail.at >= now_ - promises_back) add_proposals(mail);
    }
    std::ranges::reverse(owed_.replies);
    std::ranges::stable_sort(owed_.proposals, {},
                             [](const ProposedPromise& proposal) { return proposal.due.value_or(Day::max()); });
    return std::move(owed_);
  }

 private:
  std::string fresh_text(ItemId item) {
    std::string text;
    const auto texts = store_.texts(item);
    if (!texts) return text;
    for (const auto& section : texts->sections)
      if (section.kind == readers::TextKind::fresh) text += section.text + "\n\n";
    return text;
  }

  bool is_last(const RecentMail& mail) {
    return store_.db().number(
               "select not exists (select 1 from item where thread = $1 and happened_at > $2 and happened_at <= $3 and "
               "not flags & 6)",
               mail.thread, mail.at, now_) != 0;
  }

  /// A question of mine to that person and few others, in a thread in which nobody wrote since.
  std::optional<OwedReply> asked_by_me(const RecentMail& mail, PersonId person) {
    const auto day = std::chrono::floor<std::chrono::days>(mail.at);
    const auto to = std::ranges::find_if(mail.parties, [&](const PartyLink& party) {
      return party.role == Role::to && person_of(store_, {party.alias}, day) == person;
    });
    if (to == mail.parties.end() || mail.parties.size() > most_others + 1 || met_since(person, mail.at))
      return std::nullopt;
    auto asked = ties::asks_something(fresh_text(mail.item));
    if (!asked) return std::nullopt;
    return OwedReply{.key = {},
                     .who = {.person = person, .alias = {to->alias}, .name = {}},
                     .item = mail.item,
                     .at = mail.at,
                     .title = mail.title,
                     .asks = std::move(asked.sentence)};
  }

  std::optional<Somebody> human(AliasId alias, Instant at) {
    const auto person = person_of(store_, alias, std::chrono::floor<std::chrono::days>(at));
    if (!person || store_.db().number("select human from person where id = $1", *person) == 0) return std::nullopt;
    return Somebody{.person = *person, .alias = alias, .name = shown_name(store_, *person)};
  }

  void add_reply(const RecentMail& mail) {
    const LineKey key{.kind = LineKind::reply, .alias = mail.author, .item_key = mail.key};
    if (settled_.is_quiet(key, today_) || settled_.is_never(LineKind::reply, mail.author)) return;
    if (!is_to_me_among_few(mail.parties)) return;
    auto who = human(mail.author, mail.at);
    if (!who || met_since(who->person, mail.at)) return;
    auto asked = ties::asks_something(fresh_text(mail.item));
    if (!asked) return;
    owed_.replies.push_back({.key = key,
                             .who = std::move(*who),
                             .item = mail.item,
                             .at = mail.at,
                             .title = mail.title,
                             .asks = std::move(asked.sentence)});
  }

  /// In To, not in Cc: whoever is only told owes nothing.
  [[nodiscard]] bool is_to_me_among_few(const std::vector<PartyLink>& parties) const {
    bool to_me = false;
    std::set<std::int64_t> others;
    for (const auto& party : parties) {
      const bool mine = me_.is({party.alias});
      to_me = to_me || (mine && party.role == Role::to);
      const bool counts = party.role == Role::from || party.role == Role::to || party.role == Role::cc;
      if (!mine && counts) others.insert(party.alias);
    }
    return to_me && others.size() <= most_others;
  }

  bool met_since(PersonId person, Instant since) {
    for (const auto& telling : tellings(store_, person))
      if (telling.what == Telling::What::met && telling.at + std::chrono::hours(12) > since) return true;
    const auto all = members(store_, person);
    return std::ranges::any_of(all, [&](const Member& member) {
      return store_.db().number(
                 "select exists (select 1 from link where alias = $1 and at > $2 and at <= $3 and role & 15 in (8, 9) "
                 "and not role & 128)",
                 member.alias, since, now_) != 0;
    });
  }

  void add_proposals(const RecentMail& mail) {
    const auto to = std::ranges::find_if(
        mail.parties, [&](const PartyLink& party) { return party.role == Role::to && !me_.is({party.alias}); });
    if (to == mail.parties.end()) return;
    const auto found = ties::promises_in(fresh_text(mail.item), std::chrono::floor<std::chrono::days>(mail.at));
    for (std::size_t i = 0; i < found.size(); ++i) {
      const LineKey key{.kind = LineKind::proposal,
                        .alias = {to->alias},
                        .item_key = mail.key,
                        .promise = static_cast<std::int64_t>(i) + 1};
      if (settled_.is_quiet(key, today_) || settled_.is_never(LineKind::proposal, key.alias) || is_taken(key, found[i]))
        continue;
      auto who = human(key.alias, mail.at);
      if (!who) continue;
      owed_.proposals.push_back({.key = key,
                                 .who = std::move(*who),
                                 .item = mail.item,
                                 .at = mail.at,
                                 .sentence = found[i].sentence,
                                 .due = found[i].due});
    }
  }

  bool is_taken(const LineKey& key, const ties::PromiseFound& found) {
    return store_.db().number("select exists (select 1 from promise where item_key = $1 and text = $2)",
                              db::blob(key.item_key), found.sentence) != 0;
  }

  Store& store_;
  const Settled& settled_;
  Me me_;
  Instant now_;
  Day today_;
  Owed owed_;
};

}  // namespace

Owed owed(Store& store, const Settled& settled, Instant now, Day today) {
  return OwedFinder(store, settled, now, today).find();
}

OwingBetweenUs owing_between_us(Store& store, const Settled& settled, PersonId person, Instant now, Day today) {
  return OwedFinder(store, settled, now, today).between_us(person);
}

}  // namespace entregent::personal
