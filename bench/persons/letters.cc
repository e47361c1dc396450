// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bench/persons/letters.h"

#include <algorithm>
#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/digest.h"
#include "bench/box/latin.h"
#include "personal/aliases.h"
#include "readers/calendar_reader.h"
#include "readers/mail_reader.h"
#include "readers/vcard_reader.h"

namespace entregent::bench {
namespace {

using readers::ExtractedItem;
using readers::Role;

constexpr std::uint64_t letters_purpose = 32;
constexpr int robots = 1000000, roles = 2000000;  ///< persons of their own in the truth, from these numbers on

/// Somebody at one address under one name.
struct Seat {
  int person = nobody_certain;
  std::string name, address;
};

struct Mail {
  Seat from, sender = {}, reply_to = {};
  std::vector<Seat> to = {}, cc = {};
  std::string id = {}, parent = {}, subject = {}, body = {}, signature = {}, extra = {};
  int day = 0;
};

class Box {
 public:
  Box(const Cast& cast, std::uint64_t seed, double mails_per_person)
      : cast_(cast),
        random_(seed, letters_purpose, cast.humans.size()),
        mails_(mails_per_person),
        writers_(cast.humans.size() - cast.employers.size()) {}

  PersonsBox write() {
    for (int id = 1; id < static_cast<int>(writers_); ++id) introduce(human(id));
    const Chooser chooser(power_law(writers_ - 1, 6, 0.9));
    const auto wanted = static_cast<std::size_t>(mails_ * static_cast<double>(writers_));
    while (written_ < wanted) thread(1 + static_cast<int>(chooser.draw(random_)));
    for (int id = 1; id < static_cast<int>(writers_); ++id) files(human(id));
    for (const auto& [person, company] : cast_.employers) named_only(human(person), company);
    for (const auto& couple : cast_.couples)
      if (random_.chance(0.3)) card_of_two(human(couple.first), human(couple.second));
    for (std::size_t i = 0; i < writers_ / 2; ++i) machine(i);
    for (std::size_t i = 0; i < writers_ / 3; ++i) meeting();
    return std::move(box_);
  }

 private:
  const Human& human(int id) const { return cast_.humans[static_cast<std::size_t>(id)]; }
  const Human& owner() const { return cast_.humans.front(); }

  // What is true
  // -------------------------------------------------------------------------------------------------------

  void know(const Seat& seat) {
    const auto key = personal::alias_key(seat.name, seat.address);
    if (key.handle.empty()) {
      box_.bare_truth[{box_.items.size(), key.name}] = seat.person;
      return;
    }
    const auto [at, fresh] = box_.truth.try_emplace({key.handle, key.name}, seat.person);
    if (!fresh && at->second != seat.person) at->second = nobody_certain;
  }

  // Who writes from where
  // ----------------------------------------------------------------------------------------------

  /// An account that is theirs on that day; -1 if none is.
  int account_on(const Human& person, int day) {
    std::vector<int> open;
    for (std::size_t i = 0; i < person.accounts.size(); ++i)
      if (person.accounts[i].from_day <= day && day <= person.accounts[i].to_day) open.push_back(static_cast<int>(i));
    if (open.empty()) return -1;
    return random_.chance(0.75) ? open.front() : open[random_.below(open.size())];
  }

  static Seat own_seat(const Human& person, int account) {
    const Account& at = person.accounts[static_cast<std::size_t>(account)];
    const bool bare_of_several =
        at.name.empty() && (at.kind == AccountKind::shared || at.kind == AccountKind::function);
    return {.person = bare_of_several ? nobody_certain : person.id, .name = at.name, .address = at.address};
  }

  Seat seen_seat(const Human& person, int account) {
    const Account& at = person.accounts[static_cast<std::size_t>(account)];
    Seat seat = own_seat(person, account);
    if (!at.seen_as.empty() && random_.chance(0.4)) seat.name = at.seen_as[random_.below(at.seen_as.size())];
    if (seat.name.empty() && (at.kind == AccountKind::shared || at.kind == AccountKind::function))
      seat.person = nobody_certain;
    return seat;
  }

  Seat mine() { return own_seat(owner(), random_.chance(0.6) ? 0 : 1); }

  std::string signature(const Human& person, int account) {
    const Account& at = person.accounts[static_cast<std::size_t>(account)];
    if (!at.signs || random_.chance(0.25)) return random_.chance(0.2) ? "Envoyé de mon iPhone" : "";
    const std::string surname = at.name.find(person.surname) == std::string::npos && !person.former_surname.empty()
                                    ? person.former_surname
                                    : person.surname;
    std::string text = person.given + " " + surname + "\n";
    if (!at.company.empty()) text += person.title + ", " + at.company + "\n";
    if (!at.direct_line.empty()) text += "Tél. : " + written(at.direct_line) + "\n";
    if (random_.chance(0.75)) text += "Mob. : " + written(person.mobile) + "\n";
    if (at.company.empty() && !person.landline.empty()) text += "Tél. : " + written(person.landline) + "\n";
    return text;
  }

  /// As people type it, with or without the country.
  std::string written(const std::string& phone) {
    if (!phone.starts_with("+33 ") || random_.chance(0.5)) return phone;
    return "0" + phone.substr(4);
  }

  // Mail
  // ---------------------------------------------------------------------------------------------------------------

  static std::string header(const Seat& seat) {
    return seat.name.empty() ? seat.address : "\"" + seat.name + "\" <" + seat.address + ">";
  }

  static std::string header(const std::vector<Seat>& seats) {
    std::string text;
    for (const auto& seat : seats) text += (text.empty() ? "" : ",\n ") + header(seat);
    return text;
  }

  static std::chrono::sys_seconds moment(int day, std::size_t seconds) {
    return std::chrono::sys_days{std::chrono::year{2022} / 1 / 1} + std::chrono::days(day) +
           std::chrono::seconds(seconds % 86400);
  }

  void send(Mail mail) {
    ++written_;
    if (mail.id.empty()) mail.id = new_id();
    std::string bytes = fmt::format("Message-ID: <{}>\nDate: {:%a, %d %b %Y %H:%M:%S} +0000\nFrom: {}\nTo: {}\n",
                                    mail.id, moment(mail.day, written_ * 977), header(mail.from), header(mail.to));
    if (!mail.cc.empty()) bytes += "Cc: " + header(mail.cc) + "\n";
    if (!mail.sender.address.empty()) bytes += "Sender: " + header(mail.sender) + "\n";
    if (!mail.reply_to.address.empty()) bytes += "Reply-To: " + header(mail.reply_to) + "\n";
    if (!mail.parent.empty()) bytes += "In-Reply-To: <" + mail.parent + ">\nReferences: <" + mail.parent + ">\n";
    bytes += "Subject: " + mail.subject + "\nContent-Type: text/plain; charset=utf-8\n" + mail.extra + "\n" +
             mail.body + "\n";
    if (!mail.signature.empty()) bytes += "\n-- \n" + mail.signature;
    auto read = readers::read_mail(bytes);
    if (!read) return;
    add(*std::move(read), mail);
  }

  void add(ExtractedItem item, const Mail& mail) {
    for (const Seat* seat : {&mail.from, &mail.sender, &mail.reply_to})
      if (!seat->address.empty()) know(*seat);
    for (const auto* list : {&mail.to, &mail.cc})
      for (const auto& seat : *list) know(seat);
    if (mail.from.person > 0 && mail.from.person < robots && random_.chance(0.05))
      attach(item, human(mail.from.person));
    if (mail.from.person == 0) item.marks.sent_by_me = true;
    box_.items.push_back(std::move(item));
  }

  std::string new_id() { return fmt::format("{}.box@ids.example", ++ids_); }

  std::string words(const Human& person) {
    const bool french = person.language == Language::french;
    std::string text =
        french ? "Bonjour,\n\nvoici ce dont nous parlions : " : "Hello,\n\nhere is what we spoke about: ";
    for (int i = 0; i < 6; ++i) text += built_word(person.language, random_) + " ";
    return text + (french ? "\n\nCordialement," : "\n\nBest regards,");
  }

  /// Each account is heard of once at least, most often.
  void introduce(const Human& person) {
    for (std::size_t i = 0; i < person.accounts.size(); ++i) {
      const Account& account = person.accounts[i];
      if (!random_.chance(0.93)) continue;
      const int day = account.from_day +
                      static_cast<int>(random_.below(static_cast<std::size_t>(account.to_day - account.from_day + 1)));
      exchange(person, static_cast<int>(i), day);
    }
  }

  void thread(int id) {
    const Human& person = human(id);
    const int day = static_cast<int>(random_.below(last_box_day)), account = account_on(person, day);
    if (account < 0) return;
    const double kind = random_.uniform();
    if (kind < 0.62) return exchange(person, account, day);
    if (kind < 0.92) return group(person, account, day);
    if (kind < 0.95) return to_oneself(person, account, day);
    if (kind < 0.97 && person.assistant >= 0) return through_assistant(person, account, day);
    list_mail(person, account, day);
  }

  Mail from(const Human& person, int account, int day) {
    Mail mail{.from = own_seat(person, account)};
    const Account& at = person.accounts[static_cast<std::size_t>(account)];
    if (at.reply_to >= 0) mail.reply_to = own_seat(person, at.reply_to);
    mail.day = day;
    mail.subject = capitalised(built_word(person.language, random_));
    mail.body = words(person);
    mail.signature = signature(person, account);
    return mail;
  }

  Mail from_me(int day) {
    Mail mail{.from = mine()};
    mail.day = day;
    mail.subject = capitalised(built_word(Language::french, random_));
    mail.body = words(owner());
    return mail;
  }

  /// She and one other, in turn.
  void exchange(const Human& person, int account, int day) {
    const std::size_t length = random_.geometric(2);
    std::string parent, subject;
    bool theirs = random_.chance(0.6);
    for (std::size_t i = 0; i < length; ++i, theirs = !theirs) {
      Mail mail = theirs ? from(person, account, day) : from_me(day);
      mail.to = {theirs ? mine() : seen_seat(person, account)};
      mail.parent = parent;
      if (!subject.empty()) mail.subject = "Re: " + subject;
      if (subject.empty()) subject = mail.subject;
      parent = mail.id = new_id();
      send(std::move(mail));
      day = std::min(day + static_cast<int>(random_.below(3)), last_box_day);
      if (theirs && random_.chance(0.04)) account = std::max(account_on(person, day), 0);
    }
  }

  /// Some of a circle write to each other, she reads.
  void group(const Human& person, int account, int day) {
    std::vector<std::pair<int, int>> members{{person.id, account}};
    const auto& circle = cast_.circles[static_cast<std::size_t>(person.circle)];
    for (std::size_t i = 0; i < 1 + random_.below(4); ++i) {
      const int other = random_.chance(0.85) ? random_.pick(circle) : 1 + static_cast<int>(random_.below(writers_ - 1));
      const int at = account_on(human(other), day);
      const auto known = [&](const auto& member) { return member.first == other; };
      if (other != 0 && at >= 0 && std::none_of(members.begin(), members.end(), known)) members.emplace_back(other, at);
    }
    std::string parent, subject;
    std::size_t writer = 0;
    for (std::size_t i = 0; i < random_.geometric(2.5); ++i) {
      const Human& who = human(members[writer].first);
      Mail mail = from(who, members[writer].second, day);
      for (std::size_t k = 0; k < members.size(); ++k)
        if (k != writer) mail.to.push_back(seen_seat(human(members[k].first), members[k].second));
      if (random_.chance(0.03)) also_elsewhere(mail.to, human(members.back().first), day);
      (mail.to.empty() ? mail.to : mail.cc).push_back(mine());
      mail.parent = parent;
      if (!subject.empty()) mail.subject = "Re: " + subject;
      if (subject.empty()) subject = mail.subject;
      parent = mail.id = new_id();
      send(std::move(mail));
      if (members.size() > 1) writer = (writer + 1 + random_.below(members.size() - 1)) % members.size();
      day = std::min(day + 1, last_box_day);
    }
  }

  /// To be sure, one writes to both addresses of somebody.
  void also_elsewhere(std::vector<Seat>& to, const Human& person, int day) {
    for (std::size_t i = 0; i < person.accounts.size(); ++i)
      if (person.accounts[i].from_day <= day && day <= person.accounts[i].to_day)
        to.push_back(seen_seat(person, static_cast<int>(i)));
  }

  /// From the office home, or back; she gets a copy. Now and then as an answer to what one wrote oneself.
  void to_oneself(const Human& person, int account, int day) {
    if (person.accounts.size() < 2) return exchange(person, account, day);
    Mail first = from(person, account, day);
    for (std::size_t i = 0; i < person.accounts.size(); ++i)
      if (static_cast<int>(i) != account) first.to.push_back(own_seat(person, static_cast<int>(i)));
    first.cc = {mine()};
    first.id = new_id();
    const std::string id = first.id, subject = first.subject;
    send(std::move(first));
    const int other = account == 0 ? 1 : 0;
    if (!random_.chance(0.15) || person.accounts[static_cast<std::size_t>(other)].to_day < day) return;
    Mail second = from(person, other, day);
    second.to = {own_seat(person, account), mine()};
    second.parent = id;
    second.subject = "Re: " + subject;
    send(std::move(second));
  }

  void through_assistant(const Human& boss, int account, int day) {
    const Human& helper = human(boss.assistant);
    const int at = account_on(helper, day);
    if (at < 0) return;
    const Seat helping = own_seat(helper, at), chief = own_seat(boss, account);
    Mail mail = from(helper, at, day);
    mail.reply_to = {};
    switch (random_.below(4)) {
      case 0:  // for the boss, by the boss's mailbox
        mail.from = chief;
        mail.sender = helping;
        break;
      case 1:  // by her own, answers to the boss
        mail.reply_to = chief;
        break;
      case 2:  // under the boss's name
        mail.from = {.person = nobody_certain, .name = boss.name(), .address = helping.address};
        break;
      default:
        mail.cc = {chief};
        mail.signature = "P/o " + boss.name() + "\n" + mail.signature;
    }
    mail.to = {mine()};
    send(std::move(mail));
  }

  void list_mail(const Human& person, int account, int day) {
    Mail mail = from(person, account, day);
    const std::string list = fmt::format("entraide{}@listes.example", person.circle % 7);
    mail.to = {{.person = robots + 500 + person.circle % 7, .name = "", .address = list}};
    mail.reply_to = mail.to.front();
    mail.extra = "List-Id: <" + list + ">\n";
    send(std::move(mail));
  }

  void machine(std::size_t number) {
    const int day = static_cast<int>(random_.below(last_box_day));
    const std::size_t which = number % 23;
    if (random_.chance(0.6)) {
      Mail mail{
          .from = {robots + static_cast<int>(which), "La Lettre", fmt::format("noreply@lettre{}.example", which)}};
      mail.to = {mine()};
      mail.subject = "Nouvelles";
      mail.body = "Tout ce qui compte.";
      mail.extra = "Auto-Submitted: auto-generated\n";
      mail.day = day;
      return send(std::move(mail));
    }
    const Company& firm = cast_.companies[which % cast_.companies.size()];
    Mail mail{.from = {roles + static_cast<int>(which % cast_.companies.size()), firm.name, "contact@" + firm.host}};
    mail.to = {mine()};
    mail.subject = "Votre demande";
    mail.body = "Bonjour,\n\nnous avons bien reçu votre demande.";
    mail.signature = firm.name + "\nTél. : " + firm.switchboard + "\n";
    mail.day = day;
    send(std::move(mail));
  }

  // Everything else
  // ----------------------------------------------------------------------------------------------------

  ExtractedItem item_of(readers::ItemKind kind, std::string title, int day) {
    ExtractedItem item;
    item.kind = kind;
    item.identifier = new_id();
    item.content_hash = digest(item.identifier);
    item.title = std::move(title);
    item.happened_at = moment(day, 3600 * 11);
    return item;
  }

  void add_party(ExtractedItem& item, Role role, const Seat& seat) {
    item.parties.push_back({role, seat.name, seat.address});
    know(seat);
  }

  /// What office programs know of whoever sits before them.
  Seat author_seat(const Human& person) {
    const double u = random_.uniform();
    if (u < 0.65) return {person.id, person.name(), ""};
    if (u < 0.75) return {person.id, upper_letters(person.surname) + " " + person.given, ""};
    if (u < 0.85) return {person.id, slug(person.given).substr(0, 1) + slug(person.surname), ""};
    return {nobody_certain, random_.chance(0.5) ? "Utilisateur Windows" : "Microsoft Office User", ""};
  }

  void attach(ExtractedItem& item, const Human& sender) {
    const auto& circle = cast_.circles[static_cast<std::size_t>(sender.circle)];
    const Human& author = random_.chance(0.7) ? sender : human(random_.pick(circle));
    item.attachments.push_back(
        {"note.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 9000});
    add_party(item, Role::author, author_seat(author));
    if (random_.chance(0.3)) add_party(item, Role::last_editor, author_seat(sender));
  }

  /// Cards, exports, documents and chats in which somebody stands.
  void files(const Human& person) {
    if (random_.chance(0.4)) card(person);
    if (random_.chance(0.25)) card(person);
    if (random_.chance(0.45)) profile(person);
    if (random_.chance(0.12)) document(person);
    if (random_.chance(0.15)) chat(person);
  }

  /// Of strangers there is a row of an export, or a document.
  void named_only(const Human& person, int company) {
    if (random_.chance(0.4)) return document(person);
    ExtractedItem item = row(person, cast_.companies[static_cast<std::size_t>(company)].name);
    add_party(item, Role::card, {person.id, person.name(), ""});
    box_.items.push_back(std::move(item));
  }

  ExtractedItem row(const Human& person, const std::string& company) {
    ExtractedItem item = item_of(readers::ItemKind::contact, person.name(), last_box_day);
    if (!company.empty()) item.facts.push_back({readers::FactKind::company, company, ""});
    item.facts.push_back({readers::FactKind::title, person.title, ""});
    item.facts.push_back(
        {readers::FactKind::url, fmt::format("https://profiles.example/in/{}-{}", slug(person.name()), person.id), ""});
    return item;
  }

  /// Written by hand or by a phone, true on some day.
  void card(const Human& person) {
    const bool phones_only = random_.chance(0.15);
    const std::string name = random_.chance(0.7) ? person.name() : spelled(person, person.surname, "", random_);
    std::string bytes = fmt::format("BEGIN:VCARD\nVERSION:3.0\nUID:{}\nFN:{}\nN:{};{};;;\n", new_id(),
                                    name.empty() ? person.name() : name, person.surname, person.given);
    const std::string shown = name.empty() ? person.name() : name;
    std::vector<Seat> seats;
    for (std::size_t i = 0; i < person.accounts.size() && !phones_only; ++i) {
      const Account& account = person.accounts[i];
      if (account.kind == AccountKind::function || !random_.chance(0.7)) continue;
      seats.push_back({person.id, shown, account.address});
      bytes += "EMAIL;TYPE=INTERNET:" + account.address + "\n";
    }
    if (person.assistant >= 0 && random_.chance(0.2)) {
      const std::string address = human(person.assistant).accounts.front().address;
      bytes += "item1.EMAIL:" + address + "\nitem1.X-ABLabel:Assistante\n";
      seats.push_back({nobody_certain, shown, address});
    }
    if (seats.empty()) seats.push_back({person.id, shown, ""});
    const Account& last = person.accounts.back();
    bytes += "TEL;TYPE=CELL:" + written(person.mobile) + "\n";
    if (!last.direct_line.empty()) bytes += "TEL;TYPE=WORK:" + written(last.direct_line) + "\n";
    if (!person.landline.empty()) bytes += "TEL;TYPE=HOME:" + written(person.landline) + "\n";
    if (!last.company.empty() && random_.chance(0.7)) bytes += "ORG:" + last.company + "\n";
    if (random_.chance(0.2)) bytes += "BDAY:" + person.birthday + "\n";
    put_card(bytes + "END:VCARD\n", seats);
  }

  void card_of_two(const Human& one, const Human& other) {
    const std::string name = one.given + " et " + other.given + " " + one.surname;
    std::string bytes = fmt::format("BEGIN:VCARD\nVERSION:3.0\nUID:{}\nFN:{}\n", new_id(), name);
    std::vector<Seat> seats;
    for (const Human* each : {&one, &other}) {
      seats.push_back({nobody_certain, name, each->accounts.back().address});
      bytes += "EMAIL:" + each->accounts.back().address + "\n";
    }
    put_card(bytes + "TEL:" + one.landline + "\nEND:VCARD\n", seats);
  }

  void put_card(const std::string& bytes, const std::vector<Seat>& seats) {
    auto read = readers::read_vcards(bytes);
    if (!read || read->empty()) return;
    for (const auto& seat : seats) know(seat);
    box_.items.push_back(std::move(read->front()));
  }

  /// A row of a platform's connections.
  void profile(const Human& person) {
    const Account& last = person.accounts.back();
    const Account& job = *std::find_if(person.accounts.rbegin(), person.accounts.rend() - 1,
                                       [](const Account& account) { return account.kind != AccountKind::home; });
    ExtractedItem item = row(person, job.company);
    const bool with_address =
        random_.chance(0.1) && last.kind != AccountKind::shared && last.kind != AccountKind::function;
    add_party(item, Role::card, {person.id, person.name(), with_address ? last.address : ""});
    box_.items.push_back(std::move(item));
  }

  void document(const Human& person) {
    ExtractedItem item =
        item_of(readers::ItemKind::document, "Compte rendu", static_cast<int>(random_.below(last_box_day)));
    add_party(item, Role::author, author_seat(person));
    const auto& circle = cast_.circles[static_cast<std::size_t>(person.circle)];
    if (random_.chance(0.5)) add_party(item, Role::last_editor, author_seat(human(random_.pick(circle))));
    box_.items.push_back(std::move(item));
  }

  /// A phone names who is in its address book; others are a number.
  void chat(const Human& person) {
    const bool known = random_.chance(0.7);
    ExtractedItem item = item_of(readers::ItemKind::chat, "Groupe", static_cast<int>(random_.below(last_box_day)));
    add_party(item, Role::from, {person.id, known ? person.name() : person.mobile, ""});
    item.texts.push_back({readers::TextKind::fresh, words(person)});
    box_.items.push_back(std::move(item));
  }

  void meeting() {
    const Human& host = human(1 + static_cast<int>(random_.below(writers_ - 1)));
    const int day = static_cast<int>(random_.below(last_box_day)), at = account_on(host, day);
    if (at < 0) return;
    std::vector<Seat> seats{own_seat(host, at), mine()};
    const auto& circle = cast_.circles[static_cast<std::size_t>(host.circle)];
    for (std::size_t i = 0; i < random_.below(4); ++i) {
      const Human& guest = human(random_.pick(circle));
      const int account = account_on(guest, day);
      if (account >= 0 && guest.id != host.id && guest.id != 0) seats.push_back(seen_seat(guest, account));
    }
    std::string bytes =
        fmt::format("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{}\nDTSTART:{:%Y%m%dT%H%M%SZ}\nSUMMARY:Point\n",
                    new_id(), moment(day, 3600 * 9));
    for (std::size_t i = 0; i < seats.size(); ++i)
      bytes +=
          fmt::format("{};CN=\"{}\":mailto:{}\n", i == 0 ? "ORGANIZER" : "ATTENDEE", seats[i].name, seats[i].address);
    auto read = readers::read_calendar(bytes + "END:VEVENT\nEND:VCALENDAR\n");
    if (!read || read->empty()) return;
    for (const auto& seat : seats) know(seat);
    box_.items.push_back(std::move(read->front()));
  }

  const Cast& cast_;
  Random random_;
  double mails_;
  std::size_t writers_;  ///< the first of all persons; the others are only named
  std::size_t written_ = 0, ids_ = 0;
  PersonsBox box_;
};

}  // namespace

PersonsBox write_box(const Cast& cast, std::uint64_t seed, double mails_per_person) {
  return Box(cast, seed, mails_per_person).write();
}

}  // namespace entregent::bench
