// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/persons.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/phones.h"
#include "base/text.h"
#include "people/name.h"
#include "personal/me.h"
#include "personal/namesakes.h"
#include "personal/tie_counts.h"

namespace entregent::personal {
namespace {

using readers::Role;

Day day_of(std::int64_t at) {
  return std::chrono::floor<std::chrono::days>(from_micros(at));
}

bool is_recipient(Role role) {
  return role == Role::to || role == Role::cc || role == Role::bcc;
}

/// What the links say of one alias.
struct Use {
  std::uint32_t seen = 0;
  std::uint32_t written = 0;
  std::uint32_t by_robot = 0;
  std::int64_t first_at = 0;
  std::int64_t last_at = 0;
  std::int64_t by_me_at = -1;  ///< when I last wrote to it
  bool list_itself = false;
  bool acquainted = false;  ///< in a mail that came through no list

  void add(std::int64_t at, const LinkRole& role, bool by_me) {
    ++seen;
    if (by_me && is_recipient(role.role)) by_me_at = std::max(by_me_at, at);
    if (role.role == Role::from) {
      ++written;
      if (role.robot) ++by_robot;
    }
    list_itself = list_itself || role.list_itself;
    acquainted = acquainted || (at != 0 && !role.list && !role.robot);
    if (at == 0) return;
    first_at = first_at == 0 ? at : std::min(first_at, at);
    last_at = std::max(last_at, at);
  }
};

using CardAliases = std::map<std::int64_t, std::vector<std::int64_t>>;  // by item
using PairCounts = std::map<std::pair<std::int64_t, std::int64_t>, std::uint32_t>;

/// Everything the resolver is given. It knows aliases by their number in the order of address and name: where it has to
/// choose between equals, ids would tell only what was imported when.
struct Material {
  CardAliases cards;
  PairCounts reply_to;
  PairCounts documents;                                    ///< who sent a document, and who made it
  std::unordered_map<std::int64_t, std::int64_t> numbers;  ///< by alias, from 1
  std::vector<std::int64_t> ids{0};                        ///< by number
  std::unordered_map<std::int64_t, Use> uses;
  std::unordered_map<std::int64_t, std::pair<std::string, std::string>> names;  ///< name and handle by alias
  std::vector<people::Alias> aliases;
  std::vector<people::Evidence> evidence;
  std::vector<people::Decision> decisions;
};

void add_evidence(Material& material) {
  const auto number = [&](std::int64_t alias) {
    const auto found = material.numbers.find(alias);
    return found == material.numbers.end() ? 0 : found->second;
  };
  for (const auto& [item, on_card] : material.cards) {
    std::vector<std::int64_t> aliases;
    for (const auto alias : on_card)
      if (number(alias) != 0) aliases.push_back(number(alias));
    std::ranges::sort(aliases);
    for (std::size_t i = 1; i < aliases.size(); ++i) {
      material.evidence.push_back({.a = aliases[0], .b = aliases[i], .kind = people::EvidenceKind::same_card});
    }
  }
  const auto add_pairs = [&](const PairCounts& pairs, people::EvidenceKind kind) {
    for (const auto& [pair, times] : pairs) {
      if (number(pair.first) == 0 || number(pair.second) == 0) continue;
      material.evidence.push_back({.a = number(pair.first), .b = number(pair.second), .kind = kind, .times = times});
    }
  };
  add_pairs(material.reply_to, people::EvidenceKind::reply_to);
  add_pairs(material.documents, people::EvidenceKind::same_document);
}

void read_links(Store& store, Material& material) {
  const Me mine = me(store);
  store.db().each("select alias, at, item, role, author from link", [&](const db::Statement& row) {
    const std::int64_t alias = row.integer(0);
    const auto role = LinkRole::unpack(row.integer(3));
    material.uses[alias].add(row.integer(1), role, mine.is(row.id<AliasRow>(4)));
    if (role.role == Role::card) material.cards[row.integer(2)].push_back(alias);
    if (role.role == Role::reply_to && !role.list && !role.robot && row.integer(4) != 0)
      ++material.reply_to[{row.integer(4), alias}];
    const bool made = role.role == Role::author || role.role == Role::last_editor;
    if (made && !role.list && row.integer(4) != 0 && row.integer(4) != alias)
      ++material.documents[{row.integer(4), alias}];
  });
}

/// A chat names whom its phone does not know by their number.
void take_number(people::Alias& alias) {
  if (!alias.address.empty()) return;
  const auto phone = normalised_phone(alias.name);
  if (!phone) return;
  alias.name.clear();
  alias.phones.push_back(phone->e164);
}

void read_aliases(db::Connection& db, Material& material) {
  std::unordered_map<std::int64_t, std::pair<std::vector<std::string>, std::vector<std::string>>> facts;
  db.each("select distinct alias, kind, value from fact where kind in (1, 2)", [&](const db::Statement& row) {
    auto& of = facts[row.integer(0)];
    if (row.integer(1) == 2) return of.second.push_back(row.text(2));
    if (const auto phone = normalised_phone(row.view(2))) of.first.push_back(phone->e164);
  });
  db.each(
      "select id, name, handle from alias order by handle, name = '', name, item_key", [&](const db::Statement& row) {
        const auto use = material.uses.find(row.integer(0));
        if (use == material.uses.end()) return;  // of items that are gone
        const std::int64_t id = row.integer(0);
        material.ids.push_back(id);
        const auto number = static_cast<std::int64_t>(material.ids.size() - 1);
        material.numbers.emplace(id, number);
        people::Alias alias{
            .id = number, .name = row.text(1), .address = row.text(2), .phones = {}, .organisations = {}};
        alias.seen = use->second.seen;
        alias.first_day = day_of(use->second.first_at);
        alias.last_day = day_of(use->second.last_at);
        alias.acquainted = use->second.acquainted;
        alias.list_or_robot =
            use->second.list_itself || (use->second.written > 0 && use->second.by_robot * 5 >= use->second.written * 4);
        if (const auto of = facts.find(id); of != facts.end()) {
          alias.phones = of->second.first;
          alias.organisations = of->second.second;
        }
        material.names.emplace(id, std::pair(alias.name, alias.address));
        take_number(alias);
        material.aliases.push_back(std::move(alias));
      });
}

/// My confirmed addresses are one person by my own word.
void add_me(db::Connection& db, Material& material) {
  std::vector<std::int64_t> mine;
  db.each("select id from alias where handle in (select handle from me where confirmed_at is not null)",
          [&](const db::Statement& row) {
            const auto number = material.numbers.find(row.integer(0));
            if (number != material.numbers.end()) mine.push_back(number->second);
          });
  std::ranges::sort(mine);
  for (std::size_t i = 1; i < mine.size(); ++i)
    material.decisions.push_back({.a = mine.front(), .b = mine[i], .same = true});
}

Material read_material(Store& store) {
  auto& db = store.db();
  Material material;
  read_links(store, material);
  read_aliases(db, material);
  add_evidence(material);
  for (const auto& said : namesake_evidence(store, material.aliases, material.ids)) material.evidence.push_back(said);
  add_me(db, material);
  db.each("select a, b, same from decision order by id", [&](const db::Statement& row) {
    const auto a = material.numbers.find(row.integer(0));
    const auto b = material.numbers.find(row.integer(1));
    if (a == material.numbers.end() || b == material.numbers.end()) return;  // of items that are gone
    material.decisions.push_back({a->second, b->second, row.integer(2) != 0});
  });
  return material;
}

people::Resolution resolved(const Material& material) {
  auto resolution = people::resolve(material.aliases, material.evidence, material.decisions);
  const auto name = [&](std::int64_t& number) { number = material.ids.at(static_cast<std::size_t>(number)); };
  for (auto& person : resolution.persons) {
    for (auto& member : person.members) name(member.alias);
    for (auto& merge : person.merges) name(merge.a), name(merge.b);
    std::ranges::sort(person.members, [](const people::Membership& a, const people::Membership& b) {
      return std::tie(a.alias, a.from_day) < std::tie(b.alias, b.from_day);
    });
  }
  for (auto& question : resolution.questions) name(question.a), name(question.b);
  return resolution;
}

std::int64_t day_number(Day day) {
  return day.time_since_epoch().count();
}

/// How good a name is to show when I never wrote one: full and in mixed case before capitals, then by how often it was
/// seen.
struct ShownRank {
  bool full = false;
  bool mixed_case = false;
  std::uint32_t seen = 0;
  friend auto operator<=>(const ShownRank&, const ShownRank&) = default;
};

ShownRank shown_rank(const std::string& name, std::uint32_t seen) {
  bool has_capital = false;
  bool has_small = false;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = next_character(name, at);
    has_capital = has_capital || is_upper(c);
    has_small = has_small || (is_letter(c) && !is_upper(c));
  }
  return {.full = name.find(' ') != std::string::npos, .mixed_case = has_capital && has_small, .seen = seen};
}

/// Some programs put an address, also an old one, where the name belongs.
bool is_address(std::string_view name) {
  return name.find('@') != std::string_view::npos && name.find(' ') == std::string_view::npos;
}

/// The name that I wrote last, else the best that others use; of equals the text decides, as ids tell only what was
/// imported when.
std::string name_to_show(const people::Person& person, const Material& material) {
  std::tuple<bool, std::int64_t, ShownRank, std::string> best{false, -2, {}, {}};
  std::string handle;
  for (const auto& member : person.members) {
    const auto& [name, address] = material.names.at(member.alias);
    const Use& use = material.uses.at(member.alias);
    if (!address.empty() && (handle.empty() || address < handle)) handle = address;
    if (!name.empty()) best = std::max(best, {!is_address(name), use.by_me_at, shown_rank(name, use.seen), name});
  }
  const bool has_name = std::get<bool>(best) || handle.empty();
  return has_name ? people::without_additions(std::get<std::string>(best)) : handle;
}

/// The smallest alias that is this person's for all time: one that passed from hand to hand is in several persons.
std::int64_t id_of(const people::Person& person) {
  const auto whole = std::ranges::find_if(person.members, [](const people::Membership& member) {
    return member.from_day == Day::min() && member.to_day == Day::max();
  });
  return whole == person.members.end() ? person.members.front().alias : whole->alias;
}

void write_person(db::Connection& db, const people::Person& person, const Material& material) {
  const std::int64_t id = id_of(person);
  std::int64_t seen = 0;
  std::int64_t first_at = 0;
  std::int64_t last_at = 0;
  for (const auto& member : person.members) {
    const Use& use = material.uses.at(member.alias);
    seen += use.seen;
    if (use.first_at != 0) first_at = first_at == 0 ? use.first_at : std::min(first_at, use.first_at);
    last_at = std::max(last_at, use.last_at);
    db.run("insert or replace into identity values ($1, $2, $3, $4)", member.alias, day_number(member.from_day),
           day_number(member.to_day), id);
  }
  db.run("insert into person(id, name, human, seen, first_at, last_at) values ($1, $2, $3, $4, $5, $6)", id,
         name_to_show(person, material), person.human, seen, first_at, last_at);
  for (const auto& merge : person.merges) {
    db.run("insert into merge values ($1, $2, $3, $4, $5)", id, merge.a, merge.b, merge.probability,
           reasons_text(merge.reasons));
  }
}

struct ReasonName {
  people::Reason::Kind kind;
  std::string_view code;
};
using Kind = people::Reason::Kind;
constexpr std::array<ReasonName, people::Reason::kinds> reason_names = {
    {{Kind::decided, "decided"},
     {Kind::same_address, "same_address"},
     {Kind::same_name, "same_name"},
     {Kind::rare_name, "rare_name"},
     {Kind::name_order, "name_order"},
     {Kind::initials, "initials"},
     {Kind::nickname, "nickname"},
     {Kind::typo, "typo"},
     {Kind::local_part, "local_part"},
     {Kind::own_domain, "own_domain"},
     {Kind::same_card, "same_card"},
     {Kind::reply_to, "reply_to"},
     {Kind::same_phone, "same_phone"},
     {Kind::same_organisation, "same_organisation"},
     {Kind::common_name, "common_name"},
     {Kind::different_given_name, "different_given_name"},
     {Kind::answers_other, "answers_other"},
     {Kind::successor, "successor"},
     {Kind::answers_for, "answers_for"},
     {Kind::same_circle, "same_circle"},
     {Kind::same_document, "same_document"},
     {Kind::other_surname, "other_surname"},
     {Kind::own_copy, "own_copy"},
     {Kind::only_bearer, "only_bearer"}}};

std::string alias_text(db::Connection& db, std::int64_t alias) {
  const auto row = db.first("select name, handle from alias where id = $1", alias);
  if (!row) return {};
  if (row->view(0).empty()) return row->text(1);
  return row->view(1).empty() ? row->text(0) : row->text(0) + " <" + row->text(1) + ">";
}

}  // namespace

std::string reasons_text(std::span<const people::Reason> reasons) {
  std::string text;
  for (const auto& reason : reasons) {
    const auto name = std::ranges::find(reason_names, reason.kind, &ReasonName::kind);
    if (!text.empty()) text += '\n';
    text += std::string(name == reason_names.end() ? "other" : name->code) + ':' + reason.words;
  }
  return text;
}

std::vector<StoredReason> stored_reasons(std::string_view text) {
  std::vector<StoredReason> result;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    const auto colon = line.find(':');
    result.push_back({std::string(line.substr(0, colon)),
                      std::string(colon == std::string_view::npos ? "" : line.substr(colon + 1))});
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return result;
}

namespace {

/// Changes with each decision and each address that I call mine.
std::string what_was_said(Store& store) {
  std::string said;
  store.db().each("select id, same from decision order by id",
                  [&](const db::Statement& row) { said += row.text(0) + '=' + row.text(1) + ' '; });
  store.db().each("select handle from me where confirmed_at is not null order by handle",
                  [&](const db::Statement& row) { said += row.text(0) + ' '; });
  return said;
}

/// False, and nothing is written, if something else has been said since `said` was read.
bool settle_as_said(Store& store, const std::string& said) {
  auto& db = store.db();
  const Material material = read_material(store);
  const auto resolution = resolved(material);
  db::Transaction transaction(db);
  if (what_was_said(store) != said) return false;
  db.script("delete from identity; delete from person; delete from merge; delete from question");
  for (const auto& person : resolution.persons) write_person(db, person, material);
  for (const auto& question : resolution.questions) {
    db.run("insert or ignore into question values ($1, $2, $3, $4)", question.a, question.b, question.probability,
           reasons_text(question.reasons));
  }
  settle_ties(store);
  transaction.commit();
  return true;
}

}  // namespace

void settle_persons(Store& store) {
  // Nobody waits while it is worked out; what the owner says meanwhile is heard by beginning again.
  while (!settle_as_said(store, what_was_said(store))) {
  }
}

std::vector<Member> members(Store& store, PersonId person) {
  std::vector<Member> result;
  store.db().each(
      "select identity.alias, alias.handle, alias.name, identity.from_day, identity.to_day from identity "
      "join alias on alias.id = identity.alias where identity.person = $1 order by identity.alias, identity.from_day",
      [&](const db::Statement& row) {
        result.push_back({row.id<AliasRow>(0), row.text(1), row.text(2), row.day(3), row.day(4)});
      },
      person);
  return result;
}

std::optional<PersonId> person_of(Store& store, AliasId alias, Day day) {
  const auto row = store.db().first(
      "select person from identity where alias = $1 and from_day <= $2 and to_day >= $2 order by from_day desc", alias,
      day);
  return row ? std::optional(row->id<PersonRow>(0)) : std::nullopt;
}

std::string shown_name(Store& store, PersonId person) {
  const auto row = store.db().first("select name from person where id = $1", person);
  return row ? row->text(0) : std::string();
}

std::vector<Question> questions(Store& store) {
  std::vector<Question> result;
  auto& db = store.db();
  db.each("select a, b, probability, reasons from question order by probability desc, a, b",
          [&](const db::Statement& row) {
            result.push_back({.a = row.id<AliasRow>(0),
                              .b = row.id<AliasRow>(1),
                              .person_a = {},
                              .person_b = {},
                              .name_a = {},
                              .name_b = {},
                              .probability = row.real(2),
                              .reasons = row.text(3)});
          });
  for (auto& question : result) {
    question.person_a = {db.number("select person from identity where alias = $1", question.a)};
    question.person_b = {db.number("select person from identity where alias = $1", question.b)};
    question.name_a = alias_text(db, question.a.value);
    question.name_b = alias_text(db, question.b.value);
  }
  return result;
}

void decide(Store& store, AliasId a, AliasId b, bool same, Instant now) {
  store.db().run("insert into decision(a, b, same, made_at) values ($1, $2, $3, $4)", a, b, same, now);
  settle_persons(store);
}

std::optional<Decision> undo_decision(Store& store) {
  auto& db = store.db();
  std::optional<Decision> last;
  if (const auto row = db.first("select id, a, b, same from decision order by id desc limit 1")) {
    last = Decision{row->integer(0), row->id<AliasRow>(1), row->id<AliasRow>(2), row->integer(3) != 0};
  }
  if (!last) return std::nullopt;
  db.run("delete from decision where id = $1", last->id);
  settle_persons(store);
  return last;
}

void write_note(Store& store, AliasId alias, std::string_view text, Instant now) {
  store.db().run("insert into note(alias, written_at, text) values ($1, $2, $3)", alias, now, text);
}

}  // namespace entregent::personal
