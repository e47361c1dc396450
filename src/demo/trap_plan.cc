// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "demo/mail_plan.h"

namespace entregent::demo {
namespace {

/// What must hold for a mail to get the oddity.
bool can_have(const World& world, const Mail& mail, Oddity oddity, bool has_children) {
  if (mail.oddity != Oddity::none || mail.nature != Nature::letter) return false;
  const bool from_others = !by_her(mail);
  const Program program = world.cast.persons[static_cast<std::size_t>(mail.from.person)].program;
  const bool outlook = program == Program::outlook_french || program == Program::outlook_english;
  switch (oddity) {
    case Oddity::no_message_id:
      return from_others && !has_children;
    case Oddity::absurd_date:
    case Oddity::no_date:
      return from_others;
    case Oddity::winmail:
      return from_others && outlook && mail.files.size() == 1;
    case Oddity::pgp:
    case Oddity::smime:
      return !has_children && mail.files.empty() && mail.mentions.empty() && !mail.forwarded;
    case Oddity::html_only:
      return program != Program::mutt;
    case Oddity::undeclared_charset:
      return from_others && mail.language == Language::french && mail.files.empty();
    case Oddity::nested_quotes:
      return from_others;
    case Oddity::attached_message:
      return from_others && mail.files.empty();
    case Oddity::from_line:
      // In a mbox, by a program that neither stuffs the line nor hides it in base64.
      return mail.her_address != office_address && (program == Program::mutt || program == Program::old_outlook);
    case Oddity::crlf:
      return from_others && mail.her_address == office_address;
    case Oddity::trashed:
      return from_others && !has_children && mail.her_address == private_address;
    case Oddity::none:
      break;
  }
  return false;
}

constexpr auto oddities =
    std::to_array({Oddity::trashed, Oddity::no_message_id, Oddity::absurd_date, Oddity::no_date, Oddity::winmail,
                   Oddity::pgp, Oddity::smime, Oddity::undeclared_charset, Oddity::nested_quotes,
                   Oddity::attached_message, Oddity::from_line, Oddity::crlf, Oddity::html_only});

/// How often each alias stands in the mails: what is used once is not thrown away.
std::map<std::pair<std::string, std::string>, int> uses_of(const World& world) {
  std::map<std::pair<std::string, std::string>, int> uses;
  for (const Mail& mail : world.mails) {
    ++uses[{mail.from.name, mail.from.address}];
    for (const Mailbox& mailbox : mail.to) ++uses[{mailbox.name, mailbox.address}];
    for (const Mailbox& mailbox : mail.cc) ++uses[{mailbox.name, mailbox.address}];
  }
  return uses;
}

void add_from_line(Mail& mail) {
  mail.text += mail.language == Language::english
                   ? "\n\nFrom what I hear, the others agree.\n>From the minutes: nothing else."
                   : "\n\nFrom : voilà comment commence l’en-tête que je ne retrouve plus.\nFrom Lyon with love, comme "
                     "dit la carte.";
}

}  // namespace

void plan_traps(World& world, Random& random) {
  std::set<int> parents;
  for (const Mail& mail : world.mails) parents.insert(mail.parent);
  const auto uses = uses_of(world);
  const int each = std::max(3, static_cast<int>(world.mails.size()) / 400);
  for (const Oddity oddity : oddities) {
    std::vector<std::size_t> fit;
    for (std::size_t index = 0; index < world.mails.size(); ++index) {
      const Mail& mail = world.mails[index];
      if (!can_have(world, mail, oddity, parents.contains(static_cast<int>(index)))) continue;
      const bool lone =
          oddity == Oddity::trashed && (uses.at({mail.from.name, mail.from.address}) < 2 ||
                                        uses.at({mail.to[0].name, mail.to[0].address}) < 2 || !mail.cc.empty());
      if (!lone) fit.push_back(index);
    }
    random.shuffle(fit);
    const int wanted = oddity == Oddity::html_only ? each * 12 : each;
    if (fit.size() > static_cast<std::size_t>(wanted)) fit.resize(static_cast<std::size_t>(wanted));
    for (const std::size_t index : fit) {
      world.mails[index].oddity = oddity;
      if (oddity == Oddity::from_line) add_from_line(world.mails[index]);
    }
  }
  // Two different bills of one portal under one Message-ID.
  std::vector<Mail*> bills;
  for (Mail& mail : world.mails) {
    if (mail.from.person == world.cast.robots[3]) bills.push_back(&mail);
  }
  if (bills.size() >= 2) {
    Mail& other = **std::find_if(bills.begin() + 1, bills.end() - 1,
                                 [&](const Mail* mail) { return mail->text != bills[0]->text; });
    other.message_id = bills[0]->message_id;
  }
}

World make_world(const WorldOptions& options) {
  Random random(options.seed * 0x2545F4914F6CDD1DU + 11U);
  World world;
  world.cast = make_cast(options, random);
  const int messages = std::max(1000, options.messages);
  plan_events(world, random);
  plan_machines(world, random, messages);
  plan_threads(world, random, messages);
  plan_traps(world, random);
  return world;
}

}  // namespace entregent::demo
