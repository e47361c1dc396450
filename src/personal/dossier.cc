// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/dossier.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "base/tokens.h"
#include "people/name.h"
#include "personal/date_pages.h"
#include "personal/snippet.h"

namespace entregent::personal {
namespace {

using readers::Role;

/// One line of `link` that concerns the person, with what it means between us.
struct Tie {
  std::int64_t at = 0;
  ItemId item;
  LinkRole role;
  Direction direction = Direction::incoming;
};

bool is_meeting(Role role) {
  return role == Role::organizer || role == Role::attendee;
}
bool is_mail(Role role) {
  return role == Role::from || role == Role::sender || role == Role::to || role == Role::cc || role == Role::bcc;
}

bool is_document(Role role) {
  return role == Role::author || role == Role::last_editor;
}

std::optional<Instant> moment(std::int64_t at) {
  return at == 0 ? std::nullopt : std::optional(from_micros(at));
}

/// Mails opened to count the files in them: more would be felt.
constexpr std::size_t most_with_files = 1000;

class Maker {
 public:
  Maker(Store& store, PersonId person, Instant now, const DossierLimits& limits)
      : store_(store), db_(store.db()), limits_(limits), now_(now), me_(me(store)), members_(members(store, person)) {
    dossier_.person = person;
  }

  Dossier make() {
    head();
    read_ties();
    count();
    newest();
    files();
    meetings();
    documents();
    said();
    mentions();
    in_common();
    notes();
    diary();
    dossier_.coverage = coverage(store_);
    return std::move(dossier_);
  }

 private:
  void head() {
    dossier_.name = shown_name(store_, dossier_.person);
    dossier_.human = db_.number("select human from person where id = $1", dossier_.person) != 0;
    dossier_.direction_certain = me_.confirmed;
    dossier_.is_me = std::ranges::any_of(members_, [&](const Member& member) { return me_.is(member.alias); });
  }

  void read_ties() {
    std::map<std::string, std::int64_t> names;
    std::map<std::string, Dossier::Address> addresses;
    for (const auto& member : members_) {
      const std::size_t before = ties_.size();
      read_ties_of(member);
      const auto seen = static_cast<std::int64_t>(ties_.size() - before);
      if (!member.name.empty()) names[member.name] += seen;
      if (!member.handle.empty()) add_address(addresses[member.handle], member.handle, before);
    }
    for (auto& [name, seen] : names) dossier_.names.push_back({name, seen});
    for (auto& [handle, address] : addresses) dossier_.addresses.push_back(std::move(address));
    std::ranges::stable_sort(dossier_.names, std::greater<>(), &Dossier::Name::seen);
    std::ranges::stable_sort(dossier_.addresses, std::greater<>(), &Dossier::Address::seen);
    // One mail may name the person twice (From and Cc under two addresses): the newest first, From before the others.
    std::ranges::sort(ties_, [](const Tie& a, const Tie& b) {
      if (a.at != b.at) return a.at > b.at;
      if (a.item != b.item) return a.item > b.item;
      return a.role.role < b.role.role;
    });
    order_within_seconds();
  }

  /// Of what came at one moment the ids tell only what was imported when: there the items' keys decide.
  void order_within_seconds() {
    for (auto begin = ties_.begin(); begin != ties_.end();) {
      const auto end = std::find_if(begin, ties_.end(), [&](const Tie& tie) { return tie.at != begin->at; });
      if (std::any_of(begin, end, [&](const Tie& tie) { return tie.item != begin->item; })) {
        std::stable_sort(begin, end, [&](const Tie& a, const Tie& b) { return key_of(a.item) < key_of(b.item); });
      }
      begin = end;
    }
  }
  const std::string& key_of(ItemId item) {
    const auto [entry, fresh] = keys_.try_emplace(item.value);
    if (fresh) {
      if (const auto row = db_.first("select key from item where id = $1", item)) entry->second = row->text(0);
    }
    return entry->second;
  }

  void read_ties_of(const Member& member) {
    db_.each(
        "select at, item, role, author from link where alias = $1",
        [&](const db::Statement& row) {
          Tie tie{.at = row.integer(0), .item = row.id<ItemRow>(1), .role = LinkRole::unpack(row.integer(2))};
          const Day day = std::chrono::floor<std::chrono::days>(from_micros(tie.at));
          if (tie.at != 0 && (day < member.from_day || day > member.to_day)) return;
          if (tie.role.role == Role::delivered_to) return;
          tie.direction = direction_of(tie.role.role, row.id<AliasRow>(3));
          ties_.push_back(tie);
        },
        member.alias);
  }

  Direction direction_of(Role role, AliasId author) const {
    if (role == Role::from || role == Role::organizer || role == Role::card || is_document(role))
      return Direction::incoming;
    return me_.is(author) ? Direction::outgoing : Direction::between_others;
  }

  void add_address(Dossier::Address& address, const std::string& handle, std::size_t first) const {
    address.address = handle;
    for (std::size_t i = first; i < ties_.size(); ++i) {
      ++address.seen;
      const auto at = moment(ties_[i].at);
      if (!at) continue;
      address.first_at = std::min(address.first_at.value_or(*at), *at);
      address.last_at = std::max(address.last_at.value_or(*at), *at);
    }
  }

  void count() {
    std::map<std::chrono::year_month, Dossier::Month> months;
    ItemId last;
    for (const auto& tie : ties_) {
      if (!is_mail(tie.role.role) || tie.item == last) continue;
      last = tie.item;
      // What a program wrote in somebody's name (out of office, receipts) is no exchange.
      if (tie.role.robot) {
        ++dossier_.automatic;
        continue;
      }
      if (tie.direction == Direction::between_others) {
        ++dossier_.between_others;
        continue;
      }
      if (tie.role.list) {
        ++dossier_.on_lists;
        continue;
      }
      count_exchange(tie, months);
    }
    fill_months(months);
  }

  void count_exchange(const Tie& tie, std::map<std::chrono::year_month, Dossier::Month>& months) {
    const bool outgoing = tie.direction == Direction::outgoing;
    if (tie.role.chat) {
      ++(outgoing ? dossier_.chat_outgoing : dossier_.chat_incoming);
    } else {
      ++(outgoing ? dossier_.outgoing : dossier_.incoming);
    }
    const auto at = moment(tie.at);
    if (!at) return;
    if (!dossier_.last_at) {
      dossier_.last_at = at;
      dossier_.last_direction = tie.direction;
    }
    dossier_.first_at = at;
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(*at)};
    auto& month = months[day.year() / day.month()];
    ++(outgoing ? month.outgoing : month.incoming);
  }

  void fill_months(const std::map<std::chrono::year_month, Dossier::Month>& months) {
    if (months.empty()) return;
    const auto last = months.rbegin()->first;
    for (auto month = months.begin()->first; month <= last; month += std::chrono::months{1}) {
      const auto found = months.find(month);
      Dossier::Month entry = found == months.end() ? Dossier::Month{} : found->second;
      entry.month = month;
      dossier_.months.push_back(entry);
      if (dossier_.months.size() >= std::size_t{12} * 60) return;  // sixty years: a wrong date, not a tie
    }
  }

  void newest() {
    std::set<ItemId> shown;
    for (const auto& tie : ties_) {
      if (shown.size() >= limits_.newest) break;
      if (!is_mail(tie.role.role) || tie.direction == Direction::between_others || !shown.insert(tie.item).second)
        continue;
      const auto row = db_.first("select kind, title from item where id = $1", tie.item);
      if (!row) continue;
      dossier_.newest.push_back({.item = tie.item,
                                 .kind = static_cast<readers::ItemKind>(row->integer(0)),
                                 .at = moment(tie.at),
                                 .direction = tie.direction,
                                 .list = tie.role.list,
                                 .title = row->text(1)});
    }
    std::ranges::stable_sort(dossier_.newest, [](const Dossier::Exchange& a, const Dossier::Exchange& b) {
      return std::tie(b.at, a.title) < std::tie(a.at, b.title);
    });
  }

  void files() {
    std::set<ItemId> seen;
    for (const auto& tie : ties_) {
      if (!tie.role.attachments || !is_mail(tie.role.role) || tie.direction == Direction::between_others) continue;
      if (!seen.insert(tie.item).second) continue;
      dossier_.files_more = seen.size() > most_with_files;
      if (dossier_.files_more) break;
      const auto row = db_.first("select details from item where id = $1", tie.item);
      if (!row) continue;
      for (auto& file : unpack_details(row->view(0)).attachments) {
        if (!is_file(file)) continue;
        ++dossier_.files_total;
        if (dossier_.files.size() < limits_.files) {
          dossier_.files.push_back(
              {.item = tie.item, .at = moment(tie.at), .direction = tie.direction, .file = std::move(file)});
        }
      }
    }
    std::ranges::stable_sort(dossier_.files, [](const Dossier::ExchangedFile& a, const Dossier::ExchangedFile& b) {
      return std::tie(b.at, a.file.name) < std::tie(a.at, b.file.name);
    });
  }

  /// winmail.dat is Outlook's wrapping, and a message sent on is a message: neither is a file that anybody sent.
  static bool is_file(const readers::Attachment& file) {
    const bool message = file.media_type == "message/rfc822" || file.media_type == "message/global";
    return !file.name.empty() && file.media_type != "application/ms-tnef" && !(message && !file.name.ends_with(".eml"));
  }

  void meetings() {
    std::map<ItemId, std::int64_t> times;
    for (const auto& tie : ties_)
      if (is_meeting(tie.role.role)) ++times[tie.item];
    dossier_.meetings_total = static_cast<std::int64_t>(times.size());
    std::set<ItemId> shown;
    for (const auto& tie : ties_) {
      if (shown.size() >= limits_.meetings) break;
      if (!is_meeting(tie.role.role) || tie.at > micros(now_) + year_micros || !shown.insert(tie.item).second) continue;
      add_meeting(tie, times[tie.item]);
    }
    std::ranges::stable_sort(dossier_.meetings, [](const Dossier::Meeting& a, const Dossier::Meeting& b) {
      return std::tie(b.when.start, a.title) < std::tie(a.when.start, b.title);
    });
  }

  void documents() {
    std::set<ItemId> shown;
    for (const auto& tie : ties_) {
      if (!is_document(tie.role.role) || !shown.insert(tie.item).second) continue;
      if (shown.size() > limits_.documents) continue;
      const auto row = db_.first("select kind, title from item where id = $1", tie.item);
      if (!row) continue;
      dossier_.documents.push_back({.item = tie.item,
                                    .kind = static_cast<readers::ItemKind>(row->integer(0)),
                                    .at = moment(tie.at),
                                    .direction = tie.direction,
                                    .list = tie.role.list,
                                    .title = row->text(1)});
    }
    dossier_.documents_total = static_cast<std::int64_t>(shown.size());
  }

  void add_meeting(const Tie& tie, std::int64_t times) {
    const auto row = db_.first("select title, details from item where id = $1", tie.item);
    if (!row) return;
    const auto details = unpack_details(row->view(1));
    Dossier::Meeting meeting{.item = tie.item,
                             .when = {},
                             .title = row->text(0),
                             .location = details.location,
                             .cancelled = tie.role.cancelled,
                             .times = times};
    for (const auto& occurrence : details.occurrences)
      if (micros(occurrence.start) == tie.at) meeting.when = occurrence;
    dossier_.meetings.push_back(std::move(meeting));
  }

  void said() {
    for (const auto& member : members_) {
      db_.each(
          "select fact.kind, fact.value, fact.detail, fact.at, fact.item, item.kind from fact "
          "join item on item.id = fact.item where fact.alias = $1",
          [&](const db::Statement& row) {
            dossier_.said.push_back(
                {.kind = static_cast<readers::FactKind>(row.integer(0)),
                 .value = row.text(1),
                 .detail = row.text(2),
                 .at = moment(row.integer(3)),
                 .item = row.id<ItemRow>(4),
                 .on_card = row.integer(5) == static_cast<std::int64_t>(readers::ItemKind::contact)});
          },
          member.alias);
    }
    std::ranges::sort(dossier_.said, [](const Dossier::Said& a, const Dossier::Said& b) {
      return std::tie(a.kind, b.at, b.on_card, a.value, a.detail, a.item) <
             std::tie(b.kind, a.at, a.on_card, b.value, b.detail, b.item);
    });
    // The newest that says it speaks for all that say the same.
    std::set<std::pair<readers::FactKind, std::string>> seen;
    std::erase_if(dossier_.said,
                  [&](const Dossier::Said& said) { return !seen.emplace(said.kind, folded(said.value)).second; });
  }

  /// Full names only: a single word is no mention.
  void mentions() {
    const auto query = mention_query();
    if (query.empty()) return;
    std::set<ItemId> own;
    for (const auto& tie : ties_) own.insert(tie.item);
    std::vector<ItemId> found;
    db_.each(
        "select rowid from item_words where item_words match $1",
        [&](const db::Statement& row) {
          if (!own.contains(row.id<ItemRow>(0))) found.push_back(row.id<ItemRow>(0));
        },
        query);
    add_mentions(found);
  }

  /// The name's words side by side, given name and surname in either order: as NEAR, which reads each word's list
  /// once where two phrases would read it twice.
  std::string mention_query() const {
    std::set<std::string> names;
    for (const auto& member : members_) {
      const auto name = people::parse_name(member.name);
      const auto words = tokens(member.name);
      if (!is_full(member.name, name) || words.size() > 5) continue;
      const auto given = tokens(joined(name.given));
      const auto surname = tokens(joined(name.surname));
      // NEAR takes one place in the text for two equal words.
      const bool distinct = std::ranges::find_first_of(given, surname) == given.end();
      const bool apart = !given.empty() && !surname.empty() && distinct;
      if (apart) names.insert("NEAR(" + phrase(given) + ' ' + phrase(surname) + ", 0)");
      if (!apart || given.size() + surname.size() != words.size()) names.insert(phrase(name.words));
    }
    std::string query;
    for (const auto& entry : names) query += (query.empty() ? "{title fresh} : (" : " OR ") + entry;
    return query.empty() ? query : query + ")";
  }

  /// Neither `Marie-Hélène`, whom many are called, nor `J. Dupont`.
  static bool is_full(std::string_view seen, const people::Name& name) {
    const auto is_letter = [](const std::string& word) { return word.size() == 1; };
    return trimmed(seen).find(' ') != std::string_view::npos &&
           std::ranges::count_if(name.words, std::not_fn(is_letter)) >= 2;
  }

  static std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += word + ' ';
    return text;
  }

  static std::string phrase(const std::vector<std::string>& words) {
    std::string text = "\"";
    for (const auto& word : words) text += (text.size() == 1 ? "" : " ") + word;
    return text + "\"";
  }

  /// The newest of them. Their seconds are read from the pages of dates; only those that are shown are opened.
  void add_mentions(std::vector<ItemId>& found) {
    if (found.empty()) return;
    ItemDates dates(store_);
    const auto date = [&](ItemId item) { return dates.of(item.value); };
    std::ranges::sort(found, [&](ItemId a, ItemId b) { return date(a) > date(b); });
    for (auto begin = found.begin(); begin != found.end() && dossier_.mentions.size() < limits_.mentions;) {
      const auto end = std::find_if(begin, found.end(), [&](ItemId item) { return date(item) != date(*begin); });
      if (end - begin > 1) std::sort(begin, end, [&](ItemId a, ItemId b) { return key_of(a) < key_of(b); });
      for (; begin != end; ++begin) add_mention(*begin);
    }
    std::ranges::stable_sort(dossier_.mentions, std::greater<>(), &Dossier::Mention::at);
    if (dossier_.mentions.size() > limits_.mentions) dossier_.mentions.resize(limits_.mentions);
    add_snippets();
  }

  void add_mention(ItemId item) {
    const auto row = db_.first("select happened_at, author, title, kind from item where id = $1", item);
    if (!row || me_.is(row->id<AliasRow>(1))) return;
    // Somebody of the same name has a card; that is no mention.
    if (static_cast<readers::ItemKind>(row->integer(3)) == readers::ItemKind::contact) return;
    dossier_.mentions.push_back({.item = item,
                                 .at = row->optional_instant(0),
                                 .by = name_of(row->id<AliasRow>(1), row->integer(0)),
                                 .title = row->text(2),
                                 .snippet = {}});
  }

  void add_snippets() {
    std::set<std::string> names;
    for (const auto& member : members_)
      for (auto& word : people::parse_name(member.name).words) names.insert(std::move(word));
    std::vector<WordForms> words;
    for (const auto& name : names) words.push_back({name});
    for (auto& mention : dossier_.mentions) {
      const auto texts = store_.texts(mention.item);
      if (texts) mention.snippet = make_snippet(*texts, words).text;
    }
  }

  std::string name_of(AliasId alias, std::int64_t at) {
    const auto person = person_of(store_, alias, std::chrono::floor<std::chrono::days>(from_micros(at)));
    return person ? shown_name(store_, *person) : std::string();
  }

  /// Who else is in the newest mails and meetings that bind us, also those that a third person wrote to us both.
  void in_common() {
    std::set<ItemId> items;
    std::map<PersonId, Shared> counts;
    for (const auto& tie : ties_) {
      if (items.size() >= 300) break;
      if (tie.role.list || tie.role.robot || !items.insert(tie.item).second) continue;
      const auto row = db_.first("select parties from item where id = $1", tie.item);
      if (!row) continue;
      const auto parties = unpack_parties(row->view(0));
      if (tie.direction != Direction::between_others || holds_me(parties)) count_parties(parties, tie.at, counts);
    }
    std::vector<std::pair<PersonId, Shared>> order(counts.begin(), counts.end());
    const std::size_t kept = std::min(order.size(), limits_.in_common);
    // Of equals the one whose address comes first: ids tell only what was imported when.
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept),
                              [&](const auto& a, const auto& b) {
                                if (a.second.items != b.second.items) return a.second.items > b.second.items;
                                if (a.second.last_at != b.second.last_at) return a.second.last_at > b.second.last_at;
                                return first_handle(a.first) < first_handle(b.first);
                              });
    order.resize(kept);
    for (const auto& [person, shared] : order)
      dossier_.in_common.push_back({.person = person, .name = shown_name(store_, person), .items = shared.items});
  }

  const std::string& first_handle(PersonId person) {
    const auto [entry, fresh] = first_handles_.try_emplace(person.value);
    if (fresh) {
      const auto row = db_.first(
          "select alias.handle, alias.name from identity join alias on alias.id = identity.alias "
          "where identity.person = $1 order by alias.handle, alias.name",
          person);
      if (row) entry->second = row->text(0) + '\n' + row->text(1);
    }
    return entry->second;
  }

  /// What somebody else shares with us and the person.
  struct Shared {
    std::int64_t items = 0;
    std::int64_t last_at = 0;
  };

  [[nodiscard]] bool holds_me(const std::vector<PartyLink>& parties) const {
    return std::ranges::any_of(parties, [&](const PartyLink& party) { return me_.is(AliasId{party.alias}); });
  }

  void count_parties(const std::vector<PartyLink>& parties, std::int64_t at, std::map<PersonId, Shared>& counts) {
    std::set<PersonId> here;
    for (const auto& party : parties) {
      const AliasId alias{party.alias};
      if (me_.is(alias) || party.role == Role::delivered_to || party.role == Role::reply_to || party.role == Role::card)
        continue;
      const auto person = person_cached(alias, at);
      if (person.value != 0 && person != dossier_.person) here.insert(person);
    }
    for (const auto person : here) {
      auto& shared = counts[person];
      ++shared.items;
      shared.last_at = std::max(shared.last_at, at);
    }
  }

  /// 0 for who is no human.
  PersonId person_cached(AliasId alias, std::int64_t at) {
    const auto [entry, fresh] = person_of_alias_.try_emplace(alias.value);
    if (fresh) {
      const Day day = std::chrono::floor<std::chrono::days>(from_micros(at));
      const auto row = db_.first(
          "select person.id from identity join person on person.id = identity.person and person.human <> 0 "
          "where identity.alias = $1 and from_day <= $2 and to_day >= $2 order by from_day desc",
          alias, day);
      if (row) entry->second = row->id<PersonRow>(0);
    }
    return entry->second;
  }

  void notes() {
    for (const auto& member : members_) {
      db_.each(
          "select text from note where alias = $1 order by written_at desc",
          [&](const db::Statement& row) { dossier_.notes.push_back(row.text(0)); }, member.alias);
    }
  }

  void diary() {
    for (const auto& member : members_) {
      for (auto& promise : promises(store_, member.alias)) dossier_.promises.push_back(std::move(promise));
      for (auto& met : meetings_told(store_, member.alias)) dossier_.met.push_back(std::move(met));
    }
    std::ranges::stable_sort(dossier_.promises, [](const Promise& a, const Promise& b) {
      return std::tuple(a.kept, a.due.value_or(Day::max()), a.made_at) <
             std::tuple(b.kept, b.due.value_or(Day::max()), b.made_at);
    });
    std::ranges::stable_sort(dossier_.met, std::greater<>(), &Met::day);
  }

  static constexpr std::int64_t year_micros = std::int64_t{366} * 24 * 3600 * 1'000'000;

  Store& store_;
  db::Connection& db_;
  DossierLimits limits_;
  Instant now_;
  Me me_;
  std::vector<Member> members_;
  std::vector<Tie> ties_;
  std::unordered_map<std::int64_t, PersonId> person_of_alias_;
  std::unordered_map<std::int64_t, std::string> first_handles_;
  std::unordered_map<std::int64_t, std::string> keys_;
  Dossier dossier_;
};

}  // namespace

Dossier make_dossier(Store& store, PersonId person, Instant now, const DossierLimits& limits) {
  return Maker(store, person, now, limits).make();
}

}  // namespace entregent::personal
