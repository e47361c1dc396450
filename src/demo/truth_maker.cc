// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/truth_maker.h"

#include <algorithm>

#include "demo/calendar_writer.h"

namespace entregent::demo {
namespace {

std::vector<int> ids_of(const std::vector<Mailbox>& list) {
  std::vector<int> ids;
  for (const Mailbox& mailbox : list) ids.push_back(mailbox.person);
  return ids;
}

bool is_calendar(Nature nature) {
  return nature == Nature::invitation || nature == Nature::invitation_answer || nature == Nature::cancellation;
}

bool is_letter(const Mail& mail) {
  return mail.nature == Nature::letter || is_calendar(mail.nature);
}

}  // namespace

TruthMaker::TruthMaker(const World& world) : world_(world) {
  for (const Person& each : world.cast.persons) truth_.persons.push_back(each.truth);
  truth_.first_day = world.cast.first_day;
  truth_.last_day = world.cast.last_day;
}

void TruthMaker::note_alias(const Mailbox& mailbox) {
  auto [found, is_new] = aliases_.try_emplace({mailbox.name, mailbox.address});
  TrueAlias& alias = found->second;
  if (is_new) {
    alias = {.name = mailbox.name,
             .address = mailbox.address,
             .person = mailbox.person,
             .uses = 0,
             .nothing_in_common = false};
    const Person& who = world_.cast.persons[static_cast<std::size_t>(mailbox.person)];
    for (const Spelling& spelling : who.spellings) {
      const std::string& address = who.truth.addresses[static_cast<std::size_t>(spelling.address)].address;
      if (spelling.nothing_in_common && address == mailbox.address && mailbox.name.empty())
        alias.nothing_in_common = true;
    }
    for (const TrueAddress& address : who.truth.addresses) {
      const bool both = mailbox.name.empty() || mailbox.name.find(" et ") != std::string::npos;
      if (address.shared && address.address == mailbox.address && both) alias.person = -1;
    }
  }
  if (alias.person != mailbox.person) alias.person = -1;
  ++alias.uses;
}

void TruthMaker::note_exchange(int other, const Mail& mail) {
  TruePerson& who = person(other);
  if (!who.first || mail.when < *who.first) who.first = mail.when;
  if (who.last && mail.when < *who.last) return;
  who.last = mail.when;
  who.last_was_me = by_her(mail);
}

void TruthMaker::note_company(const std::vector<int>& together) {
  for (const int one : together) {
    for (const int other : together) {
      const bool humans = person(one).kind == PersonKind::human && person(other).kind == PersonKind::human;
      if (one != other && one != 0 && other != 0 && humans) common_[one].insert(other);
    }
  }
}

void TruthMaker::add(const Mail& mail, std::vector<std::string> places) {
  TrueMail made;
  made.message_id = mail.oddity == Oddity::no_message_id ? "" : mail.message_id;
  made.when = mail.when;
  made.writer = mail.list >= 0 && mail.reply_to ? mail.reply_to->person : mail.from.person;
  made.to = ids_of(mail.to);
  made.cc = ids_of(mail.cc);
  made.subject = mail.subject;
  made.files = mail.files;
  made.mentions = mail.mentions;
  made.places = std::move(places);
  made.thread = mail.thread;
  made.counted = mail.nature != Nature::spam && mail.oddity != Oddity::trashed;
  made.automatic = mail.nature == Nature::robot || mail.nature == Nature::out_of_office;
  made.list = mail.nature == Nature::list_post;
  made.invitation = is_calendar(mail.nature);
  ++(made.counted ? truth_.messages : truth_.skipped_messages);
  if (made.counted) {
    note_alias(mail.from);
    if (mail.sender) note_alias(*mail.sender);
    if (mail.reply_to) note_alias(*mail.reply_to);
    if (mail.oddity != Oddity::nested_quotes) note_alias(mail.to[0]);
    for (std::size_t index = 1; index < mail.to.size(); ++index) note_alias(mail.to[index]);
    for (const Mailbox& mailbox : mail.cc) note_alias(mailbox);
    for (const int id : mail.mentions) ++person(id).mentions;
    if (made.automatic) ++person(made.writer).automatic;
    if (made.list) ++person(made.writer).through_lists;
  }
  if (made.counted && is_letter(mail)) {
    const int files = static_cast<int>(mail.files.size());
    std::vector<int> recipients = made.to;
    recipients.insert(recipients.end(), made.cc.begin(), made.cc.end());
    if (by_her(mail)) {
      for (const int id : std::set<int>(recipients.begin(), recipients.end())) {
        ++person(id).sent;
        person(id).files_sent += files;
        if (made.invitation) ++person(id).invitations_sent;
        note_exchange(id, mail);
      }
    } else {
      TruePerson& writer = person(made.writer);
      ++writer.received;
      (mail.oddity == Oddity::winmail ? writer.files_in_winmail : writer.files_received) += files;
      if (made.invitation) ++writer.invitations_received;
      note_exchange(made.writer, mail);
    }
    recipients.push_back(made.writer);
    note_company(recipients);
  }
  truth_.mails.push_back(std::move(made));
}

void TruthMaker::add(const Card& card) {
  ++truth_.cards;
  ++person(card.person).cards;
  for (const Mailbox& mailbox : card.mailboxes) note_alias(mailbox);
}

void TruthMaker::add(const Event& event) {
  if (event.attendees.empty()) return;
  std::vector<int> together = ids_of(event.attendees);
  together.push_back(event.organizer.person);
  note_alias(event.organizer);
  for (const Mailbox& mailbox : event.attendees) note_alias(mailbox);
  const int held = days_held(event, world_.cast.last_day);
  if (held == 0) return;
  for (const int id : std::set<int>(together.begin(), together.end())) {
    if (id == 0) continue;
    ++person(id).meetings;
    person(id).meeting_days += held;
  }
  note_company(together);
}

const TrueAlias* TruthMaker::first_alias(int id, const std::string& address) const {
  const TrueAlias* best = nullptr;
  for (const auto& [key, alias] : aliases_) {
    if (alias.person == id && key.second == address && (best == nullptr || alias.uses > best->uses)) best = &alias;
  }
  return best;
}

void TruthMaker::add_questions() {
  const auto ask = [&](int one, std::size_t one_address, int other, std::size_t other_address, bool same,
                       const char* why) {
    const TrueAlias* left = first_alias(one, person(one).addresses[one_address].address);
    const TrueAlias* right = first_alias(other, person(other).addresses[other_address].address);
    if (left != nullptr && right != nullptr) truth_.questions.push_back({*left, *right, same, why});
  };
  const Cast& cast = world_.cast;
  for (const auto& [one, other] : cast.homonyms) ask(one, 0, other, 0, false, "two people of one name");
  for (const auto& [one, other] : cast.families) ask(one, 0, other, 0, false, "father and son with one initial");
  for (const auto& [one, other] : cast.couples) ask(one, 0, other, 0, false, "a couple with one mailbox");
  for (const auto& [one, other] : cast.couples)
    ask(other, 0, other, 1, true, "one of a couple, with an address of her or his own");
  for (const auto& [one, other] : cast.successions) ask(one, 0, other, 0, false, "an address handed to a successor");
  for (const int id : cast.brides) ask(id, 0, id, 1, true, "a change of name");
  for (const int id : cast.humans) {
    const auto& who = person(id);
    if (std::find(who.traps.begin(), who.traps.end(), "nothing in common") != who.traps.end())
      ask(id, 0, id, 1, true, "only signature or card tell");
    const TrueAlias* bare = first_alias(id, "");
    const TrueAlias* usual = first_alias(id, who.addresses[0].address);
    if (bare != nullptr && usual != nullptr)
      truth_.questions.push_back({*bare, *usual, true, "a card without address"});
  }
}

Truth TruthMaker::finish() {
  for (auto& [id, others] : common_) person(id).common.assign(others.begin(), others.end());
  add_questions();
  for (auto& [key, alias] : aliases_) {
    if (alias.person >= 0 && !alias.name.empty()) {
      auto& names = person(alias.person).names;
      if (std::find(names.begin(), names.end(), alias.name) == names.end()) names.push_back(alias.name);
    }
    truth_.aliases.push_back(alias);
  }
  const auto exchanges = [&](int id) { return person(id).received + person(id).sent; };
  truth_.best_known_id = *std::max_element(world_.cast.humans.begin(), world_.cast.humans.end(),
                                           [&](int one, int other) { return exchanges(one) < exchanges(other); });
  truth_.best_known = person(truth_.best_known_id).name;
  truth_.events = static_cast<int>(world_.events.size());
  return std::move(truth_);
}

}  // namespace entregent::demo
